// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace p2l::ui {

/// The licences of all that is inside of the program: its own summary, and the texts that came with the libraries
/// beside it.
void showLicences(QWidget* parent);

}  // namespace p2l::ui
