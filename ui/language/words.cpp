// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <variant>

#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

/// Null where no translator knows the text: an unknown one comes back as it was.
QString known(const QString& text) {
  const auto found = QCoreApplication::translate("catalogue", text.toUtf8().constData());
  return found == text ? QString() : found;
}

QString knownWithNumbers(const QString& text) {
  QStringList numbers;
  const auto pattern = textPattern(text, &numbers);
  if (numbers.isEmpty()) return {};
  auto found = known(pattern);
  for (int i = 0; !found.isEmpty() && i < numbers.size(); ++i)
    found.replace(QStringLiteral("%%1").arg(i + 1), localNumbers(numbers[i]));
  return found;
}

QString sentence(const QString& text) {
  auto found = known(text);
  if (found.isEmpty()) found = knownWithNumbers(text);
  return found.isEmpty() ? text : found;
}

}  // namespace

QString tr(const char* text, const char* comment, int count) {
  return QCoreApplication::translate("p2l::ui", text, comment, count);
}

QString textLanguage() {
  return tr("en");
}

QString textPattern(const QString& text, QStringList* numbers) {
  constexpr int kMost = 9;  // %1 to %9
  static const QRegularExpression number(QStringLiteral("(?<![\\w.])\\d+(?:\\.\\d+)?(?!\\w|\\.\\d)"));
  QString pattern;
  qsizetype end = 0;
  int count = 0;
  for (auto match = number.globalMatch(text); match.hasNext() && count < kMost;) {
    const auto found = match.next();
    pattern += text.mid(end, found.capturedStart() - end) + QStringLiteral("%%1").arg(++count);
    end = found.capturedEnd();
    if (numbers != nullptr) *numbers << found.captured();
  }
  return pattern + text.mid(end);
}

QString catalogueText(const std::string& text) {
  const auto whole = QString::fromStdString(text);
  if (whole.isEmpty()) return whole;
  const auto found = sentence(whole);
  if (found != whole) return found;
  static const QRegularExpression between(QStringLiteral("(?<=\\.) "));
  auto sentences = whole.split(between);
  for (auto& each : sentences) each = sentence(each);
  return sentences.join(QLatin1Char(' '));
}

QString valueText(const ParamValue& value) {
  const auto text = QString::fromStdString(textFromValue(value));
  return std::holds_alternative<double>(value) ? localNumbers(text) : text;
}

QString rangeWords(const ParamSpec& spec) {
  switch (spec.kind) {
    case ParamKind::Real:
      return tr("a number from %1 to %2").arg(valueText(spec.minimum), valueText(spec.maximum));
    case ParamKind::Integer:
      return tr("a whole number from %1 to %2").arg(valueText(spec.minimum), valueText(spec.maximum));
    case ParamKind::Choice: {
      QStringList choices;
      for (const auto& choice : spec.choices) choices << catalogueText(choiceLabel(spec, choice));
      return tr("one of %1").arg(choices.join(QStringLiteral(", ")));
    }
    case ParamKind::Flag:
      return tr("on or off");
    case ParamKind::Text:
      return tr("a text");
    case ParamKind::Path:
      return tr("a file or folder");
  }
  return {};
}

}  // namespace p2l::ui
