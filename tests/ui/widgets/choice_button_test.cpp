// SPDX-License-Identifier: GPL-3.0-or-later
// A choice whose text is wider than its column is broken into lines, and none of them is cut.
#include "ui/widgets/choice_button.h"

#include <QVBoxLayout>
#include <QtTest>

using p2l::ui::ChoiceButton;

class ChoiceButtonTest : public QObject {
  Q_OBJECT

 private slots:
  void everyLineHasRoom_data() {
    QTest::addColumn<int>("width");
    for (const int width : {160, 220, 600}) QTest::newRow(qPrintable(QString::number(width))) << width;
  }
  void everyLineHasRoom() {
    QFETCH(int, width);
    QWidget column;
    auto* rows = new QVBoxLayout(&column);
    auto* inner = new QVBoxLayout;  // as in a card
    rows->addLayout(inner);
    QList<ChoiceButton*> buttons;
    for (const char* text : {"yes", "no", "the spread says nothing about the error of the mean"}) {
      buttons << new ChoiceButton(QString::fromLatin1(text));
      inner->addWidget(buttons.last());
    }
    rows->addStretch(1);
    column.resize(width, 400);
    column.show();
    QVERIFY(QTest::qWaitForWindowExposed(&column));
    for (const auto* button : buttons)
      QVERIFY2(button->height() >= button->heightForWidth(button->width()), qPrintable(button->text()));
    QVERIFY(buttons.last()->heightForWidth(120) > buttons.first()->heightForWidth(120));
    for (int i = 1; i < buttons.size(); ++i)
      QVERIFY(buttons[i]->geometry().top() > buttons[i - 1]->geometry().bottom());
  }
};

QTEST_MAIN(ChoiceButtonTest)
#include "choice_button_test.moc"
