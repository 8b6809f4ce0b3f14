// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio_style.h"

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

}  // namespace p2l::ui
