// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "ui/base/past_runs.h"
#include "ui/base/photo_opener.h"
#include "ui/base/run_job.h"
#include "ui/base/snapshot_history.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_parts.h"

class QUndoStack;

namespace p2l::ui {

class RunKeeper;
class SettingsUndo;
class SideRuns;

/// The document of the studio: photo, settings, mask, the run in progress, its steps and pictures, result, earlier runs
/// and what is looked at. Takes commands, emits signals, and knows no widget: views follow it. All requests to the
/// worker leave here and all its events arrive here; events of any run but the current one are dropped.
class RunModel : public QObject {
  Q_OBJECT
 public:
  enum class State { Idle, Running, Paused, Stopping };
  enum class Before { Measurement, Original };
  /// How the last run ended.
  enum class Ending { None, Completed, Stopped, Diverged, NothingMade, Failed, NotStarted, BroughtBack };
  /// What is looked at.
  struct Cursor {
    int step = 0;        ///< 1 .. lastStep; 0 when there is none
    bool live = true;    ///< follows the newest step
    bool noisy = false;  ///< D(z_t) in place of D(z0_hat), where there is one
    Before before = Before::Measurement;
    bool operator==(const Cursor&) const = default;
  };
  /// A change of the settings is previewed this long after the last one.
  static constexpr int kPreviewDelayMs = 150;
  /// Where the spread of the most uncertain pixels is smaller, on [0, 1], little is made up.
  static constexpr double kLittleMadeUp = 0.02;
  /// As many decoded z_t are kept.
  static constexpr std::size_t kDecoded = 64;

  explicit RunModel(QObject* parent = nullptr);

  // Photo and settings
  const OpenedPhoto* photo() const { return photo_.get(); }
  std::shared_ptr<const OpenedPhoto> openedPhoto() const { return photo_; }
  /// The request as the settings state it.
  RestoreRequest request() const;
  /// The noise of the photo as it is estimated from it, on RestoreRequest's scale; below 0: not known yet. Of the photo
  /// as opened: a working size changes it.
  double photoNoise() const { return photo_noise_; }
  /// Fills the request; the pictures that go with it.
  JobPictures pictures(RestoreRequest& request) const;
  /// It comes with the program, so its truth is known; a photo of one's own is never degraded unasked.
  bool isSample() const;
  /// How many times as wide as the opened picture the result is.
  double outputScale() const { return output_scale_; }
  /// Of what is worked on, before outputScale; empty without a photo.
  QSize workingSize() const;
  /// The part of the photo that is worked on, in its pixels: its crop, or all of it; empty without a photo.
  QRect cropRect() const;
  bool isCropped() const { return !settings_.crop.empty(); }
  /// Of that, what a working size leaves: its centre square.
  QRect workingRect() const;
  /// The pictures of run and result are of another part of the photo than the settings: they are not shown.
  bool showsOtherPart() const;
  MaskEditor* mask() const { return mask_; }
  /// The mask that the last change of the working size took away.
  const MaskEditor::State& maskBeforeSize() const { return mask_before_size_; }
  QUndoStack* undoStack() const { return undo_stack_; }
  /// Whether the mouse paints the mask.
  bool isPainting() const { return painting_; }
  /// What must be settled before a run of these settings, a sentence; empty: nothing.
  QString openQuestion() const { return question_; }
  /// The result is of other settings than these.
  bool isStale() const { return stale_; }

  // The run
  State state() const { return state_; }
  bool isRunning() const { return control_ != nullptr; }
  /// What is said to whoever wants what a run hinders.
  static QString runInProgressText() { return tr("A run is in progress: stop it or wait for it."); }
  quint64 runId() const { return run_id_; }
  /// "Run 4: Radius 3 → 4".
  QString runLabel() const { return run_label_; }
  /// What the current or last run was asked for.
  const RestoreRequest& runRequest() const { return run_request_; }
  const JobPictures& runPictures() const { return run_pictures_; }
  /// Of the current run; 0 steps while it is being prepared.
  const RunStart& runStart() const { return start_; }
  Ending ending() const { return ending_; }
  /// Of the run that was brought back.
  QString endingName() const { return ending_name_; }
  const RunNeeds& needs() const { return needs_; }
  const WorkerModel& loaded() const { return loaded_; }

