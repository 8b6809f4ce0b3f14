// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QFont;
class QFontMetricsF;

namespace p2l::ui {

/// Lines of a text that are no wider than this, but for a word that is; broken between words.
QStringList wrappedWords(const QString& text, const QFontMetricsF& metrics, double width);

/// The text with every word elided in its middle that has a part, between the places where it may be broken, wider than
/// this: a path of long names.
QString withLongWordsElided(const QString& text, const QFont& font, double width);

/// As much of the text as so many lines of this width hold, an ellipsis at its end where some is left out. In the last
/// line further paragraphs follow each other.
QString withLinesElided(const QString& text, const QFont& font, double width, int lines);

}  // namespace p2l::ui
