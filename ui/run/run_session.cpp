// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/run_session.h"

#include <QPushButton>
#include <QUndoStack>
#include <algorithm>
#include <cmath>

#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/frame_image.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/degradation_panel.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {
namespace {

// Sides that the processor restores in about a minute; what a person chooses is not limited.
constexpr int kDemonstrateSide = 256;
constexpr int kRestoreSide = 512;
constexpr int kSuggestedSides[] = {512, 256, 128};

}  // namespace

RunSession::RunSession(const Widgets& widgets, QObject* parent) : QObject(parent), ui_(widgets) {
  preview_timer_.setSingleShot(true);
  preview_timer_.setInterval(kPreviewDelayMs);
  connect(&preview_timer_, &QTimer::timeout, this, &RunSession::requestPreview);
  connectPanels();
  showTask();
  ui_.solver->setWorkingSize(kDemonstrateSide);
  sizeChanged();
}

void RunSession::connectPanels() {
  connect(ui_.degradation, &DegradationPanel::changed, this, [this] {
    ui_.bar->setBlocked(ui_.degradation->openQuestion());
    showTask();
    settingsChanged();
  });
  connect(ui_.degradation, &DegradationPanel::degradationChanged, this, &RunSession::showTask);
  connect(ui_.degradation, &DegradationPanel::maskPaintingChanged, ui_.canvas, &ImageCanvas::setMaskEditing);
  connect(ui_.degradation, &DegradationPanel::maskPaintingChanged, ui_.canvas, &ImageCanvas::setMaskVisible);
  ui_.canvas->setMaskVisible(false);
  connect(ui_.solver, &SolverPanel::changed, this, &RunSession::showStale);
  connect(ui_.solver, &SolverPanel::degradationValuesWanted, this,
          [this](const ParamValues& values, const QString& text) {
            keeps_size_ = true;  // another size would empty the undo stack while the preset's step is being made
            ui_.degradation->params()->changeValues(values, text);
            keeps_size_ = false;
            QTimer::singleShot(0, this, &RunSession::settingsChanged);
          });
  connect(ui_.solver, &SolverPanel::workingSizeChosen, this, [this] { size_chosen_ = true; });
  connect(ui_.solver, &SolverPanel::workingSizeChanged, this, [this] {
    sizeChanged();
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
    if (!result_shown_ && ui_.timeline->current() > 0) showStep(ui_.timeline->current());
  });
}

void RunSession::showTask() {
  const auto& task = *ui_.degradation;
  ui_.solver->setDegradation(task.degradation(), task.secondDegradation(), task.params()->values());
}

QSize RunSession::workingSize() const {
  if (!photo_) return {};
  const int side = ui_.solver->workingSize();
  return side > 0 ? QSize(side, side) : QSize(photo_->photo->image.width, photo_->photo->image.height);
}

void RunSession::suggestSize() {
  if (size_chosen_ || !photo_ || recalling_ || keeps_size_) return;
  const auto& image = photo_->photo->image;
  const int limit = ui_.degradation->mode() == Mode::Demonstrate ? kDemonstrateSide : kRestoreSide;
  const int side = limit / ui_.degradation->outputScale();
  if (1LL * image.width * image.height <= 1LL * side * side) return ui_.solver->setWorkingSize(0);
  const auto* fitting = std::find_if(std::begin(kSuggestedSides), std::end(kSuggestedSides) - 1,
                                     [&](int suggested) { return suggested <= side; });
  ui_.solver->setWorkingSize(*fitting);
}

void RunSession::sizeChanged() {
  if (photo_) ui_.mask->setPhotoSize(QSize(photo_->photo->image.width, photo_->photo->image.height));
  const auto size = workingSize();
  if (size != ui_.mask->size() && !size.isEmpty()) {
    ui_.undo_stack->clear();  // its strokes are of another size
    ui_.mask->setSize(size);
  }
}

void RunSession::setPhoto(std::shared_ptr<const OpenedPhoto> photo) {
  abandonRun();
  photo_ = std::move(photo);
  result_.reset();
  measured_.reset();
  saved_ = true;
  stale_ = false;
  result_shown_ = false;
  history_.clear();
  ui_.timeline->setSteps(0);
  ui_.curves->setCursorStep(0);
  ui_.canvas->clear();
  measurement_ = {};
  original_ = photo_->shown;
  ui_.canvas->setBefore(photo_->shown, photo_->label);
  ui_.bar->setStale(false);
  ui_.bar->showReady();
  suggestSize();
  sizeChanged();
  settingsChanged();
  preview_timer_.stop();
  requestPreview();
}

RestoreRequest RunSession::request() const {
  RestoreRequest request;
  pictures(request);
  return request;
}

JobPictures RunSession::pictures(RestoreRequest& request) const {
  JobPictures pictures;
  if (photo_) {
    request.photo = (photo_->path.isEmpty() ? photo_->label : photo_->path).toStdString();
    pictures.photo = std::shared_ptr<const Image>(photo_, &photo_->photo->image);
    pictures.origin = std::make_shared<const PhotoOrigin>(photo_->photo->origin);
  }
  ui_.solver->writeTo(request);
  ui_.degradation->writeTo(request, pictures);
  return pictures;
}

