// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that are brought back, and the way back from there: photo, settings, mask and result are one step of undo.
#include <QUndoStack>
#include <algorithm>
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/document/settings_undo.h"

namespace p2l::ui {
namespace {

bool samePhoto(const OpenedPhoto& one, const OpenedPhoto& other) {
  return !one.sha256.empty() && one.sha256 == other.sha256 && one.path == other.path;
}

bool sameSettings(const PastRun& one, const PastRun& other) {
  const auto &a = one.pictures.kernel, &b = other.pictures.kernel;
  const bool same_kernel = a == b || (a && b && a->width == b->width && a->pixels == b->pixels);
  return same_kernel && one.pictures.mask == other.pictures.mask &&
         jsonFromRequest(one.request) == jsonFromRequest(other.request);
}

}  // namespace

/// What is shown, to come back to.
struct RunModel::Scene {
  std::shared_ptr<const OpenedPhoto> photo;
  RestoreRequest request;
  JobPictures pictures;
  MaskEditor::State mask;
  SizeChoice size_choice;
  std::string result_id;  ///< in the history, which lets pictures go above its budget; empty: it is not there
  ResultPtr result;       ///< where the history has none
  QString fingerprint;    ///< of the settings that the result is of
  Ending ending = Ending::None;
  QString ending_name;
  bool saved = true;
};

class RunModel::BringBackCommand : public QUndoCommand {
 public:
  BringBackCommand(RunModel* model, Scene before, Scene after, const QString& text)
      : QUndoCommand(text), model_(model), before_(std::move(before)), after_(std::move(after)) {}

  void undo() override { go(before_, &QUndoStack::redo); }
  void redo() override {
    if (!std::exchange(first_, false)) go(after_, &QUndoStack::undo);  // at first it has happened
  }
  bool isOfAnotherPhoto() const { return before_.photo != after_.photo; }

 private:
  /// During a run it is refused, as bringBack() is: the stack is led back.
  void go(const Scene& scene, void (QUndoStack::*back)()) {
    if (std::exchange(refused_, false)) return;
    if (!model_->isRunning()) return model_->showScene(scene);
    refused_ = true;
    emit model_->problem(RunModel::runInProgressText());
    QTimer::singleShot(0, model_->undo_stack_, [stack = model_->undo_stack_, back] { (stack->*back)(); });
  }

