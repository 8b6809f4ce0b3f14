// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/card.h"

#include <QPainter>

#include "ui/widgets/theme.h"

namespace p2l::ui {
namespace {

constexpr double kRadius = 8;

}  // namespace

void Card::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& colours = studioColours(palette());
  painter.setPen(colours.line);
  painter.setBrush(colours.panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace p2l::ui
