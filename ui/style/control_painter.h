// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>
#include <QStyleOptionToolButton>

namespace p2l::ui {

// What StudioStyle draws of buttons, fields, lists, tabs and scroll bars. False: the style below draws it.

bool drawControlPrimitive(QStyle::PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget);
bool drawControlElement(QStyle::ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget);
bool drawComplex(const QStyle& style, QStyle::ComplexControl control, const QStyleOptionComplex* option,
                 QPainter* painter, const QWidget* widget);

/// An icon over a text, both in the middle of a tile.
bool drawTileLabel(const QStyleOptionToolButton& option, QPainter* painter, const QWidget* widget);
/// The option with the colours of the button's look.
QStyleOptionToolButton colouredLabel(const QStyleOptionToolButton& option, const QWidget* widget);

}  // namespace p2l::ui
