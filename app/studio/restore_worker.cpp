// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/restore_worker.h"

#include <QElapsedTimer>
#include <algorithm>

#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"

namespace p2l::app {
namespace {
constexpr int kTimedSide = 256;  // a run that is asked for now waits for it
}

bool PictureMailbox::post(ui::SnapshotPtr snapshot) {
  const QMutexLocker lock(&mutex_);
  if (waiting_.size() == kCapacity) waiting_.removeFirst();
  waiting_.append(std::move(snapshot));
  return !std::exchange(told_, true);
}

QVector<ui::SnapshotPtr> PictureMailbox::take() {
  const QMutexLocker lock(&mutex_);
  told_ = false;
  return std::exchange(waiting_, {});
}

/// The run's events as queued signals.
class RestoreWorker::Observer : public RunObserver {
 public:
  explicit Observer(RestoreWorker& worker) : worker_(worker) {}
  void runStarted(const RunStart& start) override { emit worker_.started(start); }
  void stepFinished(std::uint64_t run_id, const StepReport& report) override {
    emit worker_.stepFinished(run_id, report);
  }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    if (worker_.mailbox_.post(std::move(snapshot))) emit worker_.picturesWaiting();
  }

 private:
  RestoreWorker& worker_;
};

RestoreWorker::RestoreWorker(QObject* parent) : QObject(parent), engine_(std::make_unique<Engine>()) {
  qRegisterMetaType<ui::RunJob>();
  qRegisterMetaType<ui::PreviewJob>();
  qRegisterMetaType<ui::ResultPtr>();
  qRegisterMetaType<RunStart>();
  qRegisterMetaType<StepReport>();
  qRegisterMetaType<ModelInfo>();
  qRegisterMetaType<NetworkTimes>();
  qRegisterMetaType<ModelOptions>();
}

RestoreWorker::~RestoreWorker() = default;

void RestoreWorker::loadModel(const QString& name_or_folder, const QString& device, const ModelOptions& options) {
  QElapsedTimer clock;
  clock.start();
  try {
    const auto model = engine_->loadModel(name_or_folder.toStdString(), device.toStdString(), options);
    emit modelLoaded(model, static_cast<double>(clock.elapsed()) / 1000.0);
    timeNetworks(model, name_or_folder, device, options);
  } catch (const std::exception& error) {
    emit modelFailed(QString::fromUtf8(error.what()));
  }
}

void RestoreWorker::timeNetworks(const ModelInfo& model, const QString& name_or_folder, const QString& device,
                                 const ModelOptions& options) {
  try {
    const auto side = std::min(model.training_size, kTimedSide);
    emit networksTimed(model,
                       engine_->networkTimes(name_or_folder.toStdString(), device.toStdString(), options, side, side));
  } catch (const std::exception&) {
    // Nothing is foretold; a run says what is wrong.
  }
}

void RestoreWorker::preview(const ui::PreviewJob& job) {
  if (job.preview_id < newest_preview_) return;
  try {
    auto result =
        ui::resultFromOutcome(engine_->degrade(job.request, ui::inputsFromPictures(job.pictures)), job.pictures);
    emit previewReady(job.preview_id, std::move(result));
  } catch (const std::exception& error) {
    emit previewFailed(job.preview_id, QString::fromUtf8(error.what()));
  }
}

void RestoreWorker::run(const ui::RunJob& job) {
  Observer observer(*this);
  try {
    auto outcome = engine_->run(job.request, ui::inputsFromPictures(job.pictures), observer, *job.control, job.run_id);
    if (outcome.status == Outcome::Status::Completed) measureOrRemark(outcome, foundLpipsFolder());
    emit finished(job.run_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
  } catch (const std::exception& error) {
    emit failed(job.run_id, QString::fromUtf8(error.what()));
  }
}

}  // namespace p2l::app
