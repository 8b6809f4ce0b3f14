// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what runs and files are held against.
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QMenu>
#include <QTimer>

#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"
#include "tests/ui/compare/compare_fixture.h"

using namespace p2l;

class CompareReferencesTest : public CompareFixture {
  Q_OBJECT

 private:
  QString write(const char* name, const Image& image) const {
    const auto path = folder_.filePath(QString::fromLatin1(name));
    writePhoto(image, path.toStdString(), {});
    return path;
  }
  /// The photo is damaged already, in this way.
  void restore(const DegradationChoice& damage, const QImage& mask = {}) {
    auto settings = document()->request();
    settings.mode = Mode::Restore;
    settings.degradations = {damage};
    ui::JobPictures stored;
    stored.mask = mask;
    document()->recall(settings, stored);
    QCOMPARE(document()->request().mode, Mode::Restore);
    QCOMPARE(document()->request().degradation().id, damage.id);
  }
  Outcome degraded() const {
    RestoreRequest request;
    const auto pictures = document()->pictures(request);
    return degrade(catalogue_, request, ui::inputsFromPictures(request, pictures), /*with_telea=*/true);
  }
  /// Chooses from a chip's menu. @return whether it could be chosen
  bool choose(int chip, const QString& text) {
    bool chosen = false;
    QTimer::singleShot(0, this, [&] {
      auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
      if (menu == nullptr) return;
      for (auto* action : menu->actions()) {
        if (action->text() != text || !action->isEnabled()) continue;
        chosen = true;
        menu->setActiveAction(action);
        QTest::keyClick(menu, Qt::Key_Return);
      }
      if (!chosen) menu->close();
    });
    view()->chips()->showMenu(chip, QPoint(40, 40));
    return chosen;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-references-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void onlyAComparisonAsksWhatMeasuringTakes() {
    QSignalSpy asked(document(), &ui::RunModel::measuringTimesWanted);
    document()->loadModel(QStringLiteral("p2l-tiny"), QStringLiteral("cpu"), {});
    const NetworkTimes times{double(kSide) * kSide, 0.05, 0.05, 0.05};
    document()->networksTimed(*catalogue_.model("p2l-tiny"), times);
    QVERIFY(asked.isEmpty());  // nothing is compared
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toString(), QStringLiteral("cpu"));
    document()->measuringTimed({double(kSide) * kSide, 0.5, 1.5, 0.0});
    compare()->refresh();
    document()->loadModel(QStringLiteral("p2l-tiny-pixel"), QStringLiteral("cpu"), {});
    document()->networksTimed(*catalogue_.model("p2l-tiny-pixel"), times);
    QCOMPARE(asked.count(), 1);  // it is known
    document()->loadModel(QStringLiteral("p2l-tiny-pixel"), QStringLiteral("cuda"), {});
    QCOMPARE(document()->loaded().measuring.pixels, 0.0);
    document()->networksTimed(*catalogue_.model("p2l-tiny-pixel"), times);
    QCOMPARE(asked.count(), 2);  // another device
  }

