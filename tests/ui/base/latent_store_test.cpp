// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/snapshot_history.h"

#include <QFile>
#include <QTest>

using namespace p2l;
using ui::LatentStore;

namespace {

std::shared_ptr<const Latent> latentOf(int step, int side = 10) {
  auto latent = std::make_shared<Latent>();
  latent->step = step;
  latent->channels = 1;
  latent->height = latent->width = side;
  latent->halves.resize(std::size_t(side) * side);
  for (std::size_t i = 0; i < latent->halves.size(); ++i) latent->halves[i] = std::uint16_t(1000 * step + i);
  return latent;
}

}  // namespace

class LatentStoreTest : public QObject {
  Q_OBJECT

 private slots:
  void whatFitsStaysInMemory() {
    LatentStore store(2000, 0);
    for (int step = 1; step <= 10; ++step) store.add(latentOf(step));
    QCOMPARE(store.bytesInMemory(), std::size_t(2000));
    QCOMPARE(store.bytesOnDisk(), std::size_t(0));
    for (int step = 1; step <= 10; ++step) QCOMPARE(store.at(step)->halves, latentOf(step)->halves);
    QVERIFY(!store.contains(11) && store.at(11) == nullptr);
  }

  void theEarliestGoToTheDiskAndComeBack() {
    LatentStore store(1000, 3000);
    for (int step = 1; step <= 20; ++step) store.add(latentOf(step));
    QCOMPARE(store.bytesInMemory(), std::size_t(1000));
    QCOMPARE(store.bytesOnDisk(), std::size_t(3000));
    for (int step = 1; step <= 20; ++step) {
      QVERIFY2(store.contains(step), qPrintable(QString::number(step)));
      QCOMPARE(store.at(step)->halves, latentOf(step)->halves);
      QCOMPARE(store.at(step)->width, 10);
    }
  }

  void beyondBothBudgetsAStepIsLeftOut() {
    LatentStore store(400, 600);
    for (int step = 1; step <= 20; ++step) store.add(latentOf(step));
    QVERIFY(store.bytesInMemory() <= 400 && store.bytesOnDisk() <= 600);
    int kept = 0;
    for (int step = 1; step <= 20; ++step) kept += store.contains(step) ? 1 : 0;
    QCOMPARE(kept, 5);
  }

  void stepsWithinABudgetAreSpreadAndHaveTheLastOne() {
    LatentStore store(1000, 10000);
    QVERIFY(store.stepsWithin(1000).empty());
    for (int step = 1; step <= 20; ++step) store.add(latentOf(step));  // of 200 bytes, in memory and on the disk
    QCOMPARE(store.stepsWithin(4000).size(), std::size_t(20));
    QCOMPARE(store.stepsWithin(1000), std::vector<int>({4, 8, 12, 16, 20}));
    QCOMPARE(store.stepsWithin(799), std::vector<int>({6, 13, 20}));
    QCOMPARE(store.stepsWithin(200), std::vector<int>({20}));
    QVERIFY(store.stepsWithin(199).empty());
  }

  // The numbers on the disk once stayed in memory, too: 6 GB of a thousand steps at 1024 x 1024.
  void whatIsOnTheDiskIsNotInMemory() {
    constexpr int kSide = 1024, kCount = 50;  // 2 MB each
    constexpr std::size_t kMegabyte = std::size_t{1} << 20;
    const auto resident = [] {
      QFile file(QStringLiteral("/proc/self/statm"));
      return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toULongLong() * 4096 : 0;
    };
    LatentStore store(4 * kMegabyte, 1000 * kMegabyte);
    store.add(latentOf(1, kSide));
    const auto before = resident();
    for (int step = 2; step <= kCount; ++step) store.add(latentOf(step, kSide));
    QVERIFY(store.bytesOnDisk() > 90 * kMegabyte);
    QVERIFY2(resident() < before + 40 * kMegabyte, qPrintable(QString::number((resident() - before) / kMegabyte)));
    QCOMPARE(store.at(20)->halves, latentOf(20, kSide)->halves);
  }

  void aLatentLargerThanTheMemoryGoesToTheDisk() {
    LatentStore store(100, 10000);
    store.add(latentOf(1, 20));
    QCOMPARE(store.bytesInMemory(), std::size_t(0));
    QCOMPARE(store.at(1)->halves, latentOf(1, 20)->halves);
  }
};

QTEST_GUILESS_MAIN(LatentStoreTest)
#include "latent_store_test.moc"
