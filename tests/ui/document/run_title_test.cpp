// SPDX-License-Identifier: GPL-3.0-or-later
// What a card of the history says of a run.
#include "ui/document/run_title.h"

#include <QtTest>

#include "core/api/measure.h"
#include "core/experiment/ladder.h"
#include "tests/support/german_numbers.h"

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

  // The panels of Restore have no letters.
  void whatDiffersIsSaidInThePanelsWords() {
    RestoreRequest four, less;
    four.degradation().id = less.degradation().id = "defocus";
    four.degradation().values = {{"radius", 4.0}};
    less.degradation().values = {{"radius", 2.83}};
    QCOMPARE(ui::runDifference(catalogue_, four, less), QStringLiteral("Radius 2.83 → 4"));
    less.noise = NoiseChoice(0.05);
    const test::GermanNumbers german;
    QCOMPARE(ui::runDifference(catalogue_, four, less),
             QStringLiteral("Radius 2,83 → 4, noise 0,05 → %1")
                 .arg(QString::fromStdString(noiseText(four.noise)).replace(QLatin1Char('.'), QLatin1Char(','))));
  }

  void theLaddersLowestRungIsNamedAsOnCompare() {
    const auto ladder = ladderOf(catalogue_, RestoreRequest());
    const auto& lowest = ladder.rungs.front();
    QCOMPARE(lowest.request.solver, std::string("p2l"));
    QCOMPARE(ui::runTitle(catalogue_, lowest.request), QString::fromStdString(lowest.label));
    for (std::size_t i = 1; i < ladder.rungs.size(); ++i)
      QVERIFY(ui::runTitle(catalogue_, ladder.rungs[i].request) != QStringLiteral("LDPS"));
    auto adam = lowest.request;
    adam.solver_values["z_update"] = std::string("adam");
    QCOMPARE(ui::runTitle(catalogue_, adam), QStringLiteral("LDIR"));
    auto nothing = lowest.request;
    nothing.solver_values["rho"] = 0.0;
    QVERIFY(ui::runTitle(catalogue_, nothing) != QStringLiteral("LDPS"));
  }

  void aRunIsNamedAfterTheLastOneOfItsPhoto() {
    const auto past = [](double renoise, const char* photo) {
      ui::PastRun run;
      run.name = QStringLiteral("renoise 1 → 0.2");  // by its keys, as it may be on the disk
      run.photo_sha256 = photo;
      run.request.solver_values["renoise"] = renoise;
      return run;
    };
    std::vector<ui::PastRun> runs = {past(1.0, "cat"), past(0.5, "dog"), past(0.25, "cat")};
    const auto label = QString::fromStdString([&] {
      for (const auto& spec : catalogue_.solver("p2l").parameters) {
        if (spec.key == "renoise") return spec.label;
      }
      return std::string();
    }());
    QVERIFY(!label.isEmpty() && label != QStringLiteral("renoise"));
    QCOMPARE(ui::titleOfRun(catalogue_, runs, 0), QStringLiteral("P2L"));
    QCOMPARE(ui::titleOfRun(catalogue_, runs, 1), QStringLiteral("P2L"));
    QCOMPARE(ui::titleOfRun(catalogue_, runs, 2), label + QStringLiteral(" 1 → 0.25"));
    auto next = runs[2].request;
    QCOMPARE(ui::runTitleAfter(catalogue_, runs, next, "cat"), QStringLiteral("P2L"));
    next.size = 128;
    QCOMPARE(ui::runTitleAfter(catalogue_, runs, next, "cat"),
             QStringLiteral("size %1 → 128")
                 .arg(runs[2].request.size > 0 ? QString::number(runs[2].request.size) : QStringLiteral("whole")));
    runs[2].renamed = true;
    runs[2].name = QStringLiteral("the soft one");
    QCOMPARE(ui::titleOfRun(catalogue_, runs, 2), QStringLiteral("the soft one"));
  }
};

QTEST_MAIN(RunTitleTest)
#include "run_title_test.moc"
