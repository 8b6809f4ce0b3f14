// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <map>

#include "ui/base/side_runs.h"
#include "ui/base/snapshot_history.h"
#include "ui/steps/step_look.h"

namespace p2l::ui {

/// A run that was made, made once more for what every line of its steps makes: equal requests give equal runs. Neither
/// the history nor a table hears of it.
class LineRun : public QObject {
  Q_OBJECT
 public:
  enum class State { None, AtWork, Done, Failed };

  explicit LineRun(SideRuns* runs, QObject* parent = nullptr);
  ~LineRun() override;

  /// What was made before is forgotten.
  void start(const RestoreRequest& request, const JobPictures& pictures);
  /// Ends one at work; what is not whole is forgotten.
  void cancel();
  State state() const { return state_; }
  /// Why it failed, a sentence.
  const QString& problem() const { return problem_; }
  /// Number of its steps, and how many of them are done; 0 before it began.
  int stepCount() const { return steps_; }
  int lastStep() const { return reports_.empty() ? 0 : reports_.rbegin()->first; }
  /// The last step that was made by the training time `time`; -1: the newest one. Null: it was not made yet.
  const StepReport* stepAt(int time) const;
  /// What there is to see of it. `solver`: the run's.
  StepLook lookAt(int time, const SolverInfo& solver) const;

 signals:
  void changed();

 private:
  void clear();

  QPointer<SideRuns> runs_;
  quint64 id_ = 0;
  State state_ = State::None;
  QString problem_;
  ParamValues values_, sampler_;  ///< of its solver and sampler
  int steps_ = 0;
  double noise_level_ = 0.0;
  SnapshotHistory pictures_{std::size_t{256} << 20};  // several runs may be looked at
  std::map<int, StepReport> reports_;
  ResultPtr result_;
};

}  // namespace p2l::ui