  // Steps, pictures and results
  /// Number of steps of the run shown, and how many of them are done.
  int stepCount() const { return step_count_; }
  int lastStep() const { return last_step_; }
  /// Reports of its steps, by step.
  const std::map<int, StepReport>& reports() const { return reports_; }
  /// Pictures of its steps.
  const SnapshotHistory& steps() const { return history_; }
  const Cursor& cursor() const { return cursor_; }
  /// What the cursor points at: the result, or else the picture of a step (null: none yet). At the last step it is the
  /// noisy one where that was asked for after the run.
  bool showsResult() const;
  SnapshotPtr shownStep() const;
  /// The pictures of the result's steps are being read from the disk: picturesChanged() follows.
  bool stepsAreComing() const { return stepsAreOfResult() && !steps_coming_.empty() && steps_coming_ == result_id_; }
  /// Whether the steps are those that the result came of, and not of a run after it that goes on or has failed.
  bool stepsAreOfResult() const { return result_ && !run_shown_; }
  /// The noise level that the steps' residuals aim at; 0: unknown.
  double stepsNoiseLevel() const;
  /// D(z_t) of the cursor's step, where the cursor asks for it; null: not there, or not yet.
  FramePtr noisyPicture() const;
  /// The model that has to be loaded before noisyPicture() can be made, by its name; empty: none has.
  QString modelOfNoisy() const;
  /// The measurement as a picture of the full size and the truth (where there is none: the photo); may be null.
  const QImage& measurementPicture() const { return measurement_; }
  const QImage& originalPicture() const { return original_; }
  /// The last result, or null.
  ResultPtr result() const { return result_; }
  /// Where the result is made up, as the opacity of a colour over it; null: not known, or not to be shown.
  const QImage& madeUp() const { return made_up_; }
  /// Whether its most uncertain pixels, too, are nearly the same with every seed.
  bool isLittleMadeUp() const { return made_up_strongest_ < kLittleMadeUp; }
  /// `strongest`: the spread of the most uncertain pixels, on [0, 1].
  void setMadeUp(const QImage& overlay, double strongest = 0.0);
  /// The newest measurement, of a preview or a run; null when there is none.
  ResultPtr measured() const { return measured_; }
  /// It is neither saved nor in the history on disk.
  bool hasUnsavedResult() const { return result_ && !saved_; }
  /// Runs beside the document's own, on the same worker: of the queue, of seeds, of a comparison.
  SideRuns* sideRuns() const { return side_runs_; }
  /// The runs that were made; the last one is the newest.
  const PastRuns& pastRuns() const { return past_; }
  PastRuns& pastRuns() { return past_; }

