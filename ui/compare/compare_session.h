// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "ui/document/run_job.h"
#include "ui/document/snapshot_history.h"

namespace p2l::ui {

/// One of the runs that are compared.
struct CompareRun {
  enum class State { Waiting, Running, Done, Stopped, Failed };
  QString label;
  RestoreRequest request;
  quint64 id = 0;
  State state = State::Waiting;
  QString problem;  ///< a sentence when it failed
  int steps = 0;
  StepReport last;            ///< of the newest step; step 0: none yet
  SnapshotHistory evolution;  ///< its pictures
  ResultPtr result;
};

/// Carries out runs one after the other in the worker's thread. A run that fails does not keep the others from being
/// made. Takes events of its own runs only.
class CompareSession : public QObject {
  Q_OBJECT
 public:
  /// Ids of compared runs begin here, so that they never meet those of RunModel.
  static constexpr quint64 kFirstId = quint64{1} << 32;

  using QObject::QObject;

  /// Labels and requests of `runs`; the pictures are the same for all. Nothing happens during a comparison.
  void start(std::vector<CompareRun> runs, const JobPictures& pictures);
  bool isRunning() const { return control_ != nullptr; }
  bool isPaused() const { return control_ && control_->paused(); }
  const std::vector<CompareRun>& runs() const { return runs_; }
  /// Index of the run in progress; -1: none.
  int current() const { return isRunning() ? current_ : -1; }
  const JobPictures& pictures() const { return pictures_; }

 public slots:
  void setPaused(bool paused);
  /// Ends the run in progress, which keeps its last estimate, and starts no further one.
  void stop();
  // Events of the worker.
  void runStarted(const p2l::RunStart& start);
  void stepFinished(quint64 run_id, const p2l::StepReport& report);
  void picturesReady(const QVector<p2l::ui::SnapshotPtr>& snapshots);
  void runFinished(quint64 run_id, p2l::ui::ResultPtr result);
  void runFailed(quint64 run_id, const QString& sentence);

 signals:
  void runRequested(const p2l::ui::RunJob& job);
  void runningChanged(bool running);
  /// All runs are new ones.
  void reset();
  void began(int index, const p2l::RunStart& start);
  void stepped(int index, const p2l::StepReport& report);
  void pictureArrived(int index);
  void ended(int index);

 private:
  bool isCurrent(quint64 run_id) const;
  void next();
  void end(CompareRun::State state);

  std::vector<CompareRun> runs_;
  JobPictures pictures_;
  std::shared_ptr<RunControl> control_;  ///< of the current run; null between runs
  int current_ = -1;
  bool stopping_ = false;
  quint64 next_id_ = kFirstId;
};

}  // namespace p2l::ui
