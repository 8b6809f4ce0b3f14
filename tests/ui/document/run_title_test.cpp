// SPDX-License-Identifier: GPL-3.0-or-later
// What a card of the history says of a run.
#include "ui/document/run_title.h"

#include <QtTest>

#include "core/api/measure.h"

using namespace p2l;

class RunTitleTest : public QObject {
  Q_OBJECT

 private:
  Catalogue catalogue_ = readCatalogue();

 private slots:
  void initTestCase() { qputenv("P2L_RESOURCES", P2L_TEST_RESOURCES); }

  // A card cuts what is too long for it: the values tell two runs apart, the task's name seldom does.
  void valuesStandBeforeTheTask() {
    RestoreRequest run;
    run.degradation().id = "straight-motion-blur";
    run.degradation().values = {{"length", 18.0}, {"angle", 37.0}};
    QCOMPARE(ui::taskText(catalogue_, run), QStringLiteral("18 px, 37°, Straight motion blur"));
    run.degradation() = {};
    run.degradation().id = "sr";
    run.degradation().values = {{"factor", 4.0}};
    QCOMPARE(ui::taskText(catalogue_, run), QStringLiteral("Factor 4, Super-resolution"));
    run.degradation() = {};
    run.degradation().id = "denoise";
    QVERIFY(!ui::taskText(catalogue_, run).contains(QLatin1Char(',')));
  }

  void aPartIsNamedByItsSize() {
    RestoreRequest whole, part;
    part.crop = "124x104+18+8";
    QCOMPARE(ui::runDifference(catalogue_, part, whole), QStringLiteral("part 124 × 104"));
    QCOMPARE(ui::runDifference(catalogue_, whole, part), QStringLiteral("whole photo"));
  }
};

QTEST_MAIN(RunTitleTest)
#include "run_title_test.moc"