QString RunSession::openQuestion() const {
  return ui_.degradation->openQuestion();
}

QString RunSession::fingerprint() const {
  RestoreRequest request;
  const auto pictures = this->pictures(request);
  request.preset.clear();  // the values count, not where they are from
  return QString::fromStdString(jsonFromRequest(request)) + QString::number(pictures.mask.cacheKey()) +
         QString::number(reinterpret_cast<quintptr>(pictures.kernel.get()));
}

QStringList RunSession::recall(const RestoreRequest& request, const JobPictures& stored) {
  recalling_ = true;
  size_chosen_ = true;
  ui_.solver->readFrom(request);  // first, because the mask has the working size
  const auto lost = ui_.degradation->readFrom(request, stored);
  recalling_ = false;
  settingsChanged();
  return lost;
}

void RunSession::settingsChanged() {
  if (recalling_) return;
  suggestSize();
  showStale();
  if (!photo_) return;
  preview_timer_.start();
  const auto size = workingSize();
  const int scale = ui_.degradation->outputScale();
  const auto text = [](const QSize& s) { return QStringLiteral("%1 × %2").arg(s.width()).arg(s.height()); };
  const QSize whole(photo_->photo->image.width, photo_->photo->image.height);
  auto sentence = ui_.solver->workingSize() > 0 ? tr("The centre square of %1").arg(text(whole)) : text(size);
  if (scale > 1) sentence = tr("%1; the result is %2").arg(sentence, text(size * scale));
  ui_.solver->showSizeText(sentence);
  emit settingsShown();
}

void RunSession::showStale() {
  if (recalling_) return;
  const bool stale = result_ != nullptr && fingerprint() != result_fingerprint_;
  ui_.bar->setStale(stale);
  if (std::exchange(stale_, stale) != stale && result_shown_ && !isRunning()) showResult();
}

void RunSession::requestPreview() {
  if (!photo_ || isRunning()) return;
  PreviewJob job;
  job.preview_id = ++preview_id_;
  job.pictures = pictures(job.request);
  emit previewsOutdated(preview_id_);
  emit previewRequested(job);
}

void RunSession::previewReady(quint64 preview_id, ResultPtr result) {
  if (preview_id != preview_id_ || isRunning()) return;
  measured_ = result;
  measurement_ = result->before;
  original_ = result->truth;
  showBefore();
  emit solved();
}

void RunSession::previewFailed(quint64 preview_id, const QString& sentence) {
  if (preview_id == preview_id_ && !isRunning()) emit problem(sentence);
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
  if (!blocked_.isEmpty()) {
    emit problem(blocked_);
    return;
  }
  if (ui_.degradation->isLoading()) {
    emit problem(tr("A mask or a kernel is still being read: press Run again in a moment."));
    return;
  }
  if (const auto question = openQuestion(); !question.isEmpty()) {
    emit problem(question);
    return;
  }
  preview_timer_.stop();
  emit previewsOutdated(++preview_id_);
  ui_.degradation->paintButton()->setChecked(false);  // the mouse is for comparing now
  RunJob job;
  job.run_id = ++run_id_;
  job.pictures = pictures(job.request);
  run_request_ = job.request;
  run_pictures_ = job.pictures;
  run_fingerprint_ = fingerprint();
  run_label_ = tr("Run %1: %2").arg(run_id_).arg(QString::fromStdString(job.request.solver));
  control_ = std::make_shared<RunControl>();
  control_->setNoisyPictures(ui_.bar->noisyChosen());
  if (single_step) control_->stepOnce();
  single_stepping_ = single_step;
  job.control = control_;
  start_ = {};
  run_shown_ = false;
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
  if (!control_) return start(true);
  single_stepping_ = true;
  control_->stepOnce();
  ui_.bar->showState(RunBar::State::Running);
}

void RunSession::stop() {
  if (!control_) return;
  control_->requestStop();
  ui_.bar->showState(RunBar::State::Stopping);
}

void RunSession::abandonRun() {
  if (!control_) return;
  control_->requestStop();
  ++run_id_;  // what it still sends is of a former run
  endRun();
}

void RunSession::runStarted(const RunStart& start) {
  if (start.run_id != run_id_ || !control_) return;
  measurement_ = imageFromFrame(start.measurement);
  original_ = imageFromFrame(start.truth);
  showBefore();
  start_ = start;
  ui_.bar->showStart(start.steps);
  emit solved();
}

void RunSession::showRunBegan() {
  if (std::exchange(run_shown_, true)) return;
  history_.begin(run_id_);
  ui_.timeline->setSteps(start_.steps);
  ui_.curves->addRun(run_id_, run_label_, start_.noise_level);
}

void RunSession::stepFinished(quint64 run_id, const StepReport& report) {
  if (run_id != run_id_ || !control_) return;
  showRunBegan();
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
    if (snapshot->run_id != run_id_ || !control_) continue;
    showRunBegan();
    fresh = history_.add(snapshot) || fresh;
  }
  if (fresh && ui_.timeline->isLive()) showStep(history_.last()->report.step);
}