  /// A run in progress is stopped, and nothing of it is shown any more.
  void setPhoto(std::shared_ptr<const OpenedPhoto> photo);
  /// The settings with the degradation's part changed, and the solver's. A preview follows the first.
  void changeTask(const RestoreRequest& settings, std::shared_ptr<const Image> kernel, double output_scale);
  void changeSolver(const RestoreRequest& settings);
  /// Works on this part of the photo from now on, in its pixels; an empty one, or all of it: the whole photo. The mask
  /// goes along. Parts smaller than kSmallestSize are not taken.
  void setCrop(const QRect& part);
  /// A person chose the working size: it is not suggested any more.
  void keepWorkingSize();
  const SizeChoice& sizeChoice() const { return size_choice_; }
  /// For those who go back to an earlier state, after its settings are recalled.
  void setSizeChoice(const SizeChoice& choice) { size_choice_ = choice; }
  /// Names the step of undo of the changes that follow in this turn of the event loop, "preset Good".
  void nameChange(const QString& text);
  /// Values of the degradation that a preset is for; `text` names the step of undo.
  void changeTaskValues(const ParamValues& values, const QString& text);
  /// What must be settled before a run; whether a mask or a kernel is still being read.
  void setQuestion(const QString& question, bool loading);
  void setPainting(bool painting);
  /// Sets everything to a request's settings. @return a sentence for each part that cannot be had any more. `stored`:
  /// the mask and the kernel that were kept with it.
  QStringList recall(const RestoreRequest& request, const JobPictures& stored = {});
  /// A person says whether the photo is the truth.
  void chooseMode(Mode mode) { emit modeSuggested(mode); }
  /// For those who show a recalled request: what cannot be had any more.
  void addLost(const QStringList& sentences) { lost_ << sentences; }
  /// No run can begin, for the reason of this sentence; empty: it can.
  void block(const QString& reason) { blocked_ = reason; }
  void setNeeds(const RunNeeds& needs);
  void loadModel(const QString& name_or_folder, const QString& device, const ModelOptions& options);
  /// WorkerModel::measuring is needed for a time that is shown; once known, measuringTimesChanged tells. It keeps the
  /// worker for a moment, so that whoever compares nothing does not ask.
  void askMeasuringTimes();
  void markSaved();
  /// The result's run with another picture or further numbers takes the result's place, also in the list of runs.
  /// `keep`: and on the disk.
  void reviseResult(const ResultPtr& result, bool keep);
  /// Keeps every run in this folder from now on, and shows those that are there.
  void openHistory(const QString& folder, quint64 budget);
  /// Null where none was opened.
  RunKeeper* history() const { return keeper_; }
  /// Labels for the names of runs; it outlives the document.
  void setCatalogue(const Catalogue* catalogue) { catalogue_ = catalogue; }
  /// Null before setCatalogue.
  const Catalogue* catalogue() const { return catalogue_; }
  /// Shows a run that comes from a file: photo, settings and result, never the result as a new photo. Without a result,
  /// photo and settings. `keep`: it goes into the history, unless it is there, and undo leads back from it. `settings`:
  /// those that are shown then, in place of the run's own; null: these. A run in progress is stopped.
  void showRun(PastRun run, bool keep, const PastRun* settings = nullptr);
  /// What a session has left that was killed, as one step of undo: photo, settings and mask as they were last, and the
  /// run that was in progress, if there was one, which goes into the history and is shown. Not during a run.
  /// `others` brings back what others have kept with it, in the same step of undo. A run with an id is one that the
  /// history had refused, and keeps its id.
  void showLeft(const PastRun& document, const std::optional<PastRun>& run, const std::function<void()>& others = {});
  /// A run with its pictures that the history had refused in an earlier session goes there, unless it is there.
  void keepAgain(PastRun run);
  /// Puts a run that was made into the history.
  void keepRun(const QString& name, const RestoreRequest& request, const JobPictures& pictures,
               const std::shared_ptr<const OpenedPhoto>& photo, const ResultPtr& result, const SnapshotHistory& steps,
               PastRun::Kind kind = PastRun::Kind::Whole);
  /// The place in pastRuns() of the run whose result and steps are shown; -1: none is.
  int shownRun() const;
  /// What tells a run of this request from the last one of the photo; by their keys without a catalogue.
  QString nameOf(const RestoreRequest& request) const;
  /// The document's runs are a lesson's from now on: they pass with it, and the disk never has them.
  void setLesson(bool open);
  bool inLesson() const { return in_lesson_; }
  /// A lesson that is open gives back what is a person's own, before something else takes its place.
  void endLesson();

 public slots:
  void run();
  void setPaused(bool paused);
  void stepOnce();
  void stop();
  /// Looks at this step, and follows the newest one or not.
  void showStep(int step, bool live);
  void setLive(bool live);
  void setNoisy(bool noisy);
  /// Whether runs show every step with all that it makes: Snapshot::projected, reencoded, gradient and noisy.
  void setPartsWanted(bool wanted) { wishes_->parts = wanted; }
  void setBefore(p2l::ui::RunModel::Before before);
  /// Shows a run of pastRuns again: photo, settings, mask, steps and result, as one step of undo. Not during a run.
  void bringBack(int index);

  // Events of the worker.
  void runStarted(const p2l::RunStart& start);
  void stepFinished(quint64 run_id, const p2l::StepReport& report);
  void picturesReady(const QVector<p2l::ui::SnapshotPtr>& snapshots);
  void runFinished(quint64 run_id, p2l::ui::ResultPtr result);
  void runFailed(quint64 run_id, const QString& sentence);
  void previewReady(quint64 preview_id, p2l::ui::ResultPtr result);
  void previewFailed(quint64 preview_id, const QString& sentence);
  void modelLoaded(const p2l::ModelInfo& model, double seconds);
  void modelFailed(const QString& sentence);
  void networksTimed(const p2l::ModelInfo& model, const p2l::NetworkTimes& times);
  void measuringTimed(const p2l::MeasureTimes& times);
  void latentDecoded(int step, p2l::ui::FramePtr picture);

