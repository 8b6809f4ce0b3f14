// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "ui/document/photo_opener.h"
#include "ui/document/run_job.h"
#include "ui/document/snapshot_history.h"

namespace p2l::ui {

/// A run that was made, with all that brings it back.
struct PastRun {
  QString name;
  RestoreRequest request;
  JobPictures pictures;                      ///< mask and kernel; the photo is that of `photo`
  std::shared_ptr<const OpenedPhoto> photo;  ///< null, as the result and the steps: discarded to stay within the budget
  ResultPtr result;
  SnapshotHistory steps;
  QImage thumbnail;
  QString numbers;  ///< two short lines
  bool saved = false;
};

/// The runs of this session, the newest last, within a budget of bytes: the oldest lose their steps first, then their
/// pictures; settings and thumbnails stay.
class PastRuns : public QObject {
  Q_OBJECT
 public:
  static constexpr std::size_t kDefaultBudget = std::size_t{1} << 30;

  using QObject::QObject;

  void add(PastRun run);
  const std::vector<PastRun>& all() const { return runs_; }
  void markSaved(const ResultPtr& result);
  void setBudget(std::size_t bytes);
  /// What results, steps and photos take; those that several runs share count once.
  std::size_t bytes() const;

 signals:
  void changed();

 private:
  void thinOut();

  std::vector<PastRun> runs_;
  std::size_t budget_ = kDefaultBudget;
};

}  // namespace p2l::ui
