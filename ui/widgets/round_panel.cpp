// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/round_panel.h"

#include <QPainter>
#include <QWidget>

#include "ui/style/theme.h"

namespace p2l::ui {

void paintRoundPanel(QWidget* widget) {
  constexpr double kRadius = 8.0;  // pixels
  QPainter painter(widget);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& colours = studioColours(widget->palette());
  painter.setPen(colours.line);
  painter.setBrush(colours.panel);
  painter.drawRoundedRect(QRectF(widget->rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace p2l::ui
