// SPDX-License-Identifier: GPL-3.0-or-later
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/compare/compare_chips.h"
#include "ui/curves/curves_style.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kPad = 11, kDot = 9, kGap = 7, kCross = 8, kMostText = 180;

}  // namespace

QColor entryColour(const CompareEntry& entry, const QPalette& palette) {
  return runPen(static_cast<std::size_t>(entry.colour), palette).color();
}

CompareChip::CompareChip(QWidget* parent) : QAbstractButton(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
}

QSize CompareChip::sizeHint() const {
  const int text = std::min(fontMetrics().horizontalAdvance(this->text()), kMostText);
  return {2 * kPad + kDot + kGap + text + fontMetrics().horizontalAdvance(same_) + kGap + kCross,
          StudioStyle::kControl};
}

QPoint CompareChip::cross() const {
  return {width() - kPad - kCross / 2, height() / 2};
}

void CompareChip::showEntry(const CompareEntry& entry, const QColor& colour, bool former, bool due) {
  setText(entry.shownLabel());
  key_ = entry.key;
  colour_ = colour;
  state_ = entry.state;
  share_ = entry.state == CompareEntry::State::Running && entry.steps > 0
               ? static_cast<double>(entry.last.step) / entry.steps
               : 0.0;
  QString state;
  switch (entry.state) {
    case CompareEntry::State::New:
      state = tr("not run yet");
      break;
    case CompareEntry::State::Waiting:
      state = tr("waiting");
      break;
    case CompareEntry::State::Running:
      state = tr("step %1 of %2").arg(entry.last.step).arg(entry.steps);
      break;
    case CompareEntry::State::Done:
      state = !former ? tr("done") : due ? tr("of other settings: Run all makes it again") : tr("of other settings");
      break;
    case CompareEntry::State::Stopped:
      state = tr("stopped");
      break;
    case CompareEntry::State::Failed:
      state = tr("failed");
      break;
  }
  setAccessibleName(tr("%1: %2").arg(text(), state));
  QStringList tip{accessibleName()};
  for (const auto& text : {entry.choice.shown(entry.help), entry.problem, entry.spread_text}) {
    if (!text.isEmpty()) tip << text;
  }
  setToolTip(tip.join(QLatin1Char('\n')));
  updateGeometry();
  update();
}

void CompareChip::showSame(int place, const QString& name) {
  same_ = place > 0 ? QStringLiteral(" = %1").arg(place) : QString();
  if (place > 0)
    setToolTip(toolTip() + QLatin1Char('\n') +
               tr("The same run as chip %1, %2: it is made once.").arg(place).arg(name));
  updateGeometry();
  update();
}

void CompareChip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& colours = studioColours(palette());
  const bool failed = state_ == CompareEntry::State::Failed;
  const double pen = hasFocus() ? 2 : 1;
  const QRectF body = QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
  painter.setPen(QPen(hasFocus() ? colours.accent : failed ? colours.warning : colours.line, pen));
  painter.setBrush(underMouse() ? palette().color(QPalette::Button) : colours.panel);
  painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
  // A ring before it is run, a disc when there is a picture.
  const bool made = state_ == CompareEntry::State::Done || state_ == CompareEntry::State::Stopped;
  const QRectF dot(kPad, (height() - kDot) / 2.0, kDot, kDot);
  painter.setPen(QPen(colour_, 2));
  painter.setBrush(made ? QBrush(colour_) : Qt::NoBrush);
  painter.drawEllipse(dot.adjusted(1, 1, -1, -1));
  if (share_ > 0.0) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour_);
    painter.drawPie(dot, 90 * 16, -static_cast<int>(360 * 16 * share_));
  }
  const QRectF place(kPad + kDot + kGap, 0, width() - 2 * kPad - kDot - 2 * kGap - kCross, height());
  painter.setPen(failed ? colours.warning : palette().color(QPalette::WindowText));
  const int same = fontMetrics().horizontalAdvance(same_);
  const auto name = fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(place.width()) - same + 1);
  painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, name);
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(place.adjusted(fontMetrics().horizontalAdvance(name), 0, 1, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   same_);
  painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1.4));
  const QPointF middle = QPointF(cross()) + QPointF(0.5, 0.5);
  const double arm = kCross / 2.0 - 1;
  painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm));
  painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm));
}

void CompareChip::mouseReleaseEvent(QMouseEvent* event) {
  const bool on_cross = event->position().x() >= width() - kPad - kCross - kGap / 2.0;
  if (event->button() == Qt::LeftButton && on_cross && rect().contains(event->position().toPoint())) {
    setDown(false);
    emit removed(key_);
    return;
  }
  QAbstractButton::mouseReleaseEvent(event);
}

void CompareChip::contextMenuEvent(QContextMenuEvent* event) {
  event->accept();
  click();
}

void CompareChip::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
    emit removed(key_);
    return;
  }
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
  QAbstractButton::keyPressEvent(event);
}

}  // namespace p2l::ui
