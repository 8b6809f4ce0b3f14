// SPDX-License-Identifier: GPL-3.0-or-later
// A run of 1000 steps at 1024 x 1024 with a picture of every step, on a model whose denoiser is fake: 3 GB of pictures
// and 6 GB of latents stay within the history's budgets, in memory and on the disk.
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QThread>
#include <QtTest>

#include "app/studio/restore_worker.h"
#include "tests/app/studio/fake_denoiser.h"
#include "ui/base/frame_image.h"
#include "ui/document/run_model.h"

using namespace p2l;

namespace {

constexpr int kSide = 1024, kSteps = 1000;

/// Does runs as the studio's worker does, and hands out the picture of every step.
class FakeWorker : public QObject, public RunObserver {
  Q_OBJECT
 public:
  explicit FakeWorker(Catalogue catalogue) : catalogue_(std::move(catalogue)) {}

  Pictures wantedPictures() const override { return Pictures::Every; }
  bool wantsLatents() const override { return true; }
  void runStarted(const RunStart& start) override { emit started(start); }
  void stepFinished(std::uint64_t id, const StepReport& report) override { emit stepped(id, report); }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    emit pictured(QVector<ui::SnapshotPtr>{std::move(snapshot)});
  }
  void latentReady(std::shared_ptr<const Latent> latent) override { latents_->add(std::move(latent)); }

 public slots:
  void run(const p2l::ui::RunJob& job) {
    latents_ = job.latents;
    try {
      const auto inputs = ui::inputsFromPictures(job.request, job.pictures);
      auto outcome = test::runOnFakeDenoiser(catalogue_.complete(job.request), inputs, job.run_id, *this, *job.control);
      emit finished(job.run_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
    } catch (const std::exception& error) {
      emit failed(job.run_id, QString::fromUtf8(error.what()));
    }
  }

 signals:
  void started(const p2l::RunStart& start);
  void stepped(quint64 id, const p2l::StepReport& report);
  void pictured(const QVector<p2l::ui::SnapshotPtr>& snapshots);
  void finished(quint64 id, p2l::ui::ResultPtr result);
  void failed(quint64 id, const QString& sentence);

 private:
  Catalogue catalogue_;
  std::shared_ptr<ui::LatentStore> latents_;
};

/// The most memory that the process has held, in bytes.
std::size_t mostMemory() {
  QFile status(QStringLiteral("/proc/self/status"));
  if (!status.open(QIODevice::ReadOnly)) return 0;
  static const QRegularExpression line(QStringLiteral("VmHWM:\\s+(\\d+) kB"));
  return line.match(QString::fromLatin1(status.readAll())).captured(1).toULongLong() << 10;
}

/// What the files take that the process holds open and writes: those of temporary files.
std::size_t temporaryBytes() {
  std::size_t bytes = 0;
  for (const auto& name : QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System)) {
    struct stat found {};
    const auto path = QStringLiteral("/proc/self/fd/%1").arg(name);
    const bool temporary = QFile::symLinkTarget(path).startsWith(QDir::tempPath());
    if (temporary && stat(qPrintable(path), &found) == 0 && S_ISREG(found.st_mode))
      bytes += static_cast<std::size_t>(found.st_blocks) * 512;
  }
  return bytes;
}

std::shared_ptr<const ui::OpenedPhoto> photo() {
  auto read = std::make_shared<Photo>();
  read->image = Image(kSide, kSide, 3);
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      for (int c = 0; c < 3; ++c) read->image.at(x, y, c) = static_cast<float>((x * (c + 1) + y) % 256) / 255.0f;
    }
  }
  auto opened = std::make_shared<ui::OpenedPhoto>();
  opened->label = QStringLiteral("large.png");
  opened->sha256 = "large";
  opened->shown = ui::qimageFromImage(read->image);
  opened->photo = std::move(read);
  return opened;
}

}  // namespace

class LongRunTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 3000000;
  /// Beside the two budgets: the program, the run's own tensors, the photo and the result.
  static constexpr std::size_t kRest = std::size_t{1} << 31;

 private slots:
  void picturesAndLatentsStayWithinTheirBudgets() {
    app::RestoreWorker known;  // registers the signals' types
    ui::RunModel document;
    FakeWorker worker(known.catalogue());
    QThread thread;
    worker.moveToThread(&thread);
    ui::RunJob job;
    connect(&document, &ui::RunModel::runRequested, this, [&](const ui::RunJob& asked) { job = asked; });
    connect(&document, &ui::RunModel::runRequested, &worker, &FakeWorker::run);
    connect(&worker, &FakeWorker::started, &document, &ui::RunModel::runStarted);
    connect(&worker, &FakeWorker::stepped, &document, &ui::RunModel::stepFinished);
    // The program's mailbox holds a few; here every picture arrives, and none waits in a queue of events.
    connect(&worker, &FakeWorker::pictured, &document, &ui::RunModel::picturesReady, Qt::BlockingQueuedConnection);
    connect(&worker, &FakeWorker::finished, &document, &ui::RunModel::runFinished);
    connect(&worker, &FakeWorker::failed, &document, &ui::RunModel::runFailed);
    QString said;
    connect(&document, &ui::RunModel::problem, this, [&](const QString& sentence) { said = sentence; });
    std::size_t most = 0;
    connect(&document, &ui::RunModel::picturesChanged, this, [&] { most = std::max(most, document.steps().bytes()); });
    thread.start();

    document.setPhoto(photo());
    auto request = document.request();
    request.mode = Mode::Restore;
    request.size = 0;
    request.degradation().id = "denoise";
    request.solver = "p2l";
    request.solver_values = {{"K", 0.0}, {"rho", 0.0}};
    request.sampler_values = {{"steps", double(kSteps)}, {"start", 1.0}, {"patches", std::string("none")}};
    document.changeTask(request, nullptr, 1.0);
    document.changeSolver(request);
    document.run();
    QTRY_VERIFY_WITH_TIMEOUT(!document.isRunning(), kPatience);
    thread.quit();
    thread.wait();
    QVERIFY2(document.ending() == ui::RunModel::Ending::Completed, qPrintable(said));

    const auto in_memory = job.latents->bytesInMemory(), on_disk = job.latents->bytesOnDisk();
    qInfo("pictures %zu MB of %zu steps, latents %zu MB in memory and %zu MB on the disk, process %zu MB", most >> 20,
          document.steps().count(), in_memory >> 20, on_disk >> 20, mostMemory() >> 20);
    QCOMPARE(document.lastStep(), kSteps);
    QCOMPARE(int(document.reports().size()), kSteps);
    const auto one = std::size_t{3} * kSide * kSide;
    QVERIFY(most <= ui::SnapshotHistory::kDefaultBudget);
    QVERIFY(most > ui::SnapshotHistory::kDefaultBudget - 2 * one);  // 3 GB came, and what fits is there
    QVERIFY(document.steps().at(kSteps) != nullptr);
    int widest = 0, former = 0;
    for (const auto& [step, snapshot] : document.steps().all())
      widest = std::max(widest, step - std::exchange(former, step));
    QVERIFY2(widest <= 20, qPrintable(QString::number(widest)));  // evenly: every part of the run can be looked at

    QVERIFY(in_memory <= ui::LatentStore::kMemory && on_disk <= ui::LatentStore::kDisk);
    QVERIFY(in_memory > ui::LatentStore::kMemory * 9 / 10 && on_disk > ui::LatentStore::kDisk * 9 / 10);
    QVERIFY(temporaryBytes() <= ui::LatentStore::kDisk + one);
    QVERIFY(job.latents->at(1) != nullptr);  // from the disk
    QVERIFY(mostMemory() < ui::SnapshotHistory::kDefaultBudget + ui::LatentStore::kMemory + kRest);
  }
};

QTEST_GUILESS_MAIN(LongRunTest)
#include "long_run_test.moc"
