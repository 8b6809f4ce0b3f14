// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>
#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "core/archive/run_archive.h"
#include "ui/base/background_work.h"
#include "ui/base/past_runs.h"

namespace p2l::ui {

/// The history on disk, read and written away from the GUI thread, one piece after the other: pictures of steps last,
/// and what is asked for meanwhile passes between two of them.
class RunKeeper : public QObject {
  Q_OBJECT
 public:
  /// z_t of a run takes at most so much of the disk: of long runs, steps are left out.
  static constexpr std::size_t kLatents = std::size_t{128} << 20;

  explicit RunKeeper(const QString& folder, quint64 budget = RunArchive::kDefaultBudget, QObject* parent = nullptr);
  ~RunKeeper() override { giveUpSteps(); }

  /// The runs that are there: `loaded` follows.
  void load();
  /// Whether runs are still to come by `loaded`.
  bool isLoading() const { return loads_ > 0; }
  /// Keeps a run that has an id, a photo and a result: `kept` or `refused` follows, and then its steps' pictures and
  /// z_t get there, or `stepsRefused` follows.
  void keep(const PastRun& run);
  /// Its name and star. Those of a run that was refused get there with the run.
  void update(const PastRun& run);
  void remove(const std::string& id);
  /// Whether the disk has the run with this id now; from any thread.
  bool isOnDisk(const std::string& id) const { return RunArchive::has(folder_.toStdString(), id); }
  /// The run with photo, mask, kernel and result; on failure a sentence.
  using Fetched = std::function<void(const PastRun& run, const QString& problem)>;
  void fetch(const PastRun& run, Fetched done);
  /// The pictures of its steps, with their reports, within a budget of bytes; empty: there are none any more.
  void fetchSteps(const PastRun& run, std::function<void(const SnapshotHistory& steps)> done,
                  std::size_t budget = SnapshotHistory::kDefaultBudget);
  /// z_t of its steps; null: there are none any more.
  void fetchLatents(const std::string& id, std::function<void(std::shared_ptr<LatentStore> latents)> done);
  bool busy() const { return work_.busy(); }
  /// Blocks until everything asked for is on the disk; the answers come later.
  void wait() { work_.wait(); }
  /// The program ends: after the picture in progress no more are made, and runs whose steps are not on the disk yet
  /// stay without them. What else was asked for gets there.
  void giveUpSteps() { keeps_steps_ = false; }

 signals:
  void loaded(const QVector<p2l::ui::PastRun>& runs);
  void kept(const QString& id);
  /// The disk does not take the run with this id: it is in memory alone, or where the history `has_picture` of it, its
  /// new numbers are.
  void refused(const QString& id, const QString& sentence, bool has_picture);
  /// It takes the run, and not the pictures of its steps: they go with the program.
  void stepsRefused(const QString& sentence);
  void failed(const QString& sentence);

 private:
  /// On the work's thread. @throws Error
  RunArchive& archive();
  /// What a person is told of it.
  QString problemOf(const QString& problem) const;
  /// Where the steps are still to be written, after them.
  template <class Read, class Done>
  void readSteps(const std::string& id, Read read, Done done);

  QString folder_;
  quint64 budget_;
  std::unique_ptr<RunArchive> archive_;
  std::set<std::string> not_there_;  ///< ids of runs that were refused; of the work
  int loads_ = 0;                    ///< that are not answered
  std::atomic<bool> keeps_steps_{true};
  std::multiset<std::string> steps_to_come_;  ///< of runs with these ids
  BackgroundWork work_;
};

/// The form that the disk has of a run, and back without its pictures.
KeptRun keptRunFrom(const PastRun& run);
PastRun pastRunFrom(const KeptRun& kept);
/// Keeps a run that has an id, a photo and a result, without its steps. Not on the GUI thread. @throws Error
void keepIn(RunArchive& archive, const PastRun& run);
/// A run from its files: photo, mask, kernel and result. Not on the GUI thread. @throws Error
PastRun withPictures(PastRun run, const QString& photo_path, const QString& result_path);
/// The same, of a photo that is open.
PastRun withPictures(PastRun run, std::shared_ptr<const OpenedPhoto> photo, const QString& result_path);

}  // namespace p2l::ui

Q_DECLARE_METATYPE(p2l::ui::PastRun)
