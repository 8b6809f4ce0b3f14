// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a session within their budget, and the sheets made of their steps.
#include <QtTest>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/base/past_runs.h"
#include "ui/exports/evolution_export.h"
#include "ui/run/past_runs_panel.h"

using namespace p2l;
using ui::PastRun;
using ui::PastRuns;

class PastRunsTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 100;

  static std::shared_ptr<const Frame> frame(int side, int grey) {
    auto made = std::make_shared<Frame>();
    made->width = made->height = side;
    made->bytes.assign(std::size_t(side) * side * 3, std::uint8_t(grey));
    return made;
  }
  static ui::SnapshotPtr step(int number, int grey) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->report.step = number;
    snapshot->report.steps = 20;
    snapshot->report.psnr = 20.0 + number;
    snapshot->estimate = frame(kSide, grey);
    return snapshot;
  }
  static ui::ResultPtr result(int grey) {
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(kSide, grey));
    outcome.baseline = imageFromFrame(*frame(kSide, 10));
    outcome.report.metrics["psnr"] = 31.26;
    return ui::resultFromOutcome(std::move(outcome));
  }
  static PastRun run(quint64 id, const std::shared_ptr<const ui::OpenedPhoto>& photo) {
    PastRun run;
    run.name = QStringLiteral("Run %1: p2l").arg(id);
    run.photo = photo;
    run.result = result(200);
    run.outcome.report = run.result->outcome.report;
    run.thumbnail = run.result->thumbnail;
    run.numbers = QStringLiteral("31.26 dB, seed 0");
    for (int i = 1; i <= 5; ++i) run.steps.add(step(i, 100 + i));
    return run;
  }
  static std::shared_ptr<const ui::OpenedPhoto> photo() {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>();
    read->image = Image(kSide, kSide, 3, 0.5f);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }

 private slots:
  void theOldestLoseTheirStepsFirstThenTheirPictures() {
    PastRuns runs;
    const auto shared = photo();
    runs.add(run(1, shared));
    const auto one = runs.bytes();
    runs.add(run(2, shared));
    const auto photo_bytes = std::size_t(kSide) * kSide * 3 * (sizeof(float) + 1);
    QCOMPARE(runs.bytes(), 2 * one - photo_bytes);  // the photo counts once
    runs.add(run(3, shared));
    const auto whole = runs.bytes();

    runs.setBudget(whole - 1);
    QCOMPARE(runs.all()[0].steps.count(), std::size_t(0));
    QCOMPARE(runs.all()[1].steps.count(), std::size_t(5));
    QVERIFY(runs.all()[0].result);
    QVERIFY(runs.bytes() < whole);

    runs.setBudget(1);
    QCOMPARE(runs.all().size(), std::size_t(3));
    QVERIFY(!runs.all()[0].result && !runs.all()[1].result);
    QVERIFY(!runs.all()[0].thumbnail.isNull());  // what it was can still be seen
    QVERIFY(runs.all()[2].result);               // on the screen
    QCOMPARE(runs.all()[2].steps.count(), std::size_t(5));
  }

  void theOldestLoseTheirLatentsToo() {
    PastRuns runs;
    for (int i = 1; i <= 2; ++i) {
      auto made = run(i, photo());
      auto latent = std::make_shared<Latent>();
      latent->step = 1;
      latent->halves.resize(5000);
      made.latents = std::make_shared<ui::LatentStore>();
      made.latents->add(latent);
      const auto before = runs.bytes(), without = [&] {
        PastRuns alone;
        auto bare = made;
        bare.latents.reset();
        alone.add(bare);
        return alone.bytes();
      }();
      runs.add(made);
      QCOMPARE(runs.bytes(), before + without + 10000);
    }
    runs.setBudget(runs.bytes() - 1);
    QVERIFY(!runs.all()[0].latents);
    QVERIFY(runs.all()[1].latents);
  }

  void theListHasTheNewestFirstAndSaysWhatWasChosen() {
    PastRuns runs;
    const auto catalogue = readCatalogue();
    ui::PastRunsPanel panel(catalogue, &runs);
    panel.show();
    QVERIFY(!panel.grab().isNull());
    const auto shared = photo();
    runs.add(run(1, shared));
    runs.add(run(4, shared));
    QCOMPARE(panel.count(), 2);
    QCOMPARE(panel.item(0)->text(), QStringLiteral("P2L"));
    const auto said = panel.item(0)->data(Qt::AccessibleTextRole).toString();
    QVERIFY2(
        said.startsWith(QStringLiteral("P2L, Factor 4, Super-resolution")) && said.contains(QStringLiteral("31.26 dB")),
        qPrintable(said));
    // Its face says one decimal, as the badge and the line of numbers do; the tip has them all.
    QStringList face;
    for (int role = Qt::UserRole; role < Qt::UserRole + 4; ++role) face << panel.item(0)->data(role).toString();
    QVERIFY2(face.join(QLatin1Char('|')).contains(QStringLiteral("31.3 dB")), qPrintable(face.join(QLatin1Char('|'))));
    QVERIFY(!face.join(QLatin1Char('|')).contains(QStringLiteral("31.26")));
    QVERIFY(panel.item(0)->toolTip().contains(QStringLiteral("31.26 dB")));
    QVERIFY(!panel.item(0)->icon().isNull());
    QVERIFY(panel.item(0)->toolTip().contains(QStringLiteral("seed 0")));
    QSignalSpy chosen(&panel, &ui::PastRunsPanel::chosen);
    QTest::mouseClick(panel.viewport(), Qt::LeftButton, {}, panel.visualItemRect(panel.item(1)).center());
    QVERIFY(chosen.count() >= 1);
    QCOMPARE(chosen.first().first().toInt(), 0);
    panel.setCurrentRow(0);
    chosen.clear();
    QTest::keyClick(&panel, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toInt(), 1);
  }

  /// The disk keeps no pictures of steps.
  void aCardSaysWhatItsRunBringsBack() {
    PastRuns runs;
    const auto catalogue = readCatalogue();
    const ui::PastRunsPanel panel(catalogue, &runs);
    runs.add(run(1, photo()));
    QVERIFY(panel.item(0)->toolTip().contains(QStringLiteral("picture, steps and settings")));
    PastRun on_disk;
    on_disk.id = "of an earlier session";
    runs.add(on_disk);
    const auto kept = panel.item(0)->toolTip();
    QVERIFY2(kept.contains(QStringLiteral("picture, curve and settings")), qPrintable(kept));
    QVERIFY2(!kept.contains(QStringLiteral("picture, steps")), qPrintable(kept));
    on_disk.id.clear();
    runs.add(on_disk);
    QVERIFY(panel.item(0)->toolTip().contains(QStringLiteral("discarded")));
  }

  void aContactSheetShowsFirstAndLastAndIsLight() {
    ui::Evolution evolution;
    for (int i = 1; i <= 20; ++i) evolution.steps.push_back(step(i, 5 * i));
    evolution.result = result(200);
    const auto sheet = ui::contactSheet(evolution, QStringLiteral("photo.png"));
    QCOMPARE(sheet.pixel(0, 0), qRgb(255, 255, 255));
    // Three rows of four tiles: measurement (10), steps 1 (5) to 20 (100), result (200).
    QCOMPARE(sheet.width(), 4 * 320 + 5 * 16);
    const auto tile = [&](int column, int row) {
      return qRed(sheet.pixel(16 + column * 336 + 160, 16 + 26 + row * (320 + 26 + 16) + 160));
    };
    QCOMPARE(tile(0, 0), 10);
    QCOMPARE(tile(1, 0), 5);
    QCOMPARE(tile(2, 2), 100);
    QCOMPARE(tile(3, 2), 200);
    QVERIFY(ui::contactSheet({}, {}).isNull());
  }

  void anAnimationHasTheStepsAndTheResultInOneSize() {
    ui::Evolution evolution;
    evolution.steps = {step(1, 10), step(2, 20)};
    auto odd = std::make_shared<Snapshot>();
    odd->estimate = frame(kSide + 4, 30);
    evolution.steps.push_back(odd);
    evolution.result = result(200);
    const auto frames = ui::animationFrames(evolution);
    QCOMPARE(frames.size(), std::size_t(3));
    QCOMPARE(int(frames[0]->bytes[0]), 10);
    QCOMPARE(int(frames.back()->bytes[0]), 200);
  }
};

QTEST_MAIN(PastRunsTest)
#include "past_runs_test.moc"
