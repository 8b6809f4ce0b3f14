// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace p2l::ui {

/// How the language of the installed translation writes numbers: English without one. Others than English never group
/// thousands, neither written nor read, since their mark is the point of files and of the command line.
QLocale numberLocale();

// For a person. What a program reads (files, tables that are copied, commands, ids, the log) has QString::number().

/// "24.10", in German "24,10": as QString::number(value, 'f', decimals) else.
QString numberText(double value, int decimals);
/// "0.5", "1e-05": as QString::number(value, 'g', digits) else.
QString shortNumber(double value, int digits = 6);
/// The number with a minus sign in place of the hyphen.
QString withMinus(double value, char format = 'g', int digits = 6);
/// A text that states numbers as files do, "0.4 GiB" or textFromValue(), with those of the window's language: every
/// point between two digits is taken for a number's.
QString localNumbers(QString text);
inline QString localNumbers(const std::string& text) {
  return localNumbers(QString::fromStdString(text));
}

/// For a search: the text, and where the window writes a decimal comma the text with commas, then with points.
QString withEitherMark(const QString& text);

/// As the log has it in every language, for those who write for both.
QString loggedNumber(double value, int decimals);
/// How one of them writes a number with so many decimals.
using NumberWriter = QString (*)(double value, int decimals);
/// The number as `write` has it, or "–" where it is not finite.
QString numberOrDash(double value, int decimals, NumberWriter write = numberText);

/// Whether a comma is what the window writes between a number and its decimals.
bool writesDecimalComma();
/// What a person typed, with comma or point in every language: "0,5" and "0.5". @return whether it is a finite number;
/// with marks of thousands, "1.234,5", it is none.
bool readTyped(const QString& text, double* value);
/// The typed number with the point that core reads: "0.5" of "0,5" and "0.5".
QString withPoint(QString typed);
/// The typed number with what a locale writes before decimals in place of comma and point.
QString withLocalMark(QString typed, const QLocale& locale);

}  // namespace p2l::ui
