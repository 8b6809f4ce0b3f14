// SPDX-License-Identifier: GPL-3.0-or-later
// The window's document on a disk that refuses: what a person made stays in the window, a sentence says why it is not
// on the disk, and once there is room it gets there.
#include <QAbstractButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QWidget>
#include <QtTest>
#include <cmath>
#include <functional>
#include <memory>

#include "core/api/files.h"
#include "core/archive/project.h"
#include "tests/disk/failing_disk.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/base/side_runs.h"
#include "ui/document/run_model.h"
#include "ui/files/document_desk.h"
#include "ui/jobs/queue_model.h"
#include "ui/jobs/session_keeper.h"
#include "ui/widgets/message_bar.h"

using namespace p2l;
using ui::DocumentDesk;
using ui::RunModel;

class DiskDeskTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 32;
  static constexpr int kPatience = 60000;

  struct Program {
    QWidget window;
    RunModel document;
    ui::MessageBar messages;
    std::unique_ptr<DocumentDesk> desk;
  };
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Program> program_;
  int finished_ = 0;  ///< runs

  QString at(const QString& name) const { return folder_->filePath(name); }
  std::string data() const { return at(QStringLiteral("data")).toStdString(); }
  RunModel& document() { return program_->document; }
  DocumentDesk& desk() { return *program_->desk; }
  QString said() { return program_->messages.text(); }

  void start() {
    program_.reset();
    program_ = std::make_unique<Program>();
    program_->desk =
        std::make_unique<DocumentDesk>(&document(), &program_->messages, at(QStringLiteral("data")), &program_->window);
    connect(&document(), &RunModel::problem, &program_->messages,
            [this](const QString& sentence) { program_->messages.showProblem(ui::MessageBar::Topic::Run, sentence); });
    connect(&desk(), &DocumentDesk::resultRefused, &program_->messages,
            [this](const ui::ResultPtr&, const QString&, const QString& sentence) {
              program_->messages.showProblem(ui::MessageBar::Topic::Unsaved, sentence);
            });
    QSignalSpy loaded(document().history(), &ui::RunKeeper::loaded);
    QVERIFY(loaded.wait(kPatience));
    // A worker that paints the picture grey.
    connect(desk().sideRuns(), &ui::SideRuns::runRequested, this, [this](const ui::RunJob& job) {
      QTimer::singleShot(0, this, [this, job] {
        Outcome outcome;
        outcome.status = Outcome::Status::Completed;
        outcome.report.request = job.request;
        outcome.picture = Image(kSide, kSide, 3, 0.5f);
        desk().sideRuns()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
      });
    });
  }
  void openPhoto() {
    const auto path = at(QStringLiteral("cat.png"));
    if (!QFile::exists(path)) writePhoto(Image(kSide, kSide, 3, 0.25f), path.toStdString(), "");
    document().setPhoto(ui::openPhotoFile(path));
  }
  void queueThePhoto() {
    RestoreRequest request;
    const auto pictures = document().pictures(request);
    QSignalSpy finished(desk().queue(), &ui::QueueModel::finished);
    desk().queue()->add({at(QStringLiteral("cat.png"))}, request, pictures, at(QStringLiteral("results")), false);
    QVERIFY(finished.count() > 0 || finished.wait(kPatience));
    QVERIFY(QFile::exists(at(QStringLiteral("results/cat-restored.png"))));
  }
  /// A run that ends; waits for the history's answer. The session keeps its last picture when some time has passed
  /// `before_its_end`.
  void finishRun(float grey, int pictures_of_steps = 0, const std::function<void()>& before_its_end = {}) {
    QSignalSpy kept(document().history(), &ui::RunKeeper::kept), refused(document().history(), &ui::RunKeeper::refused);
    RestoreRequest request;
    const auto pictures = document().pictures(request);
    document().run();
    RunStart begun;
    begun.run_id = document().runId();
    begun.steps = 3;
    document().runStarted(begun);
    for (int step = 1; step <= pictures_of_steps; ++step) {
      auto snapshot = std::make_shared<Snapshot>();
      snapshot->run_id = begun.run_id;
      snapshot->report.step = step;
      snapshot->estimate = std::make_shared<const Frame>(frameFromImage(Image(kSide, kSide, 3, 0.5f)));
      document().picturesReady({snapshot});
    }
    if (before_its_end) before_its_end();
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, grey);
    outcome.report.request = request;
    document().runFinished(document().runId(), ui::resultFromOutcome(std::move(outcome), pictures));
    QTRY_VERIFY_WITH_TIMEOUT(kept.count() + refused.count() > 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!document().history()->busy(), kPatience);  // and of those that are asked for again
    ++finished_;
  }
  /// The result has other numbers, and with a further setting another picture; waits for the history's answer.
  void revise(double residual, double detail = -1.0) {
    auto revised = std::make_shared<ui::Result>(*document().result());
    revised->outcome.report.residual = residual;
    if (detail >= 0.0) revised->outcome.report.request.sampler_values["detail"] = detail;
    document().reviseResult(revised, /*keep=*/true);
    QTRY_VERIFY_WITH_TIMEOUT(!document().history()->busy(), kPatience);
  }
  QString ownSession() const {
    const auto names = QDir(at(QStringLiteral("data"))).entryList({QStringLiteral("session-*")});
    return at(QStringLiteral("data/")) + names.value(0);
  }
  void pressBringItBack() {
    for (auto* button : program_->messages.findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Bring it back")) button->click();
    }
  }
  float resultGrey() { return document().result()->outcome.picture.pixels[0]; }

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    finished_ = 0;
  }
  void cleanup() { program_.reset(); }

  void startsAndRunsOnAReadOnlyDisk() {
    const test::FailingDisk disk(data(), 1, EROFS);
    start();
    QTRY_VERIFY_WITH_TIMEOUT(said().contains(QLatin1String("Read-only file system")), kPatience);
    openPhoto();
    finishRun(0.75f);
    QCOMPARE(resultGrey(), 0.75f);
    QVERIFY(document().hasUnsavedResult());
    queueThePhoto();
  }

  void aDiskThatFillsUpLosesNoRunAndIsUsedAgain() {
    start();
    openPhoto();
    finishRun(0.5f);
    int refused = 0;
    for (int nth = 1; nth < 40; ++nth) {
      {
        const test::FailingDisk disk(data(), nth, ENOSPC);
        finishRun(0.75f);
        desk().session()->flush();
        if (!test::FailingDisk::refused(nth)) break;
        ++refused;
      }
      QCOMPARE(resultGrey(), 0.75f);
      if (document().hasUnsavedResult())
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QLatin1String("No space left on device")), qPrintable(said()),
                                  kPatience);
    }
    QVERIFY(refused >= 12);
    finishRun(0.25f);
    QTRY_VERIFY_WITH_TIMEOUT(!document().hasUnsavedResult(), kPatience);
    start();  // each of the kept ones comes back
    const auto& runs = document().pastRuns().all();
    QCOMPARE(runs.size(), static_cast<std::size_t>(finished_));
    QVERIFY2(said().isEmpty(), qPrintable(said()));
  }

  void picturesOfStepsThatTheDiskRefusesAreSaidInTheLog() {
    start();
    openPhoto();
    QSignalSpy kept(document().history(), &ui::RunKeeper::kept), said(&document(), &RunModel::stepsRefused);
    int without = 0;
    for (int nth = 1; nth < 40; ++nth) {
      finishRun(0.25f);  // and those that were refused before
      QTRY_VERIFY_WITH_TIMEOUT(!document().hasUnsavedResult() && !document().history()->busy(), kPatience);
      kept.clear();
      said.clear();
      {
        const test::FailingDisk disk(data() + "/history", nth, ENOSPC);
        finishRun(0.75f, 2);
      }
      if (said.isEmpty()) continue;
      ++without;
      QVERIFY(kept.count() > 0);  // the run is there
      const auto sentence = said.last().at(0).toString();
      QVERIFY2(sentence.contains(QLatin1String("cat.png")), qPrintable(sentence));
      QVERIFY2(sentence.contains(QLatin1String("No space left on device")), qPrintable(sentence));
    }
    QVERIFY(without >= 3);  // made, written, in its place
    said.clear();
    finishRun(0.75f, 2);
    QVERIFY(said.isEmpty());
  }

  void aRunThatTheHistoryRefusesComesBackAfterAKill() {
    start();
    openPhoto();
    finishRun(0.25f);
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.5f);
      finishRun(0.75f);
      QTRY_VERIFY_WITH_TIMEOUT(said().contains(QLatin1String("kept for after a crash")), kPatience);
      QVERIFY2(said().contains(QLatin1String("No space left on device")), qPrintable(said()));
      QVERIFY(document().hasUnsavedResult());
      desk().session()->flush();
      program_.reset();  // as killed
    }
    start();
    QCOMPARE(document().pastRuns().all().size(), std::size_t(1));
    QVERIFY(desk().offerLeftSession());
    QVERIFY2(said().contains(QLatin1String("could not take: 2")), qPrintable(said()));
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().result() != nullptr, kPatience);
    QVERIFY(std::abs(resultGrey() - 0.75f) < 1e-4f);
    QTRY_VERIFY_WITH_TIMEOUT(!document().hasUnsavedResult(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(ui::SessionKeeper::left(at(QStringLiteral("data"))).isEmpty(), kPatience);
    start();
    const auto& runs = document().pastRuns().all();
    QCOMPARE(runs.size(), std::size_t(3));
    for (const auto& run : runs) QVERIFY(!run.thumbnail.isNull());
  }

  void newNumbersThatTheHistoryRefusesAreAllThatIsSaidToBeMissing() {
    start();
    openPhoto();
    finishRun(0.5f);
    QSignalSpy offered(&desk(), &DocumentDesk::resultRefused), settled(&desk(), &DocumentDesk::resultSettled);
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      revise(1.5);
      QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QLatin1String("with its former numbers")), qPrintable(said()),
                                kPatience);
      QVERIFY2(said().contains(QLatin1String("No space left on device")), qPrintable(said()));
      revise(1.25);
      desk().session()->flush();
    }
    QVERIFY(!document().hasUnsavedResult());
    finishRun(0.25f);  // there is room
    QVERIFY(offered.isEmpty() && settled.isEmpty());
    start();
    QCOMPARE(document().pastRuns().all().size(), std::size_t(2));
    QCOMPARE(document().pastRuns().all()[0].outcome.report.residual, 1.25);
  }

  void aPictureThatTheHistoryRefusesInPlaceOfAFormerOneIsOffered() {
    start();
    openPhoto();
    finishRun(0.5f);
    QSignalSpy offered(&desk(), &DocumentDesk::resultRefused);
    const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
    revise(1.5, 0.75);
    QTRY_COMPARE_WITH_TIMEOUT(offered.count(), 1, kPatience);
    QCOMPARE(offered.last().at(0).value<ui::ResultPtr>(), document().result());
    QVERIFY2(said().contains(QLatin1String("kept for after a crash")), qPrintable(said()));
  }

  void newNumbersOfARefusedRunComeBackAfterAKill() {
    start();
    openPhoto();
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      QSignalSpy offered(&desk(), &DocumentDesk::resultRefused);
      finishRun(0.5f);
      QTRY_COMPARE_WITH_TIMEOUT(offered.count(), 1, kPatience);
      revise(1.5);
      desk().session()->flush();
      QTest::qWait(50);
      QCOMPARE(offered.count(), 1);  // it is said already
      program_.reset();              // as killed
    }
    start();
    QVERIFY(desk().offerLeftSession());
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().result() != nullptr, kPatience);
    QCOMPARE(document().result()->outcome.report.residual, 1.5);
  }

  void aSessionThatWasBroughtBackGoesOnceTheHistoryHasItsRuns() {
    const auto sessions = [this] { return ui::SessionKeeper::left(at(QStringLiteral("data"))).size(); };
    const auto bringBack = [this] {
      pressBringItBack();
      QTRY_VERIFY_WITH_TIMEOUT(document().result() != nullptr, kPatience);
      QTRY_VERIFY_WITH_TIMEOUT(!document().history()->busy() && !desk().busy(), kPatience);
    };
    start();
    openPhoto();
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.5f);
      desk().session()->flush();
      program_.reset();  // as killed
      start();
      QVERIFY(desk().offerLeftSession());
      bringBack();
      QVERIFY(document().hasUnsavedResult());
      QCOMPARE(sessions(), 1);
    }
    QVERIFY(desk().askRefusedAgain());  // there is room
    QTRY_COMPARE_WITH_TIMEOUT(sessions(), 0, kPatience);
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.75f);
      desk().session()->flush();
      start();  // as killed
      QVERIFY(desk().offerLeftSession());
      bringBack();
      QCOMPARE(sessions(), 1);
      document().pastRuns().remove(1);
    }
    QTRY_COMPARE_WITH_TIMEOUT(sessions(), 0, kPatience);
  }

  void whatTheHistoryHasTakenSinceIsNotSaidToBeMissing() {
    const auto data_folder = at(QStringLiteral("data"));
    start();
    openPhoto();
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.5f);
      desk().session()->flush();
      start();  // as killed, and once more when its session was brought back
      QVERIFY(desk().offerLeftSession());
      QVERIFY2(said().contains(QLatin1String("could not take: 1")), qPrintable(said()));
      pressBringItBack();
      QTRY_VERIFY_WITH_TIMEOUT(document().result() != nullptr, kPatience);
      QTRY_VERIFY_WITH_TIMEOUT(!document().history()->busy() && !desk().busy(), kPatience);
      desk().session()->flush();
      start();
    }
    QCOMPARE(ui::SessionKeeper::left(data_folder).size(), 2);
    QVERIFY(desk().offerLeftSession());
    pressBringItBack();
    QTRY_COMPARE_WITH_TIMEOUT(ui::SessionKeeper::left(data_folder).size(), 1, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!desk().busy(), kPatience);
    QVERIFY2(said().contains(QLatin1String("ended unexpectedly")), qPrintable(said()));
    QVERIFY2(!said().contains(QLatin1String("could not take")), qPrintable(said()));
  }

  void starAndNameOfARefusedRunComeBackAfterAKillAndGetToTheHistory() {
    start();
    openPhoto();
    const auto edit = [this](const QString& name) {
      document().pastRuns().rename(0, name);
      document().pastRuns().setStarred(0, true);
      QTRY_VERIFY_WITH_TIMEOUT(!document().history()->busy(), kPatience);
    };
    int problems = 0;
    const auto countProblems = [&] { connect(&document(), &RunModel::problem, this, [&] { ++problems; }); };
    countProblems();
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.5f);
      edit(QStringLiteral("the best"));
      desk().session()->flush();
      program_.reset();  // as killed
    }
    start();
    countProblems();
    QVERIFY(desk().offerLeftSession());
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      pressBringItBack();
      QTRY_VERIFY_WITH_TIMEOUT(document().result() != nullptr, kPatience);
      QTRY_VERIFY_WITH_TIMEOUT(!document().history()->busy(), kPatience);
      QCOMPARE(document().pastRuns().all().size(), std::size_t(1));
      QCOMPARE(document().pastRuns().all()[0].name, QStringLiteral("the best"));
      QVERIFY(document().pastRuns().all()[0].starred);
      edit(QStringLiteral("better"));
    }
    QVERIFY(desk().askRefusedAgain());
    QTRY_VERIFY_WITH_TIMEOUT(!document().hasUnsavedResult(), kPatience);
    edit(QStringLiteral("after it"));  // the history has it by now
    QCOMPARE(problems, 0);
    program_.reset();
    start();
    QCOMPARE(document().pastRuns().all()[0].name, QStringLiteral("after it"));
    QVERIFY(document().pastRuns().all()[0].starred);
  }

  void aRunThatHadEndedIsNotSaidToHaveBeenInAStep() {
    start();
    openPhoto();
    desk().session()->flush();
    const auto own = ownSession();
    {
      QFile in_the_way(own + QStringLiteral("/refused"));  // no folder is made there
      QVERIFY(in_the_way.open(QIODevice::WriteOnly));
    }
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.75f, 2, [&] {
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(own + QStringLiteral("/running.png")), kPatience);
        desk().session()->flush();
      });
      QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QLatin1String("only in memory")), qPrintable(said()), kPatience);
      desk().session()->flush();
      program_.reset();  // as killed
    }
    start();
    QVERIFY(desk().offerLeftSession());
    QVERIFY2(said().contains(QLatin1String("No disk took the result of a run on cat.png")), qPrintable(said()));
    QVERIFY2(!said().contains(QLatin1String("step")), qPrintable(said()));
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().result() != nullptr, kPatience);
    QVERIFY(std::abs(resultGrey() - 0.5f) < 1e-2f);  // the last step's
    const auto& message = document().result()->outcome.message;
    QVERIFY2(message.find("No disk took the result") != std::string::npos, message.c_str());
  }

  void whereTheSessionIsRefusedTooItIsSaidAndTheRunGetsToTheDiskLater() {
    start();
    openPhoto();
    {
      const test::FailingDisk disk(data(), 1, EROFS);
      finishRun(0.5f);
      QTRY_VERIFY_WITH_TIMEOUT(said().contains(QLatin1String("only in memory")), kPatience);
      QVERIFY2(said().contains(QLatin1String("Read-only file system")), qPrintable(said()));
    }
    const auto refused = document().result();
    QSignalSpy settled(&desk(), &DocumentDesk::resultSettled);
    finishRun(0.25f);
    QCOMPARE(settled.count(), 1);
    QCOMPARE(settled.last().at(0).value<ui::ResultPtr>(), refused);
    start();
    QCOMPARE(document().pastRuns().all().size(), std::size_t(2));
  }

  void aRefusedRunIsAskedForAgainWithoutAnotherRun() {
    start();
    openPhoto();
    QSignalSpy answered(&desk(), &DocumentDesk::refusedAnswered);
    QVERIFY(!desk().askRefusedAgain());
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      finishRun(0.5f);
      QVERIFY(desk().askRefusedAgain());
      QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, kPatience);
      QVERIFY(document().hasUnsavedResult());
    }
    QVERIFY(desk().askRefusedAgain());  // there is room
    QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 2, kPatience);
    QVERIFY(!document().hasUnsavedResult());
    QVERIFY(!desk().askRefusedAgain());
    desk().session()->flush();
    const auto copies = ownSession() + QStringLiteral("/refused");
    QVERIFY(!QFile::exists(copies));  // the photo's copy takes no room any more
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      desk().setAskAgain(20);
      finishRun(0.75f);
      QVERIFY(document().hasUnsavedResult());
    }
    QTRY_VERIFY_WITH_TIMEOUT(!document().hasUnsavedResult(), kPatience);  // by the timer
    {
      const test::FailingDisk disk(data() + "/history", 1, ENOSPC);
      desk().setAskAgain(DocumentDesk::kAskAgainMs);
      finishRun(0.25f);
    }
    desk().close();
    start();
    QCOMPARE(document().pastRuns().all().size(), std::size_t(3));
  }

  void aPastedPhotoGetsToTheDiskOnceThereIsRoom() {
    start();
    const auto pasted = std::make_shared<ui::OpenedPhoto>(*ui::openPhotoFile([this] {
      writePhoto(Image(kSide, kSide, 3, 0.25f), at(QStringLiteral("a.png")).toStdString(), "");
      return at(QStringLiteral("a.png"));
    }()));
    pasted->path.clear();
    QSignalSpy written(desk().session(), &ui::SessionKeeper::written),
        failed(desk().session(), &ui::SessionKeeper::failed);
    {
      const test::FailingDisk disk(data(), 1, ENOSPC);
      document().setPhoto(pasted);
      QTRY_VERIFY_WITH_TIMEOUT(failed.count() > 0, kPatience);
    }
    auto request = document().request();
    request.seed += 1;
    document().changeTask(request, nullptr, 1.0);
    desk().session()->flush();
    QTRY_VERIFY_WITH_TIMEOUT(written.count() > 0, kPatience);
    const auto folder = QDir(at(QStringLiteral("data"))).entryList({QStringLiteral("session-*")});
    QCOMPARE(folder.size(), 1);
    QVERIFY(QFile::exists(at(QStringLiteral("data/") + folder[0] + QStringLiteral("/photo.png"))));
  }

  void aFolderThatVanishesIsASentenceAndWhatWasMadeIsSavedElsewhere() {
    start();
    openPhoto();
    finishRun(0.5f);
    const auto project = at(QStringLiteral("elsewhere.p2l"));
    {
      QVERIFY(QDir(at(QStringLiteral("data"))).removeRecursively());
      const test::FailingDisk disk(data(), 1, ENOENT);  // nor does it come back
      finishRun(0.75f);
      QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QLatin1String("only in memory")), qPrintable(said()), kPatience);
      QVERIFY2(said().contains(QLatin1String("No such file or directory")), qPrintable(said()));
      QVERIFY(document().hasUnsavedResult());
      QCOMPARE(resultGrey(), 0.75f);
      QSignalSpy saved(&desk(), &DocumentDesk::projectSaved);
      desk().saveProject(project);
      QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
      QVERIFY2(saved.last().at(0).toString() == project, qPrintable(said()));
      QVERIFY(document().hasUnsavedResult());  // a project takes its runs from the history
      writePhoto(document().result()->outcome.picture, at(QStringLiteral("elsewhere.png")).toStdString(), "");
      queueThePhoto();
      if (QTest::currentTestFailed()) return;
    }
    RunArchive other(at(QStringLiteral("other")).toStdString());
    QCOMPARE(openProject(project.toStdString(), other).photo_label, std::string("cat.png"));
    QVERIFY(desk().askRefusedAgain());  // the folder can be made again
    QTRY_VERIFY2_WITH_TIMEOUT(!document().hasUnsavedResult(), qPrintable(said()), kPatience);
    start();
    QCOMPARE(document().pastRuns().all().size(), std::size_t(1));
  }
};

QTEST_MAIN(DiskDeskTest)
#include "desk_test.moc"
