// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QTimer>

#include "ui/document/past_runs.h"
#include "ui/document/photo_opener.h"
#include "ui/document/run_job.h"
#include "ui/document/snapshot_history.h"
#include "ui/run/run_bar.h"

class QUndoStack;

namespace p2l::ui {

class CurvesPlot;
class DegradationPanel;
class ImageCanvas;
class MaskEditor;
class SolverPanel;
class StepTimeline;

/// What the window is about: the photo, the run in progress, its pictures and its result. Asks for runs and previews,
/// takes their events and moves the widgets. Events of any run but the current one are dropped.
class RunSession : public QObject {
  Q_OBJECT
 public:
  struct Widgets {
    ImageCanvas* canvas;
    CurvesPlot* curves;
    StepTimeline* timeline;
    RunBar* bar;
    DegradationPanel* degradation;
    SolverPanel* solver;
    MaskEditor* mask;
    QUndoStack* undo_stack;
  };
  enum class Before { Measurement, Original };
  /// A change of the settings is shown this long after the last one.
  static constexpr int kPreviewDelayMs = 150;

  explicit RunSession(const Widgets& widgets, QObject* parent = nullptr);

  /// A run in progress is stopped, and nothing of it is shown any more.
  void setPhoto(std::shared_ptr<const OpenedPhoto> photo);
  const OpenedPhoto* photo() const { return photo_.get(); }
  bool isRunning() const { return control_ != nullptr; }
  quint64 runId() const { return run_id_; }
  /// The last result, or null.
  ResultPtr result() const { return result_; }
  /// The newest measurement, of a preview or a run; null when there is none.
  ResultPtr measured() const { return measured_; }
  bool hasUnsavedResult() const { return result_ && !saved_; }
  void markSaved();
  std::shared_ptr<const OpenedPhoto> openedPhoto() const { return photo_; }
  /// Puts a run that was made into the history.
  void keepRun(const QString& name, const RestoreRequest& request, const JobPictures& pictures,
               const std::shared_ptr<const OpenedPhoto>& photo, const ResultPtr& result, const SnapshotHistory& steps);
  /// The runs that were made; the last one is the newest.
  const PastRuns& pastRuns() const { return past_; }
  PastRuns& pastRuns() { return past_; }
  /// The steps of the result, or of the run in progress.
  const SnapshotHistory& steps() const { return history_; }
  /// The request as the panels state it.
  RestoreRequest request() const;
  /// Fills the request; the pictures that go with it.
  JobPictures pictures(RestoreRequest& request) const;
  /// What must be settled before a run of these settings, a sentence; empty: nothing.
  QString openQuestion() const;
  /// No run can be begun, for the reason of this sentence; empty: it can.
  void block(const QString& reason) { blocked_ = reason; }
  /// Shows a request's settings in the panels. @return a sentence for each part that cannot be had any more.
  /// `stored`: the mask and the kernel that were kept with it.
  QStringList recall(const RestoreRequest& request, const JobPictures& stored = {});

 public slots:
  void run();
  void setPaused(bool paused);
  void stepOnce();
  void stop();
  void setBefore(p2l::ui::RunSession::Before before);
  /// Shows a run of pastRuns again: photo, settings, steps and result.
  void bringBack(int index);

  // Events of the worker.
  void runStarted(const p2l::RunStart& start);
  void stepFinished(quint64 run_id, const p2l::StepReport& report);
  void picturesReady(const QVector<p2l::ui::SnapshotPtr>& snapshots);
  void runFinished(quint64 run_id, p2l::ui::ResultPtr result);
  void runFailed(quint64 run_id, const QString& sentence);
  void previewReady(quint64 preview_id, p2l::ui::ResultPtr result);
  void previewFailed(quint64 preview_id, const QString& sentence);

 signals:
  void runRequested(const p2l::ui::RunJob& job);
  void previewRequested(const p2l::ui::PreviewJob& job);
  /// Previews with a smaller id are not wanted any more.
  void previewsOutdated(quint64 newest_id);
  void resultReady(p2l::ui::ResultPtr result);
  /// An earlier run is shown again; null when its result was discarded.
  void broughtBack(p2l::ui::ResultPtr result);
  void problem(const QString& sentence);
  /// Photo or settings changed.
  void settingsShown();
  /// What a person should know of the run that has ended, a sentence or several.
  void remarked(const QString& sentences);
  /// The settings work now: an earlier problem is solved.
  void solved();
  void runningChanged(bool running);

 private:
  void connectPanels();
  /// Tells the solver's panel which task there is.
  void showTask();
  void start(bool single_step);
  /// The first step of a run is there: it takes the place of what was shown before.
  void showRunBegan();
  void abandonRun();
  void endRun();
  void settingsChanged();
  void requestPreview();
  void showStep(int step);
  void showResult();
  void showBefore();
  void showStale();
  void suggestSize();
  void sizeChanged();
  QSize workingSize() const;
  QString fingerprint() const;

  Widgets ui_;
  std::shared_ptr<const OpenedPhoto> photo_;
  SnapshotHistory history_;
  PastRuns past_;
  std::shared_ptr<RunControl> control_;  ///< of the current run; null between runs
  quint64 run_id_ = 0;
  quint64 preview_id_ = 0;
  QString blocked_;
  bool single_stepping_ = false;
  bool recalling_ = false;    ///< panels are being set from a request: no previews in between
  bool keeps_size_ = false;   ///< while a preset sets the degradation's values
  bool size_chosen_ = false;  ///< by a person, so it is not suggested any more
  ResultPtr result_, measured_;
  RunStart start_;          ///< of the current run
  bool run_shown_ = false;  ///< steps and pictures are those of the current run, no longer of the result
  RestoreRequest run_request_;
  JobPictures run_pictures_;
  QString run_label_;
  QString run_fingerprint_;     ///< of the settings of the last run
  QString result_fingerprint_;  ///< of those of the result
  bool stale_ = false;          ///< the settings are others than those of the result
  bool result_shown_ = false;   ///< on the canvas, rather than a step
  bool saved_ = true;
  Before before_kind_ = Before::Measurement;
  QImage measurement_, original_;
  QTimer preview_timer_;
};

}  // namespace p2l::ui
