// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/snapshot_history.h"

#include <QTest>
#include <algorithm>

using namespace p2l;
using namespace p2l::ui;

namespace {

std::shared_ptr<const Snapshot> snapshotOf(std::uint64_t run, int step, std::size_t bytes = 1000, bool noisy = false) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->run_id = run;
  snapshot->report.step = step;
  auto frame = std::make_shared<Frame>();
  frame->width = 1;
  frame->height = static_cast<int>(bytes / 3);
  frame->bytes.resize(bytes);
  snapshot->estimate = frame;
  if (noisy) snapshot->noisy = std::make_shared<Frame>(*frame);
  return snapshot;
}

}  // namespace

class SnapshotHistoryTest : public QObject {
  Q_OBJECT

 private slots:
  void keepsEverythingWithinTheBudget() {
    SnapshotHistory history;
    history.begin(3);
    for (int step = 1; step <= 50; ++step) QVERIFY(history.add(snapshotOf(3, step)));
    QCOMPARE(history.count(), std::size_t(50));
    for (int step = 1; step <= 50; ++step) QCOMPARE(history.nearest(step)->report.step, step);
  }

  void otherRunsAndNullAreRefused() {
    SnapshotHistory history;
    history.begin(3);
    QVERIFY(!history.add(nullptr));
    QVERIFY(!history.add(snapshotOf(2, 1)));
    QVERIFY(history.add(snapshotOf(3, 1)));
    history.begin(4);
    QCOMPARE(history.count(), std::size_t(0));
    QCOMPARE(history.bytes(), std::size_t(0));
    QVERIFY(!history.nearest(1));
    QVERIFY(!history.last());
  }

  void budgetIsRespectedEvenlyAndTheLastStays() {
    SnapshotHistory history(10 * 1400);
    history.begin(1);
    for (int step = 1; step <= 1000; ++step) {
      history.add(snapshotOf(1, step));
      QVERIFY(history.bytes() <= history.budget());
      QCOMPARE(history.last()->report.step, step);
    }
    QVERIFY(history.count() >= 8);
    int previous = 0, largest = 0;
    for (const auto& [step, snapshot] : history.all()) {
      largest = std::max(largest, step - previous);
      previous = step;
    }
    // Ten of a thousand: 100 apart if perfectly even.
    QVERIFY2(largest <= 260, qPrintable(QString::number(largest)));
    QCOMPARE(history.all().begin()->first, 1);
  }

  void oneTooLargePictureIsKeptAlone() {
    SnapshotHistory history(100);
    history.begin(1);
    history.add(snapshotOf(1, 1, 5000));
    history.add(snapshotOf(1, 2, 5000));
    QCOMPARE(history.count(), std::size_t(1));
    QCOMPARE(history.last()->report.step, 2);
  }

  void bothPicturesCountAndReplacingDoesNotAddUp() {
    SnapshotHistory history;
    history.begin(1);
    history.add(snapshotOf(1, 1, 3000, true));
    const auto both = history.bytes();
    QVERIFY(both >= 6000);
    history.add(snapshotOf(1, 1, 3000, true));
    QCOMPARE(history.bytes(), both);
    QCOMPARE(history.count(), std::size_t(1));
  }

  void nearestPrefersTheCloserAndThenTheEarlier() {
    SnapshotHistory history;
    history.begin(1);
    for (const int step : {2, 10, 14}) history.add(snapshotOf(1, step));
    QCOMPARE(history.nearest(-5)->report.step, 2);
    QCOMPARE(history.nearest(5)->report.step, 2);
    QCOMPARE(history.nearest(7)->report.step, 10);
    QCOMPARE(history.nearest(12)->report.step, 10);
    QCOMPARE(history.nearest(13)->report.step, 14);
    QCOMPARE(history.nearest(99)->report.step, 14);
    QVERIFY(!history.at(12));
    QCOMPARE(history.at(14)->report.step, 14);
  }

  void smallerBudgetThinsOutAtOnce() {
    SnapshotHistory history;
    history.begin(1);
    for (int step = 1; step <= 20; ++step) history.add(snapshotOf(1, step));
    history.setBudget(history.bytes() / 2);
    QVERIFY(history.bytes() <= history.budget());
    QVERIFY(history.count() >= 9 && history.count() <= 10);
  }
};

QTEST_GUILESS_MAIN(SnapshotHistoryTest)
#include "snapshot_history_test.moc"
