// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/wrapped_words.h"

#include <QFontMetricsF>
#include <QList>
#include <QRegularExpression>
#include <QTextLayout>

namespace p2l::ui {
namespace {

bool canBeBroken(const QString& word, const QFont& font, double width) {
  QTextLayout layout(word, font);
  layout.beginLayout();
  bool fits = true;
  for (auto line = layout.createLine(); line.isValid() && fits; line = layout.createLine()) {
    line.setLineWidth(width);
    fits = line.naturalTextWidth() <= width;
  }
  layout.endLayout();
  return fits;
}

}  // namespace

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

QString withLongWordsElided(const QString& text, const QFont& font, double width) {
  static const QRegularExpression kWord(QStringLiteral("\\S+"));
  const QFontMetricsF metrics(font);
  QString fitting;
  qsizetype end = 0;
  for (const auto& match : kWord.globalMatch(text)) {
    const auto word = match.captured();
    const bool fits = metrics.horizontalAdvance(word) <= width || canBeBroken(word, font, width);
    fitting += text.mid(end, match.capturedStart() - end);
    fitting += fits ? word : metrics.elidedText(word, Qt::ElideMiddle, width);
    end = match.capturedEnd();
  }
  return fitting + text.mid(end);
}

QString withLinesElided(const QString& text, const QFont& font, double width, int lines) {
  QList<qsizetype> starts;  // of lines
  qsizetype paragraph_start = 0;
  for (const auto& paragraph : text.split(QLatin1Char('\n'))) {
    QTextLayout layout(paragraph, font);
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
      line.setLineWidth(width);
      starts << paragraph_start + line.textStart();
    }
    layout.endLayout();
    paragraph_start += paragraph.size() + 1;
  }
  if (starts.size() <= lines) return text;
  const auto last = starts[lines - 1];
  const auto rest = text.mid(last).replace(QLatin1Char('\n'), QLatin1Char(' '));
  return text.left(last) + QFontMetricsF(font).elidedText(rest, Qt::ElideRight, width);
}

}  // namespace p2l::ui
