// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/studio_style.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QStyleOption>
#include <QTabBar>

#include "ui/style/control_painter.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr const char* kLookProperty = "p2l_look";
constexpr int kSliderThickness = 20, kHandle = 14, kScrollBar = 10, kIndicator = 16, kTileHeight = 58;
constexpr int kSidePadding = 11, kLinePadding = 5;

/// Its value changes by the wheel.
bool turnsByWheel(const QWidget* widget) {
  return qobject_cast<const QComboBox*>(widget) != nullptr ||
         qobject_cast<const QAbstractSpinBox*>(widget) != nullptr || qobject_cast<const QSlider*>(widget) != nullptr;
}

}  // namespace

void setLook(QWidget* widget, Look look) {
  if (lookOf(widget) == look) return;
  widget->setProperty(kLookProperty, static_cast<int>(look));
  widget->updateGeometry();  // a primary button is wider
  widget->update();
}

Look lookOf(const QWidget* widget) {
  return widget == nullptr ? Look::Plain : static_cast<Look>(widget->property(kLookProperty).toInt());
}

void makePrimary(QPushButton* button) {
  button->setDefault(true);
  setLook(button, Look::Primary);
}

StudioStyle::StudioStyle() : QProxyStyle(QStringLiteral("fusion")) {}

void StudioStyle::polish(QWidget* widget) {
  QProxyStyle::polish(widget);
  if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
      qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QSlider*>(widget) || qobject_cast<QTabBar*>(widget))
    widget->setAttribute(Qt::WA_Hover);
  if (auto* line = qobject_cast<QLineEdit*>(widget); line != nullptr &&
                                                     qobject_cast<QAbstractSpinBox*>(line->parent()) == nullptr &&
                                                     qobject_cast<QComboBox*>(line->parent()) == nullptr)
    line->setTextMargins(kLinePadding, 0, kLinePadding, 0);
  if (turnsByWheel(widget)) {
    if (widget->focusPolicy() == Qt::WheelFocus) widget->setFocusPolicy(Qt::StrongFocus);
    widget->installEventFilter(this);
  }
  // A form puts a label at the top of its row: it stands beside the middle of its control.
  if (auto* label = qobject_cast<QLabel*>(widget); label != nullptr && label->buddy() != nullptr)
    label->setMinimumHeight(qMax(label->minimumHeight(), kControl));
}

void StudioStyle::unpolish(QWidget* widget) {
  widget->removeEventFilter(this);
  QProxyStyle::unpolish(widget);
}

bool StudioStyle::eventFilter(QObject* object, QEvent* event) {
  const auto* widget = qobject_cast<QWidget*>(object);
  if (event->type() != QEvent::Wheel || widget == nullptr || widget->hasFocus())
    return QProxyStyle::eventFilter(object, event);
  event->ignore();  // for the panel below
  return true;
}

int StudioStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  switch (metric) {
    case PM_SliderThickness:
    case PM_SliderControlThickness:
      return kSliderThickness;
    case PM_SliderLength:
      return kHandle;
    case PM_ScrollBarExtent:
      return kScrollBar;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
      return kIndicator;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
      return 0;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
      return 16;
    default:
      return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int StudioStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
  if (hint == SH_EtchDisabledText || hint == SH_ScrollView_FrameOnlyAroundContents ||
      hint == SH_DialogButtonBox_ButtonsHaveIcons)
    return 0;
  return QProxyStyle::styleHint(hint, option, widget, data);
}

