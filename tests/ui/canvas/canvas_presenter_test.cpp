// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas says of the picture before.
#include "ui/canvas/canvas_presenter.h"

#include <QSignalSpy>
#include <QUndoStack>
#include <QtTest>

#include "ui/base/frame_image.h"
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
  void aMeasurementThatIsEnlargedIsCalledSo_data() {
    QTest::addColumn<int>("side");
    QTest::addColumn<QString>("label");
    QTest::newRow("as large") << 64 << QStringLiteral("Degraded");
    QTest::newRow("smaller") << 16 << QStringLiteral("Degraded, enlarged");
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
