// SPDX-License-Identifier: GPL-3.0-or-later
// How a lesson takes the document, gives it back, and is kept while its page is left.
#include <QUndoStack>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/base/frame_image.h"
#include "ui/document/request_files.h"
#include "ui/language/words.h"
#include "ui/learn/learn_model.h"

namespace p2l::ui {
namespace {

/// Of the run whose steps the document shows, as if it had been stopped: its last estimate stands for the result.
ResultPtr resultSoFar(const RunModel& document) {
  const auto last = document.steps().last();
  if (!last) return nullptr;
  Outcome outcome;
  outcome.status = Outcome::Status::Cancelled;
  outcome.report.request = document.runRequest();
  outcome.report.noise_level = document.runStart().noise_level;
  for (const auto& [step, report] : document.reports()) outcome.report.steps.push_back(report);
  outcome.report.residual = last->report.residual;
  auto result = std::make_shared<Result>();
  result->outcome = std::move(outcome);
  result->picture = imageFromFrame(last->estimate);
  result->before = document.measurementPicture();
  if (document.runRequest().mode == Mode::Demonstrate) result->truth = document.originalPicture();
  result->given = document.runPictures();
  return result;
}

}  // namespace

void LearnModel::keepOwn() {
  if (own_) return;
  Own own;
  own.photo = document_->openedPhoto();
  own.pictures = document_->pictures(own.request);
  own.result = document_->result();
  own_ = std::move(own);
}

void LearnModel::restoreOwn() {
  if (!own_) return;
  const auto own = *std::exchange(own_, std::nullopt);
  if (!own.photo) return;
  if (document_->isRunning()) document_->stop();
  document_->setPhoto(own.photo);
  const auto& runs = document_->pastRuns().all();
  const auto made =
      std::find_if(runs.begin(), runs.end(), [&](const PastRun& run) { return run.result == own.result; });
  if (own.result && made != runs.end()) document_->bringBack(static_cast<int>(made - runs.begin()));
  document_->recall(own.request, own.pictures);
}

void LearnModel::stateFilesSetAside(OutputCheck& check) const {
  if (!own_) return;
  if (own_->photo) check.reads("the photo", own_->photo->path.toStdString());
  stateFiles(own_->request, check);
  if (own_->result) stateFiles(own_->result->outcome.report.request, check);
}

void LearnModel::photoChanged() {
  if (play_.lesson < 0 || document_->openedPhoto() == lesson_photo_) return;
  auto own = *std::exchange(own_, std::nullopt);
  Left left;  // its steps have gone with the photo
  left.play = play_;
  if (ready_) {
    left.shown.photo = lesson_photo_;
    left.shown.request = ownRequest();
  }
  choose(-1);
  left_ = std::move(left);
  own.request.crop.clear();  // of the former photo
  document_->recall(own.request);
  document_->undoStack()->clear();  // so is what could be undone
}

bool LearnModel::isBusy() const {
  if (play_.lesson >= 0 || !document_->isRunning()) return false;
  return document_->state() != RunModel::State::Paused || document_->runId() != stepped_run_;
}

void LearnModel::chooseAfterOwnRun(int lesson) {
  if (std::exchange(awaited_, lesson) < 0) document_->stop();
}

void LearnModel::ownRunStopped() {
  if (awaited_ < 0 || document_->isRunning()) return;
  const int lesson = std::exchange(awaited_, -1);
  const bool kept = document_->ending() == RunModel::Ending::Stopped;
  const auto sentence = tr("Your run was stopped after step %1 of %2. It is in the history.")
                            .arg(document_->lastStep())
                            .arg(document_->stepCount());
  choose(lesson);
  if (kept) emit remarked(sentence);
}

void LearnModel::choose(int lesson) {
  if (lesson < 0) awaited_ = -1;
  if (lesson == play_.lesson && (lesson < 0 || ready_)) return;
  if (lesson >= 0 && play_.lesson < 0 && document_->isRunning()) {
    const bool awaits = awaited_ >= 0;
    emit lessonChanged();  // the list shows what is open
    if (!awaits && isBusy()) return emit failed(tr("A run is in progress: stop it or wait for it."));
    return chooseAfterOwnRun(lesson);
  }
  if (lesson >= 0 && lesson == kept()) return comeBack();
  if (lesson >= 0) left_.reset();
  ++generation_;
  if (control_) control_->requestStop();
  task_running_ = false;
  setPlaying(false);
  anew_.stop();
  play_ = {};
  play_.lesson = lesson;
  ready_ = false;
  if (lesson < 0) {
    restoreOwn();
    document_->setLesson(false);
    ready_ = true;
  } else {
    keepOwn();
    document_->setLesson(true);
    const auto& opened = *this->lesson();
    if (opened.stage == Lesson::Stage::Mixture)
      play_.mixture = lessonMixture(numberOf(opened.request.noise.values, "sigma"));
    play_.values = defaults();
    opener_.open(QString::fromStdString(resourceFolder() + "/photos/" + opened.photo));
  }
  emit lessonChanged();
  emit questionChanged();
  emit stageChanged();
  emit lineChanged();
}

void LearnModel::photoOpened(const std::shared_ptr<const OpenedPhoto>& photo) {
  if (lesson() == nullptr || ready_) return;
  lesson_photo_ = photo;
  document_->setPhoto(photo);
  apply(requestOf({}));
  ready_ = true;
  if (lesson()->stage == Lesson::Stage::NullSpace) measureNullSpace();
  if (lesson()->stage == Lesson::Stage::Seeds) measureSeeds();
  emit lessonChanged();
  beginAnew();
}

LearnModel::Left LearnModel::whatIsShown() const {
  Left left;
  left.play = play_;
  if (!ready_) return left;
  auto& run = left.shown;
  run.photo = document_->openedPhoto();
  run.pictures = document_->pictures(run.request);
  run.name = catalogueText(lesson()->title);
  run.kind = PastRun::Kind::Lesson;
  run.saved = true;
  run.result = document_->stepsAreOfResult() ? document_->result() : resultSoFar(*document_);
  if (run.result) run.steps = document_->steps();
  left.cut_short = run.result && !document_->stepsAreOfResult();
  left.cursor = document_->cursor();
  return left;
}

void LearnModel::leave() {
  awaited_ = -1;
  stepping_ = false;  // on other pages a step is one step
  if (again_) again_->cancel();
  if (play_.lesson < 0) return;
  auto left = whatIsShown();
  choose(-1);
  left_ = std::move(left);
  emit remarked(tr("The lesson is kept as it is: it goes on when the page Learn is shown again."));
}

void LearnModel::comeBack() {
  if (!left_ || play_.lesson >= 0) return;
  if (document_->isRunning())
    return emit failed(tr("A run is in progress: choose the lesson when it has ended, and it goes on."));
  const auto left = *std::exchange(left_, std::nullopt);
  if (!left.shown.photo) return choose(left.play.lesson);
  keepOwn();
  ++generation_;
  play_ = left.play;
  ready_ = false;
  document_->setLesson(true);
  emit lessonChanged();  // before the photo changes: whoever keeps the person's own has to know
  lesson_photo_ = left.shown.photo;
  document_->showRun(left.shown, /*keep=*/false);
  document_->showStep(left.cursor.step, left.cursor.live);
  play_.line = left.play.line;
  cut_short_ = left.cut_short;
  ready_ = true;
  emit lessonChanged();
  emit questionChanged();
  emit stageChanged();
  emit lineChanged();
  goOn();
}

void LearnModel::goOn() {
  if (lesson()->stage == Lesson::Stage::Seeds && play_.seeds.measurement().isNull()) measureSeeds();
  if (lesson()->stage == Lesson::Stage::NullSpace && !play_.null_space)
    return measureNullSpace();  // the answer to what was begun before is dropped; a question goes on with this one
  if (play_.phase == Phase::Running || isStudying()) return startNext();
  if (play_.awaits_particles) runMixture(play_.particles_of, "own");
  beginAnew();
}

}  // namespace p2l::ui