QSize StudioStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                    const QWidget* widget) const {
  QSize made = QProxyStyle::sizeFromContents(type, option, size, widget);
  switch (type) {
    case CT_ToolButton: {
      const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
      if (lookOf(widget) == Look::Tile) return {made.width(), kTileHeight};
      const bool text =
          button != nullptr && !button->text.isEmpty() && button->toolButtonStyle != Qt::ToolButtonIconOnly;
      made.setHeight(qMax(kControl, size.height()));
      made.setWidth(text ? size.width() + 2 * (lookOf(widget) == Look::Segment ? kSidePadding - 2 : kSidePadding - 1)
                         : qMax(kControl, size.width()));
      if (lookOf(widget) == Look::Primary) made.rwidth() += 10;
      if (button != nullptr && text && button->features & QStyleOptionToolButton::HasMenu) made.rwidth() += 12;
      return made;
    }
    case CT_PushButton:
      made.setHeight(qMax(kControl, size.height()));
      made.setWidth(size.width() + 2 * kSidePadding);
      return made;
    case CT_ComboBox:
    case CT_SpinBox:
    case CT_LineEdit:
      made.setHeight(qMax(kControl, size.height()));
      return made;
    default:
      return made;
  }
}

QRect StudioStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                  const QWidget* widget) const {
  if (control == CC_ComboBox && (part == SC_ComboBoxEditField || part == SC_ComboBoxArrow)) {
    const QRect whole = option->rect;
    const QRect arrow(whole.right() - 21, whole.top(), 20, whole.height());
    const QRect found = part == SC_ComboBoxArrow ? arrow : whole.adjusted(8, 2, -24, -2);
    return visualRect(option->direction, whole, found);
  }
  return QProxyStyle::subControlRect(control, option, part, widget);
}

void StudioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
  if (drawControlPrimitive(element, option, painter, widget)) return;
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
  } else if (const auto* label = qstyleoption_cast<const QStyleOptionToolButton*>(option);
             element == CE_ToolButtonLabel && label != nullptr) {
    const auto coloured = colouredLabel(*label, widget);
    if (!drawTileLabel(coloured, painter, widget)) QProxyStyle::drawControl(element, &coloured, painter, widget);
  } else if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
             element == CE_PushButtonLabel && button != nullptr && lookOf(widget) == Look::Primary &&
             button->state & State_Enabled) {
    QStyleOptionButton on_accent(*button);
    on_accent.palette.setColor(QPalette::ButtonText,
                               button->palette.color(QPalette::Active, QPalette::HighlightedText));
    QProxyStyle::drawControl(element, &on_accent, painter, widget);
  } else if (element == CE_PushButton) {  // its bevel has the ring of the focus already
    drawControl(CE_PushButtonBevel, option, painter, widget);
    drawControl(CE_PushButtonLabel, option, painter, widget);
  } else if (!drawControlElement(element, option, painter, widget)) {
    QProxyStyle::drawControl(element, option, painter, widget);
  }
}

void StudioStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const {
  if (drawComplex(*this, control, option, painter, widget)) return;
  const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
  if (control != CC_Slider || slider == nullptr || slider->orientation != Qt::Horizontal)
    return QProxyStyle::drawComplexControl(control, option, painter, widget);

  const auto& palette = slider->palette;
  const bool enabled = slider->state & State_Enabled;
  const QRectF groove = subControlRect(CC_Slider, slider, SC_SliderGroove, widget);
  const QRectF handle = subControlRect(CC_Slider, slider, SC_SliderHandle, widget);
  constexpr double kGroove = 4, kRound = 14;
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
  const auto& colours = studioColours(palette);
  if (enabled) {
    painter->setBrush(colours.accent);
    painter->drawRoundedRect(done, kGroove / 2, kGroove / 2);
  }
  QRectF round(0, 0, kRound, kRound);
  round.moveCenter({handle.center().x(), middle});
  const bool focus = slider->state & State_HasFocus && slider->state & State_KeyboardFocusChange;
  if (focus) {
    painter->setPen(QPen(colours.accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawEllipse(round.adjusted(-2, -2, 2, 2));
    painter->setPen(Qt::NoPen);
  }
  const bool lively = enabled && slider->state & (State_MouseOver | State_Sunken);
  painter->setBrush(palette.color(enabled ? QPalette::Active : QPalette::Disabled,
                                  enabled && !lively ? QPalette::WindowText : QPalette::PlaceholderText));
  if (lively) painter->setBrush(colours.accent);
  painter->drawEllipse(round.adjusted(0.5, 0.5, -0.5, -0.5));
  painter->restore();
}

}  // namespace p2l::ui