  void metricsAndTheBaselineHaveTheirTime() {
    const auto settings = [this](Mode mode, const DegradationChoice& damage) {
      auto request = document()->request();
      request.mode = mode;
      request.preset.clear();  // of another task
      request.degradations = {damage};
      document()->recall(catalogue_.complete(request));
    };
    const DegradationChoice blur{"gaussian-blur", {{"sigma", 1.0}}, {}, {}, false};
    settings(Mode::Demonstrate, blur);
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    NetworkTimes times;
    times.pixels = double(kSide) * kSide;
    times.unet = times.decode = times.encode = 0.05;
    document()->networksTimed(*catalogue_.model("p2l-tiny"), times);
    document()->measuringTimed({times.pixels, 0.5, 1.5, 100.0});  // loading, metrics, fill
    constexpr double kRoundTrip = 0.1, kMetrics = 2.0;
    const auto beside = [this] { return compare()->dueSeconds() - entry(0).seconds - entry(1).seconds; };
    const auto takes = [&](double seconds) { return entry(1).seconds > 0.0 && std::abs(beside() - seconds) < 1e-9; };
    // The metrics of two seeds, their mean, the bound and the baseline.
    QTRY_VERIFY2_WITH_TIMEOUT(takes(kRoundTrip + 5 * kMetrics), qPrintable(QString::number(beside())), kPatience);
    settings(Mode::Demonstrate, {"random-drop", {{"drop", 0.5}}, {}, {}, false});  // the baseline fills holes
    QTRY_VERIFY2_WITH_TIMEOUT(takes(kRoundTrip + 5 * kMetrics + 100.0), qPrintable(QString::number(beside())),
                              kPatience);
    settings(Mode::Restore, blur);  // nothing is held against a truth
    QTRY_VERIFY2_WITH_TIMEOUT(takes(0.0), qPrintable(QString::number(beside())), kPatience);

    settings(Mode::Demonstrate, blur);
    QTRY_VERIFY2_WITH_TIMEOUT(takes(kRoundTrip + 5 * kMetrics), qPrintable(QString::number(beside())), kPatience);
    bar()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    start(jobs_[0]);
    step(jobs_[0], 1);
    step(jobs_[0], 2);
    QTRY_VERIFY_WITH_TIMEOUT(compare()->references().plain != nullptr, kPatience);
    const double pace = 4 * 0.5 / entry(0).seconds;
    const double left = 2 * 0.5 + pace * entry(1).seconds + kRoundTrip + 4 * kMetrics;
    QVERIFY2(std::abs(compare()->secondsLeft() - left) < 1e-9, qPrintable(QString::number(compare()->secondsLeft())));
    step(jobs_[0], 3);
    step(jobs_[0], 4);
    finish(jobs_[0], Outcome::Status::Completed, 22.0);
    QCOMPARE(jobs_.size(), 2);
    start(jobs_[1]);
    step(jobs_[1], 1);
    QCOMPARE(compare()->secondsLeft(), 3 * 0.5 + kRoundTrip + 3 * kMetrics);
    compare()->stop();
  }

  void theBaselineOfADamagedPhotoIsNamedByWhatMadeIt() {
    const auto path = write("made.png", Image(2 * kSide, 2 * kSide, 3, 0.30f));
    restore({"sr", {{"factor", 2.0}}, {}, {}, false});
    compare()->addFile(path);
    const auto& plain = compare()->references().plain;
    QTRY_VERIFY_WITH_TIMEOUT(plain != nullptr, kPatience);
    QCOMPARE(compare()->references().plain_name, QStringLiteral("bicubic"));
    QCOMPARE(plain->outcome.picture.width, 2 * kSide);

    restore({"gaussian-blur", {{"sigma", 1.0}}, {}, {}, false});
    compare()->addFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(plain && plain->outcome.picture.width == kSide, kPatience);
    QCOMPARE(compare()->references().plain_name, QStringLiteral("the measurement"));
    QCOMPARE(compare()->rows().back().label, std::string("Baseline: the measurement"));
  }

