// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace p2l::test {

/// As long as it lives, the window's numbers are German and its words English.
class GermanNumbers : public QTranslator {
 public:
  GermanNumbers() { QCoreApplication::installTranslator(this); }
  ~GermanNumbers() override { QCoreApplication::removeTranslator(this); }

  bool isEmpty() const override { return false; }
  /// Knows the language's own id alone: textLanguage() of ui/language/words.h.
  QString translate(const char*, const char* text, const char*, int) const override {
    return qstrcmp(text, "en") == 0 ? QStringLiteral("de") : QString();
  }
};

}  // namespace p2l::test
