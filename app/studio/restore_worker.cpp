// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/restore_worker.h"

#include <QElapsedTimer>
#include <algorithm>

#include "core/api/measuring_times.h"
#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"

namespace p2l::app {
namespace {
constexpr int kTimedSide = 256;  // a run that is asked for now waits for it

}  // namespace

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
  Observer(RestoreWorker& worker, const ui::RunJob& job)
      : worker_(worker), wishes_(job.wishes), latents_(job.latents) {}
  bool wantsLatents() const override { return latents_ != nullptr; }
  void latentReady(std::shared_ptr<const Latent> latent) override { latents_->add(std::move(latent)); }
  bool wantsDetailEnds() const override { return latents_ != nullptr; }  // the document's own runs
  bool wantsNoisy() const override { return wishes_ && (wishes_->noisy || wishes_->parts); }
  bool wantsProjections() const override { return wishes_ && wishes_->parts; }
  bool wantsGradients() const override { return wishes_ && wishes_->parts; }
  Pictures wantedPictures() const override { return wishes_ && wishes_->parts ? Pictures::Every : Pictures::Cheap; }
  void runStarted(const RunStart& start) override { emit worker_.started(start); }
  void stepFinished(std::uint64_t run_id, const StepReport& report) override {
    emit worker_.stepFinished(run_id, report);
  }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    if (worker_.mailbox_.post(std::move(snapshot))) emit worker_.picturesWaiting();
  }

 private:
  RestoreWorker& worker_;
  std::shared_ptr<const ui::ViewWishes> wishes_;
  std::shared_ptr<ui::LatentStore> latents_;
};

RestoreWorker::RestoreWorker(QObject* parent) : QObject(parent), session_(std::make_unique<Session>()) {
  qRegisterMetaType<ui::RunJob>();
  qRegisterMetaType<ui::LatentJob>();
  qRegisterMetaType<ui::FramePtr>();
  qRegisterMetaType<ui::ResultPtr>();
  qRegisterMetaType<RunStart>();
  qRegisterMetaType<StepReport>();
  qRegisterMetaType<ModelInfo>();
  qRegisterMetaType<NetworkTimes>();
  qRegisterMetaType<MeasureTimes>();
  qRegisterMetaType<ModelOptions>();
}

RestoreWorker::~RestoreWorker() = default;

void RestoreWorker::loadModel(const QString& name_or_folder, const QString& device, const ModelOptions& options) {
  QElapsedTimer clock;
  clock.start();
  try {
    const auto model = session_->loadModel(name_or_folder.toStdString(), device.toStdString(), options);
    emit modelLoaded(model, static_cast<double>(clock.elapsed()) / 1000.0);
    foretell([=, this] {
      const auto side = std::min(model.training_size, kTimedSide);
      emit networksTimed(
          model, session_->networkTimes(name_or_folder.toStdString(), device.toStdString(), options, side, side));
    });
  } catch (const std::exception& error) {
    emit modelFailed(QString::fromUtf8(error.what()));
  }
}

void RestoreWorker::timeMeasuring(const QString& device) {
  foretell([=, this] { emit measuringTimed(p2l::timeMeasuring(foundLpipsFolder(), device.toStdString())); });
}

void RestoreWorker::foretell(const std::function<void()>& work) {
  // In an event of its own, behind runs that are asked for already.
  const auto begin = [=, this] {
    if (announced_ > 0) return foretell(work);
    try {
      work();
    } catch (const std::exception&) {
    }
  };
  QMetaObject::invokeMethod(this, begin, Qt::QueuedConnection);
}

void RestoreWorker::run(const ui::RunJob& job) {
  if (announced_ > 0) --announced_;
  Observer observer(*this, job);
  try {
    const auto inputs = ui::inputsFromPictures(job.request, job.pictures);
    auto outcome = job.round_trip ? session_->roundTrip(job.request, inputs)
                                  : session_->run(job.request, inputs, observer, *job.control, job.run_id);
    finish(job, std::move(outcome));
  } catch (const std::exception& error) {
    emit failed(job.run_id, QString::fromUtf8(error.what()));
  }
}

void RestoreWorker::finish(const ui::RunJob& job, Outcome outcome) {
  const bool later = job.latents != nullptr;  // somebody waits for the picture
  const bool measures = outcome.status == Outcome::Status::Completed && !outcome.truth.empty();
  if (measures && !later) measureOrRemark(outcome, foundLpipsFolder());
  const auto result = ui::resultFromOutcome(std::move(outcome), job.pictures);
  emit finished(job.run_id, result);
  if (!measures || !later) return;
  const auto with_metrics = std::make_shared<ui::Result>(*result);
  measureOrRemark(with_metrics->outcome, foundLpipsFolder());
  emit measured(result, with_metrics);
}

void RestoreWorker::decode(const ui::LatentJob& job) {
  ui::FramePtr picture;
  try {
    if (const auto latent = job.latents->at(job.step))
      picture = std::make_shared<const Frame>(session_->pictureOf(*latent));
  } catch (const std::exception&) {
    // Another model was loaded since: there is no picture of it.
  }
  emit decoded(job.step, picture);
}

}  // namespace p2l::app
