// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace p2l::ui;

class ThemeTest : public QObject {
  Q_OBJECT

 private slots:
  void textIsReadable_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void textIsReadable() {
    QFETCH(bool, dark);
    const QPalette palette = themePalette(dark ? Theme::Dark : Theme::Light);
    QCOMPARE(isDark(palette), dark);
    const auto check = [&](QPalette::ColorGroup group, QPalette::ColorRole text, QPalette::ColorRole ground,
                           double least) {
      const double ratio = contrastRatio(palette.color(group, text), palette.color(group, ground));
      QVERIFY2(ratio >= least, qPrintable(QString("%1 on %2: %3").arg(int(text)).arg(int(ground)).arg(ratio)));
    };
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
      check(group, QPalette::WindowText, QPalette::Window, 7);
      check(group, QPalette::Text, QPalette::Base, 7);
      check(group, QPalette::Text, QPalette::AlternateBase, 7);
      check(group, QPalette::ButtonText, QPalette::Button, 7);
      check(group, QPalette::HighlightedText, QPalette::Highlight, 4.5);
      check(group, QPalette::Link, QPalette::Base, 4.5);
      check(group, QPalette::Link, QPalette::Window, 4.5);
      check(group, QPalette::LinkVisited, QPalette::Base, 4.5);
      check(group, QPalette::PlaceholderText, QPalette::Base, 4.5);
      check(group, QPalette::PlaceholderText, QPalette::Window, 4.5);
      check(group, QPalette::ToolTipText, QPalette::ToolTipBase, 7);
    }
    check(QPalette::Disabled, QPalette::WindowText, QPalette::Window, 3);
    check(QPalette::Disabled, QPalette::Text, QPalette::Base, 3);
    check(QPalette::Disabled, QPalette::ButtonText, QPalette::Button, 3);
  }

  void contrastRatioOfBlackAndWhiteIs21() {
    QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21) < 1e-3);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
  }

  void themesCanBeExchangedAtAnyTime() {
    applyTheme(*qApp, Theme::Dark);
    QCOMPARE(qApp->style()->name(), QString("fusion"));
    QVERIFY(isDark(qApp->palette()));
    applyTheme(*qApp, Theme::Light);
    QVERIFY(!isDark(qApp->palette()));
    applyTheme(*qApp, Theme::Dark);
    applyTheme(*qApp, Theme::System);  // the desktop's own colours, not the theme before
    QVERIFY(!isDark(qApp->palette()));
  }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
