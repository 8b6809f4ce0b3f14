// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/heat_scale.h"

#include <QPainter>
#include <algorithm>

#include "ui/tiles/compare_difference.h"

namespace p2l::ui {
namespace {

constexpr int kBar = 16, kMargin = 12, kWidest = 320;

}  // namespace

HeatScale::HeatScale(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(tr("Colours of spread and error"));
  setToolTip(tr("Black: 0; white: the largest spread or error of a pixel, in grey levels of 255"));
}

void HeatScale::setLargest(double grey_levels) {
  largest_ = grey_levels;
  setAccessibleDescription(largest_ > 0 ? tr("black is 0, white is %1 grey levels").arg(largest_, 0, 'f', 0)
                                        : QString());
  update();
}

void HeatScale::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const int line = fontMetrics().height();
  const int length = std::clamp(width() - 2 * kMargin, 1, kWidest);
  const QRect bar((width() - length) / 2, std::max(2 * line + 4, height() / 2), length, kBar);
  for (int x = 0; x < length; ++x)
    painter.fillRect(bar.left() + x, bar.top(), 1, kBar, QColor(heatColour(double(x) / std::max(1, length - 1))));
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawRect(bar.adjusted(-1, -1, 0, 0));
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(QRect(bar.left(), 0, length, bar.top() - 4), Qt::AlignLeft | Qt::AlignBottom | Qt::TextWordWrap,
                   accessibleName());
  const QRect below(bar.left(), bar.bottom() + 4, length, line);
  painter.drawText(below, Qt::AlignLeft, QStringLiteral("0"));
  if (largest_ > 0) painter.drawText(below, Qt::AlignRight, QString::number(largest_, 'f', 0));
  painter.drawText(below.translated(0, line), Qt::AlignLeft, tr("grey levels"));
}

}  // namespace p2l::ui
