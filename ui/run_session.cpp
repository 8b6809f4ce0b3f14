// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_session.h"

#include <algorithm>
#include <cmath>

#include "ui/curves_plot.h"
#include "ui/degradation_panel.h"
#include "ui/frame_image.h"
#include "ui/image_canvas.h"
#include "ui/mask_editor.h"
#include "ui/solver_panel.h"
#include "ui/step_timeline.h"

namespace p2l::ui {
namespace {

constexpr int kPreviewDelayMs = 150;

QImage shownImage(const Image& image) {
  return image.empty() ? QImage() : qimageFromImage(image);
}

}  // namespace

QString summaryText(const Outcome& outcome) {
  const RunReport& report = outcome.report;
  QStringList parts;
  if (std::isfinite(report.psnr)) {
    parts << RunSession::tr("PSNR %1 dB (measurement %2, autoencoder alone %3)")
                 .arg(report.psnr, 0, 'f', 2)
                 .arg(report.psnr_measurement, 0, 'f', 2)
                 .arg(report.psnr_autoencoder, 0, 'f', 2);
  }
  if (std::isfinite(report.ssim)) parts << RunSession::tr("SSIM %1").arg(report.ssim, 0, 'f', 3);
  parts << RunSession::tr("residual %1 (noise %2)").arg(report.residual, 0, 'f', 2).arg(report.noise_level, 0, 'f', 2);
  parts << RunSession::tr("%1 s").arg(report.seconds, 0, 'f', 1);
  return parts.join(QStringLiteral(" · "));
}

RunSession::RunSession(const Widgets& widgets, QObject* parent) : QObject(parent), ui_(widgets) {
  preview_timer_.setSingleShot(true);
  preview_timer_.setInterval(kPreviewDelayMs);
  connect(&preview_timer_, &QTimer::timeout, this, &RunSession::requestPreview);
  connect(ui_.degradation, &DegradationPanel::changed, this, &RunSession::settingsChanged);
  connect(ui_.degradation, &DegradationPanel::degradationChanged, this,
          [this](const QString& id) { ui_.solver->setDegradation(id.toStdString()); });
  connect(ui_.degradation, &DegradationPanel::maskPaintingChanged, ui_.canvas, &ImageCanvas::setMaskEditing);
  connect(ui_.solver, &SolverPanel::changed, this, [this] { ui_.bar->setStale(outcome_ != nullptr); });
  connect(ui_.solver, &SolverPanel::workingSizeChanged, this, [this] {
    ui_.mask->setSize(workingSize());
    settingsChanged();
  });
  connect(ui_.timeline, &StepTimeline::stepSelected, this, &RunSession::showStep);
  connect(ui_.curves, &CurvesPlot::stepClicked, this, [this](int step) {
    ui_.timeline->setLive(false);
    ui_.timeline->setCurrent(step);
    showStep(step);
  });
  connect(ui_.bar, &RunBar::noisyChanged, this, [this](bool noisy) {
    if (control_) control_->setNoisyPictures(noisy);
    if (ui_.timeline->current() > 0) showStep(ui_.timeline->current());
  });
}

QSize RunSession::workingSize() const {
  if (!photo_) return {};
  const int side = ui_.solver->workingSize();
  return side > 0 ? QSize(side, side) : QSize(photo_->photo.image.width, photo_->photo.image.height);
}

void RunSession::setPhoto(std::shared_ptr<const OpenedPhoto> photo) {
  if (isRunning()) stop();
  photo_ = std::move(photo);
  outcome_.reset();
  saved_ = true;
  history_.clear();
  ui_.timeline->setSteps(0);
  ui_.mask->setSize(workingSize());
  ui_.canvas->clear();
  measurement_ = {};
  original_ = photo_->shown;
  ui_.canvas->setBefore(photo_->shown, photo_->label);
  ui_.bar->setStale(false);
  ui_.bar->showSummary(tr("Ready"));
  requestPreview();
}

RestoreRequest RunSession::request() const {
  RestoreRequest request;
  if (photo_) request.photo = (photo_->path.isEmpty() ? photo_->label : photo_->path).toStdString();
  RunInputs ignored;
  ui_.degradation->writeTo(request, ignored);
  ui_.solver->writeTo(request);
  return request;
}

void RunSession::recall(const RestoreRequest& request) {
  restoring_ = true;
  ui_.degradation->readFrom(request);
  ui_.solver->readFrom(request);
  restoring_ = false;
  settingsChanged();
}

std::shared_ptr<RunInputs> RunSession::makeInputs(RestoreRequest& request) const {
  auto inputs = std::make_shared<RunInputs>();
  ui_.degradation->writeTo(request, *inputs);
  inputs->photo = photo_->photo.image;
  return inputs;
}

void RunSession::settingsChanged() {
  if (restoring_) return;
  ui_.bar->setStale(outcome_ != nullptr);
  if (photo_) preview_timer_.start();
}

void RunSession::requestPreview() {
  if (!photo_ || isRunning()) return;
  PreviewJob job;
  job.preview_id = ++preview_id_;
  job.request = request();
  job.inputs = makeInputs(job.request);
  emit previewRequested(job);
}

void RunSession::previewReady(quint64 preview_id, OutcomePtr outcome) {
  if (preview_id != preview_id_ || isRunning()) return;
  measurement_ = shownImage(outcome->baseline);
  original_ = shownImage(outcome->truth);
  showBefore();
}

void RunSession::previewFailed(quint64 preview_id, const QString& sentence) {
  if (preview_id == preview_id_) emit problem(sentence);
}

void RunSession::showBefore() {
  const bool original = before_kind_ == Before::Original && !original_.isNull();
  const auto& image = original ? original_ : measurement_;
  if (!image.isNull()) ui_.canvas->setBefore(image, original ? tr("Original") : tr("Measurement y"));
}

void RunSession::setBefore(Before before) {
  before_kind_ = before;
  showBefore();
}

void RunSession::run() {
  start(false);
}

void RunSession::start(bool single_step) {
  if (isRunning()) return;
  if (!photo_) {
    emit problem(tr("There is no picture yet: open one with Ctrl+O or drop it on the window."));
    return;
  }
  preview_timer_.stop();
  RunJob job;
  job.run_id = ++run_id_;
  job.request = request();
  job.inputs = makeInputs(job.request);
  control_ = std::make_shared<RunControl>();
  control_->setNoisyPictures(ui_.bar->noisyChosen());
  if (single_step) control_->stepOnce();
  single_stepping_ = single_step;
  job.control = control_;
  history_.begin(run_id_);
  ui_.bar->setStale(false);
  ui_.bar->showState(RunBar::State::Running);
  ui_.bar->showStart(0);
  emit runningChanged(true);
  emit runRequested(job);
}

void RunSession::setPaused(bool paused) {
  if (!control_) return;
  if (paused) {
    control_->pause();
  } else {
    control_->resume();
  }
  single_stepping_ = false;
  ui_.bar->showState(paused ? RunBar::State::Paused : RunBar::State::Running);
}

void RunSession::stepOnce() {
  if (!control_) {
    start(true);
    return;
  }
  single_stepping_ = true;
  control_->stepOnce();
  ui_.bar->showState(RunBar::State::Running);
}

void RunSession::stop() {
  if (!control_) return;
  control_->requestStop();
  ui_.bar->showState(RunBar::State::Stopping);
}

void RunSession::runStarted(const RunStart& start) {
  if (start.run_id != run_id_ || !control_) return;
  measurement_ = imageFromFrame(start.measurement);
  original_ = imageFromFrame(start.truth);
  showBefore();
  ui_.timeline->setSteps(start.steps);
  ui_.curves->addRun(run_id_, tr("Run %1: %2").arg(run_id_).arg(QString::fromStdString(request().solver)),
                     start.noise_level);
  ui_.bar->showStart(start.steps);
}

void RunSession::stepFinished(quint64 run_id, const StepReport& report) {
  if (run_id != run_id_ || !control_) return;
  ui_.curves->appendStep(run_id, report);
  ui_.timeline->setTimestep(report.step, report.timestep);
  ui_.timeline->setAvailable(report.step);
  if (ui_.timeline->isLive()) ui_.curves->setCursorStep(report.step);
  ui_.bar->showStep(report);
  if (single_stepping_) ui_.bar->showState(RunBar::State::Paused);
}

void RunSession::picturesReady(const QVector<SnapshotPtr>& snapshots) {
  bool fresh = false;
  for (const auto& snapshot : snapshots) {
    if (snapshot->run_id == run_id_ && control_) fresh = history_.add(snapshot) || fresh;
  }
  if (fresh && ui_.timeline->isLive()) showStep(history_.last()->report.step);
}

void RunSession::showStep(int step) {
  ui_.curves->setCursorStep(step);
  if (!isRunning() && outcome_ && outcome_->status == Outcome::Status::Completed && step == ui_.timeline->steps()) {
    showResult();
    return;
  }
  const auto snapshot = history_.nearest(step);
  if (!snapshot) return;
  const bool noisy = ui_.bar->noisyChosen() && snapshot->noisy;
  ui_.canvas->setAfter(imageFromFrame(noisy ? snapshot->noisy : snapshot->estimate),
                       tr("Step %1 of %2").arg(snapshot->report.step).arg(snapshot->report.steps));
}

void RunSession::showResult() {
  const bool whole = outcome_->status == Outcome::Status::Completed;
  ui_.canvas->setAfter(shownImage(outcome_->picture),
                       whole ? tr("Result") : tr("Stopped after step %1").arg(outcome_->report.steps.size()));
}

void RunSession::endRun() {
  control_.reset();
  single_stepping_ = false;
  ui_.bar->showState(RunBar::State::Idle);
  emit runningChanged(false);
}

void RunSession::runFinished(quint64 run_id, OutcomePtr outcome) {
  if (run_id != run_id_ || !control_) return;
  endRun();
  if (outcome->picture.empty()) {
    ui_.bar->showSummary(tr("Nothing was restored"));
    if (!outcome->message.empty()) emit problem(QString::fromStdString(outcome->message));
    return;
  }
  outcome_ = outcome;
  saved_ = false;
  ui_.bar->showSummary(outcome->status == Outcome::Status::Completed ? tr("Done") : tr("Stopped"));
  if (ui_.timeline->isLive()) showResult();
  emit resultReady(outcome);
}

void RunSession::runFailed(quint64 run_id, const QString& sentence) {
  if (run_id != run_id_ || !control_) return;
  endRun();
  ui_.bar->showSummary(tr("The run did not start"));
  emit problem(sentence);
}

}  // namespace p2l::ui