 signals:
  // To the worker.
  void runRequested(const p2l::ui::RunJob& job);
  void previewRequested(const p2l::ui::PreviewJob& job);
  /// Previews with a smaller id are not wanted any more.
  void previewsOutdated(quint64 newest_id);
  /// z_t of a step is looked at after the run; latentDecoded answers.
  void latentWanted(const p2l::ui::LatentJob& job);
  void modelRequested(const QString& name_or_folder, const QString& device, const p2l::ModelOptions& options);
  /// measuringTimed answers.
  void measuringTimesWanted(const QString& device);

  // To the views.
  void madeUpChanged();
  /// A run that is brought back, or undo of that, is about to have another photo take the place of the document's.
  void otherPhotoComing();
  /// Another photo; where nothing of it is measured yet, it has just been opened.
  void photoChanged();
  void photoNoiseEstimated(double sigma);
  void settingsChanged();
  /// Another degradation, or other values of it.
  void taskChanged();
  void questionChanged();
  void paintingChanged(bool painting);
  void staleChanged(bool stale);
  /// The settings are to be those of this request: the solver's part, which has the working size, then the task's.
  void solverRecalled(const p2l::RestoreRequest& request);
  void taskRecalled(const p2l::RestoreRequest& request, const p2l::ui::JobPictures& stored);
  void workingSizeSuggested(int side);
  /// A photo was opened that is the truth, or is damaged already.
  void modeSuggested(p2l::Mode mode);
  void taskValuesWanted(const p2l::ParamValues& values, const QString& text);
  void stateChanged(p2l::ui::RunModel::State state);
  void runningChanged(bool running);
  /// The current run has been prepared: runStart says how many steps it has.
  void runPrepared();
  /// The first step of the current run: its steps take the place of those shown before.
  void runBegan();
  /// The steps are those of another run, or none.
  void stepsReset();
  void stepAdded(const p2l::StepReport& report);
  void picturesChanged();
  void cursorChanged();
  /// The measurement or the original, or which of them the cursor points at.
  void beforeChanged();
  void endingChanged();
  void inLessonChanged();
  void needsChanged();
  /// The run that ended last is on the disk, or has made nothing.
  void runKept();
  /// The history did not take the run with this id: only the memory has it.
  void runRefused(const QString& id, const QString& sentence, bool has_picture = false);
  /// It took a run, and not the pictures of its steps.
  void stepsRefused(const QString& sentence);
  /// A run made this result.
  void resultReady(p2l::ui::ResultPtr result);
  /// The result has another picture or further numbers: reviseResult.
  void resultRevised();
  /// An earlier run is shown again; null when its result was discarded.
  void broughtBack(p2l::ui::ResultPtr result);
  /// Of the same photo no result is shown any more.
  void resultTaken();
  void modelChanged();
  void networkTimesChanged();
  void measuringTimesChanged();
  /// To whoever has opened the lesson: endLesson().
  void lessonToEnd();
  void problem(const QString& sentence);
  /// What a person should know of the run that has ended, a sentence or several.
  void remarked(const QString& sentences);
  /// The settings work now: an earlier problem is solved.
  void solved();

