// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/wrapped_words.h"

#include <QFontMetricsF>

namespace p2l::ui {

QStringList wrappedWords(const QString& text, const QFontMetricsF& metrics, double width) {
  QStringList rows;
  for (const auto& word : text.split(QLatin1Char(' '))) {
    const auto longer = rows.isEmpty() ? word : rows.last() + QLatin1Char(' ') + word;
    if (!rows.isEmpty() && metrics.horizontalAdvance(longer) <= width)
      rows.last() = longer;
    else
      rows << word;
  }
  return rows;
}

}  // namespace p2l::ui
