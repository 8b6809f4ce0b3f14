// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <string>
#include <vector>

#include "ui/base/photo_opener.h"
#include "ui/base/run_job.h"
#include "ui/base/snapshot_history.h"

namespace p2l::ui {

/// A run that was made, with all that brings it back.
struct PastRun {
  std::string id;  ///< in the history on disk; empty: it is not there
  QString name;
  bool renamed = false;  ///< the name is a person's own
  bool starred = false;
  std::int64_t time_ms = 0;  ///< since 1970, when it ended
  QString photo_label;
  std::string photo_path, photo_sha256;
  RestoreRequest request;
  /// How it ended, with numbers and steps, without its pictures.
  struct Ended {
    Outcome::Status status = Outcome::Status::Completed;
    std::string message;
    RunReport report;
  } outcome;
  JobPictures pictures;  ///< mask and kernel; the photo is that of `photo`
  /// Null, as the result and the steps: discarded to stay within the budget, or of an earlier session. What is on disk
  /// comes back from there.
  std::shared_ptr<const OpenedPhoto> photo;
  ResultPtr result;
  SnapshotHistory steps;
  std::shared_ptr<LatentStore> latents;  ///< z_t of the steps
  QImage thumbnail;
  QString numbers;  ///< two short lines
  bool saved = false;
  /// What is run: a lesson's goes with the lesson.
  enum class Kind { Whole, Part, Lesson } kind = Kind::Whole;
};

/// The runs of this and of earlier sessions, the newest last, within a budget of bytes: the oldest lose their steps
/// first, then their pictures; settings and thumbnails stay.
class PastRuns : public QObject {
  Q_OBJECT
 public:
  static constexpr std::size_t kDefaultBudget = std::size_t{1} << 30;

  using QObject::QObject;

  void add(PastRun run);
  const std::vector<PastRun>& all() const { return runs_; }
  /// Runs of earlier sessions, which go before those of this one.
  void addEarlier(std::vector<PastRun> runs);
  /// The place of the run with this id; -1: there is none.
  int indexOf(const std::string& id) const;
  /// The pictures of a run that came back from the disk.
  void setPictures(int index, const JobPictures& pictures, std::shared_ptr<const OpenedPhoto> photo, ResultPtr result);
  /// The run of `former` has this result from now on. @return its place; -1: there is none
  int revise(const ResultPtr& former, const ResultPtr& result);
  void setStarred(int index, bool starred);
  void rename(int index, const QString& name);
  void remove(int index);
  /// The runs of a lesson that is closed.
  void removeLessons();
  void markSaved(const ResultPtr& result);
  /// A person wants these runs, by their places, held against each other.
  void compare(const QList<int>& runs) { emit compareWanted(runs); }
  void setBudget(std::size_t bytes);
  /// What results, steps, their latents and photos take; photos that several runs share count once.
  std::size_t bytes() const;

 signals:
  void changed();
  /// The run at this place has another name or star; the one with this id is gone.
  void edited(int index);
  void removed(const std::string& id);
  void compareWanted(const QList<int>& runs);

 private:
  void thinOut();

  std::vector<PastRun> runs_;
  std::size_t budget_ = kDefaultBudget;
};

/// Two short lines about a run: what was reached, and its seed.
QString numbersText(const RunReport& report, quint64 seed);

}  // namespace p2l::ui
