// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/control_painter.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <algorithm>

#include "ui/style/studio_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr double kRadius = StudioStyle::kRadius;
constexpr double kRing = 2;  // width of the ring around what has the focus

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](double x, double y) { return x + (y - x) * share; };
  return QColor::fromRgbF(static_cast<float>(mix(a.redF(), b.redF())), static_cast<float>(mix(a.greenF(), b.greenF())),
                          static_cast<float>(mix(a.blueF(), b.blueF())));
}

/// Saves and restores the painter, and smooths edges.
struct Smooth {
  explicit Smooth(QPainter* painter) : painter_(painter) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
  }
  ~Smooth() { painter_->restore(); }
  QPainter* painter_;
};

void plate(QPainter* painter, const QRectF& rect, const QBrush& fill, const QPen& line, double radius = kRadius) {
  painter->setBrush(fill);
  painter->setPen(line);
  const double in = line.style() == Qt::NoPen ? 0.0 : line.widthF() / 2;
  painter->drawRoundedRect(rect.adjusted(in, in, -in, -in), radius - in, radius - in);
}

bool hasRing(const QStyleOption& option) {
  return option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
}

void ring(QPainter* painter, const QRectF& rect, const QPalette& palette, bool on_accent = false) {
  const auto colour = on_accent ? palette.color(QPalette::HighlightedText) : studioColours(palette).accent;
  plate(painter, on_accent ? rect.adjusted(2, 2, -2, -2) : rect, Qt::NoBrush, QPen(colour, kRing),
        on_accent ? kRadius - 2 : kRadius);
}

void drawButton(const QStyleOption& option, QPainter* painter, const QWidget* widget) {
  const Smooth smooth(painter);
  const auto& palette = option.palette;
  const auto& colours = studioColours(palette);
  const bool enabled = option.state & QStyle::State_Enabled, on = option.state & QStyle::State_On;
  const bool over = enabled && option.state & QStyle::State_MouseOver, down = option.state & QStyle::State_Sunken;
  const QRectF rect(option.rect);
  const auto text = palette.color(QPalette::WindowText);
  const auto lit = [&](const QColor& ground) {
    return down ? mixed(ground, text, 0.16) : over ? mixed(ground, text, 0.08) : ground;
  };
  bool on_accent = false;
  switch (lookOf(widget)) {
    case Look::Primary: {
      const auto ground = palette.color(QPalette::Active, QPalette::Highlight);
      on_accent = enabled;
      plate(painter, rect,
            enabled ? QBrush(down   ? ground.darker(115)
                             : over ? ground.darker(107)
                                    : ground)
                    : QBrush(palette.color(QPalette::Active, QPalette::Button)),
            Qt::NoPen);
      break;
    }
    case Look::Segment:
      on_accent = on && enabled;
      if (on)
        plate(painter, rect.adjusted(1, 1, -1, -1),
              palette.color(enabled ? QPalette::Active : QPalette::Disabled, QPalette::Highlight), Qt::NoPen,
              kRadius - 1);
      else if (over || down)
        plate(painter, rect.adjusted(1, 1, -1, -1), lit(palette.color(QPalette::Button)), Qt::NoPen, kRadius - 1);
      break;
    case Look::Tile: {
      const auto ground = on     ? mixed(colours.panel, colours.accent, 0.13)
                          : over ? mixed(colours.panel, text, 0.05)
                                 : colours.panel;
      plate(painter, rect, ground, on ? QPen(colours.accent, 2) : QPen(colours.line, 1), kRadius + 1);
      break;
    }
    case Look::Link:
      if (over || down) plate(painter, rect, mixed(palette.color(QPalette::Window), colours.accent, 0.12), Qt::NoPen);
      break;
    case Look::Plain: {
      const bool flat = option.state & QStyle::State_AutoRaise;
      const auto ground = palette.color(QPalette::Active, QPalette::Button);
      if (on)
        plate(painter, rect, mixed(ground, colours.accent, 0.22), QPen(colours.accent, 1));
      else if (!flat || over || down)
        plate(painter, rect, enabled ? lit(ground) : mixed(ground, palette.color(QPalette::Window), 0.4), Qt::NoPen);
      break;
    }
  }
  if (hasRing(option)) ring(painter, rect, palette, on_accent);
}

