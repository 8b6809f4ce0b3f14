// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <string>

#include "core/types/param_spec.h"

namespace p2l::ui {

/// QObject::tr() for functions of this namespace that belong to no class: lupdate files their texts under "p2l::ui".
QString tr(const char* text, const char* comment = nullptr, int count = -1);

/// The id of the language that the texts are in, "de": that of the installed translation, "en" without one.
QString textLanguage();

/// A text of the core in the window's language: a label, a help, a choice, a paragraph of a lesson. Where the whole is
/// not known, as "about 25 min" and "Off. K = 3.", it is looked up sentence by sentence and with %1, %2 in place of
/// numbers, which it then has as the window writes them. What remains unknown, such as the name of a person's own
/// preset, stays as it is.
QString catalogueText(const std::string& text);

/// How the translation knows a text with numbers: "about %1 min". Where `numbers` is given, it gets them.
QString textPattern(const QString& text, QStringList* numbers = nullptr);

/// textFromValue() of the core as the window writes numbers: "0.5", in German "0,5". A name stays as it is.
QString valueText(const ParamValue& value);

/// rangeText() of the core in the window's language: "a whole number from 0 to 20".
QString rangeWords(const ParamSpec& spec);

}  // namespace p2l::ui
