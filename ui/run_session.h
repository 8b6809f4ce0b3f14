// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QTimer>

#include "ui/photo_opener.h"
#include "ui/run_bar.h"
#include "ui/run_job.h"
#include "ui/snapshot_history.h"

namespace p2l::ui {

class CurvesPlot;
class DegradationPanel;
class ImageCanvas;
class MaskEditor;
class SolverPanel;
class StepTimeline;

/// What the window is about: the photo, the run that goes on, its pictures and its result. Asks for runs and previews,
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
  };
  enum class Before { Measurement, Original };

  explicit RunSession(const Widgets& widgets, QObject* parent = nullptr);

  void setPhoto(std::shared_ptr<const OpenedPhoto> photo);
  const OpenedPhoto* photo() const { return photo_.get(); }
  bool isRunning() const { return control_ != nullptr; }
  /// The last result, or null.
  OutcomePtr outcome() const { return outcome_; }
  bool hasUnsavedResult() const { return outcome_ && !outcome_->picture.empty() && !saved_; }
  void markSaved() { saved_ = true; }
  /// The request as the panels state it.
  RestoreRequest request() const;
  /// Shows a request's settings in the panels.
  void recall(const RestoreRequest& request);
  Before before() const { return before_kind_; }

 public slots:
  void run();
  void setPaused(bool paused);
  void stepOnce();
  void stop();
  void setBefore(p2l::ui::RunSession::Before before);
  /// Settings changed: the measurement is shown anew, a result becomes stale.
  void settingsChanged();

  // Events of the worker.
  void runStarted(const p2l::RunStart& start);
  void stepFinished(quint64 run_id, const p2l::StepReport& report);
  void picturesReady(const QVector<p2l::ui::SnapshotPtr>& snapshots);
  void runFinished(quint64 run_id, p2l::ui::OutcomePtr outcome);
  void runFailed(quint64 run_id, const QString& sentence);
  void previewReady(quint64 preview_id, p2l::ui::OutcomePtr outcome);
  void previewFailed(quint64 preview_id, const QString& sentence);

 signals:
  void runRequested(const p2l::ui::RunJob& job);
  void previewRequested(const p2l::ui::PreviewJob& job);
  void resultReady(p2l::ui::OutcomePtr outcome);
  void problem(const QString& sentence);
  void runningChanged(bool running);

 private:
  void start(bool single_step);
  void endRun();
  void requestPreview();
  void showStep(int step);
  void showResult();
  void showBefore();
  std::shared_ptr<RunInputs> makeInputs(RestoreRequest& request) const;
  QSize workingSize() const;

  Widgets ui_;
  std::shared_ptr<const OpenedPhoto> photo_;
  SnapshotHistory history_;
  std::shared_ptr<RunControl> control_;  ///< of the current run; null when none goes on
  quint64 run_id_ = 0;
  quint64 preview_id_ = 0;
  bool single_stepping_ = false;
  bool restoring_ = false;  ///< panels are being set from a request: no previews in between
  OutcomePtr outcome_;
  bool saved_ = true;
  Before before_kind_ = Before::Measurement;
  QImage measurement_, original_;
  QTimer preview_timer_;
};

/// One line about a result: PSNR with its bounds, SSIM, residual, time, memory.
QString summaryText(const Outcome& outcome);

}  // namespace p2l::ui
