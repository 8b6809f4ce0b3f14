// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QLocale>
#include <QString>
#include <QStringList>

namespace p2l::ui {

/// The languages that the window speaks, as `--language` and the settings name them. Empty: that of the system.
QStringList languageIds();
/// "Deutsch": a language says its name in itself.
QString languageName(const QString& id);
/// The chosen one: an id, or empty.
QString chosenLanguage();
void setChosenLanguage(const QString& id);

/// What the window speaks with that choice: an id, never empty. English where the system's languages are others.
QString spokenLanguage(const QString& choice);
/// Installs the translations of our texts and of Qt's, and has spin boxes and Qt's dialogs write numbers as
/// numberLocale() does; core writes them with the point on every system. To be called once, before the first window.
/// `choice` is an id, or empty.
void applyLanguage(QCoreApplication& application, const QString& choice);
/// How dates are written: as the system does where it speaks the window's language.
QLocale dateLocale();

}  // namespace p2l::ui
