// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace p2l::ui {

/// The number as QString::number() writes it, with a minus sign in place of the hyphen.
QString withMinus(double value, char format = 'g', int digits = 6);

}  // namespace p2l::ui
