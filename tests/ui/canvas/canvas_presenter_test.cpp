// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas says of the picture before.
#include "ui/canvas/canvas_presenter.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>
#include <cstdlib>

#include "core/api/files.h"
#include "tests/support/german_numbers.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"

using namespace p2l;

class CanvasPresenterTest : public QObject {
  Q_OBJECT

 private:
  static std::shared_ptr<const ui::OpenedPhoto> greyPhoto() {
    auto photo = std::make_shared<Photo>();
    photo->image = Image(64, 64, 3, 0.5f);
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("a.png");
    opened->shown = ui::qimageFromImage(photo->image);
    opened->photo = std::move(photo);
    return opened;
  }

 private slots:
  void theMeasurementHasOneName() {
    for (const auto mode : {Mode::Restore, Mode::Demonstrate})
      QCOMPARE(ui::CanvasPresenter::beforeText(mode, /*original=*/false), QStringLiteral("Measurement"));
  }

  void aMeasurementThatIsEnlargedIsCalledSo_data() {
    QTest::addColumn<int>("side");
    QTest::addColumn<QString>("label");
    QTest::newRow("as large") << 64 << QStringLiteral("Measurement");
    QTest::newRow("smaller") << 16 << QStringLiteral("Measurement, enlarged");
  }
  void aMeasurementThatIsEnlargedIsCalledSo() {
    QFETCH(int, side);
    QFETCH(QString, label);
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasPresenter presenter(&model, &canvas);
    quint64 asked = 0;
    connect(&model, &ui::RunModel::previewRequested, this, [&](const ui::PreviewJob& job) { asked = job.preview_id; });
    model.setPhoto(greyPhoto());
    auto request = model.request();
    request.mode = Mode::Demonstrate;
    model.changeTask(request, nullptr, 1.0);
    model.setBefore(ui::RunModel::Before::Measurement);
    QTRY_VERIFY_WITH_TIMEOUT(asked != 0, 60000);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.report.request = request;
    outcome.measurement = Image(side, side, 3, 0.25f);
    outcome.baseline = Image(64, 64, 3, 0.25f);
    outcome.truth = Image(64, 64, 3, 0.5f);
    model.previewReady(asked, ui::resultFromOutcome(std::move(outcome)));
    QCOMPARE(canvas.beforeLabel(), label);
    model.setBefore(ui::RunModel::Before::Original);
    QCOMPARE(canvas.beforeLabel(), QStringLiteral("Original"));
  }

  void aStateThatNeedsAnotherModelSaysSo() {
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasPresenter presenter(&model, &canvas);
    ui::RunJob job;
    connect(&model, &ui::RunModel::runRequested, this, [&](const ui::RunJob& asked) { job = asked; });
    model.setPhoto(greyPhoto());
    QTest::qWait(20);
    model.run();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = job.run_id;
    snapshot->report.step = 1;
    snapshot->report.steps = 2;
    snapshot->estimate = std::make_shared<const Frame>(frameFromImage(Image(64, 64, 3, 0.5f)));
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(64, 64, 3, 0.75f);
    outcome.report.request = job.request;
    outcome.report.model.name = "its-model";
    outcome.report.model.sha256 = "its hash";
    outcome.report.metrics["psnr"] = 24.1;
    for (int step = 1; step <= 2; ++step) {
      auto latent = std::make_shared<Latent>();
      latent->step = step;
      job.latents->add(latent);
      StepReport report;
      report.step = step;
      report.steps = 2;
      outcome.report.steps.push_back(report);
      model.stepFinished(job.run_id, report);
    }
    model.picturesReady({snapshot});
    model.runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
    ModelInfo loaded;
    loaded.sha256 = "another hash";
    model.modelLoaded(loaded, 0.1);
    const auto shown = [&] { return canvas.accessibleDescription(); };
    const auto said = QStringLiteral("its state needs the run's model, its-model");
    model.showStep(1, false);
    QVERIFY2(shown().contains(QStringLiteral("Step 1 of 2")) && !shown().contains(said), qPrintable(shown()));
    model.setNoisy(true);
    QVERIFY2(shown().contains(said), qPrintable(shown()));
    model.showStep(2, false);  // the result stands there
    QVERIFY2(shown().contains(QStringLiteral("Result · 24.1 dB")) && shown().contains(said), qPrintable(shown()));
    {
      const test::GermanNumbers german;
      emit model.resultRevised();
      QVERIFY2(shown().contains(QStringLiteral("Result · 24,1 dB")), qPrintable(shown()));
    }
    loaded.sha256 = "its hash";
    model.modelLoaded(loaded, 0.1);
    QVERIFY2(!shown().contains(said), qPrintable(shown()));
  }

