// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/language.h"

#include <QLibraryInfo>
#include <QSettings>
#include <QTranslator>
#include <clocale>

#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

const auto kSetting = QStringLiteral("language");
const auto kEnglish = QStringLiteral("en");
const auto kOwn = QStringLiteral(":/translations");
QString spoken = kEnglish;  // of the program's one window

/// Qt's own texts, such as those of its buttons: the copy of the program, else the system's.
void installTranslator(QCoreApplication& application, const QString& name) {
  auto* translator = new QTranslator(&application);
  if (translator->load(name, kOwn) || translator->load(name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(translator);
  else
    delete translator;
}

}  // namespace

QStringList languageIds() {
  return {kEnglish, QStringLiteral("de")};
}

QString languageName(const QString& id) {
  return id == kEnglish ? QStringLiteral("English") : QLocale(id).nativeLanguageName();
}

QString chosenLanguage() {
  const auto id = QSettings().value(kSetting).toString();
  return languageIds().contains(id) ? id : QString();
}

void setChosenLanguage(const QString& id) {
  QSettings().setValue(kSetting, id);
}

QString spokenLanguage(const QString& choice) {
  if (languageIds().contains(choice)) return choice;
  for (const auto& wanted : QLocale::system().uiLanguages()) {
    const auto id = wanted.section(QLatin1Char('-'), 0, 0);
    if (languageIds().contains(id)) return id;
  }
  return kEnglish;
}

void applyLanguage(QCoreApplication& application, const QString& choice) {
  spoken = spokenLanguage(choice);
  if (spoken != kEnglish) {
    installTranslator(application, QStringLiteral("qtbase_") + spoken);
    installTranslator(application, QStringLiteral("p2l_studio_") + spoken);
  }
  QLocale::setDefault(numberLocale());  // of spin boxes and of Qt's own dialogs
  std::setlocale(LC_NUMERIC, "C");      // Qt took the system's, and core prints what files and copied tables have
}

QLocale dateLocale() {
  const auto system = QLocale::system();
  const QLocale own(spoken);
  return system.language() == own.language() ? system : own;
}

}  // namespace p2l::ui
