// SPDX-License-Identifier: GPL-3.0-or-later
// The window on its page Compare, with a worker that the test plays.
#pragma once

#include <QComboBox>
#include <QSettings>
#include <QStandardPaths>
#include <QTableWidgetItem>
#include <QTemporaryDir>
#include <QtTest>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "core/api/session.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/compare/compare_chips.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_run_bar.h"
#include "ui/compare/compare_table.h"
#include "ui/document/run_model.h"
#include "ui/files/file_desk.h"
#include "ui/window/main_window.h"

namespace p2l {

using ui::CompareCanvas;
using ui::CompareEntry;
using ui::ComparePage;
using ui::CompareTable;

class CompareFixture : public QObject {
 protected:
  static constexpr int kSide = 40;
  static constexpr int kPatience = 60000;

  Catalogue catalogue_ = Session().catalogue();
  QTemporaryDir folder_;
  QString photo_;
  std::unique_ptr<ui::MainWindow> window_;
  QList<ui::RunJob> jobs_;       ///< without that of the autoencoder's bound
  QList<ui::RunJob> line_jobs_;  ///< runs made once more for what each line makes
  quint64 bound_ = 0;
  double lpips_ = kUnknown;      ///< of the runs that finish() ends
  bool keeps_measured_ = false;  ///< so do they

  ui::RunModel* document() const { return window_->document(); }
  ui::SideRuns* runs() const { return document()->sideRuns(); }
  ui::CompareSession* compare() const { return window_->compare(); }
  ui::CompareRunBar* bar() const { return window_->compareBar(); }
  ComparePage* view() const { return window_->comparePage(); }
  CompareCanvas* canvas() const { return view()->canvas(); }
  const CompareEntry& entry(int index) const { return compare()->entries().at(index); }
  int rowOf(int index) const { return view()->table()->rowOf(entry(index).key); }
  QString cell(int index, const char* key) const {
    view()->table()->refresh();
    return view()->table()->item(rowOf(index), CompareTable::columnOf(key))->text();
  }
  bool bold(int index, const char* key) const {
    view()->table()->refresh();
    return view()->table()->item(rowOf(index), CompareTable::columnOf(key))->font().bold();
  }

