// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/api/files.h"
#include "core/request/request.h"
#include "core/types/run_control.h"

namespace p2l {

/// A photo that waits to be restored, or was.
struct QueuedJob {
  enum class State { Waiting, Running, Done, Failed, Cancelled, Skipped };
  std::string id;          ///< unique
  RestoreRequest request;  ///< with the photo's path
  std::string output;      ///< file to write
  State state = State::Waiting;
  std::string message;  ///< why it failed or was skipped, a sentence
};

/// Files, and whether they are there.
using FilesThere = std::map<std::string, bool>;

/// The files that JobQueue::add() asks the disk for, which takes a while on a slow drive. From any thread.
/// @throws StopRequested from `control`
FilesThere resultFilesOf(const std::vector<std::string>& photos, const std::string& out_folder, RunControl& control);

/// The queue of jobs on disk: every change is there before it returns, so that a killed process loses none; what was
/// running waits again. One process at a time uses a folder. Where the disk refuses a change, Error is thrown, and the
/// change holds for this process.
///
///     queue.json   the jobs in their order
///     ID.png       mask and kernel of a job, where it has some
///     log.txt      what happened, a line each
class JobQueue {
 public:
  /// In memory alone, for where there is no folder to write to.
  JobQueue() = default;
  /// Makes the folder, and reads the queue that is there. @throws Error when it cannot be written to or is damaged
  explicit JobQueue(std::string folder);

  const std::vector<QueuedJob>& jobs() const { return jobs_; }
  /// Adds a job for each photo, with the settings of `request`; results go beside the photo, or into `out_folder`, as
  /// NAME-restored.png. A result that exists is skipped, or else gets a number. Photos that are results of others of
  /// them are left out. `there`: resultFilesOf() a moment ago; other files are asked for. @return how many were added
  /// @throws Error; where a mask cannot be kept, none is added
  int add(const std::vector<std::string>& photos, const RestoreRequest& request, const RequestPictures& pictures,
          const std::string& out_folder, bool skip_existing, const FilesThere& there = {});
  /// The first that waits, or null.
  const QueuedJob* next() const;
  const QueuedJob* find(const std::string& id) const;
  RequestPictures picturesOf(const QueuedJob& job) const;
  void setState(const std::string& id, QueuedJob::State state, const std::string& message = {});
  /// Moves a job by so many places, as far as there are some.
  void move(const std::string& id, int places);
  /// A job that ended waits again.
  void retry(const std::string& id);
  void cancelAll();
  /// Takes out those that have ended.
  void clearEnded();
  std::string logPath() const;

 private:
  std::string pathOf(const std::string& name) const;
  QueuedJob& at(const std::string& id);
  void keepPictures(const QueuedJob& job, const RequestPictures& pictures);
  void write() const;
  void log(const std::string& line) const;

  std::string folder_;  ///< empty: in memory alone
  std::vector<QueuedJob> jobs_;
  std::map<std::string, RequestPictures> pictures_;  ///< by id, of a queue in memory
};

/// "waiting", "running", "done", "failed", "cancelled", "skipped"
const char* nameOf(QueuedJob::State state);

}  // namespace p2l
