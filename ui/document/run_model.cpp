// SPDX-License-Identifier: GPL-3.0-or-later
// Photo, settings and what is looked at. The run is in run_model_run.cpp.
#include "ui/document/run_model.h"

#include <QUndoStack>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "core/insight/noise_estimate.h"
#include "ui/base/side_runs.h"
#include "ui/document/settings_undo.h"

namespace p2l::ui {
namespace {

// Sides that the processor restores in about a minute; what a person chooses is not limited.
constexpr int kDemonstrateSide = 256;
constexpr int kSuggestedSides[] = {512, 256, 128};

QSize sizeOf(const OpenedPhoto& photo) {
  return {photo.photo->image.width, photo.photo->image.height};
}

bool sameTask(const RestoreRequest& one, const RestoreRequest& other) {
  const auto ofChain = [](const RestoreRequest& request) {
    std::vector<std::pair<std::string, ParamValues>> chain;
    for (const auto& each : request.degradations) chain.emplace_back(each.id, each.values);
    return chain;
  };
  return ofChain(one) == ofChain(other);
}

}  // namespace

RunModel::RunModel(QObject* parent)
    : QObject(parent),
      undo_stack_(new QUndoStack(this)),
      mask_(new MaskEditor(undo_stack_, this)),
      side_runs_(new SideRuns(this)) {
  settings_.size = kDemonstrateSide;
  preview_timer_.setSingleShot(true);
  preview_timer_.setInterval(kPreviewDelayMs);
  connect(&preview_timer_, &QTimer::timeout, this, &RunModel::requestPreview);
  settings_undo_ = new SettingsUndo(this, undo_stack_);
  // It clears itself when it goes, and would say so to those who look at a document that has gone then.
  connect(this, &QObject::destroyed, undo_stack_, [stack = undo_stack_] { stack->disconnect(); });
}

QSize RunModel::workingSize() const {
  if (!photo_) return {};
  return settings_.size > 0 ? QSize(settings_.size, settings_.size) : cropRect().size();
}

void RunModel::suggestSize() {
  if (size_choice_.recalled || !photo_ || recalling_) return;
  const auto size = cropRect().size();
  const int limit = kDemonstrateSide;
  const int side = static_cast<int>(limit / output_scale_);
  const auto* fitting = std::find_if(std::begin(kSuggestedSides), std::end(kSuggestedSides) - 1,
                                     [&](int suggested) { return suggested <= side; });
  const bool as_it_is = 1LL * size.width() * size.height() <= 1LL * side * side;
  const bool whole = settings_.mode == Mode::Restore;  // a person wants all of a photo back
  const int suggested = size_choice_.by_person.value_or(whole || as_it_is ? 0 : *fitting);
  if (std::exchange(settings_.size, suggested) == suggested) return;
  emit workingSizeSuggested(suggested);
  sizeChanged();
}

void RunModel::sizeChanged() {
  if (photo_) mask_->setPhotoSize(sizeOf(*photo_), cropRect());
  const auto size = workingSize();
  if (size != mask_->size() && !size.isEmpty()) {
    mask_before_size_ = mask_->state();  // undo comes back to it
    mask_->setSize(size);
  }
}

void RunModel::setMadeUp(const QImage& overlay, double strongest) {
  if (overlay.isNull() && made_up_.isNull()) return;
  made_up_ = overlay;
  made_up_strongest_ = strongest;
  emit madeUpChanged();
}

void RunModel::setResult(ResultPtr result) {
  result_ = std::move(result);
  setMadeUp({});
}

void RunModel::estimatePhotoNoise() {
  photo_noise_ = -1.0;
  looking_.start(
      [photo = photo_] { return estimateNoise(photo->photo->image).sigma; },
      [this, photo = photo_](double sigma, const QString& problem) {
        if (photo != photo_ || !problem.isEmpty()) return;
        photo_noise_ = sigma;
        settings_undo_->quietly([&] { emit photoNoiseEstimated(sigma); });  // what follows comes with the photo
      });
}

void RunModel::forgetRun() {
  setResult(nullptr);
  result_id_.clear();
  run_shown_ = false;
  measured_.reset();
  saved_ = true;
  history_.clear();
  forgetLatents();
  resetSteps(0);
  setEnding(Ending::None);
  measurement_ = {};
}

void RunModel::setPhoto(std::shared_ptr<const OpenedPhoto> photo) {
  abandonRun();
  const auto former = mask_->size();
  const bool cropped = isCropped();
  settings_.crop.clear();
  photo_ = std::move(photo);
  forgetRun();
  original_ = photo_->shown;
  updateStale();
  estimatePhotoNoise();
  emit photoChanged();
  size_choice_.recalled = false;  // it was of the former photo
  emit modeSuggested(isSample() ? Mode::Demonstrate : Mode::Restore);
  suggestSize();
  sizeChanged();
  // It is of another photo, or leads to one. A lesson's photo comes and goes: what was there before it can be undone.
  const bool another = mask_->size() != former || cropped || undoBringsBack(/*another_photo=*/false);
  if (another && !in_lesson_) undo_stack_->clear();
  applySettings(/*measured_again=*/true);
  preview_timer_.stop();
  requestPreview();
}

bool RunModel::isSample() const {
  return photo_ && isResource(photo_->path.toStdString());
}

RestoreRequest RunModel::request() const {
  RestoreRequest request;
  pictures(request);
  return request;
}

JobPictures RunModel::pictures(RestoreRequest& request) const {
  JobPictures pictures;
  request = settings_;
  request.photo.clear();
  if (photo_) {
    request.photo = (photo_->path.isEmpty() ? photo_->label : photo_->path).toStdString();
    pictures.photo = std::shared_ptr<const Image>(photo_, &photo_->photo->image);
    pictures.origin = std::shared_ptr<const PhotoOrigin>(photo_, &photo_->photo->origin);
  }
  const bool masked = std::any_of(request.degradations.begin(), request.degradations.end(),
                                  [](const auto& each) { return !each.mask.empty(); });
  if (masked) pictures.mask = mask_->image();
  pictures.kernel = kernel_;
  return pictures;
}

QString RunModel::fingerprint() const {
  RestoreRequest request;
  const auto pictures = this->pictures(request);
  request.preset.clear();  // the values count, not where they are from
  return QString::fromStdString(jsonFromRequest(request)) + QString::number(pictures.mask.cacheKey()) +
         QString::number(reinterpret_cast<quintptr>(pictures.kernel.get()));
}

void RunModel::changeTask(const RestoreRequest& settings, std::shared_ptr<const Image> kernel, double output_scale) {
  const bool same = sameTask(settings, settings_);
  if (settings.mode != settings_.mode) suggestBefore(settings.mode);
  settings_ = settings;
  kernel_ = std::move(kernel);
  output_scale_ = output_scale;
  if (!same && !recalling_) emit taskChanged();
  suggestSize();
  applySettings(/*measured_again=*/true);
}

void RunModel::changeSolver(const RestoreRequest& settings) {
  const bool same_size = settings.size == settings_.size;
  settings_ = settings;
  if (!same_size) {
    if (!recalling_) size_choice_ = {settings.size, false};
    sizeChanged();
  }
  applySettings(/*measured_again=*/!same_size);
}

void RunModel::keepWorkingSize() {
  if (size_choice_.by_person == settings_.size && !size_choice_.recalled) return;
  settings_undo_->quietly([this] { size_choice_ = {settings_.size, false}; });  // undo leads back to it, too
}

void RunModel::applySettings(bool measured_again) {
  if (recalling_) return;
  updateStale();
  if (measured_again && photo_) preview_timer_.start();
  emit settingsChanged();
}

void RunModel::nameChange(const QString& text) {
  settings_undo_->name(text);
}

void RunModel::changeTaskValues(const ParamValues& values, const QString& text) {
  emit taskValuesWanted(values, text);
}

void RunModel::setQuestion(const QString& question, bool loading) {
  loading_ = loading;
  if (question == question_) return;
  question_ = question;
  emit questionChanged();
}

void RunModel::setPainting(bool painting) {
  painting_ = painting;
  emit paintingChanged(painting);
}

QStringList RunModel::recall(const RestoreRequest& request, const JobPictures& stored) {
  recalling_ = true;
  size_choice_.recalled = true;
  lost_.clear();
  const bool same_size = request.size == settings_.size;
  const auto crop = settings_.crop;
  const auto mask = mask_->state();
  const auto part = workingRect();
  if (request.mode != settings_.mode) suggestBefore(request.mode);
  settings_ = request;
  if (const auto sentence = dropForeignCrop(); !sentence.isEmpty()) lost_ << sentence;
  kernel_ = stored.kernel;
  if (!same_size) sizeChanged();
  if (settings_.crop != crop) moveMask(mask, part);
  emit solverRecalled(request);
  emit taskRecalled(request, stored);
  recalling_ = false;
  emit taskChanged();
  applySettings(/*measured_again=*/true);
  return std::exchange(lost_, {});
}

void RunModel::updateStale() {
  if (recalling_) return;
  const bool stale = result_ != nullptr && fingerprint() != result_fingerprint_;
  if (std::exchange(stale_, stale) != stale) emit staleChanged(stale);
}

void RunModel::requestPreview() {
  if (!photo_ || isRunning()) return;
  PreviewJob job;
  job.preview_id = ++preview_id_;
  job.pictures = pictures(job.request);
  emit previewsOutdated(preview_id_);
  emit previewRequested(job);
}

void RunModel::previewReady(quint64 preview_id, ResultPtr result) {
  if (preview_id != preview_id_ || isRunning()) return;
  measured_ = result;
  setMeasurement(result->before, result->truth);
  emit solved();
}

void RunModel::previewFailed(quint64 preview_id, const QString& sentence) {
  if (preview_id == preview_id_ && !isRunning()) emit problem(sentence);
}

void RunModel::setMeasurement(const QImage& measurement, const QImage& truth) {
  measurement_ = measurement;
  original_ = truth.isNull() ? workingPart() : truth;
  emit beforeChanged();
}

QImage RunModel::workingPart() const {
  if (!photo_) return {};
  const auto part = workingRect();
  return part == photo_->shown.rect() ? photo_->shown : photo_->shown.copy(part);
}

void RunModel::suggestBefore(Mode mode) {
  setBefore(mode == Mode::Restore ? Before::Original : Before::Measurement);
}

void RunModel::resetSteps(int count, const std::vector<StepReport>& done) {
  step_count_ = count;
  last_step_ = done.empty() ? 0 : done.back().step;
  reports_.clear();
  for (const auto& report : done) reports_[report.step] = report;
  emit stepsReset();
  showStep(last_step_, /*live=*/true);
}

void RunModel::setCursor(const Cursor& cursor) {
  if (cursor == cursor_) return;
  if (cursor.step != last_step_) result_first_ = false;
  cursor_ = cursor;
  emit cursorChanged();
  askForNoisy();
}

void RunModel::showStep(int step, bool live) {
  auto cursor = cursor_;
  cursor.step = last_step_ < 1 ? 0 : std::clamp(step, 1, last_step_);
  cursor.live = live;
  setCursor(cursor);
}

void RunModel::setLive(bool live) {
  showStep(live ? last_step_ : cursor_.step, live);
}

void RunModel::setNoisy(bool noisy) {
  auto cursor = cursor_;
  cursor.noisy = noisy;
  wishes_->noisy = noisy;
  const bool again = cursor == cursor_ && std::exchange(result_first_, false);
  result_first_ = false;
  if (!again) return setCursor(cursor);
  emit cursorChanged();
  askForNoisy();
}

void RunModel::setBefore(Before before) {
  if (std::exchange(cursor_.before, before) != before) emit beforeChanged();
}

bool RunModel::showsResult() const {
  const bool last = stepsAreOfResult() && cursor_.step == last_step_ && !showsOtherPart();
  return last && (result_first_ || !noisyPicture());
}

double RunModel::stepsNoiseLevel() const {
  return stepsAreOfResult() ? result_->outcome.report.noise_level : start_.noise_level;
}

SnapshotPtr RunModel::shownStep() const {
  return cursor_.step > 0 && !showsOtherPart() ? history_.nearest(cursor_.step) : nullptr;
}

void RunModel::loadModel(const QString& name_or_folder, const QString& device, const ModelOptions& options) {
  networksTimed({}, {});
  if (std::exchange(device_, device) != device) {
    loaded_.measuring = {};
    measuring_asked_ = false;
  }
  emit modelRequested(name_or_folder, device, options);
}

void RunModel::askMeasuringTimes() {
  if (!device_.isEmpty() && !std::exchange(measuring_asked_, true)) emit measuringTimesWanted(device_);
}

void RunModel::modelLoaded(const ModelInfo& model, double seconds) {
  loaded_.info = model;
  loaded_.seconds = seconds;
  loaded_.problem.clear();
  emit modelChanged();
  if (!cursor_.noisy) return;
  std::erase_if(decoded_, [](const auto& each) { return !each.second; });  // this one may have a picture of them
  emit picturesChanged();
  askForNoisy();
}

void RunModel::modelFailed(const QString& sentence) {
  loaded_.problem = sentence;
  emit modelChanged();
}

void RunModel::networksTimed(const ModelInfo& model, const NetworkTimes& times) {
  loaded_.timed = model;
  loaded_.times = times;
  emit networkTimesChanged();
}

void RunModel::measuringTimed(const MeasureTimes& times) {
  loaded_.measuring = times;
  emit measuringTimesChanged();
}

void RunModel::setNeeds(const RunNeeds& needs) {
  if (std::exchange(needs_, needs) != needs) emit needsChanged();
}

}  // namespace p2l::ui
