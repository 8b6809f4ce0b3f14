// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: Repeat on a folder goes on beside the studio, and tells the evaluation of all that the runs were made with.
#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QTimer>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/compare/repeat_dialog.h"

using namespace p2l;

class CompareRepeatTest : public CompareFixture {
  Q_OBJECT

 private:
  /// A program in place of p2l.
  QString program(const char* lines) {
    const auto path = folder_.filePath(QStringLiteral("evaluation.sh"));
    writeTextFile(path.toStdString(), std::string("#!/bin/sh\n") + lines);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
  }
  ui::RepeatDialog* opened() const { return view()->findChild<ui::RepeatDialog*>(); }
  void fillFolders(ui::RepeatDialog* dialog) {
    const auto photos = folder_.filePath(QStringLiteral("photos"));
    QVERIFY(QDir().mkpath(photos));
    writePhoto(Image(kSide, kSide, 3, 0.5f), (photos + QStringLiteral("/one.png")).toStdString(), {});
    dialog->photos()->setText(photos);
    dialog->results()->setText(folder_.filePath(QStringLiteral("results")));
  }
  /// Answers the question that closing asks.
  void closeAndAnswer(ui::RepeatDialog* dialog, QMessageBox::StandardButton answer) {
    bool asked = false;
    const QObject here;
    QTimer::singleShot(0, &here, [&] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (box == nullptr) return;
      asked = true;
      box->button(answer)->click();
    });
    dialog->close();
    QVERIFY(asked);
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-repeat-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void itGoesOnBesideTheStudioAndItsTitleSaysHowFar() {
    addLadder();
    runAll();
    view()->repeatButton()->click();
    QPointer<ui::RepeatDialog> dialog = opened();
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(!dialog->isModal() && QApplication::activeModalWidget() == nullptr);
    QCOMPARE(dialog->windowTitle(), QStringLiteral("Repeat on a folder"));
    QVERIFY(view()->atStake().isEmpty());
    fillFolders(dialog);
    dialog->setProgram(
        program("printf '1/4 one, sr'\nsleep 0.2\necho ', P2L: PSNR 20.00 dB, 1.0 s'\nexec sleep 600\n"));
    dialog->startButton()->click();
    QTRY_VERIFY2_WITH_TIMEOUT(dialog->windowTitle().startsWith(QStringLiteral("1 of 4 · ")) &&
                                  dialog->windowTitle().endsWith(QStringLiteral("left – Repeat on a folder")),
                              qPrintable(dialog->windowTitle()), kPatience);
    const auto said = dialog->output()->toPlainText();
    QVERIFY2(said.contains(QStringLiteral("\n1/4 one, sr, P2L: PSNR 20.00 dB, 1.0 s")),
             qPrintable(said));  // a whole line
    QCOMPARE(view()->atStake().size(), 1);
    QVERIFY(window_->files()->atStake().losses.contains(view()->atStake().first()));
    // The studio takes clicks meanwhile.
    auto* chip = view()->chips()->chips()[2];
    QTest::mouseClick(chip, Qt::LeftButton, Qt::NoModifier, chip->cross());
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(2), kPatience);
    view()->repeatButton()->click();  // the one that runs, not another one
    QCOMPARE(view()->findChildren<ui::RepeatDialog*>().size(), 1);
    QVERIFY(dialog && dialog->isRunning());
    closeAndAnswer(dialog, QMessageBox::No);
    QVERIFY(dialog && dialog->isVisible() && dialog->isRunning());
    closeAndAnswer(dialog, QMessageBox::Yes);
    QTRY_VERIFY_WITH_TIMEOUT(dialog == nullptr, kPatience);
    QVERIFY(view()->atStake().isEmpty());
  }

  void runsOfUnreadablePhotosDoNotMakeTheRestLookQuick() {
    addLadder();
    runAll();
    const std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    fillFolders(dialog.get());
    dialog->setProgram(program("sleep 1\necho '400/800 one, sr, P2L: PSNR 20.00 dB, 1.0 s'\nexec sleep 600\n"));
    dialog->start();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->windowTitle().startsWith(QStringLiteral("400 of 800 · ")), kPatience);
    QVERIFY2(!dialog->windowTitle().contains(QStringLiteral(" 0:")), qPrintable(dialog->windowTitle()));
    dialog->stop();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), kPatience);
  }

  void oneBrokenPhotoIsNamedAndTheOthersCounted() {
    addLadder();
    runAll();
    const std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    fillFolders(dialog.get());
    const auto results = dialog->results()->text();
    const auto broken = dialog->photos()->text() + QStringLiteral("/broken.png is cut off.");
    QVERIFY(QDir().mkpath(results + QStringLiteral("/failed")));
    writeTextFile((results + QStringLiteral("/failed/old-1.txt")).toStdString(), "It was gone at an earlier start.\n");
    writeTextFile((results + QStringLiteral("/table.md")).toStdString(), "| method |\n");
    dialog->setProgram(program(("echo '4/6 sr LDPS one-2: PSNR 20.00 dB, 1.0 s'\n"
                                "echo '5/6 sr plain one-2: failed'\n"
                                "echo '.'\n"
                                "echo '" +
                                broken.toStdString() + "' > '" + results.toStdString() +
                                "/failed/broken-3.txt'\n"
                                "echo 'There is no memory.' > '" +
                                results.toStdString() + "/failed/one-2.sr.plain.txt'\nexit 1\n")
                                   .c_str()));
    QSignalSpy ended(dialog.get(), &ui::RepeatDialog::ended);
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    const auto lines = dialog->output()->toPlainText().split(QLatin1Char('\n'));
    QVERIFY2(lines.endsWith(QStringLiteral("one-2.sr.plain: There is no memory.")), qPrintable(lines.join(u'\n')));
    QVERIFY2(lines.contains(QStringLiteral("Runs done: 1 of 6. What could not be done:")),
             qPrintable(lines.join(u'\n')));
    QVERIFY(lines.contains(broken));
    QVERIFY(!lines.contains(QStringLiteral(".")) && lines.filter(QStringLiteral("earlier start")).isEmpty());
    QVERIFY(lines.filter(QStringLiteral("Something went wrong")).isEmpty());
    QCOMPARE(ended[0][1].toString(), QStringLiteral("| method |\n"));  // of what there is
  }

  void itSaysWhatIsRunAndShowsTheMeansAsATable() {
    addLadder();
    runAll();
    const std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    const auto* plan = dialog->findChild<QLabel*>(QStringLiteral("plan"));
    QVERIFY(plan != nullptr);
    const auto runs =
        QStringLiteral("Runs of each photo: 3 (%1; %2; %3).").arg(entry(0).label, entry(1).label, entry(2).label);
    QCOMPARE(plan->text(), runs);
    fillFolders(dialog.get());
    QTRY_COMPARE_WITH_TIMEOUT(plan->text(), runs + QStringLiteral(" Photos in the folder: 1."), kPatience);
    const auto empty = folder_.filePath(QStringLiteral("empty"));
    QVERIFY(QDir().mkpath(empty));
    const auto photos = dialog->photos()->text();
    dialog->photos()->setText(empty);
    QTRY_VERIFY2_WITH_TIMEOUT(plan->text().contains(empty), qPrintable(plan->text()), kPatience);
    dialog->photos()->setText(photos);
    const auto results = dialog->results()->text();
    QVERIFY(QDir().mkpath(results));
    writeTextFile((results + QStringLiteral("/table.md")).toStdString(),
                  "| method | PSNR |\n|---|---:|\n| LDPS | **20.00** |\n");
    dialog->setProgram(
        program("echo '1/1 one: PSNR 20.00 dB'\necho '| method | PSNR |'\necho '|---|---:|'\n"
                "echo '| LDPS | **20.00** |'\n"));
    dialog->show();
    QVERIFY(!dialog->table()->isVisible());
    QSignalSpy ended(dialog.get(), &ui::RepeatDialog::ended);
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    const auto said = dialog->output()->toPlainText();
    QVERIFY2(said.contains(QStringLiteral("1/1 one")) && !said.contains(QLatin1Char('|')), qPrintable(said));
    QVERIFY(dialog->table()->isVisible());
    const auto* table = qobject_cast<QTextTable*>(dialog->table()->document()->rootFrame()->childFrames().value(0));
    QVERIFY(table != nullptr);
    QCOMPARE(QSize(table->columns(), table->rows()), QSize(2, 2));
    const auto cell = table->cellAt(1, 1).firstCursorPosition();
    QCOMPARE(cell.block().text(), QStringLiteral("20.00"));
  }

  void theFolderIsReadBesideTheWindow() {
    const auto many = folder_.filePath(QStringLiteral("many")), few = folder_.filePath(QStringLiteral("few"));
    QVERIFY(QDir().mkpath(many) && QDir().mkpath(few));
    const auto touch = [](const QString& path) { QVERIFY(QFile(path).open(QIODevice::WriteOnly)); };
    for (int i = 0; i < 500; ++i) touch(many + QStringLiteral("/%1.png").arg(i));
    touch(few + QStringLiteral("/one.png"));
    ui::RepeatDialog dialog{ComparisonRecipe()};
    const auto* plan = dialog.findChild<QLabel*>(QStringLiteral("plan"));
    const auto reads = [plan] { return plan->text().endsWith(QStringLiteral("Reading the folder…")); };
    const auto counts = [plan](int photos) {
      return plan->text().endsWith(QStringLiteral("Photos in the folder: %1.").arg(photos));
    };
    QVERIFY(!reads());
    dialog.photos()->setText(many);
    QVERIFY2(reads(), qPrintable(plan->text()));
    dialog.results()->setText(folder_.filePath(QStringLiteral("results")));
    QVERIFY2(reads(), qPrintable(plan->text()));
    QTRY_VERIFY2_WITH_TIMEOUT(counts(500), qPrintable(plan->text()), kPatience);
    dialog.results()->setText(folder_.filePath(QStringLiteral("others")));
    QVERIFY2(counts(500), qPrintable(plan->text()));  // it is not read anew

    dialog.photos()->setText(few);
    dialog.photos()->setText(many);
    dialog.photos()->setText(few);
    QTRY_VERIFY_WITH_TIMEOUT(!reads(), kPatience);
    QVERIFY2(counts(1), qPrintable(plan->text()));  // no count of the former one
    dialog.photos()->setText(folder_.filePath(QStringLiteral("none")));
    QVERIFY(reads());
    QTRY_VERIFY_WITH_TIMEOUT(!reads(), kPatience);
    QVERIFY2(!plan->text().contains(QStringLiteral("folder")), qPrintable(plan->text()));
    dialog.photos()->setText(many);  // it is closed meanwhile
  }

  void whatRunsOtherwiseIsLeftOutAndNamed() {
    addLadder();
    runAll();
    auto settings = document()->request();
    settings.size = 32;
    document()->recall(settings);
    QCOMPARE(compare()->retry(2), QString());
    runWhole(jobs_.at(3), 25.0);
    finishBound();
    QVERIFY(compare()->isFormer(0) && compare()->isFormer(1) && !compare()->isFormer(2));
    const std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    const auto* remarks = dialog->findChild<QLabel*>(QStringLiteral("remarks"));
    QVERIFY(remarks != nullptr);
    const auto named = QStringLiteral("%1; %2").arg(entry(0).label, entry(1).label);
    QVERIFY2(remarks->text().contains(QStringLiteral("Left out")) && remarks->text().contains(named),
             qPrintable(remarks->text()));
    fillFolders(dialog.get());
    dialog->setProgram(QStringLiteral("/bin/true"));
    dialog->start();
    const auto recipe = QString::fromStdString(readTextFile(dialog->recipePath().toStdString()));
    QVERIFY2(recipe.contains(QStringLiteral("\"size\": 32")), qPrintable(recipe));
    QVERIFY(!recipe.contains(QStringLiteral("LDPS")));
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), kPatience);
  }

  void theEvaluationIsToldOfTheModelsOptions() {
    addLadder();
    runAll();
    auto run = document()->pastRuns().all().at(0);
    run.request.model_options.precision = "bf16";
    run.request.device = "cpu";
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(120));
    outcome.report.request = run.request;
    outcome.report.request.model_options.vae_tiling = true;  // that a memory limit has chosen for this photo
    run.result = ui::resultFromOutcome(std::move(outcome));
    compare()->clear();
    compare()->addPast(run);
    const std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    fillFolders(dialog.get());
    QVERIFY2(dialog->command().contains(QStringLiteral(" --device cpu --precision bf16")),
             qPrintable(dialog->command()));
    QVERIFY(!dialog->command().contains(QStringLiteral("tiling")));
  }
};

QTEST_MAIN(CompareRepeatTest)
#include "compare_repeat_test.moc"
