// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/run_status.h"

#include <QPainter>

#include "ui/style/studio_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kWidth = 320, kSmallestWidth = 60, kLine = 3;

}  // namespace

RunStatus::RunStatus(QWidget* parent) : QProgressBar(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RunStatus::setWarning(bool warning) {
  warning_ = warning;
  update();
}

QSize RunStatus::sizeHint() const {
  return {kWidth, StudioStyle::kControl};
}

QSize RunStatus::minimumSizeHint() const {
  return {kSmallestWidth, StudioStyle::kControl};
}

void RunStatus::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& colours = studioColours(palette());
  painter.setPen(warning_ ? colours.warning : palette().color(QPalette::PlaceholderText));
  const auto shown = fontMetrics().elidedText(format(), Qt::ElideRight, width());
  painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, shown);
  if (value() <= minimum() || value() >= maximum()) return;
  const double length = fontMetrics().horizontalAdvance(shown);
  const QRectF line(width() - length, height() - kLine - 0.5, length, kLine);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colours.line);
  painter.drawRoundedRect(line, kLine / 2.0, kLine / 2.0);
  painter.setBrush(colours.accent);
  const double share = double(value() - minimum()) / (maximum() - minimum());
  painter.drawRoundedRect(QRectF(line.left(), line.top(), line.width() * share, kLine), kLine / 2.0, kLine / 2.0);
}

}  // namespace p2l::ui
