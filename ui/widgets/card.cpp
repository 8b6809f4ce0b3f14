// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/widgets/round_panel.h"

namespace p2l::ui {

void Card::paintEvent(QPaintEvent*) {
  paintRoundPanel(this);
}

}  // namespace p2l::ui
