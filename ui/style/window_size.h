// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QWidget;

namespace p2l::ui {

/// The size that a dialog gets which wants this one: at most 90 % of what is free on its screen, that of its parent.
QSize sizeOnScreen(const QWidget& dialog, QSize wanted);

}  // namespace p2l::ui