  RunModel* model_;
  Scene before_, after_;
  bool first_ = true, refused_ = false;
};

RunModel::Scene RunModel::scene() const {
  Scene scene;
  scene.photo = photo_;
  scene.pictures = pictures(scene.request);
  scene.pictures.photo.reset();  // it has the photo itself
  scene.pictures.origin.reset();
  scene.mask = mask_->state();
  scene.size_choice = size_choice_;
  if (result_ && past_.indexOf(result_id_) >= 0) {
    scene.result_id = result_id_;
  } else {
    scene.result = result_;
  }
  scene.fingerprint = result_fingerprint_;
  scene.ending = ending_;
  scene.ending_name = ending_name_;
  scene.saved = saved_;
  return scene;
}

void RunModel::showScene(const Scene& scene) {
  if (scene.photo != photo_ && !in_lesson_) emit otherPhotoComing();
  ++scenes_shown_;
  const auto& runs = past_.all();
  const auto made = std::find_if(runs.begin(), runs.end(), [&](const PastRun& run) {
    return scene.result_id.empty() ? scene.result && run.result == scene.result : run.id == scene.result_id;
  });
  PastRun run;
  run.result = scene.result;
  run.saved = scene.saved;
  if (made != runs.end()) run = *made;
  settings_undo_->quietly([&] {
    if (!run.result) forgetRun();  // before the photo: nothing of it is measured
    if (scene.photo != photo_) takePhoto(scene.photo);
    recall(scene.request, scene.pictures);
    size_choice_ = scene.size_choice;
    if (scene.mask.mask.size() == workingSize()) mask_->restore(scene.mask);
    run.result ? showResultOf(scene, run) : emit resultTaken();
    updateStale();
  });
  if (made != runs.end() && !run.result && keeper_ != nullptr && !run.id.empty()) fetchResult(scene, run);
}

void RunModel::showResultOf(const Scene& scene, const PastRun& run) {
  showResult(run);
  result_fingerprint_ = scene.fingerprint;
  setEnding(scene.ending, scene.ending_name);
}

void RunModel::fetchResult(const Scene& scene, const PastRun& past) {
  keeper_->fetch(past, [this, scene, shown = scenes_shown_](const PastRun& run, const QString& sentence) {
    if (shown != scenes_shown_ || photo_ != scene.photo || result_ || isRunning()) return;
    if (!sentence.isEmpty()) {
      emit problem(sentence);
      return;
    }
    if (const int place = past_.indexOf(run.id); place >= 0)
      past_.setPictures(place, run.pictures, run.photo, run.result);
    settings_undo_->quietly([&] { showResultOf(scene, run); });
    updateStale();
  });
}

bool RunModel::undoBringsBack(bool another_photo) const {
  const auto brings = [another_photo](const QUndoCommand* command) {
    const auto* back = dynamic_cast<const BringBackCommand*>(command);
    return back != nullptr && (!another_photo || back->isOfAnotherPhoto());
  };
  for (int i = 0; i < undo_stack_->count(); ++i) {
    const auto* command = undo_stack_->command(i);
    if (brings(command)) return true;
    for (int part = 0; part < command->childCount(); ++part) {
      if (brings(command->child(part))) return true;
    }
  }
  return false;
}

void RunModel::bringBack(int index) {
  PastRun past = past_.all().at(index);
  if (catalogue_ != nullptr) past.name = titleOfRun(*catalogue_, past_.all(), index);
  if (past.kind != PastRun::Kind::Lesson) endLesson();
  if (isRunning()) {
    emit problem(runInProgressText());
    return;
  }
  if ((past.result && past.photo) || keeper_ == nullptr || past.id.empty()) return showAsCommand(past);
  keeper_->fetch(past, [this, id = past.id](const PastRun& run, const QString& sentence) {
    if (isRunning()) return;
    if (!sentence.isEmpty()) {
      emit problem(sentence);
      return;
    }
    const int place = past_.indexOf(id);
    if (place >= 0) past_.setPictures(place, run.pictures, run.photo, run.result);
    showAsCommand(run);
  });
}

void RunModel::showAsCommand(const PastRun& past, const PastRun* settings, const std::function<void()>& others) {
  auto run = past;
  if (run.photo && photo_ && samePhoto(*run.photo, *photo_)) run.photo = photo_;
  const bool another = run.photo && run.photo != photo_;
  const auto show = [&] {
    showPast(run);
    if (settings != nullptr && !sameSettings(run, *settings)) recall(settings->request, settings->pictures);
  };
  if (photo_ == nullptr || in_lesson_) {
    show();
    if (another) undo_stack_->clear();
    if (others) others();
    return;
  }
  if (another) emit otherPhotoComing();
  // Photos are large: there is a way back to one other photo.
  if (another && undoBringsBack(/*another_photo=*/true)) undo_stack_->clear();
  auto before = scene();
  settings_undo_->quietly(show);
  const auto name = run.name.isEmpty() ? run.photo_label : run.name;
  const auto text = tr("bring back %1").arg(name);
  if (others) undo_stack_->beginMacro(text);
  undo_stack_->push(new BringBackCommand(this, std::move(before), scene(), text));
  if (!others) return;
  others();
  undo_stack_->endMacro();
}

void RunModel::takePhoto(std::shared_ptr<const OpenedPhoto> photo) {
  photo_ = std::move(photo);
  emit previewsOutdated(++preview_id_);
  settings_.crop.clear();
  original_ = photo_->shown;
  sizeChanged();
  estimatePhotoNoise();
  emit photoChanged();
}

void RunModel::showPast(const PastRun& past) {
  const bool settings_alone = past.photo && !past.result;
  if (settings_alone) forgetRun();  // before the photo: nothing of it is measured
  if (past.photo && past.photo != photo_) takePhoto(past.photo);
  recall(past.request, past.pictures);
  if (past.result) return showResult(past);
  settings_alone ? emit resultTaken() : emit broughtBack(nullptr);
}

void RunModel::showResult(const PastRun& past) {
  setResult(past.result);
  run_shown_ = false;
  measured_ = past.result;
  result_id_ = past.id;
  saved_ = past.saved;
  if (latents_ != past.latents) {
    forgetLatents();
    latents_ = past.latents;
  }
  result_first_ = true;
  history_ = past.steps;
  result_fingerprint_ = fingerprint();
  updateStale();
  setEnding(Ending::BroughtBack, past.name);
  const auto& steps = result_->outcome.report.steps;
  resetSteps(steps.empty() ? 0 : steps.back().steps, steps);
  // Of a run from the disk the preview brings it; until then the photo stands for it.
  setMeasurement(result_->before.isNull() ? workingPart() : result_->before, result_->truth);
  emit broughtBack(result_);
  if (history_.count() == 0) fetchSteps(past);
}

void RunModel::fetchSteps(const PastRun& past) {
  if (keeper_ == nullptr || past.id.empty()) return;
  steps_coming_ = past.id;
  keeper_->fetchSteps(past, [this, id = past.id](const SnapshotHistory& steps) {
    if (steps_coming_ == id) steps_coming_.clear();
    if (result_id_ != id || !stepsAreOfResult() || history_.count() > 0) return;
    history_ = steps;
    emit picturesChanged();
  });
}

void RunModel::showLeft(const PastRun& document, const std::optional<PastRun>& run,
                        const std::function<void()>& others) {
  if (!run) return showAsCommand(document, nullptr, others);
  if (run->id.empty()) {
    keepRun(run->name, run->request, run->pictures, run->photo, run->result, run->steps);
    return showAsCommand(PastRun(past_.all().back()), &document, others);
  }
  auto refused = *run;
  refused.saved = past_.indexOf(run->id) >= 0;
  keepAgain(refused);
  showAsCommand(refused, &document, others);
}

bool RunModel::isKept(const PastRun& run) const {
  const auto& runs = past_.all();
  return std::any_of(runs.begin(), runs.end(), [&](const PastRun& each) {
    return run.id.empty() ? each.result == run.result : each.id == run.id;
  });
}

void RunModel::showRun(PastRun run, bool keep, const PastRun* settings) {
  if (keep) {
    abandonRun();
    if (run.result && !isKept(run)) {
      keepRun(run.name, run.request, run.pictures, run.photo, run.result, run.steps);
      if (run.saved) past_.markSaved(run.result);
      run = past_.all().back();
    }
    return showAsCommand(run, settings);
  }
  setPhoto(run.photo);
  run.result ? showPast(run) : (void)recall(run.request, run.pictures);
  if (settings == nullptr || sameSettings(run, *settings)) return;
  PastRun now;  // views may have stated what a request leaves open
  now.pictures = pictures(now.request);
  now.request.photo = settings->request.photo;
  if (!sameSettings(now, *settings)) recall(settings->request, settings->pictures);
}

}  // namespace p2l::ui
