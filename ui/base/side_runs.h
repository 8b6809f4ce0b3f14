// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <list>
#include <memory>

#include "ui/base/run_job.h"

namespace p2l::ui {

/// Runs beside the document's own, one after the other on the same worker: jobs of the queue, crops to choose from,
/// several seeds, a comparison. Their events are told apart by their ids.
class SideRuns : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// One of a result and a sentence.
  using Done = std::function<void(const ResultPtr& result, const QString& problem)>;
  /// What is heard of a run, on the GUI thread. Each may be missing.
  struct Listener {
    std::function<void(const RunStart&)> started;
    std::function<void(const StepReport&)> stepped;
    std::function<void(const SnapshotPtr&)> pictured;
    /// The result as it ended, completed or not; null with a sentence where none could begin.
    std::function<void(const ResultPtr& result, const QString& problem)> ended;
    bool parts = false;  ///< every step is pictured, with all that it makes: ViewWishes::parts
  };
  /// @return the run's id
  quint64 add(const RestoreRequest& request, const JobPictures& pictures, Done done);
  /// `round_trip`: RunJob::round_trip.
  quint64 add(const RestoreRequest& request, const JobPictures& pictures, Listener listener, bool round_trip = false);
  /// An id that no run has.
  quint64 newId() { return ++newest_; }
  /// Nothing is heard of it any more; one in progress is stopped.
  void cancel(quint64 id);
  /// One in progress ends and keeps its last estimate; one that waits is forgotten. @return whether it was in progress
  bool stop(quint64 id);
  void setPaused(quint64 id, bool paused);
  /// At the program's end: nothing further begins, and the one in progress is stopped unheard.
  void stopAll();
  bool busy() const { return !waiting_.empty() || current_.id != 0; }

 public slots:
  // Events of the worker.
  void runStarted(const p2l::RunStart& start);
  void stepFinished(quint64 run_id, const p2l::StepReport& report);
  void picturesReady(const QVector<p2l::ui::SnapshotPtr>& snapshots);
  void runFinished(quint64 run_id, p2l::ui::ResultPtr result);
  void runFailed(quint64 run_id, const QString& sentence);

 signals:
  void runRequested(const p2l::ui::RunJob& job);

 private:
  struct Run {
    quint64 id = 0;
    RestoreRequest request;
    JobPictures pictures;
    Listener listener;
    std::shared_ptr<RunControl> control;
    bool round_trip = false;
  };
  bool isCurrent(quint64 id) const { return id != 0 && id == current_.id; }
  void next();
  void end(quint64 run_id, const ResultPtr& result, const QString& problem);

  std::list<Run> waiting_;
  Run current_;
  quint64 newest_ = quint64{1} << 50;  // far from those of the document
};

}  // namespace p2l::ui
