// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/studio_style.h"

#include <QPainter>
#include <QStyleOption>

namespace p2l::ui {

StudioStyle::StudioStyle() : QProxyStyle(QStringLiteral("fusion")) {}

void StudioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
  const bool radio = element == PE_IndicatorRadioButton;
  if (!radio && element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck)
    return QProxyStyle::drawPrimitive(element, option, painter, widget);

  const auto& palette = option->palette;
  const bool enabled = option->state & State_Enabled;
  const auto group = enabled ? QPalette::Active : QPalette::Disabled;
  const bool on = option->state & State_On, some = option->state & State_NoChange;
  const bool filled = enabled && (on || some);
  QColor outline = palette.color(group, QPalette::PlaceholderText);
  if (option->state & State_MouseOver && enabled) outline = palette.color(QPalette::WindowText);
  const auto fill = palette.color(filled ? QPalette::Highlight : QPalette::Base);
  const auto mark = filled ? palette.color(QPalette::HighlightedText) : palette.color(group, QPalette::WindowText);

  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const double side = qMin(option->rect.width(), option->rect.height()) - 1.0;
  QRectF box(0, 0, side, side);
  box.moveCenter(QRectF(option->rect).center());
  painter->setPen(QPen(filled ? fill : outline, 1.2));
  painter->setBrush(fill);
  radio ? painter->drawEllipse(box) : painter->drawRoundedRect(box, 2.5, 2.5);
  painter->setBrush(mark);
  if (radio && on) {
    painter->setPen(Qt::NoPen);
    painter->drawEllipse(box.center(), side * 0.2, side * 0.2);
  } else if (some) {
    painter->setPen(QPen(mark, 2));
    painter->drawLine(QPointF(box.left() + side * 0.25, box.center().y()),
                      QPointF(box.right() - side * 0.25, box.center().y()));
  } else if (on) {
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(mark, side * 0.15, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x, y) * side; };
    painter->drawPolyline(QPolygonF{at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.31)});
  }
  painter->restore();
}

void StudioStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
  const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
  const bool plain = bar != nullptr && bar->state & State_Horizontal && bar->maximum > bar->minimum;
  if (plain && element == CE_ProgressBarGroove) {
    painter->setPen(bar->palette.color(QPalette::Mid));
    painter->setBrush(bar->palette.color(QPalette::Base));
    painter->drawRect(bar->rect.adjusted(0, 0, -1, -1));
  } else if (plain && element == CE_ProgressBarContents) {
    QRect done = bar->rect.adjusted(1, 1, -1, -1);
    done.setWidth(
        static_cast<int>(qint64{done.width()} * (bar->progress - bar->minimum) / (bar->maximum - bar->minimum)));
    painter->fillRect(QStyle::visualRect(bar->direction, bar->rect, done), bar->palette.color(QPalette::Highlight));
  } else {
    QProxyStyle::drawControl(element, option, painter, widget);
  }
}

void StudioStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const {
  const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
  if (control != CC_Slider || slider == nullptr || slider->orientation != Qt::Horizontal)
    return QProxyStyle::drawComplexControl(control, option, painter, widget);

  const auto& palette = slider->palette;
  const bool enabled = slider->state & State_Enabled;
  const QRectF groove = subControlRect(CC_Slider, slider, SC_SliderGroove, widget);
  const QRectF handle = subControlRect(CC_Slider, slider, SC_SliderHandle, widget);
  constexpr double kGroove = 4, kHandle = 12;
  const double middle = groove.center().y() + 0.5;
  const QRectF line(groove.left(), middle - kGroove / 2, groove.width(), kGroove);
  QRectF done = line, rest = line;
  slider->upsideDown ? done.setLeft(handle.center().x()) : done.setRight(handle.center().x());
  QColor faint = palette.color(QPalette::WindowText);
  faint.setAlpha(45);

  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(Qt::NoPen);
  painter->setBrush(faint);
  painter->drawRoundedRect(rest, kGroove / 2, kGroove / 2);
  if (enabled) {
    painter->setBrush(palette.color(QPalette::Highlight));
    painter->drawRoundedRect(done, kGroove / 2, kGroove / 2);
  }
  const bool lively = enabled && slider->state & (State_HasFocus | State_MouseOver);
  const auto group = enabled ? QPalette::Active : QPalette::Disabled;
  painter->setPen(QPen(palette.color(group, lively ? QPalette::WindowText : QPalette::PlaceholderText), 1.4));
  painter->setBrush(palette.color(QPalette::Button));
  QRectF round(0, 0, kHandle, kHandle);
  round.moveCenter({handle.center().x(), middle});
  painter->drawEllipse(round);
  painter->restore();
}

}  // namespace p2l::ui
