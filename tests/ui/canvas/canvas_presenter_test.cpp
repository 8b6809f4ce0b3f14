// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas says of the picture before.
#include "ui/canvas/canvas_presenter.h"

#include <QSignalSpy>
#include <QtTest>

#include "ui/base/frame_image.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/run_model.h"

using namespace p2l;

class CanvasPresenterTest : public QObject {
  Q_OBJECT

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
    auto photo = std::make_shared<Photo>();
    photo->image = Image(64, 64, 3, 0.5f);
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("a.png");
    opened->shown = ui::qimageFromImage(photo->image);
    opened->photo = std::move(photo);
    model.setPhoto(opened);
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
};

QTEST_MAIN(CanvasPresenterTest)
#include "canvas_presenter_test.moc"
