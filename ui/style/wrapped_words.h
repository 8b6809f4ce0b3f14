// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QFontMetricsF;

namespace p2l::ui {

/// Lines of a text that are no wider than this, but for a word that is; broken between words.
QStringList wrappedWords(const QString& text, const QFontMetricsF& metrics, double width);

}  // namespace p2l::ui
