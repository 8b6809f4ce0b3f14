// SPDX-License-Identifier: GPL-3.0-or-later
// Projects, history, recovery, reports, the queue and what lies beside the document's own run, through the desk.
#include <sys/stat.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSemaphore>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>
#include <QToolButton>
#include <QUndoStack>
#include <QWidget>
#include <QtTest>
#include <algorithm>
#include <vector>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "core/types/run_control.h"
#include "tests/support/german_numbers.h"
#include "ui/base/frame_image.h"
#include "ui/base/keeping_problem.h"
#include "ui/base/run_keeper.h"
#include "ui/base/side_runs.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/document/undo_places.h"
#include "ui/exports/report_export.h"
#include "ui/files/document_desk.h"
#include "ui/files/history_dialog.h"
#include "ui/files/queue_dialog.h"
#include "ui/files/recent_files.h"
#include "ui/files/width_strip.h"
#include "ui/jobs/made_up.h"
#include "ui/jobs/queue_model.h"
#include "ui/jobs/session_keeper.h"
#include "ui/task/kernel_canvas.h"
#include "ui/task/kernel_dialog.h"
#include "ui/tools/made_up_menu.h"
#include "ui/widgets/message_bar.h"

using namespace p2l;
using ui::DocumentDesk;
using ui::RunModel;

class DocumentDeskTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 32;
  static constexpr int kPatience = 30000;

  struct Program {
    QWidget window;
    RunModel document;
    ui::MessageBar messages;
    std::unique_ptr<DocumentDesk> desk;
  };
  const Catalogue catalogue_ = readCatalogue();
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Program> program_;
  int failing_ = 0;  ///< so many side runs fail

  QString at(const QString& name) const { return folder_->filePath(name); }
  RunModel& document() { return program_->document; }
  DocumentDesk& desk() { return *program_->desk; }
  ui::MessageBar& messages() { return program_->messages; }

  void start(const QString& data = QStringLiteral("data")) {
    program_.reset();
    program_ = std::make_unique<Program>();
    document().setCatalogue(&catalogue_);
    program_->desk = std::make_unique<DocumentDesk>(&document(), &messages(), at(data), &program_->window);
    QSignalSpy loaded(document().history(), &ui::RunKeeper::loaded);
    QVERIFY(loaded.wait(kPatience));
    // A worker that paints the picture grey, by the seed.
    connect(desk().sideRuns(), &ui::SideRuns::runRequested, this, [this](const ui::RunJob& job) {
      QTimer::singleShot(0, this, [this, job] {
        if (failing_ > 0) {
          --failing_;
          return desk().sideRuns()->runFailed(job.run_id, QStringLiteral("The worker failed."));
        }
        Outcome outcome;
        outcome.status = Outcome::Status::Completed;
        outcome.report.request = job.request;
        const auto& photo = *job.pictures.photo;
        outcome.picture = Image(photo.width, photo.height, 3, 0.1f * static_cast<float>(job.request.seed + 1));
        desk().sideRuns()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
      });
    });
  }
  QString photo(const QString& name, float grey = 0.25f) {
    if (!QFile::exists(at(name))) writePhoto(Image(kSide, kSide, 3, grey), at(name).toStdString(), "");
    return at(name);
  }
  void open(const QString& name) { document().setPhoto(ui::openPhotoFile(photo(name))); }
  void finishRun(float grey) {
    RestoreRequest request;
    const auto pictures = document().pictures(request);
    document().run();
    RunStart begun;
    begun.run_id = document().runId();
    begun.steps = 3;
    document().runStarted(begun);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, grey);
    outcome.report.request = request;
    outcome.report.residual = 1.25;
    StepReport step;
    step.step = step.steps = 3;
    outcome.report.steps = {step};
    QSignalSpy kept(&document(), &RunModel::runKept);
    document().runFinished(document().runId(), ui::resultFromOutcome(std::move(outcome), pictures));
    QVERIFY(kept.wait(kPatience));
  }
  QStringList queuedNames() {
    QStringList names;
    for (const auto& job : desk().queue()->jobs())
      names << QFileInfo(QString::fromStdString(job.request.photo)).fileName();
    return names;
  }
  /// What a click on this picture of a report saves.
  Photo savedFrom(const QString& html, const QString& name) const {
    const auto begin = html.indexOf(QStringLiteral("download=\"%1\"").arg(name));
    const auto data = html.lastIndexOf(QStringLiteral("base64,"), begin) + 7;
    QFile file(at(QStringLiteral("saved.png")));
    if (begin < 0 || !file.open(QIODevice::WriteOnly)) return {};
    file.write(QByteArray::fromBase64(html.mid(data, html.indexOf(QLatin1Char('"'), data) - data).toLatin1()));
    file.close();
    return readPhoto(file.fileName().toStdString());
  }
  void pressBringItBack() {
    for (auto* button : messages().findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Bring it back")) button->click();
    }
  }
  /// Of cat.png and dog.png, by processes that were killed.
  void leaveTwoSessions() {
    const auto own = QStringLiteral("session-%1").arg(QCoreApplication::applicationPid());
    for (const char* name : {"cat.png", "dog.png"}) {
      open(QString::fromLatin1(name));
      desk().session()->flush();
      program_.reset();  // as killed
      const auto left = QStringLiteral("session-99999999%1").arg(name[0] == 'c' ? 8 : 9);
      QVERIFY(QDir(at(QStringLiteral("data"))).rename(own, left));
      QTest::qWait(20);  // the newest is offered first
      start();
    }
  }
  void waitForDesk() { QTRY_VERIFY_WITH_TIMEOUT(!desk().busy(), kPatience); }

  /// What is proposed to be saved is kept, and not saved; no folder is remembered.
  void keepProposals(QString* proposed) {
    auto dialogs = ui::screenDialogs();
    dialogs.save_file = [proposed](QWidget*, const QString&, const QString& proposal, const QString&) {
      *proposed = proposal;
      return QString();
    };
    desk().setDialogs(dialogs);
    for (const char* key : {"project_folder", "save_folder", "folder", "history_budget"})
      QSettings().remove(QLatin1String(key));
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
    QVERIFY(QDir().mkpath(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)));
  }
  void init() {
    failing_ = 0;
    folder_ = std::make_unique<QTemporaryDir>();
    start();
  }
  void cleanup() { program_.reset(); }

  void aProjectBringsEverythingToAnotherMachine() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    request.solver_values["K"] = 6.0;
    document().changeTask(request, nullptr, 1.0);
    document().mask()->beginStroke({5, 5});
    document().mask()->endStroke({20, 9});
    finishRun(0.75f);
    desk().saveProject(at(QStringLiteral("a.p2l")));
    waitForDesk();
    QVERIFY2(messages().text().isEmpty(), qPrintable(messages().text()));
    QCOMPARE(desk().projectPath(), at(QStringLiteral("a.p2l")));
    QVERIFY(QFile::remove(at(QStringLiteral("cat.png"))));

    start(QStringLiteral("other"));
    QSignalSpy opened(&desk(), &DocumentDesk::projectOpened);
    QSignalSpy recalled(&document(), &RunModel::taskRecalled);
    desk().openProject(at(QStringLiteral("a.p2l")));
    QVERIFY(opened.wait(kPatience));
    QCOMPARE(document().photo()->label, QStringLiteral("cat.png"));
    QCOMPARE(numberOf(document().request().solver_values, "K"), 6.0);
    const auto mask = recalled.last().at(1).value<ui::JobPictures>().mask;
    QVERIFY(mask.pixelColor(12, 7).value() > 127 && mask.pixelColor(12, 25).value() < 128);
    QTRY_COMPARE_WITH_TIMEOUT(document().pastRuns().all().size(), std::size_t(1), kPatience);
    QSignalSpy back(&document(), &RunModel::broughtBack);
    document().bringBack(0);
    QVERIFY(back.wait(kPatience));
    QVERIFY(std::abs(document().result()->outcome.picture.at(1, 1, 0) - 0.75f) < 1e-3f);
  }

  void aProjectShowsTheResultThatWasShown() {
    open(QStringLiteral("cat.png"));
    finishRun(0.25f);
    finishRun(0.75f);
    document().bringBack(0);
    QCOMPARE(document().shownRun(), 0);
    auto request = document().request();
    request.solver_values["K"] = 5.0;  // the settings are the document's, whatever the run's are
    document().changeSolver(request);
    desk().saveProject(at(QStringLiteral("a.p2l")));
    waitForDesk();
    QVERIFY2(messages().text().isEmpty(), qPrintable(messages().text()));

    start(QStringLiteral("other"));
    QSignalSpy opened(&desk(), &DocumentDesk::projectOpened);
    desk().openProject(at(QStringLiteral("a.p2l")));
    QVERIFY(opened.wait(kPatience));
    QVERIFY(document().showsResult() && !document().hasUnsavedResult() && document().isStale());
    QVERIFY(std::abs(document().result()->outcome.picture.at(1, 1, 0) - 0.25f) < 1e-3f);
    QCOMPARE(numberOf(document().request().solver_values, "K"), 5.0);
    QTRY_COMPARE_WITH_TIMEOUT(document().pastRuns().all().size(), std::size_t(2), kPatience);
    QCOMPARE(document().shownRun(), 0);
    QVERIFY(!desk().isProjectChanged());
  }

  void aCropComesBackWithAProjectAndALeftSession() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    document().changeTask(request, nullptr, 1.0);
    const QRect crop(8, 4, 20, 24);
    document().setCrop(crop);
    document().mask()->setTool(ui::MaskEditor::Tool::Rectangle);
    document().mask()->beginStroke({2, 3});
    document().mask()->endStroke({5, 6});
    const auto painted = document().mask()->image();
    desk().saveProject(at(QStringLiteral("a.p2l")));
    waitForDesk();
    desk().session()->flush();
    const auto own = QStringLiteral("session-%1").arg(QCoreApplication::applicationPid());
    program_.reset();  // as killed
    QVERIFY(QDir(at(QStringLiteral("data"))).rename(own, QStringLiteral("session-999999999")));
    start();
    QSignalSpy recalled(&document(), &RunModel::taskRecalled);
    QVERIFY(desk().offerLeftSession());
    for (auto* button : messages().findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Bring it back")) button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(document().cropRect(), crop, kPatience);
    QCOMPARE(recalled.last().at(1).value<ui::JobPictures>().mask.size(), crop.size());
    open(QStringLiteral("dog.png"));
    QVERIFY(!document().isCropped());
    desk().openProject(at(QStringLiteral("a.p2l")));
    QTRY_COMPARE_WITH_TIMEOUT(document().cropRect(), crop, kPatience);
    const auto stored = recalled.last().at(1).value<ui::JobPictures>().mask;
    QCOMPARE(stored.convertToFormat(QImage::Format_Grayscale8), painted);
  }

  void whatHasChangedOfAProjectIsNamedAndCanBeSaved() {
    const auto project = at(QStringLiteral("a.p2l"));
    const auto choose = [this](double K) {
      auto request = document().request();
      request.solver_values["K"] = K;
      document().changeSolver(request);
    };
    open(QStringLiteral("cat.png"));
    choose(2);
    desk().saveProject(project);
    waitForDesk();
    QVERIFY(!desk().isProjectChanged() && desk().atStake().isEmpty());
    choose(5);
    QVERIFY(desk().isProjectChanged());
    QVERIFY2(desk().atStake().join(QLatin1Char('\n')).contains(QStringLiteral("a.p2l")),
             qPrintable(desk().atStake().join(QLatin1Char('\n'))));
    choose(2);
    QVERIFY(!desk().isProjectChanged());
    ui::UndoPlaces places(
        document().undoStack(), [] { return 1; }, [](int) {}, nullptr);
    places.went(0, 1, QStringLiteral("page Lab"), /*alone=*/true);  // in the stack, and no change of the document
    QVERIFY(document().undoStack()->canUndo() && !desk().isProjectChanged());
    finishRun(0.5f);
    QVERIFY(desk().isProjectChanged());  // the file has not got the run
    desk().saveProject(project);
    waitForDesk();
    QVERIFY(!desk().isProjectChanged());

    // Another photo leaves the project, and what has changed of it can be saved still.
    choose(7);
    QSignalSpy changed(&desk(), &DocumentDesk::projectChanged);
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, kPatience);
    photo(QStringLiteral("dog.png"), 0.5f);  // a copy of the cat would be the project's photo still
    open(QStringLiteral("dog.png"));
    QVERIFY(desk().projectPath().isEmpty());
    QVERIFY(messages().has(ui::MessageBar::Topic::Project));
    QVERIFY(!desk().atStake().isEmpty());
    for (auto* button : messages().findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Save them")) button->click();
    }
    waitForDesk();
    QVERIFY(desk().atStake().isEmpty());
    QSignalSpy opened(&desk(), &DocumentDesk::projectOpened);
    desk().openProject(project);
    QVERIFY(opened.wait(kPatience));
    QCOMPARE(numberOf(document().request().solver_values, "K"), 7.0);
    QCOMPARE(desk().projectPath(), project);

    // A session that was killed comes back as this project's.
    choose(9);
    desk().session()->flush();
    program_.reset();
    start();
    QVERIFY(desk().offerLeftSession());
    for (auto* button : messages().findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Bring it back")) button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(desk().projectPath(), project, kPatience);
    QVERIFY(desk().isProjectChanged());
  }

  void runsThatAreLoadedLateAreNoChangeOfAProject() {
    open(QStringLiteral("cat.png"));
    finishRun(0.5f);
    auto late = document().pastRuns().all().front();
    late.time_ms -= 1000;
    late.id = keptRunId(late.time_ms);
    const auto thumbnail = ui::imageFromQImage(late.thumbnail);
    const KeptPictures pictures{late.result->outcome.picture, thumbnail, ui::requestPicturesFrom(late.result->given),
                                late.photo->photo->origin};
    RunArchive(at(QStringLiteral("data/history")).toStdString())
        .keep(ui::keptRunFrom(late), pictures, {late.photo_path, late.photo_sha256, *late.photo->photo});
    const auto project = at(QStringLiteral("a.p2l"));
    desk().saveProject(project);
    document().pastRuns().addEarlier({late});  // while it is being saved
    waitForDesk();
    QVERIFY2(messages().text().isEmpty(), qPrintable(messages().text()));
    QCOMPARE(desk().projectPath(), project);
    QVERIFY(!desk().isProjectChanged());
    start(QStringLiteral("other"));
    desk().openProject(project);
    QTRY_COMPARE_WITH_TIMEOUT(document().pastRuns().all().size(), std::size_t(2), kPatience);
  }

  void changesThatWereLeftNeverTakeThePlaceOfANewerSave() {
    const auto folder = at(QStringLiteral("projects"));
    const auto project = folder + QStringLiteral("/a.p2l");
    const auto choose = [this](double K) {
      auto request = document().request();
      request.solver_values["K"] = K;
      document().changeSolver(request);
    };
    const auto leaveUnsaved = [&](double K) {
      QSignalSpy changed(&desk(), &DocumentDesk::projectChanged);
      choose(K);
      QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, kPatience);
      open(QStringLiteral("dog.png"));
      QVERIFY(messages().has(ui::MessageBar::Topic::Project));
    };
    const auto saveThem = [this] {
      for (auto* button : messages().findChildren<QAbstractButton*>()) {
        if (button->text() == QStringLiteral("Save them")) button->click();
      }
      waitForDesk();
    };
    const auto openProject = [&](double K) {
      QSignalSpy opened(&desk(), &DocumentDesk::projectOpened);
      desk().openProject(project);
      QVERIFY(opened.wait(kPatience));
      QCOMPARE(numberOf(document().request().solver_values, "K"), K);
      QTest::qWait(20);
    };
    QVERIFY(QDir().mkpath(folder));
    photo(QStringLiteral("dog.png"), 0.5f);
    open(QStringLiteral("cat.png"));
    choose(2);
    desk().saveProject(project);
    waitForDesk();
    leaveUnsaved(5);
    openProject(2);
    choose(9);
    desk().saveProject(project);
    waitForDesk();
    QVERIFY(!messages().has(ui::MessageBar::Topic::Project));
    QVERIFY(desk().atStake().isEmpty());
    open(QStringLiteral("dog.png"));
    openProject(9);

    // What the disk refuses is offered again.
    leaveUnsaved(7);
    const auto elsewhere = at(QStringLiteral("elsewhere"));
    QVERIFY(QDir().rename(folder, elsewhere));
    QFile obstacle(folder);
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    saveThem();
    QVERIFY(messages().has(ui::MessageBar::Topic::File));
    QVERIFY(messages().has(ui::MessageBar::Topic::Project));
    QVERIFY(!desk().atStake().isEmpty());
    QVERIFY(obstacle.remove());
    QVERIFY(QDir().rename(elsewhere, folder));
    saveThem();
    QVERIFY(desk().atStake().isEmpty());
    openProject(7);
  }

  void changesOfAProjectThatIsLeftAgainAreOfferedOnce() {
    using Topic = ui::MessageBar::Topic;
    const auto choose = [this](double K) {
      auto request = document().request();
      request.solver_values["K"] = K;
      document().changeSolver(request);
    };
    photo(QStringLiteral("dog.png"), 0.5f);
    open(QStringLiteral("dog.png"));
    finishRun(0.75f);
    open(QStringLiteral("cat.png"));
    choose(2);
    desk().saveProject(at(QStringLiteral("a.p2l")));
    waitForDesk();
    QSignalSpy changed(&desk(), &DocumentDesk::projectChanged);
    choose(5);
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, kPatience);
    document().bringBack(0);
    QCOMPARE(document().photo()->label, QStringLiteral("dog.png"));
    QVERIFY(messages().has(Topic::Project));
    document().undoStack()->undo();
    QCOMPARE(document().photo()->label, QStringLiteral("cat.png"));
    QTRY_VERIFY_WITH_TIMEOUT(!messages().has(Topic::Project), kPatience);  // the project is open with them
    QVERIFY(desk().isProjectChanged());
    QCOMPARE(desk().atStake().size(), 1);
    document().undoStack()->redo();
    QVERIFY(messages().has(Topic::Project));
    QCOMPARE(desk().atStake().size(), 1);
  }

  void changesOfTwoProjectsAreOfferedOneAfterTheOther() {
    const auto choose = [this](double K) {
      auto request = document().request();
      request.solver_values["K"] = K;
      document().changeSolver(request);
    };
    float grey = 0.1f;
    for (const char* name : {"cat", "dog"}) {
      photo(QStringLiteral("%1.png").arg(QLatin1String(name)), grey += 0.2f);
      open(QStringLiteral("%1.png").arg(QLatin1String(name)));
      choose(2);
      desk().saveProject(at(QStringLiteral("%1.p2l").arg(QLatin1String(name))));
      waitForDesk();
      QSignalSpy changed(&desk(), &DocumentDesk::projectChanged);
      choose(5);
      QTRY_VERIFY_WITH_TIMEOUT(changed.count() > 0, kPatience);
    }
    photo(QStringLiteral("third.png"), 0.9f);
    open(QStringLiteral("third.png"));
    QCOMPARE(desk().atStake().size(), 2);
    for (const char* name : {"dog", "cat"}) {
      QVERIFY2(messages().text().contains(QLatin1String(name)), qPrintable(messages().text()));
      for (auto* button : messages().findChildren<QAbstractButton*>()) {
        if (button->text() == QStringLiteral("Save them")) button->click();
      }
      waitForDesk();
    }
    QVERIFY(desk().atStake().isEmpty());
    for (const char* name : {"dog", "cat"}) {
      QSignalSpy opened(&desk(), &DocumentDesk::projectOpened);
      desk().openProject(at(QStringLiteral("%1.p2l").arg(QLatin1String(name))));
      QVERIFY(opened.wait(kPatience));
      QCOMPARE(numberOf(document().request().solver_values, "K"), 5.0);
      QTest::qWait(20);
    }
  }

  void aMaskThatComesWithAProjectIsInAFile() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    document().changeTask(request, nullptr, 1.0);
    document().mask()->beginStroke({5, 5});
    document().mask()->endStroke({20, 9});
    const auto painted = document().mask()->image().copy();
    desk().saveProject(at(QStringLiteral("a.p2l")));
    waitForDesk();
    start();
    // As the panel does it.
    connect(&document(), &RunModel::taskRecalled, &document(), [this](const auto&, const ui::JobPictures& stored) {
      QString error;
      document().mask()->load(stored.mask, &error);
    });
    QSignalSpy kept(&desk(), &DocumentDesk::maskKept);
    desk().openProject(at(QStringLiteral("a.p2l")));
    QTRY_COMPARE_WITH_TIMEOUT(kept.count(), 1, kPatience);
    QCOMPARE(kept.last().first().value<QImage>(), painted);
  }

  void aNameForAProjectIsProposedInAFolderThatIsThere() {
    QString proposed;
    keepProposals(&proposed);
    open(QStringLiteral("cat.png"));
    desk().askSaveProjectAs();
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QCOMPARE(proposed, documents + QStringLiteral("/cat.p2l"));
    QSettings().setValue(QStringLiteral("project_folder"), folder_->path());
    desk().askSaveProjectAs();
    QCOMPARE(proposed, at(QStringLiteral("cat.p2l")));
    finishRun(0.5f);
    desk().askReport();
    QCOMPARE(proposed, documents + QStringLiteral("/cat.html"));
    QSettings().remove(QStringLiteral("project_folder"));
  }

  void aReportOfARunThatWasBroughtBackIsProposedBesideItsPhoto() {
    QString proposed;
    keepProposals(&proposed);
    open(QStringLiteral("cat.png"));
    finishRun(0.5f);
    const auto samples = QString::fromStdString(resourceFolder()) + QStringLiteral("/photos");
    QSettings().setValue(QStringLiteral("folder"), samples);  // as an earlier version has left it
    desk().askReport();
    QCOMPARE(proposed,
             QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QStringLiteral("/cat.html"));
    document().bringBack(0);
    desk().askReport();
    QCOMPARE(proposed, at(QStringLiteral("cat.html")));
    ui::rememberPhotoFolder(samples + QStringLiteral("/skimage_chelsea.png"));
    QCOMPARE(QSettings().value(QStringLiteral("folder")).toString(), folder_->path());
    QSettings().remove(QStringLiteral("folder"));
  }

  void aDamagedProjectIsOneSentence() {
    QFile file(at(QStringLiteral("bad.p2l")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("PK not a zip");
    file.close();
    desk().openProject(file.fileName());
    waitForDesk();
    QVERIFY(messages().text().contains(QStringLiteral("bad.p2l cannot be opened as a project")));
    QVERIFY(document().photo() == nullptr);
  }

  void aLeftSessionIsOfferedAndBroughtBack() {
    open(QStringLiteral("cat.png"));
    const auto data = at(QStringLiteral("data"));
    const auto own = QStringLiteral("session-%1").arg(QCoreApplication::applicationPid());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(data + QLatin1Char('/') + own + QStringLiteral("/session.json")), kPatience);
    QVERIFY(!desk().offerLeftSession());
    QTest::qWait(100);
    program_.reset();  // as killed: nothing was closed
    QVERIFY(QDir(data).rename(own, QStringLiteral("session-999999999")));
    start();
    QVERIFY(desk().offerLeftSession());
    QVERIFY(messages().text().contains(QStringLiteral("cat.png")));
    for (auto* button : messages().findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Bring it back")) button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(document().photo() != nullptr, kPatience);
    QCOMPARE(document().photo()->path, at(QStringLiteral("cat.png")));
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(data).exists(QStringLiteral("session-999999999")), kPatience);
    desk().close();
    QVERIFY(QDir(data).entryList({QStringLiteral("session-*")}, QDir::Dirs).isEmpty());
  }

  void oneLeftSessionAfterTheOtherIsOffered() {
    leaveTwoSessions();
    QVERIFY(desk().offerLeftSession());
    QVERIFY2(messages().text().contains(QStringLiteral("offered next: 1")), qPrintable(messages().text()));
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().photo() != nullptr, kPatience);
    const auto first = document().photo()->label;
    const auto other = first == QLatin1String("cat.png") ? QStringLiteral("dog.png") : QStringLiteral("cat.png");
    QTRY_VERIFY2_WITH_TIMEOUT(messages().text().contains(other), qPrintable(messages().text()), kPatience);
    QVERIFY(!messages().text().contains(QStringLiteral("offered next")));
    pressBringItBack();
    QTRY_COMPARE_WITH_TIMEOUT(document().photo()->label, other, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!desk().busy(), kPatience);
    QVERIFY(!desk().offerLeftSession());
  }

  void aLeftSessionTakesThePlaceOfNothingThatIsInNoFile() {
    leaveTwoSessions();
    bool unsaved = false;
    desk().setUnsaved([&unsaved] { return unsaved; });
    QVERIFY(desk().offerLeftSession());
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().photo() != nullptr, kPatience);
    const auto first = document().photo()->label;
    const auto other = first == QLatin1String("cat.png") ? QStringLiteral("dog.png") : QStringLiteral("cat.png");
    QTRY_VERIFY2_WITH_TIMEOUT(messages().text().contains(other), qPrintable(messages().text()), kPatience);
    unsaved = true;
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(messages().has(ui::MessageBar::Topic::Run), kPatience);
    QVERIFY2(messages().text().startsWith(other + QStringLiteral(" is not brought back yet")) &&
                 messages().text().contains(first),
             qPrintable(messages().text()));
    QCOMPARE(document().photo()->label, first);
    QCOMPARE(ui::SessionKeeper::left(at(QStringLiteral("data"))).size(), 1);
    messages().dismiss();
    QVERIFY2(messages().text().contains(other), qPrintable(messages().text()));  // it is offered still
    document().setLesson(true);
    unsaved = false;
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(messages().has(ui::MessageBar::Topic::Run), kPatience);
    QCOMPARE(document().photo()->label, first);
    document().setLesson(false);
    messages().clear(ui::MessageBar::Topic::Run);
    pressBringItBack();
    QTRY_COMPARE_WITH_TIMEOUT(document().photo()->label, other, kPatience);
    waitForDesk();
    QVERIFY(ui::SessionKeeper::left(at(QStringLiteral("data"))).isEmpty());
  }

  void aLeftSessionThatCannotBeReadIsKeptAndTheNextOneOffered() {
    leaveTwoSessions();
    const auto data = at(QStringLiteral("data"));
    const auto sessions = ui::SessionKeeper::left(data);
    QCOMPARE(sessions.size(), 2);
    QFile state(sessions[0].folder + QStringLiteral("/state.png"));
    QVERIFY(state.open(QIODevice::WriteOnly | QIODevice::Truncate));
    state.write("damaged");
    state.close();
    QVERIFY(desk().offerLeftSession());
    pressBringItBack();
    const auto kept = data + QStringLiteral("/unreadable-") + QFileInfo(sessions[0].folder).fileName();
    QTRY_VERIFY_WITH_TIMEOUT(messages().text().contains(kept), kPatience);
    QVERIFY(messages().text().contains(sessions[0].run.photo_label + QStringLiteral(" cannot be read")));
    QVERIFY(messages().text().contains(sessions[1].run.photo_label));
    QVERIFY(QFile::exists(kept + QStringLiteral("/state.png")) &&
            QFile::exists(kept + QStringLiteral("/session.json")));
    QVERIFY(document().photo() == nullptr);
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().photo() != nullptr, kPatience);
    QCOMPARE(document().photo()->label, sessions[1].run.photo_label);
    waitForDesk();
    start();
    QVERIFY(desk().offerLeftSession());  // the one just left, and not the damaged one
    QVERIFY(!messages().text().contains(QStringLiteral("cannot be read")));
  }

  void aLeftSessionThatIsGoneIsSaidToBe() {
    leaveTwoSessions();
    const auto sessions = ui::SessionKeeper::left(at(QStringLiteral("data")));
    QCOMPARE(sessions.size(), 2);
    QVERIFY(desk().offerLeftSession());
    QVERIFY(QDir(sessions[0].folder).removeRecursively());
    pressBringItBack();
    const auto gone = QStringLiteral("The session of %1 is gone").arg(sessions[0].run.photo_label);
    QTRY_VERIFY2_WITH_TIMEOUT(messages().text().contains(gone), qPrintable(messages().text()), kPatience);
    QVERIFY(!messages().text().contains(QStringLiteral("kept as")));
    QVERIFY(messages().text().contains(sessions[1].run.photo_label));  // offered next
    QVERIFY(ui::SessionKeeper::putAside(sessions[0]).isEmpty());
  }

  void aLeftSessionWhosePhotoIsNotThereNowIsOfferedAtTheNextStart() {
    leaveTwoSessions();
    const auto sessions = ui::SessionKeeper::left(at(QStringLiteral("data")));
    const auto missing = sessions[0].run.photo_label;
    QVERIFY(QFile::rename(at(missing), at(QStringLiteral("elsewhere.png"))));
    QVERIFY(desk().offerLeftSession());
    pressBringItBack();
    QTRY_VERIFY2_WITH_TIMEOUT(messages().text().contains(QStringLiteral("offered again at the next start")),
                              qPrintable(messages().text()), kPatience);
    QVERIFY(messages().text().contains(sessions[1].run.photo_label));
    QVERIFY(QFile::rename(at(QStringLiteral("elsewhere.png")), at(missing)));
    start();
    QVERIFY(desk().offerLeftSession());
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(document().photo() != nullptr, kPatience);
    QCOMPARE(document().photo()->label, missing);
    waitForDesk();
  }

  void aSessionThatIsNotWrittenLeavesTheOfferOfTheLeftOne() {
    using Topic = ui::MessageBar::Topic;
    open(QStringLiteral("cat.png"));
    desk().session()->flush();
    program_.reset();  // as killed
    start();
    QVERIFY(desk().offerLeftSession());
    emit desk().session()->failed(QStringLiteral("The disk is full."));
    QCOMPARE(messages().text(), QStringLiteral("The disk is full."));
    QVERIFY(messages().has(Topic::Start));
    emit desk().session()->written();
    QVERIFY(!messages().has(Topic::Session));
    QVERIFY2(messages().text().contains(QStringLiteral("cat.png")), qPrintable(messages().text()));
  }

  void undoLeadsBackFromALeftSessionAndNoRunIsGivenUpForIt() {
    open(QStringLiteral("cat.png"));
    desk().session()->flush();
    program_.reset();  // as killed
    start();
    open(QStringLiteral("dog.png"));
    QTest::qWait(20);
    QVERIFY(desk().offerLeftSession());
    document().run();
    pressBringItBack();
    QTRY_VERIFY_WITH_TIMEOUT(messages().has(ui::MessageBar::Topic::Run), kPatience);
    QVERIFY(document().isRunning());
    QCOMPARE(document().photo()->label, QStringLiteral("dog.png"));
    document().runFailed(document().runId(), QStringLiteral("no"));
    messages().clear(ui::MessageBar::Topic::Run);
    QVERIFY(messages().has(ui::MessageBar::Topic::Start));  // it is offered still
    pressBringItBack();
    QTRY_COMPARE_WITH_TIMEOUT(document().photo()->label, QStringLiteral("cat.png"), kPatience);
    document().undoStack()->undo();
    QCOMPARE(document().photo()->label, QStringLiteral("dog.png"));
    document().undoStack()->redo();
    QCOMPARE(document().photo()->label, QStringLiteral("cat.png"));
  }

  void aPausedSessionKeepsWhatWasThereBefore() {
    open(QStringLiteral("cat.png"));
    desk().session()->setPaused(true);  // what has changed by now is written yet
    open(QStringLiteral("dog.png"));
    desk().session()->flush();
    const auto data = at(QStringLiteral("data"));
    const auto own = QStringLiteral("session-%1").arg(QCoreApplication::applicationPid());
    const auto label = [&] {
      QFile file(data + QLatin1Char('/') + own + QStringLiteral("/session.json"));
      if (!file.open(QIODevice::ReadOnly)) return QString();
      return QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("photo_label")].toString();
    };
    QCOMPARE(label(), QStringLiteral("cat.png"));
    desk().session()->setPaused(false);
    desk().session()->flush();
    QCOMPARE(label(), QStringLiteral("dog.png"));
  }

  void theHistoryTakesNoMoreThanItsSetting() {
    const auto kept = [this] {
      return int(QDir(at(QStringLiteral("data/history/runs"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
    };
    open(QStringLiteral("cat.png"));
    finishRun(0.3f);
    finishRun(0.4f);
    QCOMPARE(kept(), 2);
    const auto back = qScopeGuard([] { QSettings().remove(QStringLiteral("history_budget")); });
    QSettings().setValue(QStringLiteral("history_budget"), 1);  // byte: none but the newest
    start();
    open(QStringLiteral("cat.png"));
    finishRun(0.5f);
    QTRY_COMPARE_WITH_TIMEOUT(kept(), 1, kPatience);
  }

  void aHomeThatCannotBeWrittenIsSaidOnceByItsFolder() {
    QFile file(at(QStringLiteral("locked")));  // a file in the folder's place locks out root, too
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    program_.reset();
    program_ = std::make_unique<Program>();
    document().setCatalogue(&catalogue_);
    messages().follow(&document());
    const auto folder = at(QStringLiteral("locked/studio"));
    program_->desk = std::make_unique<DocumentDesk>(&document(), &messages(), folder, &program_->window);
    QSignalSpy loaded(document().history(), &ui::RunKeeper::loaded);
    QVERIFY(loaded.wait(kPatience));
    QSignalSpy session(desk().session(), &ui::SessionKeeper::failed);
    open(QStringLiteral("cat.png"));
    QVERIFY(session.wait(kPatience));
    QCOMPARE(messages().count(), 1);
    const auto said = messages().text();
    QVERIFY2(said.contains(QStringLiteral("the folder %1 cannot be written to: make it writable").arg(folder)),
             qPrintable(said));
    for (const char* inner : {"/history", "/session-", ".png"})
      QVERIFY2(!said.contains(QLatin1String(inner)), qPrintable(said));
    emit document().problem(said);  // as the history says it, too
    QCOMPARE(messages().count(), 1);
    QCOMPARE(ui::keepingProblem(at(QStringLiteral("data")), QStringLiteral("x is full.")),
             QStringLiteral("x is full."));  // this one can be written to
  }

  void aRefusedRunWhosePicturesHaveLeftTheMemoryIsSaid() {
    open(QStringLiteral("cat.png"));
    finishRun(0.3f);
    finishRun(0.4f);
    document().pastRuns().setBudget(0);  // the newest stays whole
    QSignalSpy offered(&desk(), &DocumentDesk::resultRefused);
    emit document().runRefused(QString::fromStdString(document().pastRuns().all().front().id),
                               QStringLiteral("There is no room."));
    QCOMPARE(messages().text(), QStringLiteral("There is no room."));
    emit document().runRefused(QStringLiteral("removed"), QStringLiteral("It is gone."));
    QCOMPARE(messages().text(), QStringLiteral("There is no room."));
    QVERIFY(offered.isEmpty());
  }

  void theHistorysButtonsStandInOneRow() {
    const auto usual = QApplication::font();
    int wider = 0;
    for (double scale = 1.0; scale < 2.5; scale += 0.1) {  // as long as the words of another language
      auto font = usual;
      font.setPointSizeF(scale * usual.pointSizeF());
      QApplication::setFont(font);
      ui::HistoryDialog dialog(&document());
      dialog.show();
      QTest::qWait(20);
      int top = dialog.height(), bottom = 0;
      for (const auto* button : dialog.findChildren<QPushButton*>()) {
        const int middle = button->mapTo(&dialog, button->rect().center()).y();
        top = std::min(top, middle);
        bottom = std::max(bottom, middle);
      }
      QApplication::setFont(usual);
      if (dialog.width() >= static_cast<int>(0.9 * dialog.screen()->availableGeometry().width())) break;
      wider += dialog.width() > 560 ? 1 : 0;
      QVERIFY2(bottom - top < 8, qPrintable(QStringLiteral("%1: %2").arg(scale).arg(bottom - top)));
    }
    QVERIFY(wider > 0);
  }

  void theHistoryIsSearchedAndStarred() {
    open(QStringLiteral("cat.png"));
    finishRun(0.3f);
    open(QStringLiteral("dog.png"));
    finishRun(0.6f);
    ui::HistoryDialog dialog(&document());
    auto* list = dialog.findChild<QListWidget*>();
    QCOMPARE(list->count(), 2);
    dialog.show();
    for (int i = 0; i < 2; ++i) {  // three lines with air around them, and what is cut is in the tooltip
      QVERIFY(list->visualItemRect(list->item(i)).height() >= 3 * list->fontMetrics().height() + 12);
      QCOMPARE(list->item(i)->toolTip(), list->item(i)->text());
    }
    dialog.findChild<QLineEdit*>()->setText(QStringLiteral("CAT"));
    QCOMPARE(list->count(), 1);
    QVERIFY(list->item(0)->text().contains(QStringLiteral("cat.png")));
    for (auto* button : dialog.findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("&Star")) button->click();
    }
    QVERIFY(document().pastRuns().all()[0].starred);
    QVERIFY(list->item(0)->text().startsWith(QChar(0x2605)));
    dialog.findChild<QLineEdit*>()->setText(QStringLiteral("star"));
    QCOMPARE(list->count(), 1);
  }

  void inGermanTheHistoryIsSearchedWithCommaOrPoint() {
    for (const char* name : {"cat.png", "dog.png"}) {
      open(QString::fromLatin1(name));
      finishRun(0.3f);
    }
    document().pastRuns().rename(0, QStringLiteral("Radius 2.83 → 4"));  // as kept earlier
    document().pastRuns().rename(1, QStringLiteral("Radius 2,83 → 4"));
    const test::GermanNumbers german;
    ui::HistoryDialog dialog(&document());
    for (const char* typed : {"2,83", "2.83", "radius 2,8"}) {
      dialog.findChild<QLineEdit*>()->setText(QString::fromLatin1(typed));
      QCOMPARE(dialog.findChild<QListWidget*>()->count(), 2);
    }
    dialog.findChild<QLineEdit*>()->setText(QStringLiteral("2,84"));
    QCOMPARE(dialog.findChild<QListWidget*>()->count(), 0);
  }

  void oneBadFileNeverStopsTheQueue() {
    QDir().mkpath(at(QStringLiteral("in")));
    for (const char* name : {"in/a.png", "in/c.png"}) photo(QString::fromLatin1(name));
    QFile broken(at(QStringLiteral("in/b.png")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("not a picture");
    broken.close();
    open(QStringLiteral("cat.png"));
    QSignalSpy finished(desk().queue(), &ui::QueueModel::finished);
    desk().addToQueue({at(QStringLiteral("in"))});
    QVERIFY(finished.wait(kPatience));
    QCOMPARE(finished.last().at(0).toInt(), 2);
    QCOMPARE(finished.last().at(1).toInt(), 1);
    QVERIFY(QFile::exists(at(QStringLiteral("in/a-restored.png"))));
    QVERIFY(QFile::exists(at(QStringLiteral("in/c-restored.png"))));
    QVERIFY(!QFile::exists(at(QStringLiteral("in/b-restored.png"))));
    const auto stored = requestFromJson(readPhoto(at(QStringLiteral("in/c-restored.png")).toStdString()).request_json);
    QVERIFY(stored.mode == Mode::Restore);
    QFile log(desk().queue()->logPath());
    QCOMPARE(log.fileName(), at(QStringLiteral("data/queue/log.txt")));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const auto lines = QString::fromUtf8(log.readAll()).split(QLatin1Char('\n'));
    for (const auto& [name, end] :
         {std::pair("a.png", "done"), std::pair("b.png", "failed"), std::pair("c.png", "done")}) {
      const auto line =
          QStringLiteral("  %1  %2").arg(QLatin1String(end), at(QStringLiteral("in/") + QLatin1String(name)));
      QVERIFY2(std::count_if(lines.begin(), lines.end(), [&](const auto& each) { return each.contains(line); }) == 1,
               qPrintable(line + QLatin1Char('\n') + lines.join(QLatin1Char('\n'))));
    }
    // Once more: what is there is skipped.
    desk().addToQueue({at(QStringLiteral("in/a.png"))});
    QVERIFY(desk().queue()->jobs().back().state == QueuedJob::State::Skipped);
  }

  void theQueueTakesNoPhotosThatCannotRun() {
    open(QStringLiteral("cat.png"));
    const auto fitting = photo(QStringLiteral("fitting.png")), wide = at(QStringLiteral("wide.png"));
    writePhoto(Image(2 * kSide, kSide, 3, 0.25f), wide.toStdString(), "");
    const auto question = QStringLiteral("The mask hides no pixel yet.");
    document().setQuestion(question, false);
    desk().addToQueue({fitting});
    const auto* dialog = program_->window.findChild<ui::QueueDialog*>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->refusal(), question);
    QVERIFY(desk().queue()->jobs().empty());
    document().setQuestion({}, false);

    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    document().changeTask(request, nullptr, 1.0);
    document().mask()->beginStroke({5, 5});
    document().mask()->endStroke({20, 9});
    QCOMPARE(document().mask()->size(), QSize(kSide, kSide));
    desk().addToQueue({fitting, wide});
    QTRY_VERIFY_WITH_TIMEOUT(dialog->refusal() != question && !dialog->refusal().isEmpty(), kPatience);
    QVERIFY2(dialog->refusal().startsWith(QStringLiteral("wide.png is 64 x 32 pixels and the mask 32 x 32")),
             qPrintable(dialog->refusal()));
    QVERIFY(desk().queue()->jobs().empty());
    desk().addToQueue({fitting});
    QTRY_COMPARE_WITH_TIMEOUT(desk().queue()->jobs().size(), std::size_t(1), kPatience);
    QVERIFY2(dialog->refusal().isEmpty(), qPrintable(dialog->refusal()));
    desk().queue()->cancelAll();
    QTRY_VERIFY_WITH_TIMEOUT(!desk().queue()->isRunning(), kPatience);
    // The size of a named pipe is not waited for.
    const auto pipe = at(QStringLiteral("pipe.png"));
    QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    desk().addToQueue({pipe});
    const bool added = QTest::qWaitFor([this] { return desk().queue()->jobs().size() == 2; }, kPatience);
    if (!added) QFile(pipe).open(QIODevice::ReadWrite | QIODevice::Unbuffered);  // so that the test ends
    QVERIFY(added);
    QTRY_VERIFY_WITH_TIMEOUT(desk().queue()->jobs().back().state == QueuedJob::State::Failed, kPatience);
    QVERIFY2(QString::fromStdString(desk().queue()->jobs().back().message).contains(QStringLiteral("not an ordinary")),
             desk().queue()->jobs().back().message.c_str());
  }

  void theQueueReadsFoldersBesideTheWindowAndKeepsTheOrder() {
    QVERIFY(QDir().mkpath(at(QStringLiteral("in"))));
    for (const char* name : {"in/b.png", "in/a.png"}) photo(QString::fromLatin1(name));
    open(QStringLiteral("cat.png"));
    auto* queue = desk().queue();
    queue->setPaused(true);
    desk().addToQueue({photo(QStringLiteral("c.png"))});
    QCOMPARE(queuedNames(), QStringList{QStringLiteral("c.png")});  // a file is there at once
    const auto* dialog = program_->window.findChild<ui::QueueDialog*>();
    QVERIFY(dialog != nullptr);
    const auto saysThatItReads = [dialog] {
      const auto labels = dialog->findChildren<QLabel*>();
      return std::any_of(labels.begin(), labels.end(),
                         [](auto* label) { return label->text().contains(QStringLiteral("Reading the photos")); });
    };
    QVERIFY(!queue->isReading() && !saysThatItReads());
    desk().addToQueue({at(QStringLiteral("in"))});
    QVERIFY(queue->isReading() && saysThatItReads());
    desk().addToQueue({photo(QStringLiteral("d.png"))});
    QCOMPARE(queuedNames().size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(queuedNames().size(), 4, kPatience);
    const QStringList in_order{QStringLiteral("c.png"), QStringLiteral("a.png"), QStringLiteral("b.png"),
                               QStringLiteral("d.png")};
    QCOMPARE(queuedNames(), in_order);
    QVERIFY(!queue->isReading() && !saysThatItReads());

    QStringList many;
    for (int i = 0; i < 200; ++i) many << at(QStringLiteral("%1.png").arg(i));
    desk().addToQueue(many);
    QVERIFY(queue->isReading());
    QTRY_COMPARE_WITH_TIMEOUT(queuedNames().size(), 204, kPatience);
    QCOMPARE(queuedNames()[4], QStringLiteral("0.png"));
    QCOMPARE(queuedNames().last(), QStringLiteral("199.png"));
  }

  void aFolderThatTheQueueCannotReadIsOneSentence() {
    open(QStringLiteral("cat.png"));
    auto* queue = desk().queue();
    queue->setPaused(true);
    const auto empty = at(QStringLiteral("empty")), gone = at(QStringLiteral("gone"));
    QVERIFY(QDir().mkpath(empty) && QDir().mkpath(gone));
    desk().addToQueue({empty});
    auto* dialog = program_->window.findChild<ui::QueueDialog*>();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->refusal().isEmpty(), kPatience);
    QVERIFY2(dialog->refusal().startsWith(empty + QStringLiteral(" holds no picture")), qPrintable(dialog->refusal()));
    QVERIFY2(!messages().text().contains(QStringLiteral("holds no picture")), qPrintable(messages().text()));

    const auto held = std::make_shared<QSemaphore>();
    const auto let_go = qScopeGuard([held] { held->release(); });
    const RestoreRequest request = document().request();
    queue->add({photo(QStringLiteral("a.png"))}, request, {}, {}, false,
               [held](const std::vector<std::string>&, RunControl&) {
                 held->acquire();
                 return QString();
               });
    desk().addToQueue({gone});
    QVERIFY2(dialog->refusal().isEmpty(), qPrintable(dialog->refusal()));
    QVERIFY(QDir().rmdir(gone));
    held->release();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->refusal().isEmpty(), kPatience);
    QVERIFY2(dialog->refusal().startsWith(QStringLiteral("The folder %1 is not there any more").arg(gone)),
             qPrintable(dialog->refusal()));
    QCOMPARE(queuedNames(), QStringList{QStringLiteral("a.png")});

    dialog->close();  // then the window says it
    queue->add({empty}, request, {}, {}, false);
    QTRY_VERIFY_WITH_TIMEOUT(messages().text().contains(QStringLiteral("holds no picture")), kPatience);
    QVERIFY(!queue->isReading());
  }

  void whatTheQueueStillReadsIsGivenUpAndStopsNoClosing() {
    QVERIFY(QDir().mkpath(at(QStringLiteral("in"))));
    photo(QStringLiteral("in/a.png"));
    open(QStringLiteral("cat.png"));
    auto* queue = desk().queue();
    const auto begun = std::make_shared<QSemaphore>();
    const ui::QueueModel::Check until_stopped = [begun](const std::vector<std::string>&,
                                                        RunControl& control) -> QString {
      for (begun->release();; QThread::msleep(1)) control.checkpoint();
    };
    const auto read = [&] {
      queue->add({at(QStringLiteral("in"))}, document().request(), {}, {}, false, until_stopped);
      return begun->tryAcquire(1, kPatience);
    };
    const auto named = [this] {
      return desk().atStake().join(QLatin1Char(' ')).contains(QStringLiteral("still reading"));
    };
    QVERIFY(!named());
    QVERIFY(read());
    desk().addToQueue({at(QStringLiteral("in"))});  // waits behind it
    QVERIFY(queue->isReading() && named());
    queue->cancelAll();
    QVERIFY(!queue->isReading() && !named());
    QVERIFY(read());
    QCoreApplication::processEvents();
    QVERIFY(queue->isReading() && queue->jobs().empty());  // nothing comes of what was given up
    start();
    QVERIFY(desk().queue()->jobs().empty() && !desk().queue()->isReading());
  }

  void theQueueSaysHowFarItIs() {
    open(QStringLiteral("cat.png"));
    QVERIFY(desk().queue()->progress().photo.isEmpty());
    for (const char* name : {"one.png", "two.png"}) photo(QString::fromLatin1(name));
    desk().sideRuns()->disconnect(this);  // the worker is this function
    quint64 asked = 0;
    connect(desk().sideRuns(), &ui::SideRuns::runRequested, this, [&](const ui::RunJob& job) { asked = job.run_id; });
    desk().addToQueue({at(QStringLiteral("one.png")), at(QStringLiteral("two.png"))});
    QTRY_VERIFY_WITH_TIMEOUT(asked != 0, kPatience);
    QCOMPARE(desk().queue()->progress().photo, QStringLiteral("one.png"));
    QCOMPARE(desk().queue()->progress().steps, 0);
    QVERIFY(desk().queue()->progress().seconds_left < 0.0);  // not known before the first step
    QSignalSpy progressed(desk().queue(), &ui::QueueModel::progressed);
    RunStart begun;
    begun.run_id = asked;
    begun.steps = 4;
    desk().sideRuns()->runStarted(begun);
    QTest::qWait(30);
    StepReport step;
    step.step = 1;
    step.steps = 4;
    step.seconds = 2.5;
    desk().sideRuns()->stepFinished(asked, step);
    QCOMPARE(progressed.count(), 2);
    const auto progress = desk().queue()->progress();
    QCOMPARE(progress.step, 1);
    QCOMPARE(progress.steps, 4);
    QVERIFY(progress.seconds_left >= 7 * 0.03);  // three steps of this photo and four of the next
    QVERIFY(progress.seconds >= 0.03);
    QCOMPARE(progress.seconds_per_step, 2.5);
    QStringList texts;
    for (const auto* label : program_->window.findChildren<QLabel*>()) texts << label->text();
    const QRegularExpression line(
        QStringLiteral("one\\.png: step 1 of 4 · \\d:\\d\\d · 2\\.50 s/step · \\d+:\\d\\d left"));
    QVERIFY2(texts.join(QLatin1Char('|')).contains(line), qPrintable(texts.join(QLatin1Char('|'))));
  }

  void aCropIsOfItsPhotoInTheQueueToo() {
    open(QStringLiteral("a.png"));
    document().setCrop({4, 4, 20, 20});
    desk().queue()->setPaused(true);
    desk().addToQueue({photo(QStringLiteral("b.png"))});
    desk().addToQueue({photo(QStringLiteral("a.png"))});
    QTRY_COMPARE_WITH_TIMEOUT(desk().queue()->jobs().size(), std::size_t(2), kPatience);
    QCOMPARE(desk().queue()->jobs()[0].request.crop, std::string());
    QCOMPARE(desk().queue()->jobs()[1].request.crop, std::string("20x20+4+4"));
  }

  void aSizeThatWasRecalledIsOfItsPhotoInTheQueueToo() {
    open(QStringLiteral("a.png"));
    auto recalled = document().request();
    recalled.mode = Mode::Restore;
    recalled.size = 16;
    document().recall(recalled);
    desk().queue()->setPaused(true);
    desk().addToQueue({photo(QStringLiteral("b.png"))});
    desk().addToQueue({photo(QStringLiteral("a.png"))});
    auto chosen = document().request();
    chosen.size = 24;
    document().changeSolver(chosen);
    document().recall(recalled);
    desk().addToQueue({photo(QStringLiteral("c.png"))});
    open(QStringLiteral("d.png"));
    desk().addToQueue({photo(QStringLiteral("e.png"))});
    QTRY_COMPARE_WITH_TIMEOUT(desk().queue()->jobs().size(), std::size_t(4), kPatience);
    std::vector<int> sizes;
    for (const auto& job : desk().queue()->jobs()) sizes.push_back(job.request.size);
    QCOMPARE(sizes, (std::vector<int>{0, 16, 24, 24}));
  }

  void theQueueSurvivesAndGoesOnWhenAskedTo() {
    open(QStringLiteral("cat.png"));
    desk().queue()->setPaused(true);
    desk().addToQueue({photo(QStringLiteral("a.png")), photo(QStringLiteral("b.png"))});
    QCOMPARE(desk().queue()->waitingCount(), 2);
    start();
    QVERIFY(desk().queue()->isPaused());
    QCOMPARE(desk().queue()->waitingCount(), 2);
    const auto second = desk().queue()->jobs()[1].id;
    desk().queue()->move(second, -1);
    desk().queue()->cancel(desk().queue()->jobs()[1].id);
    failing_ = 1;
    QSignalSpy finished(desk().queue(), &ui::QueueModel::finished);
    desk().queue()->setPaused(false);
    QVERIFY(finished.wait(kPatience));
    QVERIFY(desk().queue()->find(second)->state == QueuedJob::State::Failed);
    QCOMPARE(desk().queue()->find(second)->message, std::string("The worker failed."));
    desk().queue()->retry(second);
    QTRY_VERIFY_WITH_TIMEOUT(desk().queue()->find(second)->state == QueuedJob::State::Done, kPatience);
    QVERIFY(QFile::exists(at(QStringLiteral("b-restored.png"))));
    QVERIFY(!QFile::exists(at(QStringLiteral("a-restored.png"))));
  }

  void aQueueThatWaitsIsSaidAtTheNextStart() {
    QVERIFY(!desk().offerWaitingQueue());
    open(QStringLiteral("cat.png"));
    desk().queue()->setPaused(true);
    desk().addToQueue({photo(QStringLiteral("a.png")), photo(QStringLiteral("b.png"))});
    start();
    QVERIFY(desk().offerWaitingQueue());
    QVERIFY2(messages().text().contains(QStringLiteral("queue since the last session: 2")),
             qPrintable(messages().text()));
    for (auto* button : messages().findChildren<QAbstractButton*>()) {
      if (button->text() == QStringLiteral("Open queue")) button->click();
    }
    const auto* dialog = program_->window.findChild<ui::QueueDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QVERIFY(desk().offerWaitingQueue());
    desk().queue()->cancelAll();  // then it holds no more
    QVERIFY(!messages().has(ui::MessageBar::Topic::Queue));
  }

  void theReportHoldsWhatRunsItAgain() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.prompt = "a <cat> & 'dog'";
    document().changeSolver(request);
    finishRun(0.75f);
    const auto html = ui::reportHtml({document().openedPhoto(), document().result(), {}, QStringLiteral("P2L")});
    const auto shown = QString::fromStdString(jsonFromRequest(document().result()->outcome.report.request));
    QVERIFY2(html.contains(QStringLiteral("<pre id=\"request\">") + shown.toHtmlEscaped() + QStringLiteral("</pre>")),
             qPrintable(html));
    QVERIFY(html.contains(QStringLiteral("p2l restore 'cat.png' --request 'cat-restored.png'")));
    QVERIFY(!html.contains(QStringLiteral("src=\"http")));
    // The picture in it is a file that --request reads.
    QCOMPARE(requestFromJson(savedFrom(html, QStringLiteral("cat-restored.png")).request_json).prompt, request.prompt);
    // What is read is German, and what runs again stays as it is.
    const QRegularExpression with_point(QStringLiteral("<td>\\d+\\.\\d+</td>")),
        with_comma(QStringLiteral("<td>\\d+,\\d+</td>"));
    QVERIFY(html.contains(with_point) && !html.contains(with_comma));
    const test::GermanNumbers numbers;
    const auto german = ui::reportHtml({document().openedPhoto(), document().result(), {}, QStringLiteral("P2L")});
    QVERIFY(german.contains(with_comma) && !german.contains(with_point));
    QVERIFY(german.contains(QStringLiteral("<pre id=\"request\">") + shown.toHtmlEscaped() + QStringLiteral("</pre>")));
  }

  /// With p2l, photo and mask are gone.
  void aReportRunsAgainFromItsOneFile() {
    constexpr int kLarge = 64;
    const auto p2l = [this](const QStringList& arguments) {
      QProcess program;
      program.setWorkingDirectory(folder_->path());
      program.start(QCoreApplication::applicationDirPath() + QStringLiteral("/p2l"),
                    arguments + QStringList{QStringLiteral("--threads"), QStringLiteral("1")});
      QVERIFY(program.waitForFinished(kPatience));
      QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
    };
    Image picture(kLarge, kLarge, 3);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) picture.pixels[i] = static_cast<float>(i % 97) / 97.0f;
    writePhoto(picture, at(QStringLiteral("own.png")).toStdString(), "", {}, {16, {}});
    QImage mask(kLarge, kLarge, QImage::Format_Grayscale8);
    mask.fill(0);
    for (int x = 20; x < 40; ++x) mask.setPixel(x, 30, qRgb(255, 255, 255));
    QVERIFY(mask.save(at(QStringLiteral("mask.png"))));
    p2l({QStringLiteral("restore"), QStringLiteral("own.png"), QStringLiteral("--task"), QStringLiteral("inpaint"),
         QStringLiteral("--mask"), QStringLiteral("mask.png"), QStringLiteral("--steps"), QStringLiteral("2"),
         QStringLiteral("--out"), QStringLiteral("made.png")});
    const auto made = readPhoto(at(QStringLiteral("made.png")).toStdString());
    QVERIFY(!made.request_json.empty());
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = made.image;
    outcome.report.request = requestFromJson(made.request_json);
    ui::JobPictures given;
    given.mask = mask;
    const ui::ReportParts parts{ui::openPhotoFile(at(QStringLiteral("own.png"))),
                                ui::resultFromOutcome(std::move(outcome), given),
                                {},
                                QStringLiteral("P2L"),
                                {}};
    const auto report = at(QStringLiteral("a report.html"));
    ui::writeReport(parts, report);
    QVERIFY(QString::fromStdString(readTextFile(report.toStdString()))
                .contains(QStringLiteral("p2l restore --request 'a report.html' --out 'own-again.png'")));
    for (const char* name : {"own.png", "mask.png"}) QVERIFY(QFile::remove(at(QString::fromLatin1(name))));
    p2l({QStringLiteral("restore"), QStringLiteral("--request"), QStringLiteral("a report.html"),
         QStringLiteral("--out"), QStringLiteral("own-again.png")});
    const auto again = readPhoto(at(QStringLiteral("own-again.png")).toStdString());
    QCOMPARE(again.origin.bits, 16);
    QVERIFY(again.image.pixels == made.image.pixels);
  }

  void theReportHasThePhotosDepth() {
    Image deep(kSide, kSide, 3);
    for (std::size_t i = 0; i < deep.pixels.size(); ++i) deep.pixels[i] = static_cast<float>(i % 1000) / 1000.0f;
    for (const int bits : {8, 16}) {
      const auto name = QStringLiteral("deep-%1.png").arg(bits);
      writePhoto(deep, at(name).toStdString(), "", {}, {bits, {}});
      open(name);
      finishRun(0.7501f);
      const auto html = ui::reportHtml({document().openedPhoto(), document().result(), {}, QStringLiteral("P2L")});
      const auto saved = savedFrom(html, name);
      QCOMPARE(saved.origin.bits, bits);
      QVERIFY(saved.image.pixels == document().photo()->photo->image.pixels);  // a run from it is the same
      QCOMPARE(savedFrom(html, QStringLiteral("deep-%1-restored.png").arg(bits)).origin.bits, bits);
    }
  }

  void theResultIsCopied() {
    QVERIFY(!desk().copy_result->isEnabled());
    open(QStringLiteral("cat.png"));
    finishRun(0.75f);
    QVERIFY(desk().copy_result->isEnabled());
    desk().copy_result->trigger();
    QCOMPARE(QApplication::clipboard()->image().size(), QSize(kSide, kSide));
  }

  void whatTheSeedsDifferInIsMadeUp() {
    open(QStringLiteral("cat.png"));
    QVERIFY(!desk().made_up->isEnabled());
    finishRun(0.1f);  // seed 0; the worker's others are 0.2, 0.3, ...
    QSignalSpy changed(&document(), &RunModel::madeUpChanged);
    QSignalSpy asked(desk().sideRuns(), &ui::SideRuns::runRequested);
    auto* seeds = desk().made_up_seeds->box();
    QCOMPARE(seeds->minimum(), 2);
    QCOMPARE(seeds->maximum(), 8);
    seeds->setValue(3);
    QVERIFY2(desk().made_up->toolTip().contains(QLatin1Char('3')), qPrintable(desk().made_up->toolTip()));
    desk().made_up->trigger();
    QVERIFY(changed.wait(kPatience));
    QCOMPARE(asked.count(), 3);
    seeds->setValue(ui::MadeUp::kDefaultSeeds);
    const auto& overlay = document().madeUp();
    QCOMPARE(overlay.size(), QSize(kSide, kSide));
    QVERIFY(qAlpha(overlay.pixel(3, 3)) > 200);  // a deviation of 0.13
    QVERIFY(!document().isLittleMadeUp());
    desk().made_up->trigger();
    QVERIFY(document().madeUp().isNull());
    QVERIFY(qAlpha(ui::overlayFromSpread({0.0f, 0.05f}, 2, 1, 0.1f).pixel(0, 0)) == 0);
    QVERIFY(qAlpha(ui::overlayFromSpread({0.0f, 0.05f}, 2, 1, 0.1f).pixel(1, 0)) == 108);
    std::vector<float> nearly_all(100, 0.004f);
    nearly_all[40] = 0.5f;  // no single pixel sets a scale
    QCOMPARE(ui::strongestSpread(nearly_all), 0.004f);
    std::fill(nearly_all.begin(), nearly_all.begin() + 10, 0.03f);
    QCOMPARE(ui::strongestSpread(nearly_all), 0.03f);
  }

  void aLessonLocksTheKernel() {
    open(QStringLiteral("a.png"));
    QVERIFY(desk().kernel->isEnabled());
    document().setLesson(true);
    QVERIFY(!desk().kernel->isEnabled() && !desk().widths->isEnabled());
    document().setLesson(false);
    QVERIFY(desk().kernel->isEnabled());
  }

  void aDrawnKernelIsUsed() {
    open(QStringLiteral("cat.png"));
    ui::KernelDialog dialog(&document());
    dialog.findChild<QComboBox*>()->setCurrentIndex(4);  // drawn
    auto* canvas = dialog.findChild<ui::KernelCanvas*>();
    dialog.show();
    QVERIFY(dialog.kernel() == nullptr);
    const auto middle = canvas->rect().center();
    QTest::mousePress(canvas, Qt::LeftButton, {}, middle - QPoint(40, 0));
    QTest::mouseMove(canvas, middle);
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, middle);
    QVERIFY(dialog.kernel() != nullptr);
    QCOMPARE(dialog.kernel()->width, ui::KernelCanvas::kSide);
    float sum = 0.0f;
    for (const float sample : dialog.kernel()->pixels) sum += sample;
    QVERIFY(sum > 2.0f);
    QSignalSpy recalled(&document(), &RunModel::taskRecalled);
    dialog.accept();
    QCOMPARE(recalled.count(), 1);
    QCOMPARE(document().request().degradation().id, std::string("motion-blur"));
    RestoreRequest request;
    QVERIFY(document().pictures(request).kernel != nullptr);
  }

  void aWidthIsChosenFromAStrip() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "gaussian-blur";
    request.degradation().values = {{"sigma", 4.0}};
    request.degradation().id = "sr";
    document().changeTask(request, nullptr, 1.0);
    QVERIFY(!desk().widths->isEnabled());
    request.degradation().id = "gaussian-blur";
    document().changeTask(request, nullptr, 1.0);
    QVERIFY(desk().widths->isEnabled());
    ui::WidthStrip strip(&document(), desk().sideRuns());
    QCOMPARE(strip.widths().size(), std::size_t(5));
    QVERIFY(std::abs(strip.widths()[0] - 2.0) < 1e-9 && std::abs(strip.widths()[4] - 8.0) < 1e-9);
    // One name everywhere: in the menu, on the button and here.
    QCOMPARE(strip.windowTitle(), QStringLiteral("Not sure? Widths"));
    QCOMPARE(desk().widths->text().remove(QLatin1Char('&')), strip.windowTitle() + QStringLiteral("…"));
    QCOMPARE(desk().widths->iconText(), strip.windowTitle() + QStringLiteral("…"));
    strip.show();
    QCoreApplication::processEvents();
    QCOMPARE(strip.findChild<QScrollArea*>()->verticalScrollBar()->maximum(), 0);  // no row is hidden
    const auto tiles = strip.findChildren<QToolButton*>();
    QTRY_VERIFY_WITH_TIMEOUT(!tiles[4]->icon().isNull(), kPatience);
    tiles[4]->click();
    QCOMPARE(numberOf(document().request().degradation().values, "sigma"), 8.0);
    QVERIFY(strip.angles().empty());
  }

  void theStripGoesToSmallerAndLargerWidths() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "defocus";
    request.degradation().values = {{"radius", 4.0}};
    document().changeTask(request, nullptr, 1.0);
    QSignalSpy asked(desk().sideRuns(), &ui::SideRuns::runRequested);
    ui::WidthStrip strip(&document(), desk().sideRuns());
    strip.show();
    QVERIFY(QTest::qWaitForWindowActive(&strip));  // for its keys
    const auto tiles = strip.findChildren<QToolButton*>();
    const auto end = [&](const char* name) {
      const auto buttons = strip.findChildren<QPushButton*>();
      const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QPushButton* button) {
        return button->accessibleName() == QLatin1String(name);
      });
      return found != buttons.end() ? *found : nullptr;
    };
    auto *smaller = end("Smaller widths"), *larger = end("Larger widths");
    QVERIFY(smaller != nullptr && larger != nullptr && !smaller->isDefault() && !larger->isDefault());
    QCOMPARE(smaller->y(), tiles.first()->y());  // at the ends of the row
    QCOMPARE(larger->y(), tiles.last()->y());
    QVERIFY(smaller->x() < tiles.first()->x() && larger->x() > tiles.last()->x());
    const auto made = [&] {
      return std::none_of(tiles.begin(), tiles.end(),
                          [](const QToolButton* tile) { return tile->text().endsWith(QStringLiteral("…")); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(made(), kPatience);
    QCOMPARE(asked.count(), 5);
    QVERIFY(tiles[2]->font().bold());
    QTest::mouseClick(larger, Qt::LeftButton);
    QCOMPARE(strip.widths(), (std::vector<double>{8.0, 11.3, 16.0, 22.6, 30.0}));
    QVERIFY(!larger->isEnabled() && smaller->isEnabled());  // there are none
    QCOMPARE(tiles[0]->text(), QStringLiteral("8 px"));     // it stays, with its picture
    for (const auto* tile : tiles) QVERIFY(!tile->font().bold());
    QTRY_VERIFY_WITH_TIMEOUT(made(), kPatience);
    QCOMPARE(asked.count(), 9);
    QTest::keyClick(&strip, Qt::Key_Minus);
    QTRY_COMPARE(strip.widths(), (std::vector<double>{2.0, 2.83, 4.0, 5.66, 8.0}));
    QVERIFY(made());  // all were tried before
    smaller->setFocus();
    QTest::keyClick(smaller, Qt::Key_Return);
    QVERIFY(strip.isVisible());
    QCOMPARE(strip.widths(), (std::vector<double>{0.5, 0.707, 1.0, 1.41, 2.0}));
    QVERIFY(!smaller->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(made(), kPatience);
    QCOMPARE(asked.count(), 13);
    tiles[3]->click();
    QCOMPARE(numberOf(document().request().degradation().values, "radius"), 1.41);
  }

  void aTinyPhotoIsEnlargedInTheStripAndWhatFailsIsNoChoice() {
    writePhoto(Image(9, 7, 3, 0.5f), at(QStringLiteral("tiny.png")).toStdString(), "");
    open(QStringLiteral("tiny.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "gaussian-blur";
    request.degradation().values = {{"sigma", 4.0}};
    document().changeTask(request, nullptr, 1.0);
    failing_ = 2;  // the first two
    ui::WidthStrip strip(&document(), desk().sideRuns());
    strip.resize(640, 480);
    strip.show();
    const auto tiles = strip.findChildren<QToolButton*>();
    QCOMPARE(tiles.size(), 5);
    QTRY_COMPARE_WITH_TIMEOUT(tiles[4]->text(), QStringLiteral("8 px"), kPatience);  // it has its picture
    QCOMPARE(tiles[4]->icon().availableSizes().value(0).width(), ui::WidthStrip::kPicture);
    for (const auto* tile : tiles) {  // the picture fills its tile, the value is close below
      QCOMPARE(tile->iconSize(), QSize(ui::WidthStrip::kPicture, ui::WidthStrip::kPicture * 7 / 9));
      QVERIFY(tile->width() - tile->iconSize().width() <= 16);
      QVERIFY(tile->height() - tile->iconSize().height() <= tile->fontMetrics().height() + 16);
    }
    for (const int i : {0, 1}) {
      QVERIFY(!tiles[i]->isEnabled());
      QCOMPARE(tiles[i]->toolTip(), QStringLiteral("The worker failed."));
    }
    QVERIFY(tiles[3]->isEnabled());
    QTest::keyClick(tiles[3], Qt::Key_Return);
    QVERIFY(!strip.isVisible());
    QCOMPARE(numberOf(document().request().degradation().values, "sigma"), strip.widths()[3]);
  }

  void anAngleIsChosenFromAStrip() {
    open(QStringLiteral("cat.png"));
    auto request = document().request();
    request.mode = Mode::Restore;
    request.degradation().id = "straight-motion-blur";
    request.degradation().values = {{"length", 12.0}, {"angle", 30.0}};
    document().changeTask(request, nullptr, 1.0);
    QSignalSpy asked(desk().sideRuns(), &ui::SideRuns::runRequested);
    ui::WidthStrip strip(&document(), desk().sideRuns());
    QCOMPARE(strip.widths().size(), std::size_t(5));
    QCOMPARE(strip.angles(), (std::vector<double>{15.0, 30.0, 45.0, 75.0, 120.0, 165.0}));
    strip.show();
    const auto labels = strip.findChildren<QLabel*>();
    const auto hasTitle = [&](const QString& text) {
      return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text() == text; });
    };
    QVERIFY(hasTitle(QStringLiteral("Angle")) && hasTitle(QStringLiteral("Length")));
    for (const auto* tile : strip.findChildren<QToolButton*>()) QVERIFY(!tile->hasFocus());
    const auto tiles = strip.findChildren<QToolButton*>();
    QCOMPARE(tiles.size(), 11);
    QTRY_COMPARE_WITH_TIMEOUT(tiles[10]->text(), QStringLiteral("24 px"), kPatience);  // it has its picture
    QCOMPARE(asked.count(), 11);
    const auto first = asked.first().first().value<ui::RunJob>().request.degradation().values;
    QCOMPARE(numberOf(first, "angle"), 15.0);  // angles come first
    QCOMPARE(numberOf(first, "length"), 12.0);
    const auto last = asked.last().first().value<ui::RunJob>().request.degradation().values;
    QCOMPARE(numberOf(last, "angle"), 30.0);
    QCOMPARE(numberOf(last, "length"), 24.0);
    QCOMPARE(tiles[5]->text(), QStringLiteral("165°"));
    for (int i = 0; i < tiles.size(); ++i) QCOMPARE(tiles[i]->font().bold(), i == 1 || i == 8);
    QCOMPARE(tiles[1]->accessibleName(), QStringLiteral("Angle: 30°, the present value"));
    QCOMPARE(tiles[2]->accessibleName(), QStringLiteral("Angle: 45°"));
    tiles[2]->click();
    QCOMPARE(numberOf(document().request().degradation().values, "angle"), 45.0);
    QCOMPARE(numberOf(document().request().degradation().values, "length"), 12.0);
  }
};

QTEST_MAIN(DocumentDeskTest)
#include "document_desk_test.moc"
