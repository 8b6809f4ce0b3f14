// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/numbers.h"

#include <QRegularExpression>
#include <cmath>
#include <utility>

#include "ui/language/words.h"

namespace p2l::ui {

QLocale numberLocale() {
  const auto language = textLanguage();
  if (language == QLatin1String("en")) return {QLocale::English, QLocale::UnitedStates};
  QLocale locale(language);
  locale.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
  return locale;
}

QString numberText(double value, int decimals) {
  return localNumbers(QString::number(value, 'f', decimals));
}

QString shortNumber(double value, int digits) {
  return localNumbers(QString::number(value, 'g', digits));
}

QString withMinus(double value, char format, int digits) {
  return localNumbers(QString::number(value, format, digits)).replace(QLatin1Char('-'), QStringLiteral("−"));
}

QString localNumbers(QString text) {
  static const QRegularExpression point(QStringLiteral("(?<=\\d)\\.(?=\\d)"));
  return writesDecimalComma() ? text.replace(point, QStringLiteral(",")) : text;
}

QString withEitherMark(const QString& text) {
  static const QRegularExpression comma(QStringLiteral("(?<=\\d),(?=\\d)"));
  if (!writesDecimalComma()) return text;
  return QStringLiteral("%1 %2").arg(localNumbers(text), QString(text).replace(comma, QStringLiteral(".")));
}

QString numberOrDash(double value, int decimals, NumberWriter write) {
  return std::isfinite(value) ? write(value, decimals) : QStringLiteral("–");
}

QString loggedNumber(double value, int decimals) {
  return QString::number(value, 'f', decimals);
}

bool writesDecimalComma() {
  return numberLocale().decimalPoint() == QLatin1String(",");
}

QString withPoint(QString typed) {
  return typed.replace(QLatin1Char(','), QLatin1Char('.'));
}

QString withLocalMark(QString typed, const QLocale& locale) {
  return withPoint(std::move(typed)).replace(QLatin1Char('.'), locale.decimalPoint());
}

bool readTyped(const QString& text, double* value) {
  bool ok = false;
  *value = withPoint(text).trimmed().toDouble(&ok);
  return ok && std::isfinite(*value);
}

}  // namespace p2l::ui
