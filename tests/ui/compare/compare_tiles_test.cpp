// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what tiles and curves say at a time, of an area, and of seeds.
#include "tests/ui/compare/compare_fixture.h"
#include "ui/compare/compare_timeline.h"
#include "ui/curves/curves_plot.h"

using namespace p2l;

class CompareTilesTest : public CompareFixture {
  Q_OBJECT

 private:
  QString detail(quint64 key) const {
    const int at = view()->tileOf(key);
    return at < 0 ? QString() : canvas()->pictures()[at].detail;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-tiles-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void theCurvesCursorFollowsTheTimeline() {
    addLadder();
    auto* curves = view()->curves();
    QCOMPARE(curves->cursorStep(), 0);
    jobs_.clear();
    bar()->runAction()->trigger();
    start(jobs_[0]);
    step(jobs_[0], 1);
    step(jobs_[0], 2);
    QTRY_COMPARE_WITH_TIMEOUT(curves->cursorStep(), 2, kPatience);  // with the run
    for (int i = 3; i <= 4; ++i) step(jobs_[0], i);
    finish(jobs_[0], Outcome::Status::Completed, 22.0);
    for (int i = 1; i < 3; ++i) runWhole(jobs_.at(i), 22.0 + i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(curves->cursorStep(), 4, kPatience);
    view()->timeline()->setTime(500);  // steps at 750, 500, 250 and 0
    QCOMPARE(curves->cursorStep(), 2);
    view()->timeline()->setTime(300);
    QCOMPARE(curves->cursorStep(), 2);
    view()->timeline()->previous();
    QCOMPARE(curves->cursorStep(), 2);
    view()->timeline()->previous();
    QCOMPARE(curves->cursorStep(), 1);
    emit curves->stepClicked(3);
    QCOMPARE(view()->timeline()->time(), 250);
    QCOMPARE(curves->cursorStep(), 3);
    view()->timeline()->setTime(-1);
    QCOMPARE(curves->cursorStep(), 4);
  }

  void aTileWithoutStepsSaysThatItShowsItsResult() {
    addLadder();
    const auto path = folder_.filePath(QStringLiteral("made.png"));
    writePhoto(Image(kSide, kSide, 3, 0.30f), path.toStdString(), {});
    compare()->addFile(path);
    runAll();
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(detail(entry(3).key).contains(QStringLiteral(" dB")), kPatience);
    const auto said = QStringLiteral("the result, at every t");
    QVERIFY(!detail(entry(3).key).contains(said));
    view()->timeline()->setTime(500);
    QTRY_VERIFY2_WITH_TIMEOUT(detail(entry(3).key).startsWith(said), qPrintable(detail(entry(3).key)), kPatience);
    QVERIFY2(detail(entry(0).key).contains(QStringLiteral("t = 500")), qPrintable(detail(entry(0).key)));
    QVERIFY(!detail(entry(0).key).contains(said));
  }
};

QTEST_MAIN(CompareTilesTest)
#include "compare_tiles_test.moc"
