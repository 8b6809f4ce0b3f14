// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QObject>
#include <QVector>
#include <atomic>
#include <functional>
#include <memory>

#include "core/api/session.h"
#include "ui/base/run_job.h"

namespace p2l::app {

/// Pictures on their way from the run's thread to the window: at most one notice is outstanding, so that a slow window
/// is never flooded; the window takes all that have come and paints the last. Thread-safe.
class PictureMailbox {
 public:
  static constexpr int kCapacity = 64;  ///< the oldest go first when the window does not take them
  /// @return true when the window must be told.
  bool post(ui::SnapshotPtr snapshot);
  QVector<ui::SnapshotPtr> take();

 private:
  QMutex mutex_;
  QVector<ui::SnapshotPtr> waiting_;
  bool told_ = false;
};

/// Lives in a QThread and is the only Qt code that calls the session. Slots run one after the other on that thread;
/// stop, pause and step reach a run through its job's RunControl.
class RestoreWorker : public QObject {
  Q_OBJECT
 public:
  explicit RestoreWorker(QObject* parent = nullptr);
  ~RestoreWorker() override;

  /// Before the worker is moved to its thread.
  const Catalogue& catalogue() const { return session_->catalogue(); }
  PictureMailbox& mailbox() { return mailbox_; }
  /// From any thread, before the job itself: what is only foretold waits for the run.
  void announceRun() { ++announced_; }

 public slots:
  void loadModel(const QString& name_or_folder, const QString& device, const p2l::ModelOptions& options);
  void run(const p2l::ui::RunJob& job);
  void decode(const p2l::ui::LatentJob& job);
  /// measuringTimed follows, after runs that are asked for already.
  void timeMeasuring(const QString& device);

 signals:
  void modelLoaded(const p2l::ModelInfo& model, double seconds);
  void modelFailed(const QString& sentence);
  /// Follows modelLoaded: what the networks take, for the time that a run needs.
  void networksTimed(const p2l::ModelInfo& model, const p2l::NetworkTimes& times);
  void measuringTimed(const p2l::MeasureTimes& times);
  void started(const p2l::RunStart& start);
  void stepFinished(quint64 run_id, const p2l::StepReport& report);
  void picturesWaiting();
  void finished(quint64 run_id, p2l::ui::ResultPtr result);
  /// Follows finished of a run that keeps its latents: the result with the metrics that take a while, LPIPS and the
  /// like. Other runs have them when they finish.
  void measured(p2l::ui::ResultPtr former, p2l::ui::ResultPtr result);
  void failed(quint64 run_id, const QString& sentence);
  /// D(z_t) of a step; null where the model is another one by now.
  void decoded(int step, p2l::ui::FramePtr picture);

 private:
  class Observer;
  /// What is only foretold waits for runs that are asked for; where it fails nothing is: a run says what is wrong.
  void foretell(const std::function<void()>& work);
  void finish(const ui::RunJob& job, Outcome outcome);
  std::unique_ptr<Session> session_;
  std::atomic<int> announced_{0};
  PictureMailbox mailbox_;
};

}  // namespace p2l::app
