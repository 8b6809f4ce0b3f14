// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/clock_text.h"

namespace p2l::ui {

QString clockText(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  const auto two = [](long long n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
  if (whole < 3600) return QStringLiteral("%1:%2").arg(whole / 60).arg(two(whole % 60));
  return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(two(whole / 60 % 60), two(whole % 60));
}

}  // namespace p2l::ui