void RunSession::showStep(int step) {
  ui_.curves->setCursorStep(step);
  const bool of_result = !isRunning() || !run_shown_;
  if (of_result && result_ && step == ui_.timeline->available()) return showResult();
  const auto snapshot = history_.nearest(step);
  if (!snapshot) return;
  const bool noisy = ui_.bar->noisyChosen() && snapshot->noisy;
  result_shown_ = false;
  ui_.canvas->setAfter(imageFromFrame(noisy ? snapshot->noisy : snapshot->estimate),
                       tr("Step %1 of %2").arg(snapshot->report.step).arg(snapshot->report.steps));
}

void RunSession::showResult() {
  const auto& outcome = result_->outcome;
  const auto steps = outcome.report.steps.size();
  auto label = outcome.status == Outcome::Status::Completed  ? tr("Result")
               : outcome.status == Outcome::Status::Diverged ? tr("Diverged in step %1").arg(steps)
                                                             : tr("Stopped after step %1").arg(steps);
  if (stale_) label = tr("%1, with former settings").arg(label);
  result_shown_ = true;
  ui_.canvas->setAfter(result_->picture, label);
}

void RunSession::endRun() {
  control_.reset();
  single_stepping_ = false;
  ui_.bar->showState(RunBar::State::Idle);
  emit runningChanged(false);
}

void RunSession::runFinished(quint64 run_id, ResultPtr result) {
  if (run_id != run_id_ || !control_) return;
  endRun();
  const auto& outcome = result->outcome;
  const bool expected = outcome.status == Outcome::Status::Completed || outcome.status == Outcome::Status::Cancelled;
  if (!expected && !outcome.message.empty()) emit problem(QString::fromStdString(outcome.message));
  QStringList remarks;
  for (const auto& remark : outcome.report.remarks) remarks << QString::fromStdString(remark) + QLatin1Char('.');
  if (expected && !remarks.isEmpty()) emit remarked(remarks.join(QLatin1Char(' ')));
  if (result->picture.isNull()) {
    ui_.bar->showSummary(expected ? tr("Stopped before the first step: nothing new was made") : tr("The run failed"));
    showStale();
    return;
  }
  showRunBegan();
  result_ = result;
  result_fingerprint_ = run_fingerprint_;
  measured_ = result;
  saved_ = false;
  ui_.bar->showSummary(outcome.status == Outcome::Status::Completed  ? tr("Done")
                       : outcome.status == Outcome::Status::Diverged ? tr("Diverged")
                                                                     : tr("Stopped"));
  if (ui_.timeline->isLive()) showResult();
  showStale();
  keepRun(run_label_, run_request_, run_pictures_, photo_, result_, history_);
  emit resultReady(result);
}

void RunSession::keepRun(const QString& name, const RestoreRequest& request, const JobPictures& pictures,
                         const std::shared_ptr<const OpenedPhoto>& photo, const ResultPtr& result,
                         const SnapshotHistory& steps) {
  const auto& report = result->outcome.report;
  PastRun run;
  run.name = name;
  run.request = request;
  run.pictures = pictures;
  run.photo = photo;
  run.result = result;
  run.steps = steps;
  run.thumbnail = result->thumbnail;
  const auto value = std::isfinite(report.psnr) ? tr("%1 dB").arg(report.psnr, 0, 'f', 2)
                                                : tr("residual %1").arg(report.residual, 0, 'f', 2);
  run.numbers = tr("%1\nseed %2").arg(value).arg(request.seed);
  past_.add(std::move(run));
}

void RunSession::bringBack(int index) {
  if (isRunning()) {
    emit problem(tr("A run is in progress: stop it or wait for it."));
    return;
  }
  const PastRun past = past_.all().at(index);
  if (past.photo && past.photo != photo_) {
    photo_ = past.photo;
    original_ = photo_->shown;
    sizeChanged();
  }
  recall(past.request, past.pictures);
  if (!past.result) {
    emit broughtBack(nullptr);
    return;
  }
  result_ = measured_ = past.result;
  saved_ = past.saved;
  history_ = past.steps;
  measurement_ = result_->before;
  original_ = result_->truth;
  result_fingerprint_ = fingerprint();
  stale_ = false;
  ui_.bar->setStale(false);
  ui_.bar->showSummary(tr("%1, brought back").arg(past.name));
  const auto& steps = result_->outcome.report.steps;
  ui_.timeline->setSteps(steps.empty() ? 0 : steps.back().steps);
  for (const auto& step : steps) ui_.timeline->setTimestep(step.step, step.timestep);
  ui_.timeline->setAvailable(static_cast<int>(steps.size()));
  ui_.curves->setCursorStep(static_cast<int>(steps.size()));
  showBefore();
  showResult();
  emit broughtBack(result_);
}

void RunSession::markSaved() {
  saved_ = true;
  past_.markSaved(result_);
}

void RunSession::runFailed(quint64 run_id, const QString& sentence) {
  if (run_id != run_id_ || !control_) return;
  endRun();
  ui_.bar->showSummary(tr("The run did not start"));
  showStale();
  emit problem(sentence);
}

}  // namespace p2l::ui
