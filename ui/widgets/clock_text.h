// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace p2l::ui {

/// "0:07", "12:30", "1:02:03"
QString clockText(double seconds);

}  // namespace p2l::ui