 private:
  void start(bool single_step);
  void setResult(ResultPtr result);
  /// What keeps a run from beginning, a sentence; empty: nothing.
  QString obstacle() const;
  void showRunBegan();
  void abandonRun();
  void endRun();
  void setState(State state);
  void setEnding(Ending ending, const QString& name = {});
  void setCursor(const Cursor& cursor);
  /// Asks for D(z_t) of the cursor's step where it is wanted, not there, and can be had.
  void askForNoisy();
  /// z_t from the disk, where the run that is shown has none in memory.
  void fetchLatents();
  bool isOfLoadedModel() const;
  void forgetLatents();
  /// The steps are those of another run of `count`, of which these are done.
  void resetSteps(int count, const std::vector<StepReport>& done = {});
  void setMeasurement(const QImage& measurement, const QImage& truth);
  /// The part of the photo that is worked on.
  QImage workingPart() const;
  /// Before a restoration lies the photo; where the truth is known, what was made of it.
  void suggestBefore(Mode mode);
  /// `settings`: those that are shown then, in place of the run's own; null: these.
  void showAsCommand(const PastRun& past, const PastRun* settings = nullptr, const std::function<void()>& others = {});
  void showPast(const PastRun& past);
  void showResult(const PastRun& past);
  /// Their pictures from the disk, where the run that is shown has none.
  void fetchSteps(const PastRun& past);
  void takePhoto(std::shared_ptr<const OpenedPhoto> photo);
  /// Nothing of a run is shown any more.
  void forgetRun();
  /// Whether the run is in the history.
  bool isKept(const PastRun& run) const;
  struct Scene;
  class BringBackCommand;
  Scene scene() const;
  void showScene(const Scene& scene);
  void showResultOf(const Scene& scene, const PastRun& run);
  /// From the disk, where the run's pictures have left the memory.
  void fetchResult(const Scene& scene, const PastRun& past);
  /// Whether undo or redo brings a run back; `another_photo`: one of another photo.
  bool undoBringsBack(bool another_photo) const;
  void runIsKept(const QString& id);
  /// After any change of the settings; `measured_again`: the measurement may be another one.
  void applySettings(bool measured_again);
  void requestPreview();
  void updateStale();
  void suggestSize();
  void sizeChanged();
  /// A crop that is not inside of the photo is none. @return a sentence then
  QString dropForeignCrop();
  /// The mask of what was worked on before, as that of what is worked on now.
  void moveMask(const MaskEditor::State& former, const QRect& former_part);
  void estimatePhotoNoise();
  QString fingerprint() const;

  QUndoStack* undo_stack_;
  SettingsUndo* settings_undo_ = nullptr;
  MaskEditor* mask_;
  SideRuns* side_runs_;
  MaskEditor::State mask_before_size_;
  std::shared_ptr<const OpenedPhoto> photo_;
  RestoreRequest settings_;
  std::shared_ptr<const Image> kernel_;
  double output_scale_ = 1.0;
  QString question_, blocked_;
  bool loading_ = false;
  bool painting_ = false;
  QStringList lost_;
  bool recalling_ = false;  ///< views are being set from a request: no previews in between
  SizeChoice size_choice_;

  State state_ = State::Idle;
  std::shared_ptr<RunControl> control_;  ///< of the current run; null when there is none
  quint64 run_id_ = 0;
  quint64 preview_id_ = 0;
  bool single_stepping_ = false;
  bool in_lesson_ = false, run_passes_ = false;
  RunStart start_;
  quint64 begun_ = 0;       ///< the last run that a step or picture came of
  bool run_shown_ = false;  ///< steps and pictures are those of a run that has no result, or none yet
  std::string shown_crop_;  ///< the part that this run is of
  RestoreRequest run_request_;
  JobPictures run_pictures_;
  QString run_name_, run_label_;
  QString run_fingerprint_;     ///< of the settings of the last run
  QString result_fingerprint_;  ///< of those of the result
  Ending ending_ = Ending::None;
  QString ending_name_;
  RunNeeds needs_;
  WorkerModel loaded_;
  QString device_;                ///< of the model that was asked for last
  bool measuring_asked_ = false;  ///< for this device

  int step_count_ = 0, last_step_ = 0;
  std::map<int, StepReport> reports_;
  SnapshotHistory history_;
  std::shared_ptr<LatentStore> latents_;            ///< of the current run, or the last one; null: there are none
  std::string latents_of_;                          ///< the run in the history that they were asked for of
  std::map<int, FramePtr> decoded_;                 ///< of them, those that were looked at
  std::shared_ptr<const LatentStore> decoding_of_;  ///< a latent of these is being decoded; null: none is
  bool result_first_ = true;                        ///< it has just come: nothing else was asked for at its step
  Cursor cursor_;
  std::shared_ptr<ViewWishes> wishes_ = std::make_shared<ViewWishes>();
  QImage measurement_, original_, made_up_;
  double made_up_strongest_ = 0.0;
  ResultPtr result_, measured_;
  bool stale_ = false;
  bool saved_ = true;
  PastRuns past_;
  double photo_noise_ = -1.0;
  RunKeeper* keeper_ = nullptr;
  const Catalogue* catalogue_ = nullptr;
  std::string result_id_;     ///< of the result, in the history on disk
  std::string steps_coming_;  ///< the id of the result whose steps are being read
  quint64 scenes_shown_ = 0;
  QTimer preview_timer_;
  BackgroundWork looking_;
};

}  // namespace p2l::ui
