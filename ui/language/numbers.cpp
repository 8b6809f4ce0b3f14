// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/numbers.h"

#include <QRegularExpression>
#include <cmath>

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

QString loggedNumber(double value, int decimals) {
  return QString::number(value, 'f', decimals);
}

bool writesDecimalComma() {
  return numberLocale().decimalPoint() == QLatin1String(",");
}

bool readTyped(QString text, double* value) {
  bool ok = false;
  *value = text.replace(QLatin1Char(','), QLatin1Char('.')).trimmed().toDouble(&ok);
  return ok && std::isfinite(*value);
}

}  // namespace p2l::ui