  static std::shared_ptr<const Frame> frame(int grey) {
    auto made = std::make_shared<Frame>();
    made->width = made->height = kSide;
    made->bytes.assign(std::size_t(kSide) * kSide * 3, std::uint8_t(grey));
    return made;
  }
  static StepReport report(int step, int steps) {
    StepReport report;
    report.step = step;
    report.steps = steps;
    report.timestep = 1000 - 1000 * step / steps;
    report.residual = 8.0 / step;
    report.psnr = 20.0 + step;
    report.seconds = 0.5;
    return report;
  }
  void start(const ui::RunJob& job, int steps = 4) {
    RunStart start;
    start.run_id = job.run_id;
    start.steps = steps;
    start.noise_level = 0.5;
    start.measurement = frame(60);
    start.truth = frame(70);
    runs()->runStarted(start);
  }
  void step(const ui::RunJob& job, int number, int steps = 4) {
    runs()->stepFinished(job.run_id, report(number, steps));
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = job.run_id;
    snapshot->report = report(number, steps);
    snapshot->estimate = frame(100 + number);
    runs()->picturesReady({snapshot});
  }
  void finish(const ui::RunJob& job, Outcome::Status status, double psnr, int grey = 200) {
    Outcome outcome;
    outcome.status = status;
    outcome.message = status == Outcome::Status::Completed ? "" : "It ended early";
    if (grey > 0) outcome.picture = imageFromFrame(*frame(grey));
    outcome.truth = Image(kSide, kSide, 3, 0.25f);
    outcome.report.request = job.request;
    outcome.report.metrics["psnr"] = psnr;
    outcome.report.metrics["ssim"] = psnr / 40;
    outcome.report.metrics["lpips_alex"] = lpips_;
    outcome.report.residual = keeps_measured_ ? 1e-6 : 0.75;
    if (keeps_measured_) outcome.report.request.sampler_values["keep_measured"] = 1.0;
    outcome.report.noise_level = 0.5;
    outcome.report.seconds = 1.25;
    outcome.report.estimated_memory_mb = 420.0;
    for (int i = 1; i <= 4; ++i) outcome.report.steps.push_back(report(i, 4));
    if (status != Outcome::Status::Completed) outcome.report.steps.resize(1);
    runs()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
  }
  void runWhole(const ui::RunJob& job, double psnr, int grey = 200) {
    start(job);
    for (int i = 1; i <= 4; ++i) step(job, i);
    finish(job, Outcome::Status::Completed, psnr, grey);
  }
  void finishBound(const ui::ResultPtr& result = nullptr) {
    if (bound_ == 0) return;
    const auto id = std::exchange(bound_, 0);
    result ? runs()->runFinished(id, result) : runs()->runFailed(id, QStringLiteral("There is none."));
  }
  /// All that is due, to its end.
  void runAll(double psnr = 22.0) {
    jobs_.clear();
    bar()->runAction()->trigger();
    for (int i = 0; i < jobs_.size(); ++i) runWhole(jobs_[i], psnr + i, 190 + 5 * i);
    finishBound();
  }
  void tile(quint64 key, int* index) const {
    QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(key) >= 0, kPatience);
    *index = view()->tileOf(key);
  }
  /// The colour in the middle of a tile, as it is painted.
  QRgb middle(quint64 key) const {
    const int index = view()->tileOf(key);
    if (index < 0) return 0;
    const auto image = canvas()->grab().toImage();
    const auto place = (canvas()->cell(index).center() + QPointF(4, 4)) * image.devicePixelRatio();  // not on the grid
    return image.pixel(place.toPoint());
  }
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::mousePress(canvas(), Qt::LeftButton, modifiers, from);
    const auto send = [&](QPoint place) {
      QMouseEvent event(QEvent::MouseMove, place, canvas()->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                        modifiers);
      QCoreApplication::sendEvent(canvas(), &event);
    };
    send((from + to) / 2);
    send(to);
    QTest::mouseRelease(canvas(), Qt::LeftButton, modifiers, to);
  }
  void chooseRange(double range) { view()->range()->setCurrentIndex(view()->range()->findData(range)); }
  void addLadder() {
    view()->chips()->addLadder();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
  }

  /// Once for all tests.
  void prepare(const char* name) {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QString::fromLatin1(name));
    photo_ = folder_.filePath(QStringLiteral("photo.png"));
    writePhoto(Image(kSide, kSide, 3, 0.25f), photo_.toStdString(), {});
  }
  /// Before each test.
  void openWindow() {
    QSettings().clear();
    QSettings().setValue(QStringLiteral("live_preview"), false);  // has runs of its own
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    window_->setWindowState(Qt::WindowNoState);  // the screen is smaller
    window_->show();
    window_->resize(1280, 720);
    QCOMPARE(window_->size(), QSize(1280, 720));
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    jobs_.clear();
    line_jobs_.clear();
    bound_ = 0;
    lpips_ = kUnknown;
    keeps_measured_ = false;
    connect(runs(), &ui::SideRuns::runRequested, this, [this](const ui::RunJob& job) {
      if (job.round_trip)
        bound_ = job.run_id;
      else
        (job.wishes && job.wishes->parts ? line_jobs_ : jobs_) << job;
    });
    connect(
        document(), &ui::RunModel::previewRequested, document(),
        [this](const ui::PreviewJob& job) {
          auto outcome = degrade(catalogue_, job.request, ui::inputsFromPictures(job.request, job.pictures));
          document()->previewReady(job.preview_id, ui::resultFromOutcome(std::move(outcome)));
        },
        Qt::QueuedConnection);
    window_->files()->open(photo_);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    auto settings = document()->request();
    settings.mode = Mode::Demonstrate;        // the truth is known
    settings.noise = RestoreRequest().noise;  // the photo's own may be estimated by now, or not yet
    document()->recall(settings);
    window_->showPage(ui::MainWindow::Page::Compare);
    QVERIFY(view() && view()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!compare()->references().measurement.isNull(), kPatience);
  }
};

}  // namespace p2l