  void whatIsMadeUpHasAColourThatTheResultHasNot_data() {
    QTest::addColumn<QColor>("of_result");
    QTest::addColumn<QString>("name");
    QTest::newRow("orange") << QColor(210, 140, 70) << QStringLiteral("cyan");
    QTest::newRow("blue") << QColor(60, 110, 200) << QStringLiteral("red");
  }
  void whatIsMadeUpHasAColourThatTheResultHasNot() {
    QFETCH(QColor, of_result);
    QFETCH(QString, name);
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasPresenter presenter(&model, &canvas);
    canvas.resize(200, 200);
    canvas.show();
    ui::RunJob job;
    connect(&model, &ui::RunModel::runRequested, this, [&](const ui::RunJob& asked) { job = asked; });
    model.setPhoto(greyPhoto());
    QTest::qWait(20);
    model.run();
    QImage plain(64, 64, QImage::Format_RGB888);
    plain.fill(of_result);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = ui::imageFromQImage(plain);
    outcome.report.request = job.request;
    model.runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
    canvas.setCompareMode(ui::ImageCanvas::CompareMode::AfterOnly);
    const auto shown = [&] { return canvas.accessibleDescription(); };
    const auto centre = [&] { return QColor(canvas.grab().toImage().pixel(canvas.rect().center())); };
    const auto before = centre();
    QImage opacity(64, 64, QImage::Format_Alpha8);
    opacity.fill(255u);
    model.setMadeUp(opacity, 0.3);
    QVERIFY2(shown().contains(QStringLiteral("; %1 is made up").arg(name)), qPrintable(shown()));
    const auto over = centre();
    const int change = std::abs(over.red() - before.red()) + std::abs(over.green() - before.green()) +
                       std::abs(over.blue() - before.blue());
    QVERIFY2(change > 150, qPrintable(over.name()));
    canvas.setCompareMode(ui::ImageCanvas::CompareMode::Difference);  // a colour over it is no difference
    QVERIFY2(!shown().contains(QStringLiteral("made up")), qPrintable(shown()));
    canvas.setCompareMode(ui::ImageCanvas::CompareMode::AfterOnly);
    QVERIFY2(shown().contains(name), qPrintable(shown()));
    model.setMadeUp({});
    model.setMadeUp(opacity, 0.01);
    QVERIFY2(shown().contains(QStringLiteral("; little is made up here (%1)").arg(name)), qPrintable(shown()));
  }