void drawField(const QStyleOption& option, QPainter* painter, bool hovered) {
  const Smooth smooth(painter);
  const auto& colours = studioColours(option.palette);
  const bool enabled = option.state & QStyle::State_Enabled, focus = option.state & QStyle::State_HasFocus;
  const auto line = focus ? QPen(colours.accent, kRing)
                    : hovered && enabled
                        ? QPen(option.palette.color(QPalette::PlaceholderText), 1)
                        : QPen(mixed(colours.line, option.palette.color(QPalette::WindowText), 0.12), 1);
  plate(painter, QRectF(option.rect),
        enabled ? option.palette.color(QPalette::Base) : option.palette.color(QPalette::Window), line);
}

void chevron(QPainter* painter, QPointF centre, double direction, const QColor& colour) {
  painter->setBrush(Qt::NoBrush);
  painter->setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter->drawPolyline(QPolygonF{centre + QPointF(-3.5, -1.75 * direction), centre + QPointF(0, 1.75 * direction),
                                  centre + QPointF(3.5, -1.75 * direction)});
}

QColor inkOf(const QStyleOption& option, QPalette::ColorRole role = QPalette::WindowText) {
  return option.palette.color(option.state & QStyle::State_Enabled ? QPalette::Active : QPalette::Disabled, role);
}

void drawCombo(const QStyle& style, const QStyleOptionComboBox& option, QPainter* painter, const QWidget* widget) {
  drawButton(option, painter, widget);
  const Smooth smooth(painter);
  const auto arrow = style.subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, widget);
  chevron(painter, QRectF(arrow).center(), 1, inkOf(option, QPalette::PlaceholderText));
}

void drawSpin(const QStyle& style, const QStyleOptionSpinBox& option, QPainter* painter, const QWidget* widget) {
  drawField(option, painter, option.state & QStyle::State_MouseOver);
  if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
  const Smooth smooth(painter);
  for (const auto part : {QStyle::SC_SpinBoxUp, QStyle::SC_SpinBoxDown}) {
    const auto rect = QRectF(style.subControlRect(QStyle::CC_SpinBox, &option, part, widget));
    const bool live = option.stepEnabled & (part == QStyle::SC_SpinBoxUp ? QAbstractSpinBox::StepUpEnabled
                                                                         : QAbstractSpinBox::StepDownEnabled);
    chevron(painter, rect.center(), part == QStyle::SC_SpinBoxUp ? -1 : 1,
            option.palette.color(live ? QPalette::Active : QPalette::Disabled, QPalette::PlaceholderText));
  }
}

QFont labelFont(const QStyleOptionToolButton& option, const QWidget* widget) {
  QFont font = option.font;
  if (lookOf(widget) == Look::Primary) font.setWeight(QFont::DemiBold);
  return font;
}

void drawToolButton(const QStyle& style, const QStyleOptionToolButton& option, QPainter* painter,
                    const QWidget* widget) {
  drawButton(option, painter, widget);
  QStyleOptionToolButton label(option);
  const bool text = !option.text.isEmpty() && option.toolButtonStyle != Qt::ToolButtonIconOnly;
  const bool menu = text && option.features & QStyleOptionToolButton::HasMenu;
  if (menu) label.rect.setRight(label.rect.right() - 12);
  if (text && !option.icon.isNull() && option.toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
    // Qt begins at the left edge; icon and word stand in the middle like a word alone.
    const int wide =
        option.iconSize.width() + 8 + QFontMetrics(labelFont(option, widget)).horizontalAdvance(option.text);
    const int spare = std::max(0, label.rect.width() - wide) / 2;
    label.rect.adjust(spare, 0, -spare, 0);
  }
  style.drawControl(QStyle::CE_ToolButtonLabel, &label, painter, widget);
  if (!menu) return;
  const Smooth smooth(painter);
  chevron(painter, {option.rect.right() - 11.5, QRectF(option.rect).center().y() + 0.5}, 1,
          inkOf(option, QPalette::PlaceholderText));
}

void drawScrollBar(const QStyle& style, const QStyleOptionSlider& option, QPainter* painter, const QWidget* widget) {
  const Smooth smooth(painter);
  auto handle = QRectF(style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget));
  option.orientation == Qt::Vertical ? handle.adjust(3, 1, -1, -1) : handle.adjust(1, 3, -1, -1);
  auto ink = option.palette.color(QPalette::WindowText);
  ink.setAlpha(option.state & (QStyle::State_MouseOver | QStyle::State_Sunken) ? 120 : 70);
  plate(painter, handle, ink, Qt::NoPen, 3);
}

