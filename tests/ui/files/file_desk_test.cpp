// SPDX-License-Identifier: GPL-3.0-or-later
// What goes in and out of the window, with the answers of a person given by the test.
#include "ui/files/file_desk.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtEndian>
#include <QtTest>

#include "core/api/files.h"
#include "core/api/session.h"
#include "ui/base/run_keeper.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/mask_editor.h"
#include "ui/files/kept_result.h"
#include "ui/settings/solver_panel.h"
#include "ui/task/degradation_panel.h"
#include "ui/tools/mask_tool_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"

using namespace p2l;
using Topic = ui::MessageBar::Topic;

class FileDeskTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 40;
  static constexpr int kPatience = 20000;

  Catalogue catalogue_ = Session().catalogue();
  QTemporaryDir folder_;
  std::unique_ptr<ui::MainWindow> window_;
  ui::RunJob job_;
  QString save_answer_, open_answer_, proposal_;
  ui::Leave leave_answer_ = ui::Leave::Stay;
  int asked_to_leave_ = 0;
  ui::AtStake at_stake_;
  QStringList losses_;
  bool may_lose_ = false;

  ui::FileDesk* files() const { return window_->files(); }
  ui::RunModel* document() const { return window_->document(); }
  ui::MessageBar* messages() const { return window_->messages(); }
  QString path(const QString& name) const { return folder_.filePath(name); }
  QString photo(const QString& name) const {
    writePhoto(Image(kSide, kSide, 3, 0.5f), path(name).toStdString(), {});
    return path(name);
  }
  void open(const QString& file) {
    files()->open(file);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->photo()->path == file, kPatience);
  }
  /// What the program saved itself comes back as a result.
  void openResult(const QString& file) {
    QSignalSpy back(document(), &ui::RunModel::broughtBack);
    files()->open(file);
    QTRY_COMPARE_WITH_TIMEOUT(back.count(), 1, kPatience);
  }
  void finishRun() {
    document()->run();
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, 0.75f);
    outcome.measurement = Image(kSide / 4, kSide / 4, 3, 0.5f);
    outcome.embedding = {"a cat", "p2l-tiny", "", 1, 2, {0.25f, -3.0f}};
    outcome.report.request = catalogue_.complete(job_.request);
    document()->runFinished(job_.run_id, ui::resultFromOutcome(std::move(outcome), job_.pictures));
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QVERIFY(QDir().mkpath(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)));
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-files-test"));
  }
  void init() {
    QSettings().clear();
    save_answer_.clear();
    open_answer_.clear();
    leave_answer_ = ui::Leave::Stay;
    asked_to_leave_ = 0;
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    connect(document(), &ui::RunModel::runRequested, this, [this](const ui::RunJob& job) { job_ = job; });
    auto dialogs = ui::screenDialogs();
    dialogs.save_file = [this](QWidget*, const QString&, const QString& proposal, const QString&) {
      proposal_ = proposal;
      return save_answer_;
    };
    dialogs.open_file = [this](auto...) { return open_answer_; };
    dialogs.leave = [this](QWidget*, const ui::AtStake& at_stake) {
      ++asked_to_leave_;
      at_stake_ = at_stake;
      return leave_answer_;
    };
    dialogs.lose = [this](QWidget*, const QString&, const QStringList& losses) {
      losses_ = losses;
      return may_lose_;
    };
    losses_.clear();
    may_lose_ = false;
    files()->setDialogs(dialogs);
    window_->show();
  }
  void cleanup() {
    window_.reset();
    ui::forgetKeptResult();
  }

  void aNameToSaveUnderIsProposedInAFolderThatIsThere() {
    const auto propose = [this] {
      files()->askSaveResult();
      return QFileInfo(proposal_).path();
    };
    open(photo(QStringLiteral("a.png")));
    finishRun();
    leave_answer_ = ui::Leave::Discard;
    QCOMPARE(propose(), folder_.path());  // the photo's
    QSettings().remove(QStringLiteral("folder"));
    QCOMPARE(propose(), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    QSettings().setValue(QStringLiteral("save_folder"), QStringLiteral("/no-such-folder"));
    QCOMPARE(propose(), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    QSettings().setValue(QStringLiteral("folder"), folder_.path());
    QCOMPARE(propose(), folder_.path());
  }

  void aWindowWithoutAResultClosesAtOnce() {
    open(photo(QStringLiteral("a.png")));
    QVERIFY(window_->close());
    QCOMPARE(asked_to_leave_, 0);
  }

  void whatAFormatCannotHoldIsAskedBeforeItIsWritten() {
    const auto name = path(QStringLiteral("deep-asked.png"));
    QCOMPARE(writePhoto(Image(kSide, kSide, 3, 0.5f), name.toStdString(), {}, {}, {16, {}}), "");
    open(name);
    finishRun();
    const auto jpeg = path(QStringLiteral("asked.jpg")), png = path(QStringLiteral("asked.png"));
    QSignalSpy saved(files(), &ui::FileDesk::resultSaved);
    files()->saveResult(jpeg);
    QCOMPARE(losses_.size(), 1);
    QVERIFY2(losses_.first().contains(QStringLiteral("JPEG")) && losses_.first().contains(QStringLiteral("16")),
             qPrintable(losses_.first()));
    files()->saveResult(png);  // holds all of it
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
    QCOMPARE(saved.last().first().toString(), png);
    QVERIFY(!QFile::exists(jpeg));  // the answer was no
    may_lose_ = true;
    files()->saveResult(jpeg);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, kPatience);
    QVERIFY(QFile::exists(jpeg));
    QVERIFY2(messages()->text().isEmpty(), qPrintable(messages()->text()));  // it was said
  }

  void resultsKeepThePhotosDepthAndItsExifUnlessToldOtherwise() {
    // A camera's name alone, as a TIFF structure: one entry (Model, text of 8 bytes at 26) in one directory.
    const std::string exif = std::string("II*\0\x08\0\0\0\x01\0\x10\x01\x02\0\x08\0\0\0\x1a\0\0\0\0\0\0\0", 26) +
                             std::string("Model 7\0", 8);
    const auto name = path(QStringLiteral("deep.png"));
    QCOMPARE(writePhoto(Image(kSide, kSide, 3, 0.5f), name.toStdString(), {}, {}, {16, {exif.begin(), exif.end()}}),
             "");
    open(name);
    finishRun();
    const auto action = [this] {
      for (auto* each : window_->findChildren<QAction*>()) {
        if (each->text().contains(QStringLiteral("camera"))) return each;
      }
      return static_cast<QAction*>(nullptr);
    }();
    QVERIFY(action != nullptr && action->isChecked());
    for (const bool keep : {true, false}) {
      action->setChecked(keep);
      save_answer_ = path(keep ? QStringLiteral("with.png") : QStringLiteral("without.png"));
      files()->askSaveResult();
      QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_) && !files()->busy(), kPatience);
      const auto saved = readPhoto(save_answer_.toStdString());
      QCOMPARE(saved.origin.bits, 16);
      QCOMPARE(saved.origin.exif.empty(), !keep);
      QVERIFY(!saved.request_json.empty());
    }
    // The next window remembers it.
    leave_answer_ = ui::Leave::Discard;
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    bool remembered = false;
    for (auto* each : window_->findChildren<QAction*>())
      remembered = remembered || (each->text().contains(QStringLiteral("camera")) && !each->isChecked());
    QVERIFY(remembered);
  }

  void anUnsavedResultKeepsTheWindowOpen() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    QVERIFY(!window_->close());
    QCOMPARE(asked_to_leave_, 1);
    leave_answer_ = ui::Leave::Discard;
    QVERIFY(window_->close());
    QVERIFY(!QFile::exists(ui::keptResultPath()));
  }

  void aRunAndAMaskAreNamed() {
    open(photo(QStringLiteral("a.png")));
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({20, 9});
    QCOMPARE(document()->request().degradation().mask, std::string("painted"));
    QVERIFY(!window_->close());
    QCOMPARE(at_stake_.losses.size(), 1);
    QVERIFY2(at_stake_.losses.front().contains(QStringLiteral("a.png")), qPrintable(at_stake_.losses.front()));
    QVERIFY(at_stake_.can_save);
    // Saved, it is none; and the window closes after it.
    leave_answer_ = ui::Leave::Save;
    save_answer_ = path(QStringLiteral("mask.png"));
    window_->close();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), kPatience);
    QVERIFY(QFile::exists(save_answer_));
    QVERIFY(files()->atStake().losses.isEmpty());

    window_->show();
    leave_answer_ = ui::Leave::Stay;
    document()->run();
    QVERIFY(document()->isRunning());
    QVERIFY(!window_->close());
    QCOMPARE(at_stake_.losses.size(), 1);
    QVERIFY(at_stake_.losses.front().contains(document()->runLabel()));
    QVERIFY(!at_stake_.can_save);
    RunStart start;
    start.run_id = job_.run_id;
    start.steps = 7;
    document()->runStarted(start);
    StepReport step;
    step.step = 3;
    step.steps = 7;
    document()->stepFinished(job_.run_id, step);
    QVERIFY(!window_->close());
    QVERIFY2(at_stake_.losses.front().contains(QStringLiteral("step 3 of 7")), qPrintable(at_stake_.losses.front()));
    files()->addAtStake([] { return QStringList(QStringLiteral("The queue.")); });
    QVERIFY(!window_->close());
    QCOMPARE(at_stake_.losses.size(), 2);
    leave_answer_ = ui::Leave::Discard;
    QVERIFY(window_->close());
  }

  void aMaskThatAKeptRunHasIsNotAtStake() {
    open(photo(QStringLiteral("a.png")));
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({20, 9});
    // As it comes from the disk, in another format.
    connect(document(), &ui::RunModel::runRequested, this,
            [this] { job_.pictures.mask = job_.pictures.mask.convertToFormat(QImage::Format_RGB888); });
    finishRun();
    QVERIFY(!files()->atStake().losses.isEmpty());
    document()->markSaved();
    QVERIFY2(files()->atStake().losses.isEmpty(), qPrintable(files()->atStake().losses.join(QLatin1Char(' '))));
    document()->mask()->beginStroke({5, 25});
    document()->mask()->endStroke({20, 29});
    QCOMPARE(files()->atStake().losses.size(), 1);
  }

  void aLargeMaskIsComparedBesideTheWindow() {
    const auto picture = [this](const char* name, int side) {
      const auto file = path(QString::fromLatin1(name));
      return QImage(side, side, QImage::Format_RGB888).save(file) ? file : QString();
    };
    open(picture("large.png", 600));
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({200, 90});
    auto other = document()->mask()->image().copy();
    other.scanLine(590)[590] = 255;
    files()->keepMask(other);
    QVERIFY(!window_->close());
    QCOMPARE(asked_to_leave_, 0);  // it is being compared
    QTRY_COMPARE_WITH_TIMEOUT(asked_to_leave_, 1, kPatience);
    QCOMPARE(at_stake_.losses.size(), 1);
    QVERIFY(window_->isVisible());
    // The same mask, as a file gives it back.
    files()->keepMask(document()->mask()->image().copy());
    QVERIFY(!window_->close());
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), kPatience);
    QCOMPARE(asked_to_leave_, 1);
    window_->show();
    QVERIFY(files()->atStake().losses.isEmpty());  // it is known by now
    // Another photo comes before it is: it is offered until then.
    files()->keepMask(document()->mask()->image().copy());
    open(picture("larger.png", 700));
    QTRY_VERIFY_WITH_TIMEOUT(!messages()->has(ui::MessageBar::Topic::Mask), kPatience);
    QVERIFY(files()->atStake().losses.isEmpty());
  }

  void aMaskOfThePhotoBeforeCanStillBeSaved() {
    open(photo(QStringLiteral("a.png")));
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({20, 9});
    const auto painted = document()->mask()->image();
    open(photo(QStringLiteral("b.png")));
    QCOMPARE(document()->mask()->image(), painted);  // it goes along
    QVERIFY(!messages()->has(ui::MessageBar::Topic::Mask));
    const auto larger = path(QStringLiteral("c.png"));
    QVERIFY(QImage(2 * kSide, kSide, QImage::Format_RGB888).save(larger));
    open(larger);
    QVERIFY(document()->mask()->isEmpty());
    QVERIFY(messages()->has(ui::MessageBar::Topic::Mask));
    QVERIFY(files()->atStake().losses.join(QString()).contains(QStringLiteral("mask painted on b.png")));
    save_answer_ = path(QStringLiteral("late mask.png"));
    QPushButton* save = nullptr;
    for (auto* each : messages()->findChildren<QPushButton*>())
      save = each->isVisible() && each->text().startsWith(QStringLiteral("Save")) ? each : save;
    QVERIFY(save != nullptr);
    save->click();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!messages()->has(ui::MessageBar::Topic::Mask), kPatience);
    QCOMPARE(QImage(save_answer_).convertToFormat(QImage::Format_Grayscale8),
             painted.convertToFormat(QImage::Format_Grayscale8));
    QVERIFY(files()->atStake().losses.isEmpty());
  }

  void masksOfSeveralPhotosAreOfferedOneAfterTheOther() {
    const auto picture = [this](const char* name, int width) {
      const auto file = path(QString::fromLatin1(name));
      return QImage(width, kSide, QImage::Format_RGB888).save(file) ? file : QString();
    };
    const auto paint = [this] {
      document()->mask()->beginStroke({5, 5});
      document()->mask()->endStroke({20, 9});
    };
    const auto press = [this] {
      for (auto* each : messages()->findChildren<QPushButton*>())
        if (each->isVisible() && each->text().startsWith(QStringLiteral("Save"))) return each->click();
    };
    open(picture("one.png", kSide));
    window_->widgets().degradation->setDegradation("inpaint");
    paint();
    open(picture("two.png", 2 * kSide));
    paint();
    open(picture("three.png", 3 * kSide));
    QCOMPARE(files()->atStake().losses.size(), 2);
    QVERIFY(files()->atStake().can_save);
    QVERIFY2(messages()->text().contains(QStringLiteral("two.png")), qPrintable(messages()->text()));
    press();  // no name is chosen
    QVERIFY2(messages()->text().contains(QStringLiteral("two.png")), qPrintable(messages()->text()));
    for (const char* name : {"one.png", "two.png"}) {  // neither is lost by looking at the other
      messages()->showNext();
      QVERIFY2(messages()->text().contains(QLatin1String(name)), qPrintable(messages()->text()));
      QCOMPARE(files()->atStake().losses.size(), 2);
    }
    for (const int width : {2 * kSide, kSide}) {
      QTRY_VERIFY_WITH_TIMEOUT(messages()->isVisible(), kPatience);  // after the note on what was saved
      save_answer_ = path(QStringLiteral("mask-%1.png").arg(width));
      press();
      QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_) && !files()->busy(), kPatience);
      QCOMPARE(QImage(save_answer_).width(), width);
    }
    QVERIFY(!messages()->has(Topic::Mask));
    QVERIFY(files()->atStake().losses.isEmpty());
  }

  void aMaskIsOfferedWhereTheRunOfAnotherPhotoIsBroughtBack() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    document()->markSaved();
    const auto other = path(QStringLiteral("painted.png"));
    QVERIFY(QImage(2 * kSide, kSide, QImage::Format_RGB888).save(other));
    open(other);
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({20, 9});
    QTest::qWait(20);
    document()->bringBack(0);
    QCOMPARE(document()->photo()->label, QStringLiteral("a.png"));
    const auto said = QStringLiteral("mask painted on painted.png");
    QVERIFY(messages()->has(Topic::Mask));
    QVERIFY(files()->atStake().losses.join(QString()).contains(said));
    document()->undoStack()->undo();
    QCOMPARE(document()->photo()->label, QStringLiteral("painted.png"));
    QVERIFY(!messages()->has(Topic::Mask));  // it is the document's again
    QCOMPARE(files()->atStake().losses.filter(said).size(), 1);
    document()->undoStack()->redo();
    QVERIFY(messages()->has(Topic::Mask));
    QCOMPARE(files()->atStake().losses.filter(said).size(), 1);
  }

  void aMaskThatIsOfferedIsOfferedAgainAfterACrash() {
    open(photo(QStringLiteral("a.png")));
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({20, 9});
    const auto painted = document()->mask()->image();
    QVERIFY(files()->keptOffers().isEmpty());
    const auto larger = path(QStringLiteral("larger.png"));
    QVERIFY(QImage(2 * kSide, kSide, QImage::Format_RGB888).save(larger));
    QSignalSpy changed(files(), &ui::FileDesk::offersChanged);
    open(larger);
    QVERIFY(changed.count() > 0);
    const auto kept = files()->keptOffers();
    QVERIFY2(kept.contains(QStringLiteral("a.png")), qPrintable(kept));
    messages()->clear(Topic::Mask);
    QVERIFY(files()->keptOffers().isEmpty());
    files()->takeUpOffers(QStringLiteral("damaged"));
    QVERIFY(!messages()->has(Topic::Mask));
    files()->takeUpOffers(kept);
    QVERIFY(files()->atStake().losses.join(QString()).contains(QStringLiteral("mask painted on a.png")));
    QCOMPARE(files()->keptOffers(), kept);
    save_answer_ = path(QStringLiteral("after a crash.png"));
    for (auto* each : messages()->findChildren<QPushButton*>())
      if (each->isVisible() && each->text().startsWith(QStringLiteral("Save"))) each->click();
    QTRY_VERIFY_WITH_TIMEOUT(!messages()->has(Topic::Mask), kPatience);
    QCOMPARE(QImage(save_answer_).convertToFormat(QImage::Format_Grayscale8), painted);
    QVERIFY(files()->keptOffers().isEmpty());
  }

  void aLargeMaskThatIsOfferedIsWrittenBesideTheWindow() {
    constexpr int kLarge = 400;
    const auto large = path(QStringLiteral("large.png"));
    QVERIFY(QImage(kLarge, kLarge, QImage::Format_RGB888).save(large));
    open(large);
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({350, 90});
    const auto painted = document()->mask()->image();
    QVERIFY(painted.width() * painted.height() > 65536);
    QSignalSpy changed(files(), &ui::FileDesk::offersChanged);
    files()->offerWhatIsNotSaved();
    QVERIFY(messages()->has(Topic::Mask));
    QVERIFY(files()->keptOffers().isEmpty());  // its file is not there yet
    changed.clear();
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), kPatience);
    const auto kept = QJsonDocument::fromJson(files()->keptOffers().toUtf8()).array();
    QCOMPARE(kept.size(), 1);
    const auto png = QByteArray::fromBase64(kept[0][QStringLiteral("mask")].toString().toLatin1());
    QCOMPARE(QImage::fromData(png, "PNG").convertToFormat(QImage::Format_Grayscale8), painted);
  }

  void theQuestionNamesThemWithKeysForItsAnswers() {
    const std::pair<QString, ui::Leave> answers[] = {{QStringLiteral("&Save"), ui::Leave::Save},
                                                     {QStringLiteral("&Quit anyway"), ui::Leave::Discard},
                                                     {QStringLiteral("&Cancel"), ui::Leave::Stay}};
    for (const auto& [text, expected] : answers) {
      const auto press = [text = text] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box == nullptr) return;
        QVERIFY(box->informativeText().contains(QStringLiteral("a loss")));
        for (auto* button : box->buttons()) {
          if (button->text().startsWith(text)) return button->click();
        }
        box->reject();
      };
      QTimer::singleShot(0, this, press);
      QCOMPARE(ui::screenDialogs().leave(window_.get(), {{QStringLiteral("a loss")}, true}), expected);
    }
  }

  void saveAndLeave() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    leave_answer_ = ui::Leave::Save;
    QVERIFY(!window_->close());  // no name was given: the window stays
    QVERIFY(window_->isVisible());
    save_answer_ = path(QStringLiteral("saved.png"));
    window_->close();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), kPatience);
    QCOMPARE(readPhoto(save_answer_.toStdString()).image.width, kSide);
  }

  void aSaveThatFailsKeepsTheWindowOpen() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    leave_answer_ = ui::Leave::Save;
    save_answer_ = QStringLiteral("/no-such-folder/saved.png");
    window_->close();
    QTRY_VERIFY_WITH_TIMEOUT(messages()->text().contains(QStringLiteral("no-such-folder")), kPatience);
    QVERIFY(window_->isVisible());
    QVERIFY(document()->hasUnsavedResult());
    QVERIFY(!QSettings().contains(QStringLiteral("save_folder")));  // the next name is proposed elsewhere
    save_answer_ = path(QStringLiteral("after all.png"));
    files()->askSaveResult();
    QTRY_VERIFY_WITH_TIMEOUT(!document()->hasUnsavedResult(), kPatience);
    QCOMPARE(QSettings().value(QStringLiteral("save_folder")).toString(), folder_.path());
    leave_answer_ = ui::Leave::Discard;
  }

  void theResultOfTheFormerPhotoCanStillBeSaved() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    open(photo(QStringLiteral("b.png")));
    QVERIFY(messages()->has(Topic::Unsaved));
    QVERIFY(messages()->text().contains(QStringLiteral("a.png")));
    QVERIFY(!window_->close());
    leave_answer_ = ui::Leave::Save;
    save_answer_ = path(QStringLiteral("former.png"));
    window_->close();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), kPatience);
    const auto saved = readPhoto(save_answer_.toStdString());
    QCOMPARE(QString::fromStdString(requestFromJson(saved.request_json).photo), path(QStringLiteral("a.png")));
  }

  void aResultThatTheHistoryHasNotTakenIsOfferedUntilItIsSaved() {
    const auto press = [this] {
      for (auto* each : messages()->findChildren<QPushButton*>())
        if (each->isVisible() && each->text() == QStringLiteral("Save as…")) return each->click();
      QFAIL("There is no such button.");
    };
    open(photo(QStringLiteral("a.png")));
    finishRun();
    const auto refused = document()->result();
    files()->offerRefused(refused, QStringLiteral("a.png"), QStringLiteral("It is only in memory."));
    QCOMPARE(messages()->text(), QStringLiteral("It is only in memory."));
    QCOMPARE(files()->atStake().losses.size(), 1);  // named once
    finishRun();
    document()->markSaved();
    QCOMPARE(files()->atStake().losses.size(), 1);  // though another result is shown
    press();                                        // no name is chosen
    QCOMPARE(messages()->text(), QStringLiteral("It is only in memory."));
    save_answer_ = path(QStringLiteral("refused.png"));
    press();
    QTRY_VERIFY_WITH_TIMEOUT(!messages()->has(Topic::Unsaved), kPatience);
    QVERIFY(QFile::exists(save_answer_));
    QVERIFY(files()->atStake().losses.isEmpty());
    // The history may take it after all.
    files()->offerRefused(refused, QStringLiteral("a.png"), QStringLiteral("It is only in memory."));
    files()->settleResult(refused);
    QVERIFY(!messages()->has(Topic::Unsaved));
    QVERIFY(files()->atStake().losses.isEmpty());
  }

  void aResultIsKeptUntilItIsSaved() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(ui::keptResultPath()), kPatience);
    files()->saveResult(path(QStringLiteral("saved.png")));
    QTRY_VERIFY_WITH_TIMEOUT(!document()->hasUnsavedResult(), kPatience);
    QVERIFY(!QFile::exists(ui::keptResultPath()));
  }

  void whatMayStillGetToTheDiskIsWaitedForBeforeALossIsNamed() {
    bool at_stake = true;
    int begun = 0;
    files()->addSettling([&] {
      ++begun;
      return at_stake;
    });
    files()->addAtStake([&] { return at_stake ? QStringList(QStringLiteral("a run")) : QStringList(); });
    files()->settledForLeaving();  // nobody leaves
    QVERIFY(window_->isVisible());
    QVERIFY(!window_->close());
    QCOMPARE(asked_to_leave_, 0);
    files()->settledForLeaving();  // it did not get there
    QCOMPARE(asked_to_leave_, 1);
    QCOMPARE(begun, 1);
    QVERIFY(window_->isVisible());
    QVERIFY(!window_->close());
    QCOMPARE(begun, 2);
    at_stake = false;
    files()->settledForLeaving();
    QCOMPARE(asked_to_leave_, 1);
    QVERIFY(!window_->isVisible());
  }

  void whatOthersCanSaveIsSavedBeforeTheWindowCloses() {
    bool at_stake = true;
    int asked = 0;
    files()->addSavable([&] { return at_stake; }, [&] { ++asked; });
    files()->addAtStake([&] { return at_stake ? QStringList(QStringLiteral("the project")) : QStringList(); });
    leave_answer_ = ui::Leave::Save;
    QVERIFY(!window_->close());
    QVERIFY(at_stake_.can_save);
    QCOMPARE(asked, 1);
    files()->savedForLeaving(false);
    QVERIFY(window_->isVisible());
    QVERIFY(!window_->close());
    at_stake = false;
    files()->savedForLeaving(true);
    QVERIFY(!window_->isVisible());
  }

  void aKeptResultOfACrashedSessionIsOffered() {
    const auto folder = QFileInfo(ui::keptResultPath()).absolutePath();
    const auto left = folder + QStringLiteral("/unsaved-999999999.png");  // no process has this number
    writePhoto(Image(kSide, kSide, 3, 0.25f), left.toStdString(), {});
    files()->offerKeptResult();
    QVERIFY(messages()->has(Topic::Start));
    QVERIFY(!QFile::exists(left));
    open(photo(QStringLiteral("a.png")));  // opening a photo leaves the offer
    QVERIFY(messages()->has(Topic::Start));
  }

  void aSavedResultHoldsWhatMadeIt() {
    open(photo(QStringLiteral("a.png")));
    document()->run();
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, 0.75f);
    outcome.report.request = catalogue_.complete(job_.request);
    outcome.report.model.sha256 = "0123abcd";
    outcome.report.versions["p2l"] = "1.2.3";
    document()->runFinished(job_.run_id, ui::resultFromOutcome(std::move(outcome), job_.pictures));
    for (const char* name : {"made.png", "made.jpg", "made.tif"}) {
      QSignalSpy saved(files(), &ui::FileDesk::resultSaved);
      files()->saveResult(path(QString::fromLatin1(name)));
      QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
      const auto text = readPhoto(path(QString::fromLatin1(name)).toStdString()).request_json;
      const auto made = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object()[QStringLiteral("made_by")];
      QCOMPARE(made.toObject()[QStringLiteral("p2l")].toString(), QStringLiteral("1.2.3"));
      QCOMPARE(made.toObject()[QStringLiteral("model_sha256")].toString(), QStringLiteral("0123abcd"));
      QCOMPARE(jsonFromRequest(requestFromJson(text)), jsonFromRequest(document()->result()->outcome.report.request));
    }
  }

  void aResultThatIsOpenedAsTheProgramStartsWaitsForTheHistory() {
    const QTemporaryDir data;
    document()->openHistory(data.path(), std::uint64_t{1} << 30);
    open(photo(QStringLiteral("a.png")));
    QSignalSpy kept(document(), &ui::RunModel::runKept);
    finishRun();
    QTRY_VERIFY_WITH_TIMEOUT(kept.count() > 0, kPatience);
    QSignalSpy saved(files(), &ui::FileDesk::resultSaved);
    const auto result = path(QStringLiteral("a-restored.png"));
    files()->saveResult(result);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);

    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    document()->openHistory(data.path(), std::uint64_t{1} << 30);
    for (int i = 0; i < 200; ++i) document()->history()->load();  // there is much to read
    QVERIFY(document()->history()->isLoading());
    QSignalSpy loaded(document()->history(), &ui::RunKeeper::loaded);
    openResult(result);
    QCOMPARE(loaded.count(), 201);
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(1));  // that run, and not one more of it
    QVERIFY(!document()->pastRuns().all().front().id.empty());
    QCOMPARE(document()->shownRun(), 0);
  }

  void settingsOfASavedResultAreRecalled() {
    open(photo(QStringLiteral("a.png")));
    auto* degradation = window_->widgets().degradation;
    auto* solver = window_->widgets().solver;
    degradation->setDegradation("gaussian-blur");
    solver->setSolver("ldps");
    finishRun();
    const auto before = jsonFromRequest(job_.request);
    const auto saved = path(QStringLiteral("result.png"));
    files()->saveResult(saved);
    QTRY_VERIFY_WITH_TIMEOUT(!document()->hasUnsavedResult(), kPatience);
    degradation->setDegradation("sr");
    solver->setSolver("p2l");
    openResult(saved);
    // A result is a result, never a new photo.
    QCOMPARE(document()->photo()->path, path(QStringLiteral("a.png")));
    QVERIFY(document()->result());
    QVERIFY(document()->showsResult());
    QVERIFY(!document()->hasUnsavedResult());
    auto now = document()->request();
    now.photo = job_.request.photo;
    QCOMPARE(QString::fromStdString(jsonFromRequest(now)), QString::fromStdString(before));
  }

  void aSavedResultComesIntoTheHistoryOnce() {
    const auto original = photo(QStringLiteral("a.png"));
    auto request = catalogue_.complete(document()->request());
    request.mode = Mode::Restore;
    request.photo = original.toStdString();
    request.seed = 77;
    const auto result = path(QStringLiteral("a-elsewhere.png"));
    writePhoto(Image(kSide, kSide, 3, 0.25f), result.toStdString(), jsonFromRequest(request));
    open(photo(QStringLiteral("b.png")));
    openResult(result);
    QCOMPARE(document()->photo()->path, original);
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(1));
    QCOMPARE(document()->pastRuns().all()[0].request.seed, std::uint64_t{77});
    QVERIFY(document()->result() && !document()->hasUnsavedResult());
    const auto summary = ui::summaryText(document()->result()->outcome);
    QVERIFY2(!summary.contains(QStringLiteral("0.0 s")), qPrintable(summary));  // the file says no seconds
    document()->undoStack()->undo();
    QCOMPARE(document()->photo()->path, path(QStringLiteral("b.png")));
    openResult(result);
    QCOMPARE(document()->photo()->path, original);
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(1));
  }

  void aResultWithTheRequestAsItWasStatedIsItsRun() {
    const auto original = photo(QStringLiteral("a.png"));
    open(original);
    window_->widgets().degradation->setDegradation("gaussian-blur");
    window_->widgets().solver->setSolver("ldps");
    finishRun();
    const auto result = path(QStringLiteral("of-the-history.png"));  // its files hold this request
    writePhoto(Image(kSide, kSide, 3, 0.75f), result.toStdString(), jsonFromRequest(job_.request));
    open(photo(QStringLiteral("b.png")));
    QCOMPARE(document()->shownRun(), -1);
    openResult(result);
    QCOMPARE(document()->photo()->path, original);
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(1));
    QCOMPARE(document()->shownRun(), 0);
  }

  void aResultWhosePhotoIsGoneNamesIt() {
    auto request = catalogue_.complete(document()->request());
    request.photo = "/no/such/folder/gone.png";
    const auto result = path(QStringLiteral("of-gone.png"));
    writePhoto(Image(kSide, kSide, 3, 0.25f), result.toStdString(), jsonFromRequest(request));
    open(result);
    QVERIFY(document()->pastRuns().all().empty());
    QVERIFY2(messages()->text().contains(QStringLiteral("/no/such/folder/gone.png")), qPrintable(messages()->text()));
  }

  void aResultThatMovedWithItsPhotoFindsItBesideItself() {
    auto request = catalogue_.complete(document()->request());
    request.mode = Mode::Restore;
    request.photo = "/no/such/folder/moved.png";
    const auto beside = photo(QStringLiteral("moved.png")), result = path(QStringLiteral("moved-restored.png"));
    writePhoto(Image(kSide, kSide, 3, 0.25f), result.toStdString(), jsonFromRequest(request));
    openResult(result);
    QCOMPARE(document()->photo()->path, beside);
    QVERIFY(document()->showsResult());
  }

  void aKernelIsSavedAndRecalledWithoutItsFile() {
    open(photo(QStringLiteral("a.png")));
    const auto kernel = path(QStringLiteral("kernel.png"));
    writePhoto(Image(3, 5, 1, 0.4f), kernel.toStdString(), {});
    auto* degradation = window_->widgets().degradation;
    degradation->setDegradation("motion-blur");
    degradation->loadKernel(kernel);
    RestoreRequest request;
    QTRY_VERIFY_WITH_TIMEOUT(document()->pictures(request).kernel != nullptr, kPatience);
    finishRun();
    const auto saved = path(QStringLiteral("result.png"));
    files()->saveResult(saved);
    QTRY_VERIFY_WITH_TIMEOUT(!document()->hasUnsavedResult(), kPatience);
    QVERIFY(QFile::remove(kernel));
    degradation->setDegradation("sr");
    openResult(saved);
    QCOMPARE(document()->photo()->path, path(QStringLiteral("a.png")));
    const auto recalled = document()->pictures(request).kernel;
    QVERIFY(recalled != nullptr);
    QCOMPARE(recalled->width, 3);
    QCOMPARE(recalled->height, 5);
    QCOMPARE(recalled->pixels[0], 26214.0f / 65535.0f);  // the 8-bit file's 102 / 255
  }

  void contactSheetAndAnimationAreWritten() {
    open(photo(QStringLiteral("a.png")));
    save_answer_ = path(QStringLiteral("sheet.png"));
    files()->askExportSheet();  // no result yet
    QVERIFY(messages()->has(Topic::File));
    finishRun();
    files()->askExportSheet();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_), kPatience);
    QVERIFY(readPhoto(save_answer_.toStdString()).image.width > kSide);
    save_answer_ = path(QStringLiteral("steps.webp"));
    files()->askExportAnimation();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!files()->busy(), kPatience);
    QVERIFY(!messages()->has(Topic::File));
    save_answer_ = path(QStringLiteral("steps.gif"));
    files()->askExportAnimation();
    QTRY_VERIFY_WITH_TIMEOUT(messages()->text().contains(QStringLiteral(".webp")), kPatience);
    QVERIFY(!QFile::exists(save_answer_));
  }

  void theTunedEmbeddingIsSaved() {
    open(photo(QStringLiteral("a.png")));
    save_answer_ = path(QStringLiteral("tuned.safetensors"));
    files()->askSaveEmbedding();  // none yet
    QVERIFY(messages()->has(Topic::File));
    QVERIFY(!QFile::exists(save_answer_));
    finishRun();
    files()->askSaveEmbedding();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!files()->busy(), kPatience);
    const auto embedding = readEmbedding(save_answer_.toStdString());
    QCOMPARE(embedding.prompt, std::string("a cat"));
    QVERIFY((embedding.values == std::vector<float>{0.25f, -3.0f}));
    QCOMPARE(embedding.width, 2);
  }

  void aRunStartsFromAnEmbeddingThatWasSaved() {
    open(photo(QStringLiteral("a.png")));
    auto* from_file = window_->actions()->open_embedding;
    from_file->trigger();  // no file is chosen
    QVERIFY(!files()->busy());
    QVERIFY(document()->request().embedding.empty());
    finishRun();
    save_answer_ = open_answer_ = path(QStringLiteral("tuned prompt.safetensors"));
    files()->askSaveEmbedding();
    from_file->trigger();  // after it is written
    QTRY_VERIFY_WITH_TIMEOUT(!document()->request().embedding.empty(), kPatience);
    QCOMPARE(document()->request().embedding, open_answer_.toStdString());
    document()->run();
    QCOMPARE(job_.request.embedding, open_answer_.toStdString());
    QVERIFY(job_.request.prompt.empty());
    QVERIFY(!messages()->has(Topic::File));

    // What is no embedding leaves the former one.
    const QString bad[] = {photo(QStringLiteral("b.png")), path(QStringLiteral("none.safetensors"))};
    for (const auto& file : bad) {
      open_answer_ = file;
      from_file->trigger();
      QTRY_VERIFY_WITH_TIMEOUT(messages()->has(Topic::File), kPatience);
      QVERIFY2(messages()->text().contains(QFileInfo(file).fileName()), qPrintable(messages()->text()));
      QVERIFY2(messages()->text().endsWith(QStringLiteral("choose a file that Save tuned embedding has written.")),
               qPrintable(messages()->text()));
      QCOMPARE(document()->request().embedding, save_answer_.toStdString());
      messages()->clear(Topic::File);
    }
    open_answer_ = save_answer_;
    ModelInfo pixels;
    pixels.name = "p2l-tiny-pixel";
    pixels.model_kind = ModelKind::Pixel;
    window_->widgets().solver->showModel(pixels);
    QVERIFY(document()->request().embedding.empty());
    from_file->trigger();
    QVERIFY2(messages()->text().contains(QStringLiteral("reads no text")), qPrintable(messages()->text()));
    QVERIFY(!files()->busy());
  }

  void aSaveOverAnInputIsRefused() {
    const auto opened = photo(QStringLiteral("a.png"));
    open(opened);
    finishRun();
    QFile::link(opened, path(QStringLiteral("link.png")));
    const auto bytes = [](const QString& file) {
      QFile in(file);
      return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    };
    const auto before = bytes(opened);
    const auto refuses = [&](const std::function<void()>& ask) {
      for (const auto& name : {opened, path(QStringLiteral("link.png"))}) {
        messages()->clear(Topic::File);
        save_answer_ = name;
        ask();
        QCOMPARE(messages()->text(), name + QStringLiteral(" is the photo that is open: choose another name."));
        QTRY_VERIFY_WITH_TIMEOUT(!files()->busy(), kPatience);
        QCOMPARE(bytes(opened), before);
      }
    };
    refuses([this] { files()->askSaveResult(); });
    refuses([this] { files()->askSaveMeasurement(); });
    refuses([this] { files()->askSaveEmbedding(); });
    refuses([this] { files()->askExportSheet(); });
    refuses([this] { files()->askExportAnimation(); });
    QString error;
    QVERIFY(!window_->widgets().curves->exportCsv(opened, &error) && error.contains(QStringLiteral("the photo that")));
    QVERIFY(!window_->widgets().curves->exportPdf(opened, &error));
    QVERIFY(!window_->widgets().degradation->maskTools()->exportMask(opened, &error));
    QVERIFY2(error.contains(QStringLiteral("the photo that")), qPrintable(error));
    QCOMPARE(bytes(opened), before);
    QVERIFY(document()->hasUnsavedResult());
    // The other inputs, and what is locked.
    const auto kernel = path(QStringLiteral("kernel.png")), locked = path(QStringLiteral("locked.png"));
    writePhoto(Image(3, 5, 1, 0.4f), kernel.toStdString(), {});
    writePhoto(Image(3, 5, 1, 0.4f), locked.toStdString(), {});
    QVERIFY(QFile(locked).setPermissions(QFile::ReadOwner));
    window_->widgets().degradation->setDegradation("motion-blur");
    window_->widgets().degradation->loadKernel(kernel);
    QTRY_COMPARE_WITH_TIMEOUT(document()->request().degradation().kernel, kernel.toStdString(), kPatience);
    const auto model = QString::fromStdString(resourceFolder()) + QStringLiteral("/models/p2l-tiny/model_index.json");
    const std::pair<QString, const char*> refused[] = {{kernel, "is the blur kernel that is in use"},
                                                       {model, "belongs to the model that is in use"},
                                                       {locked, "is there already and read-only"}};
    for (const auto& [file, words] : refused)
      QVERIFY2(files()->problemOfSaving(file).startsWith(file + QLatin1Char(' ') + QLatin1String(words)),
               qPrintable(files()->problemOfSaving(file)));
    save_answer_ = path(QStringLiteral("beside.png"));
    files()->askSaveResult();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_), kPatience);
  }

  void whatARunHinderedIsNotSaidAfterItsEnd() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    document()->run();
    document()->bringBack(0);
    const auto said = messages()->text();
    QCOMPARE(said, QStringLiteral("A run is in progress: stop it or wait for it."));
    Outcome outcome;
    outcome.status = Outcome::Status::Cancelled;
    outcome.report.request = catalogue_.complete(job_.request);
    document()->runFinished(job_.run_id, ui::resultFromOutcome(std::move(outcome), job_.pictures));
    QVERIFY(!document()->isRunning());
    QVERIFY2(messages()->text() != said, qPrintable(messages()->text()));
  }

  void aTextualInversionBringsItsWord() {
    open(photo(QStringLiteral("a.png")));
    open_answer_ = path(QStringLiteral("learned.safetensors"));
    QFile file(open_answer_);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray header(R"({"<cat-toy>":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})");
    while (header.size() % 8 != 0) header.append(' ');
    const auto length = qToLittleEndian<quint64>(static_cast<quint64>(header.size()));
    file.write(reinterpret_cast<const char*>(&length), sizeof length);
    file.write(header + QByteArray(8, '\0'));
    file.close();
    window_->actions()->open_embedding->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!document()->request().embedding.empty(), kPatience);
    QCOMPARE(document()->request().embedding, open_answer_.toStdString());
    QCOMPARE(document()->request().prompt, std::string("<cat-toy>"));
    QVERIFY(!messages()->has(Topic::File));
  }

  void theMeasurementCanBeSavedBeforeAnyRun() {
    open(photo(QStringLiteral("a.png")));
    save_answer_ = path(QStringLiteral("measured.png"));
    files()->askSaveMeasurement();  // none yet
    QVERIFY(messages()->has(Topic::File));
    quint64 id = 0;
    connect(document(), &ui::RunModel::previewRequested, this, [&](const ui::PreviewJob& job) { id = job.preview_id; });
    window_->widgets().degradation->setDegradation("random-drop");
    QTRY_VERIFY_WITH_TIMEOUT(id > 0, kPatience);
    Outcome outcome;
    outcome.measurement = outcome.baseline = Image(kSide / 2, kSide / 2, 3, 0.5f);
    outcome.report.request = catalogue_.complete(document()->request());
    document()->previewReady(id, ui::resultFromOutcome(std::move(outcome)));
    files()->askSaveMeasurement();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(save_answer_), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(readPhoto(save_answer_.toStdString()).image.width, kSide / 2, kPatience);
    // It is a photo, and no result of the one that it was made from, which is there still.
    open(save_answer_);
    QVERIFY(!document()->result());
    QCOMPARE(document()->photo()->photo->image.width, kSide / 2);
    const auto made = requestFromJson(document()->photo()->photo->request_json);
    QVERIFY(made.mode == Mode::Restore);
    QCOMPARE(made.degradation().id, std::string("random-drop"));
    QCOMPARE(made.photo, std::string());
  }

  void aPictureIsPasted() {
    QImage image(30, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QGuiApplication::clipboard()->setImage(image);
    files()->paste();
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    QCOMPARE(document()->photo()->photo->image.width, 30);
    QGuiApplication::clipboard()->setText(QStringLiteral("words"));
    files()->paste();
    QVERIFY(messages()->has(Topic::Photo));
  }

  void droppedFilesAndPicturesAreTaken() {
    QMimeData file, picture, words;
    file.setUrls(
        {QUrl(QStringLiteral("https://example.org/x.png")), QUrl::fromLocalFile(photo(QStringLiteral("d.png")))});
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::blue);
    picture.setImageData(image);
    words.setText(QStringLiteral("words"));
    QVERIFY(ui::FileDesk::canOpen(&file) && ui::FileDesk::canOpen(&picture) && !ui::FileDesk::canOpen(&words));
    QVERIFY(!ui::FileDesk::canOpen(nullptr) && !files()->openData(nullptr));
    QVERIFY(files()->openData(&file));
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    QCOMPARE(document()->photo()->label, QStringLiteral("d.png"));
  }

  void whatWasSaidOfAPhotoGoesWithIt() {
    open(photo(QStringLiteral("a.png")));
    finishRun();
    document()->markSaved();
    open(QStringLiteral(P2L_TEST_FIELD "/anim.webp"));
    QVERIFY(messages()->has(Topic::Photo));  // its first picture alone is taken
    messages()->showNote(Topic::Task, QStringLiteral("The mask is grey."));
    document()->bringBack(0);
    QCOMPARE(document()->photo()->label, QStringLiteral("a.png"));
    QVERIFY(!messages()->has(Topic::Photo));
    QVERIFY(!messages()->has(Topic::Task));
    messages()->showNote(Topic::File, QStringLiteral("A JPEG has no transparency."));
    messages()->showNote(Topic::Run, QStringLiteral("The colours were held."));
    open(photo(QStringLiteral("b.png")));
    QVERIFY2(messages()->text().isEmpty(), qPrintable(messages()->text()));
    // A file that could not be written is still missing.
    messages()->showProblem(Topic::File, QStringLiteral("The disk is full."));
    open(photo(QStringLiteral("c.png")));
    QCOMPARE(messages()->text(), QStringLiteral("The disk is full."));
  }

  void theLastOneAskedForIsOpened() {
    const auto first = photo(QStringLiteral("a.png")), second = photo(QStringLiteral("b.png"));
    QSignalSpy opened(files(), &ui::FileDesk::opened);
    files()->open(first);
    files()->open(second);
    QTRY_VERIFY_WITH_TIMEOUT(!files()->busy(), kPatience);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(document()->photo()->path, second);
  }

  void curvesAreExported() {
    save_answer_ = path(QStringLiteral("curves.csv"));
    files()->askExportCsv();
    QVERIFY(messages()->has(Topic::File));  // there are none
    window_->widgets().curves->addRun(1, QStringLiteral("Run 1"), 0.5);
    files()->askExportCsv();
    QVERIFY(QFile::exists(save_answer_));
  }
};

QTEST_MAIN(FileDeskTest)
#include "file_desk_test.moc"
