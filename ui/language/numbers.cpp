// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/numbers.h"

namespace p2l::ui {

QString withMinus(double value, char format, int digits) {
  return QString::number(value, format, digits).replace(QLatin1Char('-'), QStringLiteral("−"));
}

}  // namespace p2l::ui