  void holesOfADamagedPhotoAreFilledForTheBaseline() {
    Image ramp(kSide, kSide, 3);
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        for (int c = 0; c < 3; ++c) ramp.at(x, y, c) = static_cast<float>(x + y) / (2.0f * kSide);
      }
    }
    const auto path = write("ramp.png", ramp);
    const auto former = document()->openedPhoto();
    window_->files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(document()->openedPhoto() != former, kPatience);
    QImage hole(kSide, kSide, QImage::Format_Grayscale8);
    hole.fill(Qt::black);
    for (int y = 10; y < 18; ++y) {
      for (int x = 10; x < 18; ++x) hole.setPixel(x, y, qRgb(255, 255, 255));
    }
    restore({"inpaint", {}, "hole.png", {}, false}, hole);
    window_->showPage(ui::MainWindow::Page::Compare);
    compare()->addFile(path);
    const auto& plain = compare()->references().plain;
    QTRY_VERIFY_WITH_TIMEOUT(plain != nullptr, kPatience);
    QCOMPARE(compare()->references().plain_name, QStringLiteral("Telea"));
    const auto right = degraded();
    QVERIFY(!right.telea.empty());
    for (const int at : {5, 10, 14, 17}) QCOMPARE(plain->outcome.picture.at(at, at, 1), right.telea.at(at, at, 1));
    QVERIFY(std::abs(right.telea.at(14, 14, 1) - right.baseline.at(14, 14, 1)) > 0.01f);
    QVERIFY(std::isfinite(plain->outcome.report.residual));
  }

  void twoFilesOfAnySizeAreMeasuredAgainstTheReference() {
    const auto path = [this](const char* name, int side, float grey) {
      return write(name, Image(side, side, 3, grey));  // the photo has 40 x 40
    };
    compare()->addFiles({path("one.png", 24, 0.30f), path("two.png", 24, 0.40f), path("third.png", 30, 0.40f)});
    for (const int i : {0, 1, 2}) QTRY_COMPARE_WITH_TIMEOUT(entry(i).state, CompareEntry::State::Done, kPatience);
    emit view()->chips()->referenceWanted(entry(0).key);
    const auto right = metricsBetween(entry(1).result->outcome.picture, entry(0).result->outcome.picture);
    QVERIFY(std::abs(right.at("psnr") - 20.0) < 0.2);
    QTRY_COMPARE_WITH_TIMEOUT(cell(1, "psnr_reference"), QString::number(right.at("psnr"), 'f', 2), kPatience);
    QCOMPARE(cell(1, "ssim_reference"), QString::number(right.at("ssim"), 'f', 3));
    QCOMPARE(cell(0, "psnr_reference"), QStringLiteral("–"));
    QCOMPARE(cell(1, "psnr"), QStringLiteral("–"));
    const auto detail = [this](int i) {
      const int at = view()->tileOf(entry(i).key);
      return at < 0 ? QString() : canvas()->pictures()[at].detail;
    };
    const auto said = QStringLiteral("%1 dB from the reference").arg(right.at("psnr"), 0, 'f', 2);
    QTRY_VERIFY2_WITH_TIMEOUT(detail(1).startsWith(said), qPrintable(detail(1)), kPatience);
    auto* table = view()->table();
    const auto tip = [&](int i, const char* key) {
      return table->item(rowOf(i), CompareTable::columnOf(key))->toolTip();
    };
    QVERIFY2(tip(1, "psnr").contains(QStringLiteral("24 x 24 pixels")), qPrintable(tip(1, "psnr")));
    QTRY_VERIFY2_WITH_TIMEOUT(
        tip(2, "psnr_reference").contains(QStringLiteral("30 × 30 pixels and the reference 24 × 24")),
        qPrintable(tip(2, "psnr_reference")), kPatience);
    QVERIFY(table->text(TableFormat::Markdown).contains(QStringLiteral("PSNR to reference (dB)")));
    const auto* head = table->horizontalHeaderItem(CompareTable::columnOf("psnr_reference"));
    QCOMPARE(head->text(), QStringLiteral("PSNR vs ref."));
    QVERIFY2(head->toolTip().startsWith(QStringLiteral("PSNR to reference (dB)\n")), qPrintable(head->toolTip()));
    emit view()->chips()->referenceWanted(entry(1).key);  // the other way round it is as far
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, "psnr_reference"), QString::number(right.at("psnr"), 'f', 2), kPatience);
    QCOMPARE(cell(1, "psnr_reference"), QStringLiteral("–"));
  }

  void twoFilesHaveTheirLpipsWhereThereAreWeights() {
    const auto path = [this](const char* name, float grey) { return write(name, Image(64, 64, 3, grey)); };
    compare()->addFiles({path("first.png", 0.30f), path("second.png", 0.60f)});
    for (const int i : {0, 1}) QTRY_COMPARE_WITH_TIMEOUT(entry(i).state, CompareEntry::State::Done, kPatience);
    emit view()->chips()->referenceWanted(entry(0).key);
    Outcome pair;
    pair.picture = entry(1).result->outcome.picture;
    pair.truth = entry(0).result->outcome.picture;
    measureOrRemark(pair, foundLpipsFolder());
    const double alex = pair.report.metric("lpips_alex");
    const double right = std::isnan(alex) ? pair.report.metric("lpips_vgg") : alex;
    QCOMPARE(std::isfinite(right), !foundLpipsFolder().empty());
    QTRY_VERIFY_WITH_TIMEOUT(cell(1, "psnr_reference") != QStringLiteral("–"), kPatience);
    QCOMPARE(cell(1, "lpips_reference"), std::isnan(right) ? QStringLiteral("–") : QString::number(right, 'f', 3));
    QCOMPARE(cell(0, "lpips_reference"), QStringLiteral("–"));  // the reference
  }

  void aFileThatCouldNotBeReadIsReadAgain() {
    const auto path = folder_.filePath(QStringLiteral("late.png"));
    QFile::remove(path);
    compare()->addFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Failed, kPatience);
    QVERIFY(!entry(0).problem.isEmpty());
    QVERIFY(!compare()->isDue(0));  // its menu reads it again
    QVERIFY(compare()->canRetry(0));
    write("late.png", Image(kSide, kSide, 3, 0.30f));
    QVERIFY(choose(0, QStringLiteral("Read it again")));
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    QVERIFY(entry(0).problem.isEmpty() && std::isfinite(entry(0).result->outcome.report.metric("psnr")));
    QCOMPARE(compare()->dueCount(), 0);
    const double before = entry(0).result->outcome.report.metric("psnr");
    write("late.png", Image(kSide, kSide, 3, 0.60f));  // it may be another one by now
    QVERIFY(choose(0, QStringLiteral("Read it again")));
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    QVERIFY(entry(0).result->outcome.report.metric("psnr") < before);
    QVERIFY(QFile::remove(path));
    QCOMPARE(compare()->retry(0), QString());
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Failed, kPatience);
    write("late.png", Image(kSide, kSide, 3, 0.30f));
    QCOMPARE(compare()->retry(0), QString());
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
  }

  void aFileThatIsNoPictureSaysSoAndIsNotDue() {
    const auto path = folder_.filePath(QStringLiteral("notes.png"));
    writeTextFile(path.toStdString(), "no picture");
    compare()->addFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Failed, kPatience);
    QCOMPARE(compare()->dueCount(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(bar()->text(), QStringLiteral("Done"), kPatience);
    QVERIFY(!bar()->runAction()->isEnabled());
    auto* table = view()->table();
    table->refresh();
    const auto* name = table->item(rowOf(0), CompareTable::kName);
    QCOMPARE(name->text(), QStringLiteral("notes.png: cannot be read"));
    QVERIFY2(name->toolTip().contains(entry(0).problem), qPrintable(name->toolTip()));
    auto settings = document()->request();
    settings.measurement_seed = 6;
    document()->recall(settings);  // other settings make it no picture, either
    QCOMPARE(compare()->dueFiles(), 0);
    compare()->remove(0);
    QVERIFY(compare()->entries().empty());
  }

  void whatIsMeasuredByTheTruthIsNotMeasuredByTheReference() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(1).key, &index);
    view()->table()->refresh();
    QVERIFY(view()->table()->isColumnHidden(CompareTable::columnOf("psnr_reference")));
    QVERIFY(!view()->table()->text(TableFormat::Tsv).contains(QStringLiteral("to reference")));
  }
};

QTEST_MAIN(CompareReferencesTest)
#include "compare_references_test.moc"
