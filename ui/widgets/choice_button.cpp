// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_button.h"

#include <QPainter>
#include <QStyleOptionButton>
#include <algorithm>

namespace p2l::ui {
namespace {

constexpr int kLeastWidth = 120, kAround = 6;

}  // namespace

ChoiceButton::ChoiceButton(const QString& text, QWidget* parent) : QRadioButton(text, parent) {
  // Fixed would cut it to the height of sizeHint, one line.
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum, QSizePolicy::RadioButton);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

int ChoiceButton::indent() const {
  return style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this) +
         style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, this);
}

QSize ChoiceButton::sizeHint() const {
  const int width = indent() + fontMetrics().horizontalAdvance(text()) + 2;
  return {width, heightForWidth(width)};
}

QSize ChoiceButton::minimumSizeHint() const {
  return {std::min(kLeastWidth, sizeHint().width()), sizeHint().height()};
}

int ChoiceButton::heightForWidth(int width) const {
  const QRect room(0, 0, std::max(1, width - indent()), 1 << 14);
  const int of_text = fontMetrics().boundingRect(room, Qt::TextWordWrap, text()).height();
  return std::max(of_text, style()->pixelMetric(QStyle::PM_ExclusiveIndicatorHeight, nullptr, this)) + kAround;
}

void ChoiceButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOptionButton option;
  initStyleOption(&option);
  const int width = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this);
  const int height = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorHeight, nullptr, this);
  const int line = std::max(height, fontMetrics().height());
  option.rect = QRect(0, kAround / 2 + (line - height) / 2, width, height);
  style()->drawPrimitive(QStyle::PE_IndicatorRadioButton, &option, &painter, this);
  const int top = kAround / 2 + (line - fontMetrics().height()) / 2;
  painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
  painter.drawText(rect().adjusted(indent(), top, 0, 0), Qt::TextWordWrap, text());
  if (!hasFocus()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
  painter.drawRoundedRect(QRectF(rect()).adjusted(indent() - 3, 1, -1, -1), 4, 4);
}

}  // namespace p2l::ui
