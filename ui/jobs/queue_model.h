// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <memory>

#include "core/archive/job_queue.h"
#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

class SideRuns;

/// The queue of photos at work: takes job after job, writes each result, and goes on whatever becomes of one.
/// Persistent: after a restart it is paused with what was left.
class QueueModel : public QObject {
  Q_OBJECT
 public:
  /// A queue that cannot be read is put aside; where the folder cannot be written to, the queue is in memory alone.
  QueueModel(SideRuns* runs, const QString& folder, QObject* parent = nullptr);

  const std::vector<QueuedJob>& jobs() const { return queue_->jobs(); }
  /// Null where there is none of this id.
  const QueuedJob* find(const std::string& id) const { return queue_->find(id); }
  bool isPaused() const { return paused_; }
  bool isRunning() const { return run_ != 0; }
  int waitingCount() const;
  QString logPath() const;
  /// Of the photo at work, and what is left of all that wait.
  struct Progress {
    QString photo;  ///< its file's name; empty: none is at work
    int step = 0, steps = 0;
    double seconds = 0.0;           ///< that the photo at work has taken
    double seconds_per_step = 0.0;  ///< 0: not known yet
    double seconds_left = -1.0;     ///< below 0: not known yet
  };
  Progress progress() const;

  /// A job for each photo of these files and folders, with the settings, mask and kernel given.
  void add(const QStringList& paths, const RestoreRequest& request, const JobPictures& pictures,
           const QString& out_folder, bool skip_existing);
  void setPaused(bool paused);
  void cancel(const std::string& id);
  void cancelAll();
  void retry(const std::string& id);
  void move(const std::string& id, int places);
  void clearEnded();

 signals:
  void changed();
  /// A step of the photo at work.
  void progressed();
  void failed(const QString& sentence);
  /// Nothing waits any more.
  void finished(int done, int failed);

 private:
  template <class Change>
  void attempt(const Change& change);
  void next();
  void read(const QueuedJob& job);
  void start(const QueuedJob& job, const JobPictures& pictures);
  void keep(const QueuedJob& job, const ResultPtr& result);
  void end(const std::string& id, QueuedJob::State state, const QString& message = {});

  SideRuns* runs_;
  std::unique_ptr<JobQueue> queue_;
  std::string current_;  ///< id of the job at work; empty: none
  quint64 run_ = 0;
  bool paused_ = false;
  int step_ = 0, steps_ = 0;
  double step_seconds_ = 0.0;          ///< sum over the steps done
  QElapsedTimer clock_;                ///< of the photo at work
  std::vector<double> photo_seconds_;  ///< that the photos of this session took
  BackgroundWork work_;
};

}  // namespace p2l::ui
