// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <functional>
#include <memory>

#include "core/archive/job_queue.h"
#include "core/types/run_control.h"
#include "ui/base/background_work.h"
#include "ui/base/photo_listing.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

class SideRuns;

/// The queue of photos at work: takes job after job, writes each result, and goes on whatever becomes of one.
/// Persistent: after a restart it is paused with what was left.
class QueueModel : public QObject {
  Q_OBJECT
 public:
  /// Why none of these photos is to be added, a sentence; empty: they are. Called beside the GUI thread; a stop of
  /// `control` ends it.
  using Check = std::function<QString(const std::vector<std::string>& photos, RunControl& control)>;

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

  /// A job for each photo of these files and folders, with the settings, mask and kernel given. Some files are there
  /// when it returns; folders, many files, and what has a `check` are read beside the GUI thread, and what is added
  /// meanwhile comes after them. What is not there as expected is refused().
  void add(const QStringList& paths, const RestoreRequest& request, const JobPictures& pictures,
           const QString& out_folder, bool skip_existing, const Check& check = {});
  /// Photos that were added are still being read.
  bool isReading() const { return listing_.busy(); }
  void setPaused(bool paused);
  void cancel(const std::string& id);
  /// What is still being read is given up, too.
  void cancelAll();
  void retry(const std::string& id);
  void move(const std::string& id, int places);
  void clearEnded();

 signals:
  void changed();
  /// A step of the photo at work.
  void progressed();
  void failed(const QString& sentence);
  /// None of what was added at once has become a job, and why.
  void refused(const QString& sentence);
  /// Nothing waits any more.
  void finished(int done, int failed);

 private:
  /// What all photos that are added at once have in common.
  struct Settings {
    RestoreRequest request;
    RequestPictures pictures;
    std::string out_folder;
    bool skip_existing = false;
  };
  void list(const QStringList& paths, const std::vector<std::string>& folders, const Settings& settings,
            const Check& check);
  void enqueue(const std::vector<std::string>& photos, const Settings& settings, const FilesThere& there = {});
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
  PhotoListing listing_;
};

}  // namespace p2l::ui
