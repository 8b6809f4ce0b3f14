// SPDX-License-Identifier: GPL-3.0-or-later
// The worker with the real engine in its thread.
#include "app/studio/restore_worker.h"

#include <QApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QThread>
#include <QtEndian>
#include <QtTest>
#include <cmath>
#include <thread>

#include "app/studio/preview_worker.h"
#include "core/api/files.h"
#include "core/api/metric_weights.h"
#include "tests/support/qt_handovers.h"

using namespace p2l;
using app::PictureMailbox;
using app::PreviewWorker;
using app::RestoreWorker;

namespace {

/// The arguments of a signal, each time. QSignalSpy writes them down in the thread of the worker, without a lock.
class Received : public QList<QVariantList> {
 public:
  template <class Sender, class... Arguments>
  Received(Sender* sender, void (Sender::*signal)(Arguments...)) {
    QObject::connect(sender, signal, &receiver_,
                     [this](Arguments... arguments) { append(QVariantList{QVariant::fromValue(arguments)...}); });
  }

 private:
  QObject receiver_;
};

}  // namespace

class RestoreWorkerTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 64;
  static constexpr int kPatience = 90000;
  QThread thread_;
  RestoreWorker* worker_ = nullptr;

  static std::shared_ptr<const Image> picture() {
    auto image = std::make_shared<Image>();
    image->width = image->height = kSide;
    image->channels = 3;
    image->pixels.resize(size_t(kSide) * kSide * 3);
    for (size_t i = 0; i < image->pixels.size(); ++i) image->pixels[i] = float(i % 251) / 250.0f;
    return image;
  }
  static RestoreRequest request(int steps) {
    RestoreRequest request;
    request.degradation().id = "sr";
    request.solver_values["K"] = 0.0;
    request.sampler_values["steps"] = double(steps);
    request.device = "cpu";
    return request;
  }
  static ui::RunJob job(quint64 id, int steps) {
    ui::RunJob job;
    job.run_id = id;
    job.request = request(steps);
    job.pictures.photo = picture();
    job.control = std::make_shared<RunControl>();
    return job;
  }
  void run(const ui::RunJob& job) {
    QMetaObject::invokeMethod(worker_, [this, job] { worker_->run(job); });
  }

 private slots:
  void init() {
    worker_ = new RestoreWorker;
    worker_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.start();
  }
  void cleanup() {
    thread_.quit();
    thread_.wait();
  }

  void eventsComeInOrder() {
    QStringList order;
    connect(worker_, &RestoreWorker::started, this, [&](const RunStart& start) {
      QCOMPARE(start.run_id, 7u);
      order << QStringLiteral("started %1").arg(start.steps);
    });
    connect(worker_, &RestoreWorker::stepFinished, this, [&](quint64 id, const StepReport& report) {
      QCOMPARE(id, 7u);
      order << QStringLiteral("step %1").arg(report.step);
    });
    ui::ResultPtr result;
    connect(worker_, &RestoreWorker::finished, this, [&](quint64 id, ui::ResultPtr finished) {
      QCOMPARE(id, 7u);
      result = finished;
      order << QStringLiteral("finished");
    });
    run(job(7, 3));
    QTRY_VERIFY_WITH_TIMEOUT(result != nullptr, kPatience);
    QCOMPARE(order, QStringList({"started 3", "step 1", "step 2", "step 3", "finished"}));
    QCOMPARE(result->outcome.status, Outcome::Status::Completed);
    QCOMPARE(result->picture.size(), QSize(kSide, kSide));
    QCOMPARE(result->truth.size(), QSize(kSide, kSide));
    // Measured in this thread, too, where there are weights for it.
    QCOMPARE(std::isfinite(result->outcome.report.metric("lpips_alex")), !foundLpipsFolder().empty());
    const auto pictures = worker_->mailbox().take();
    QVERIFY(!pictures.isEmpty());
    for (const auto& each : pictures) QCOMPARE(each->run_id, 7u);
  }

  void whoWaitsForThePictureGetsItBeforeItIsMeasured() {
    auto asked = job(5, 2);
    asked.latents = std::make_shared<ui::LatentStore>();
    ui::ResultPtr first, former, later;
    connect(worker_, &RestoreWorker::finished, this, [&](quint64, ui::ResultPtr finished) { first = finished; });
    connect(worker_, &RestoreWorker::measured, this, [&](ui::ResultPtr of, ui::ResultPtr measured) {
      former = of;
      later = measured;
    });
    run(asked);
    QTRY_VERIFY_WITH_TIMEOUT(later != nullptr, kPatience);
    QVERIFY(first != nullptr && former == first);
    QVERIFY(std::isfinite(first->outcome.report.metric("psnr")));
    QVERIFY(!std::isfinite(first->outcome.report.metric("lpips_alex")));
    QCOMPARE(std::isfinite(later->outcome.report.metric("lpips_alex")), !foundLpipsFolder().empty());
    QCOMPARE(later->outcome.report.metric("psnr"), first->outcome.report.metric("psnr"));
    QCOMPARE(later->outcome.picture.pixels, first->outcome.picture.pixels);
  }

  void aSecondDecodersPictureIsHandedOut() {
    // The embedded model with a second decoder that differs in one tensor.
    const QTemporaryDir folder;
    const QDir from(QString::fromStdString(resourceFolder()) + QStringLiteral("/models/p2l-tiny"));
    QDirIterator files(from.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
      const auto path = folder.filePath(from.relativeFilePath(files.next()));
      QVERIFY(QDir().mkpath(QFileInfo(path).path()) && QFile::copy(files.filePath(), path));
    }
    QFile weights(folder.filePath(QStringLiteral("vae/diffusion_pytorch_model.safetensors")));
    QVERIFY(weights.open(QIODevice::ReadOnly));
    const auto size = qFromLittleEndian<quint64>(weights.read(8).constData());
    const auto name = QStringLiteral("decoder.conv_out.bias");
    auto entry = QJsonDocument::fromJson(weights.read(static_cast<qint64>(size))).object()[name].toObject();
    QVERIFY(!entry.isEmpty());
    const int count = entry[QStringLiteral("shape")].toArray()[0].toInt();
    entry[QStringLiteral("dtype")] = QStringLiteral("F32");
    entry[QStringLiteral("data_offsets")] = QJsonArray{0, 4 * count};
    const auto header = QJsonDocument(QJsonObject{{name, entry}}).toJson(QJsonDocument::Compact);
    QFile second(folder.filePath(QStringLiteral("vae/detail_decoder.safetensors")));
    QVERIFY(second.open(QIODevice::WriteOnly));
    const auto length = qToLittleEndian<quint64>(static_cast<quint64>(header.size()));
    second.write(reinterpret_cast<const char*>(&length), 8);
    second.write(header);
    second.write(QByteArray(4 * count, '\0'));
    second.close();

    auto asked = job(8, 2);
    asked.request.model = folder.path().toStdString();
    for (const bool own : {false, true}) {
      if (own) asked.latents = std::make_shared<ui::LatentStore>();
      Received finished(worker_, &RestoreWorker::finished);
      run(asked);
      QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
      const auto outcome = finished.first().at(1).value<ui::ResultPtr>()->outcome;
      QVERIFY2(outcome.status == Outcome::Status::Completed, outcome.message.c_str());
      QVERIFY(outcome.report.model.second_decoder);
      QCOMPARE(outcome.sharp.empty(), !own);  // other runs spend nothing on it
      if (own) QVERIFY(outcome.sharp.pixels != outcome.faithful.pixels);
      if (own) QCOMPARE(outcome.faithful.pixels, outcome.picture.pixels);
    }
  }

  void whatIsForetoldWaitsForARun() {
    QStringList order;
    connect(worker_, &RestoreWorker::networksTimed, this, [&] { order << QStringLiteral("timed"); });
    connect(worker_, &RestoreWorker::finished, this, [&] { order << QStringLiteral("finished"); });
    worker_->announceRun();
    QMetaObject::invokeMethod(worker_,
                              [this] { worker_->loadModel(QStringLiteral("p2l-tiny"), QStringLiteral("cpu"), {}); });
    run(job(6, 2));
    QTRY_COMPARE_WITH_TIMEOUT(order, QStringList({QStringLiteral("finished"), QStringLiteral("timed")}), kPatience);
  }

  void aRunDrawsTheNoisyLatentWhileItIsLookedAt() {
    auto asked = job(3, 2);
    for (const bool noisy : {false, true}) {
      auto wishes = std::make_shared<ui::ViewWishes>();
      wishes->noisy = noisy;
      asked.wishes = wishes;
      Received finished(worker_, &RestoreWorker::finished);
      run(asked);
      QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
      const auto pictures = worker_->mailbox().take();
      QVERIFY(!pictures.isEmpty());
      for (const auto& each : pictures) {
        QCOMPARE(each->noisy != nullptr, noisy);
        if (noisy) QVERIFY(each->noisy->bytes != each->estimate->bytes);
      }
    }
  }

  void stopIsAnsweredWithinAStep() {
    const auto asked = job(1, 500);
    std::atomic<int> steps = 0;
    connect(
        worker_, &RestoreWorker::stepFinished, worker_, [&] { ++steps; }, Qt::DirectConnection);
    Received finished(worker_, &RestoreWorker::finished);
    run(asked);
    QTRY_VERIFY_WITH_TIMEOUT(steps >= 2, kPatience);
    asked.control->requestStop();
    const int seen = steps;
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    qInfo("stopped after %lld ms", clock.elapsed());
    QVERIFY(steps <= seen + 1);
    const auto result = finished.first().at(1).value<ui::ResultPtr>();
    QCOMPARE(result->outcome.status, Outcome::Status::Cancelled);
    QVERIFY(!result->picture.isNull());
  }

  void aStopBeforeTheRunIsKept() {
    const auto asked = job(1, 500);
    asked.control->requestStop();
    Received finished(worker_, &RestoreWorker::finished);
    run(asked);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QCOMPARE(finished.first().at(1).value<ui::ResultPtr>()->outcome.status, Outcome::Status::Cancelled);
  }

  void onlyTheNewestPreviewIsMadeAndItWaitsForNoRun() {
    Received finished(worker_, &RestoreWorker::finished);
    auto asked = job(4, 1000);
    run(asked);
    PreviewWorker previews(worker_->catalogue());
    QThread thread;
    previews.moveToThread(&thread);
    thread.start();
    Received ready(&previews, &PreviewWorker::ready);
    previews.announce(3);
    for (quint64 id = 1; id <= 3; ++id) {
      ui::PreviewJob job;
      job.preview_id = id;
      job.request = request(3);
      job.pictures.photo = picture();
      QMetaObject::invokeMethod(&previews, [&previews, job] { previews.preview(job); });
    }
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kPatience);
    QCOMPARE(finished.count(), 0);
    QCOMPARE(ready.first().first().toULongLong(), 3u);
    QCOMPARE(ready.first().at(1).value<ui::ResultPtr>()->before.size(), QSize(kSide, kSide));
    thread.quit();
    thread.wait();
    QCoreApplication::processEvents();
    QCOMPARE(ready.count(), 1);
    asked.control->requestStop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
  }

  /// A measurement needs no model: not even one that is there.
  void aPreviewNeedsNoModel() {
    PreviewWorker previews(worker_->catalogue());
    Received ready(&previews, &PreviewWorker::ready);
    ui::PreviewJob job;
    job.preview_id = 1;
    job.request = request(3);
    job.request.model = "no-such-model";
    job.pictures.photo = picture();
    previews.preview(job);
    QCOMPARE(ready.count(), 1);
  }

  void theNoisyLatentOfEveryStepCanBeLookedAtInHindsight() {
    auto asked = job(6, 6);
    asked.latents = std::make_shared<ui::LatentStore>();
    Received finished(worker_, &RestoreWorker::finished), decoded(worker_, &RestoreWorker::decoded);
    run(asked);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    for (int step = 1; step <= 6; ++step) {
      QVERIFY(asked.latents->contains(step));
      ui::LatentJob look{asked.latents, step};
      QMetaObject::invokeMethod(worker_, [this, look] { worker_->decode(look); });
    }
    QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 6, kPatience);
    const auto first = decoded[0][1].value<ui::FramePtr>(), last = decoded[5][1].value<ui::FramePtr>();
    QVERIFY(first && last);
    QCOMPARE(first->width, kSide);
    QVERIFY(first->bytes != last->bytes);
    // Of a model of another kind it is no picture.
    QMetaObject::invokeMethod(
        worker_, [this] { worker_->loadModel(QStringLiteral("p2l-tiny-pixel"), QStringLiteral("cpu"), {}); });
    QMetaObject::invokeMethod(worker_, [this, asked] { worker_->decode({asked.latents, 1}); });
    QTRY_COMPARE_WITH_TIMEOUT(decoded.count(), 7, kPatience);
    QVERIFY(decoded[6][1].value<ui::FramePtr>() == nullptr);
  }

  void badRequestsAreSentences() {
    Received failed(worker_, &RestoreWorker::failed), model(worker_, &RestoreWorker::modelFailed);
    auto asked = job(5, 3);
    asked.request.model = "no-such-model";
    run(asked);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kPatience);
    QCOMPARE(failed.first().first().toULongLong(), 5u);
    QVERIFY2(failed.first().at(1).toString().contains(QStringLiteral("no-such-model")),
             qPrintable(failed.first().at(1).toString()));
    QMetaObject::invokeMethod(
        worker_, [this] { worker_->loadModel(QStringLiteral("no-such-model"), QStringLiteral("cpu"), {}); });
    QTRY_COMPARE_WITH_TIMEOUT(model.count(), 1, kPatience);
    QVERIFY(model.first().first().toString().contains(QStringLiteral("no-such-model")));
  }

  void aLoadedModelsNetworksAreTimed() {
    Received loaded(worker_, &RestoreWorker::modelLoaded), timed(worker_, &RestoreWorker::networksTimed);
    QMetaObject::invokeMethod(worker_,
                              [this] { worker_->loadModel(QStringLiteral("p2l-tiny"), QStringLiteral("cpu"), {}); });
    QTRY_COMPARE_WITH_TIMEOUT(timed.count(), 1, kPatience);
    QCOMPARE(loaded.count(), 1);
    const auto times = timed.first().at(1).value<NetworkTimes>();
    QVERIFY(times.pixels > 0.0 && times.unet > 0.0 && times.decode > 0.0 && times.encode > 0.0);
  }

  void whatIsMeasuredBesideRunsIsTimedOnlyWhenAsked() {
    QStringList order;
    Received timed(worker_, &RestoreWorker::measuringTimed);
    connect(worker_, &RestoreWorker::networksTimed, this, [&] { order << QStringLiteral("networks"); });
    connect(worker_, &RestoreWorker::finished, this, [&] { order << QStringLiteral("run"); });
    connect(worker_, &RestoreWorker::measuringTimed, this, [&] { order << QStringLiteral("measuring"); });
    QMetaObject::invokeMethod(worker_,
                              [this] { worker_->loadModel(QStringLiteral("p2l-tiny"), QStringLiteral("cpu"), {}); });
    QTRY_COMPARE_WITH_TIMEOUT(order.size(), 1, kPatience);
    worker_->announceRun();
    QMetaObject::invokeMethod(worker_, [this] { worker_->timeMeasuring(QStringLiteral("cpu")); });
    run(job(9, 2));
    QTRY_COMPARE_WITH_TIMEOUT(order.size(), 3, kPatience);
    QCOMPARE(order, QStringList({QStringLiteral("networks"), QStringLiteral("run"), QStringLiteral("measuring")}));
    const auto times = timed.first().first().value<MeasureTimes>();
    QVERIFY(times.pixels > 0.0 && times.metrics > 0.0 && times.fill > 0.0);
  }

  void atMostOneNoticeIsOutstanding() {
    PictureMailbox mailbox;
    constexpr int kPosts = 20000;
    std::atomic<int> notices = 0, outstanding = 0, most = 0;
    std::atomic<bool> done = false;
    std::thread poster([&] {
      for (int i = 1; i <= kPosts; ++i) {
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->report.step = i;
        if (i % 50 == 0) std::this_thread::sleep_for(std::chrono::microseconds(50));  // lets the window take some
        if (mailbox.post(snapshot)) {
          ++notices;
          most = std::max(most.load(), ++outstanding);
        }
      }
      done = true;
    });
    int last = 0;
    bool ascending = true;
    while (!done || outstanding > 0) {
      if (outstanding == 0) continue;
      --outstanding;  // the notice is being answered
      for (const auto& each : mailbox.take()) {
        ascending = ascending && each->report.step > last;
        last = each->report.step;
      }
    }
    poster.join();
    QVERIFY(ascending);
    QCOMPARE(last, kPosts);
    QCOMPARE(most.load(), 1);
    qInfo("%d pictures, %d notices", kPosts, notices.load());
  }

  void aSlowWindowLosesTheOldestOnly() {
    PictureMailbox mailbox;
    for (int i = 1; i <= PictureMailbox::kCapacity + 10; ++i) {
      auto snapshot = std::make_shared<Snapshot>();
      snapshot->report.step = i;
      QCOMPARE(mailbox.post(snapshot), i == 1);
    }
    const auto pictures = mailbox.take();
    QCOMPARE(pictures.size(), PictureMailbox::kCapacity);
    QCOMPARE(pictures.last()->report.step, PictureMailbox::kCapacity + 10);
    QVERIFY(mailbox.take().isEmpty());
  }
};

int main(int argc, char** argv) {
  support::TellsOfHandovers<QApplication> application(argc, argv);
  RestoreWorkerTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "restore_worker_test.moc"
