// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace p2l::ui {

/// Paints the ground of a card or bar: a panel with round corners and a line around it. In the widget's paintEvent().
void paintRoundPanel(QWidget* widget);

}  // namespace p2l::ui