  void aStepWithoutAPictureIsSaidToBeOne() {
    const QTemporaryDir folder;
    const auto photo_path = folder.filePath(QStringLiteral("a.png"));
    writePhoto(Image(64, 64, 3, 0.5f), photo_path.toStdString(), "");
    const auto openHistory = [&](ui::RunModel& model) {
      model.openHistory(folder.filePath(QStringLiteral("history")), RunArchive::kDefaultBudget);
      QSignalSpy loaded(model.history(), &ui::RunKeeper::loaded);
      QVERIFY(loaded.wait(60000));
    };
    const auto missing = QStringLiteral("Step 1 of 2 · not kept of this run");
    {
      ui::RunModel model;
      ui::ImageCanvas canvas;
      ui::CanvasPresenter presenter(&model, &canvas);
      openHistory(model);
      ui::RunJob job;
      connect(&model, &ui::RunModel::runRequested, this, [&](const ui::RunJob& asked) { job = asked; });
      model.setPhoto(ui::openPhotoFile(photo_path));
      QTest::qWait(20);
      for (const bool has_picture : {false, true}) {
        model.run();
        RunStart begun;
        begun.run_id = job.run_id;
        begun.steps = 2;
        model.runStarted(begun);
        Outcome outcome;
        outcome.status = Outcome::Status::Completed;
        outcome.picture = Image(64, 64, 3, 0.75f);
        outcome.report.request = job.request;
        for (int step = 1; step <= 2; ++step) {
          StepReport report;
          report.step = step;
          report.steps = 2;
          outcome.report.steps.push_back(report);
          model.stepFinished(job.run_id, report);
        }
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->run_id = job.run_id;
        snapshot->report = outcome.report.steps[0];
        snapshot->estimate = std::make_shared<const Frame>(frameFromImage(Image(64, 64, 3, 0.5f)));
        if (has_picture) model.picturesReady({snapshot});
        model.runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
        const auto shown = [&] { return canvas.accessibleDescription(); };
        model.showStep(1, false);
        QVERIFY2(shown().contains(missing) != has_picture, qPrintable(shown()));
        model.showStep(2, false);
        QVERIFY2(shown().contains(QStringLiteral("Result")) && !shown().contains(missing), qPrintable(shown()));
      }
      QTRY_VERIFY_WITH_TIMEOUT(!model.history()->busy(), 60000);
    }
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasPresenter presenter(&model, &canvas);
    openHistory(model);
    QCOMPARE(model.pastRuns().all().size(), std::size_t(2));
    const auto shown = [&] { return canvas.accessibleDescription(); };
    QSignalSpy back(&model, &ui::RunModel::broughtBack);
    model.bringBack(1);
    QVERIFY(back.wait(60000));
    model.showStep(1, false);
    QVERIFY2(!shown().contains(missing), qPrintable(shown()));  // it is there, or on its way
    QTRY_VERIFY2_WITH_TIMEOUT(shown().contains(QStringLiteral("Step 1 of 2 · estimate")), qPrintable(shown()), 60000);
    model.bringBack(0);
    QVERIFY(back.wait(60000));
    model.showStep(1, false);
    QTRY_VERIFY2_WITH_TIMEOUT(shown().contains(missing), qPrintable(shown()), 60000);
  }

  void theResultOfACropGoesWithTheCrop() {
    ui::RunModel model;
    ui::ImageCanvas canvas;
    ui::CanvasPresenter presenter(&model, &canvas);
    ui::RunJob job;
    connect(&model, &ui::RunModel::runRequested, this, [&](const ui::RunJob& asked) { job = asked; });
    const auto run = [&](int side) {
      model.run();
      Outcome outcome;
      outcome.status = Outcome::Status::Completed;
      outcome.picture = Image(side, side, 3, 0.75f);
      outcome.report.request = job.request;
      model.runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
    };
    const auto shown = [&] { return canvas.accessibleDescription(); };
    model.setPhoto(greyPhoto());
    QTest::qWait(20);
    run(64);
    model.setCrop({8, 8, 40, 40});
    QVERIFY2(!shown().contains(QStringLiteral("Result")), qPrintable(shown()));
    run(40);
    QVERIFY2(shown().contains(QStringLiteral("Result")), qPrintable(shown()));
    model.undoStack()->undo();
    QVERIFY(model.showsOtherPart());
    QVERIFY2(!shown().contains(QStringLiteral("Result")), qPrintable(shown()));
    model.undoStack()->redo();
    QVERIFY2(shown().contains(QStringLiteral("Result")), qPrintable(shown()));
    // Where there was none before it was brought back, it goes again.
    model.setPhoto(model.openedPhoto());
    QTest::qWait(20);
    model.bringBack(0);
    QVERIFY2(shown().contains(QStringLiteral("Result")), qPrintable(shown()));
    model.undoStack()->undo();
    QVERIFY2(!shown().contains(QStringLiteral("Result")), qPrintable(shown()));
  }
};

QTEST_MAIN(CanvasPresenterTest)
#include "canvas_presenter_test.moc"