void drawTab(const QStyleOptionTab& option, QPainter* painter) {
  const Smooth smooth(painter);
  const bool chosen = option.state & QStyle::State_Selected;
  const QRectF rect(option.rect);
  if (chosen)
    painter->fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), studioColours(option.palette).accent);
  if (hasRing(option) && chosen) ring(painter, rect.adjusted(2, 4, -2, -4), option.palette);
}

void drawTabLabel(const QStyleOptionTab& option, QPainter* painter) {
  painter->save();
  const bool chosen = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
  auto font = painter->font();
  font.setWeight(chosen ? QFont::DemiBold : QFont::Normal);
  painter->setFont(font);
  painter->setPen(inkOf(option, chosen || over ? QPalette::WindowText : QPalette::PlaceholderText));
  painter->drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
  painter->restore();
}

}  // namespace

bool drawControlPrimitive(QStyle::PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) {
  switch (element) {
    case QStyle::PE_PanelButtonCommand:
    case QStyle::PE_PanelButtonTool:
      drawButton(*option, painter, widget);
      return true;
    case QStyle::PE_PanelLineEdit:
    case QStyle::PE_FrameLineEdit:
      if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth == 0)
        return element == QStyle::PE_FrameLineEdit;  // of a spin box: its frame is drawn already
      drawField(*option, painter, option->state & QStyle::State_MouseOver);
      return true;
    case QStyle::PE_FrameFocusRect: {
      if (!(option->state & QStyle::State_KeyboardFocusChange)) return true;
      const Smooth smooth(painter);
      ring(painter, QRectF(option->rect), option->palette);
      return true;
    }
    case QStyle::PE_FrameTabBarBase:
      return true;
    default:
      return false;
  }
}

bool drawControlElement(QStyle::ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) {
  switch (element) {
    case QStyle::CE_TabBarTabShape:
      if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) drawTab(*tab, painter);
      return true;
    case QStyle::CE_TabBarTabLabel:
      if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) drawTabLabel(*tab, painter);
      return true;
    case QStyle::CE_PushButtonBevel: {
      const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
      if (button == nullptr) return false;
      drawButton(*button, painter, widget);
      return true;
    }
    default:
      return false;
  }
}

bool drawTileLabel(const QStyleOptionToolButton& option, QPainter* painter, const QWidget* widget) {
  if (lookOf(widget) != Look::Tile || option.toolButtonStyle != Qt::ToolButtonTextUnderIcon) return false;
  constexpr int kGap = 4;
  const QFontMetrics metrics(option.font);
  const int height = option.iconSize.height() + kGap + metrics.height();
  const int top = option.rect.top() + (option.rect.height() - height) / 2;
  const bool enabled = option.state & QStyle::State_Enabled;
  option.icon.paint(painter, QRect(option.rect.left(), top, option.rect.width(), option.iconSize.height()),
                    Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
  painter->save();
  painter->setFont(option.font);
  painter->setPen(inkOf(option));
  painter->drawText(
      QRect(option.rect.left(), top + option.iconSize.height() + kGap, option.rect.width(), metrics.height()),
      Qt::AlignCenter, option.text);
  painter->restore();
  return true;
}

QStyleOptionToolButton colouredLabel(const QStyleOptionToolButton& option, const QWidget* widget) {
  QStyleOptionToolButton coloured(option);
  const auto look = lookOf(widget);
  const bool enabled = option.state & QStyle::State_Enabled;
  const bool on_accent = look == Look::Primary || (look == Look::Segment && option.state & QStyle::State_On);
  coloured.font = labelFont(option, widget);
  if (!enabled || (!on_accent && look != Look::Link)) return coloured;
  const auto ink = option.palette.color(QPalette::Active, on_accent ? QPalette::HighlightedText : QPalette::Link);
  for (const auto role : {QPalette::ButtonText, QPalette::WindowText}) coloured.palette.setColor(role, ink);
  return coloured;
}

bool drawComplex(const QStyle& style, QStyle::ComplexControl control, const QStyleOptionComplex* option,
                 QPainter* painter, const QWidget* widget) {
  if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
      control == QStyle::CC_ToolButton && button) {
    drawToolButton(style, *button, painter, widget);
    return true;
  }
  if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
      control == QStyle::CC_ComboBox && combo) {
    drawCombo(style, *combo, painter, widget);
    return true;
  }
  if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); control == QStyle::CC_SpinBox && spin) {
    drawSpin(style, *spin, painter, widget);
    return true;
  }
  if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); control == QStyle::CC_ScrollBar && bar) {
    drawScrollBar(style, *bar, painter, widget);
    return true;
  }
  return false;
}

}  // namespace p2l::ui
