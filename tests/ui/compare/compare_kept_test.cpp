// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: the chips of a session that was killed or closed come back with what the history has of them.
#include <QAbstractButton>
#include <QAction>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSpinBox>
#include <QUndoStack>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/base/run_keeper.h"
#include "ui/curves/curves_plot.h"
#include "ui/files/document_desk.h"
#include "ui/jobs/session_keeper.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_actions.h"

using namespace p2l;

class CompareKeptTest : public CompareFixture {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> data_;
  ui::DocumentDesk* desk_ = nullptr;  ///< the window's

  /// A window with its history and session, as the studio has them.
  void openStudio() {
    openWindow();
    desk_ = new ui::DocumentDesk(document(), window_->messages(), data_->path(), window_.get());
    desk_->keepWithSession(
        QStringLiteral("comparison.json"), [compare = compare()] { return compare->keptText(); },
        [compare = compare()](const QString& text) { compare->bringBack(text); }, /*beyond_closing=*/true);
    connect(compare(), &ui::CompareSession::keptChanged, desk_->session(), &ui::SessionKeeper::changed);
  }
  /// What is asked for by now is on the disk, and the process ends.
  void kill() {
    document()->history()->wait();
    desk_->session()->flush();
    window_.reset();
  }
  /// The window is closed, and the program ends.
  void quit() {
    auto dialogs = ui::screenDialogs();
    dialogs.leave = [](QWidget*, const ui::AtStake&) { return ui::Leave::Discard; };
    window_->files()->setDialogs(dialogs);
    QVERIFY(window_->close());
    desk_->close();
    window_.reset();
  }
  /// The offer of the left session is in front.
  void showOffer(const char* reason) {
    QVERIFY(desk_->offerLeftSession());
    auto* messages = window_->messages();
    while (messages->count() > 0 && !messages->text().contains(QLatin1String(reason))) messages->dismiss();
    QVERIFY(messages->count() > 0);
  }
  void answer(const QString& button_name) {
    for (auto* button : window_->messages()->findChildren<QAbstractButton*>()) {
      if (button->accessibleName() == button_name) return button->click();
    }
    QFAIL("The message has no such button.");
  }
  void bringBack(const char* reason = "ended unexpectedly") {
    showOffer(reason);
    answer(QStringLiteral("Bring it back"));
  }
  QStringList chips() const {
    QStringList all;
    for (const auto& each : compare()->entries())
      all << QStringLiteral("%1 %2 %3").arg(static_cast<int>(each.kind)).arg(each.colour).arg(each.label);
    return all;
  }
  /// Steps that the curves have of all runs.
  int curvesRows() const {
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("curves.csv"));
    if (!view()->curves()->exportCsv(path)) return -1;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) - 1 : -1;
  }
  static std::string json(const RestoreRequest& request) { return jsonFromRequest(request); }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-kept-test"); }
  void init() {
    data_ = std::make_unique<QTemporaryDir>();
    openStudio();
  }
  void cleanup() { window_.reset(); }

  void wordsMakeTheChoiceThatTheyAreOf() {
    const auto base = compare()->base();
    std::vector<ui::CompareChoice> all = ui::solverChoices(catalogue_, base);
    const auto add = [&all](const std::vector<ui::CompareChoice>& more) {
      QVERIFY(!more.empty());
      all.insert(all.end(), more.begin(), more.end());
    };
    add(ui::presetChoices(catalogue_, base, "p2l"));
    add(ui::ladderChoices(catalogue_, base));
    add(ui::sweepChoices(catalogue_, base, "rho", QStringLiteral("0.123, x2")));
    add(ui::sweepChoices(catalogue_, base, "z_update", QStringLiteral("gd, adam")));
    add(ui::sweepChoices(catalogue_, base, "steps", QStringLiteral("7")));
    auto late = base;
    late.seed = (std::uint64_t{1} << 60) + 1;
    add(ui::seedChoices(catalogue_, late, 2));
    for (const auto& choice : all) {
      // As it comes from the disk.
      const auto text = QJsonDocument(choice.words).toJson();
      const auto made = ui::choiceFromWords(catalogue_, base, QJsonDocument::fromJson(text).object());
      QCOMPARE(made.possible, choice.possible);
      if (choice.possible) QCOMPARE(json(made.request), json(choice.make(base)));
    }
    const auto gone = ui::choiceFromWords(catalogue_, base, {{QStringLiteral("preset"), QStringLiteral("no-such")}});
    QVERIFY(!gone.possible);
    QVERIFY2(gone.help.contains(QStringLiteral("no-such")), qPrintable(gone.help));
  }

  void chipsOfAKilledSessionComeBackWithTheirResults() {
    view()->steps()->setValue(4);
    addLadder();
    auto later = compare()->base();
    ++later.seed;  // the first may be the ladder's P2L
    compare()->add(ui::seedChoices(catalogue_, later, 2), /*seeds=*/true);
    const auto file = folder_.filePath(QStringLiteral("made.png"));
    writePhoto(Image(kSide, kSide, 3, 0.30f), file.toStdString(), {});
    compare()->addFile(file);
    compare()->remove(1);  // colours are no places
    bar()->runAction()->trigger();
    runWhole(jobs_.at(0), 22.0);
    runWhole(jobs_.at(1), 23.0);
    compare()->stop();
    finish(jobs_.at(2), Outcome::Status::Cancelled, kUnknown, 0);
    const auto before = chips();
    const auto request = jobs_.at(2).request;
    kill();

    openStudio();
    QVERIFY(compare()->entries().empty());
    bringBack();
    QTRY_COMPARE_WITH_TIMEOUT(chips(), before, kPatience);
    QCOMPARE(view()->steps()->value(), 4);
    for (const int run : {0, 1}) {
      QTRY_COMPARE_WITH_TIMEOUT(entry(run).state, CompareEntry::State::Done, kPatience);
      QVERIFY(entry(run).result && !compare()->isFormer(run) && !compare()->isDue(run));
      QCOMPARE(cell(run, "psnr"), QString::number(22.0 + run, 'f', 2));
    }
    QCOMPARE(curvesRows(), 2 * 4);
    for (const int seed : {2, 3}) QVERIFY(!entry(seed).result && compare()->isDue(seed));
    QCOMPARE(entry(4).kind, CompareEntry::Kind::Mean);
    QTRY_COMPARE_WITH_TIMEOUT(entry(5).state, CompareEntry::State::Done, kPatience);  // the file
    QVERIFY(entry(5).result);
    bar()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(json(jobs_[0].request), json(request));
    runWhole(jobs_.at(0), 24.0);
    runWhole(jobs_.at(1), 25.0);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(entry(4).state, CompareEntry::State::Done, kPatience);  // of both seeds
    document()->undoStack()->undo();
    QVERIFY(compare()->entries().empty());
  }

  void chipsOfAClosedWindowComeBackWithTheirResults() {
    addLadder();
    bar()->runAction()->trigger();
    runWhole(jobs_.at(0), 22.0);
    const auto before = chips();
    quit();

    openStudio();
    QVERIFY(compare()->entries().empty());
    bringBack("The comparison of the last session is kept, with photo.png");
    QTRY_COMPARE_WITH_TIMEOUT(chips(), before, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    QCOMPARE(cell(0, "psnr"), QStringLiteral("22.00"));
    for (const int waits : {1, 2}) QVERIFY(!entry(waits).result && compare()->isDue(waits));
    QTRY_VERIFY_WITH_TIMEOUT(!desk_->busy() && ui::SessionKeeper::left(data_->path()).isEmpty(), kPatience);
    compare()->clear();
    quit();

    openStudio();
    QVERIFY(!desk_->offerLeftSession());  // it was cleared
  }

  void equalRunsComeBackWithTheOneResult() {
    const auto add = [this] {
      compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "K", QStringLiteral("0")));
    };
    for (int i = 0; i < 2; ++i) add();
    runAll();
    QCOMPARE(jobs_.size(), 1);
    const auto steps = entry(0).evolution.count();
    kill();
    openStudio();
    bringBack();
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(2), kPatience);
    for (const int run : {0, 1}) {
      QTRY_COMPARE_WITH_TIMEOUT(entry(run).state, CompareEntry::State::Done, kPatience);
      QVERIFY(entry(run).result == entry(0).result && !compare()->isFormer(run) && !compare()->isDue(run));
    }
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(1));
    add();
    QVERIFY(compare()->isDue(2));
    bar()->runAction()->trigger();
    QVERIFY(jobs_.isEmpty() && !compare()->isRunning());
    QVERIFY(entry(2).result && entry(2).result == entry(0).result);
    for (const int run : {0, 1, 2})
      QTRY_COMPARE_WITH_TIMEOUT(entry(run).evolution.count(), steps, kPatience);  // once they have been read
  }

  void theLastComparisonThatWasClosedIsOffered() {
    addLadder();
    quit();
    openStudio();
    showOffer("The comparison of the last session is kept");
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 1));
    const auto before = chips();
    quit();
    openStudio();
    showOffer("The comparison of the last session is kept");
    const auto said = window_->messages()->text();
    QVERIFY2(!said.contains(QStringLiteral("offered next")), qPrintable(said));
    answer(QStringLiteral("Bring it back"));
    QTRY_COMPARE_WITH_TIMEOUT(chips(), before, kPatience);
  }

  void aComparisonThatIsDeclinedStaysAway() {
    addLadder();
    quit();
    openStudio();
    showOffer("The comparison of the last session is kept");
    answer(QStringLiteral("Dismiss the message"));
    QVERIFY(!desk_->offerLeftSession());
    quit();
    openStudio();
    QVERIFY(!desk_->offerLeftSession());
  }

  void undoOfASessionThatCameBackIsOneStepAndLeavesOtherChips() {
    compare()->setSteps(6);
    addLadder();
    auto settings = document()->request();
    settings.seed = 77;
    document()->recall(settings);
    kill();

    openStudio();
    settings = document()->request();
    settings.seed = 5;
    document()->recall(settings);
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 1));
    const auto own = entry(0).key;
    window_->showPage(ui::MainWindow::Page::Restore);  // where it is offered
    const int steps_of_undo = document()->undoStack()->count();
    bringBack();
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(4), kPatience);
    QCOMPARE(document()->request().seed, std::uint64_t(77));
    QCOMPARE(document()->undoStack()->count(), steps_of_undo + 1);
    window_->showPage(ui::MainWindow::Page::Compare);
    document()->undoStack()->undo();
    QCOMPARE(compare()->entries().size(), std::size_t(1));
    QCOMPARE(entry(0).key, own);
    QCOMPARE(compare()->steps(), 0);
    QCOMPARE(document()->request().seed, std::uint64_t(5));
    QCOMPARE(window_->page(), ui::MainWindow::Page::Restore);
    document()->undoStack()->redo();
    QCOMPARE(compare()->entries().size(), std::size_t(4));
    QCOMPARE(compare()->steps(), 6);
    QCOMPARE(document()->request().seed, std::uint64_t(77));
  }

  void undoOnAnotherPageDoesNotEndTheComparisonUnseen() {
    addLadder();
    kill();
    openStudio();
    window_->showPage(ui::MainWindow::Page::Restore);
    bringBack();
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(3), kPatience);
    window_->showPage(ui::MainWindow::Page::Compare);
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    window_->showPage(ui::MainWindow::Page::Restore);
    auto* undo = window_->actions()->undo;
    undo->trigger();
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    QVERIFY(compare()->isRunning());
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);
    const auto said = view()->messages()->text();
    QVERIFY2(said.startsWith(QStringLiteral("This would change the comparison in progress")), qPrintable(said));
    undo->trigger();  // here it is seen
    QVERIFY(compare()->entries().empty());
  }

  void undoOfARunThatCameBackOnThePageLeavesPageAndChips() {
    addLadder();
    runAll();
    auto settings = document()->request();
    settings.seed = 77;
    document()->recall(settings);
    const auto before = chips();
    const auto& past = document()->pastRuns().all();
    document()->bringBack(0);
    QTRY_VERIFY_WITH_TIMEOUT(document()->request().seed == past[0].request.seed, kPatience);
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);
    QCOMPARE(chips(), before);
    document()->undoStack()->undo();
    QCOMPARE(document()->request().seed, std::uint64_t(77));
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);
    QCOMPARE(chips(), before);
    for (int i = 0; i < 3; ++i) QVERIFY(entry(i).result);
  }

  void theBoundComesBackWithTheChips() {
    const auto bound = [] {
      Outcome outcome;
      outcome.status = Outcome::Status::Completed;
      outcome.picture = imageFromFrame(*frame(80));
      outcome.report.metrics["psnr"] = 34.375;
      return ui::resultFromOutcome(std::move(outcome));
    };
    addLadder();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_.at(i), 22.0 + i);
    QVERIFY(bound_ != 0);
    finishBound(bound());
    QVERIFY(compare()->references().bound != nullptr);
    kill();
    openStudio();
    QVERIFY(compare()->references().bound == nullptr);
    bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(bound_ != 0, kPatience);
    finishBound(bound());
    QVERIFY(compare()->references().bound != nullptr);
  }

  void aRunOfTheHistoryThatCouldNotBeReadIsReadAgain() {
    addLadder();
    runAll();
    kill();
    openStudio();
    const auto& past = document()->pastRuns().all();
    QTRY_COMPARE_WITH_TIMEOUT(past.size(), std::size_t(3), kPatience);
    QString picture;
    QDirIterator files(data_->path(), {QStringLiteral("result.png")}, QDir::Files, QDirIterator::Subdirectories);
    while (picture.isEmpty() && files.hasNext()) {
      if (files.next().contains(QString::fromStdString(past[1].id))) picture = files.filePath();
    }
    QVERIFY(!picture.isEmpty());
    const auto away = picture + QStringLiteral(".away");
    QVERIFY(QFile::rename(picture, away));
    compare()->addPast(past[1]);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Failed, kPatience);
    QVERIFY(compare()->canRetry(0));
    QVERIFY(QFile::rename(away, picture));
    QCOMPARE(compare()->retry(0), QString());
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    QVERIFY(entry(0).result && entry(0).problem.isEmpty());
    QCOMPARE(cell(0, "psnr"), QStringLiteral("23.00"));
    QVERIFY(!compare()->isFormer(0));  // although all objects are others
    QVERIFY(!compare()->canRetry(0));
  }

  void stepsOfARunOfTheHistoryAreThereToBeScrubbed() {
    addLadder();
    runAll();
    const auto steps = entry(1).evolution.count();
    QVERIFY(steps > 0);
    kill();
    openStudio();
    const auto& past = document()->pastRuns().all();
    QTRY_COMPARE_WITH_TIMEOUT(past.size(), std::size_t(3), kPatience);
    bool results_first = true;
    const QObject context;
    connect(compare(), &ui::CompareSession::entryChanged, &context, [&](int index) {
      results_first = results_first && (entry(index).result || entry(index).evolution.count() == 0);
    });
    compare()->addPast(past[1]);
    QCOMPARE(entry(0).evolution.count(), std::size_t(0));
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).evolution.count(), steps, kPatience);
    const auto first = entry(0).evolution.all().begin()->second;
    QVERIFY(std::abs(int{first->estimate->bytes[0]} - (100 + first->report.step)) <= 3);
    compare()->clear();
    bringBack();  // and those of the runs of the comparison
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(3), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(entry(2).evolution.count(), steps, kPatience);
    QVERIFY(results_first);
  }

  void whatTheHistoryHasNotTakenIsSaidOnThePage() {
    addLadder();
    runAll();
    const auto saved = [this] {
      const auto& past = document()->pastRuns().all();
      return std::all_of(past.begin(), past.end(), [](const auto& run) { return run.saved; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(saved(), kPatience);
    view()->messages()->dismiss();
    emit document()->runRefused(QStringLiteral("of another page"), QStringLiteral("The disk is full."));
    QCOMPARE(view()->messages()->text(), QString());
    const auto refuse = [this](int index) {
      emit document()->runRefused(QString::fromStdString(entry(index).past_id), QStringLiteral("The disk is full."));
    };
    for (int i = 0; i < 3; ++i) refuse(i);
    const auto said = view()->messages()->text();
    QVERIFY2(said.startsWith(QStringLiteral("The disk is full. The comparison's results are in memory alone")),
             qPrintable(said));
    QCOMPARE(view()->messages()->count(), 1);  // once for all
    view()->messages()->dismiss();
    refuse(0);  // it was asked for again
    QCOMPARE(view()->messages()->text(), QString());
    emit document()->runKept();
    refuse(1);
    QCOMPARE(view()->messages()->text(), said);
    emit document()->runKept();  // now it has all
    QCOMPARE(view()->messages()->text(), QString());
  }

  void aRunOfFormerSettingsComesBackAsOne() {
    addLadder();
    runAll();
    auto settings = document()->request();
    settings.measurement_seed = settings.measurement_seed.value_or(5) + 1;
    document()->recall(settings);
    QVERIFY(compare()->isFormer(0));
    kill();
    openStudio();
    bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(compare()->entries().size() == 3 && entry(0).result, kPatience);
    QVERIFY(compare()->isFormer(0) && compare()->isDue(0));
  }

  void aResultOfAnotherPhotoThanTheOneThatIsOpenByThenIsAFormerOne() {
    addLadder();
    runAll();
    const auto text = compare()->keptText();
    compare()->clear();
    compare()->bringBack(text);
    QVERIFY(!entry(0).result);  // it is on its way
    auto other = std::make_shared<ui::OpenedPhoto>(*document()->openedPhoto());
    other->sha256 = "another";
    const auto settings = document()->request();
    document()->setPhoto(other);
    document()->recall(settings);
    QTRY_VERIFY_WITH_TIMEOUT(entry(0).result != nullptr, kPatience);
    QVERIFY(compare()->isFormer(0) && compare()->isDue(0));
  }

  void undoOfWhatCameBackGivesTheStepsBack() {
    compare()->setSteps(6);
    addLadder();
    const auto text = compare()->keptText();
    compare()->clear();
    compare()->setSteps(0);
    compare()->bringBack(text);
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    QCOMPARE(compare()->steps(), 6);
    QCOMPARE(view()->steps()->value(), 6);
    document()->undoStack()->undo();
    QVERIFY(compare()->entries().empty());
    QCOMPARE(compare()->steps(), 0);
    QCOMPARE(view()->steps()->value(), 0);
    document()->undoStack()->redo();
    QCOMPARE(compare()->steps(), 6);
    QCOMPARE(view()->steps()->value(), 6);
    QCOMPARE(numberOf(entry(0).request.sampler_values, "steps"), 6.0);
  }

  void aResultThatHasComeBackIsKeptAsPresent() {
    addLadder();
    runAll();
    const auto text = compare()->keptText();
    const auto present = QStringLiteral("\"present\":true");
    QCOMPARE(text.count(present), 3);
    compare()->clear();
    compare()->bringBack(text);
    QCOMPARE(compare()->keptText().count(present), 0);  // which a session writes meanwhile
    QSignalSpy kept(compare(), &ui::CompareSession::keptChanged);
    for (const int run : {0, 1, 2}) QTRY_VERIFY_WITH_TIMEOUT(entry(run).result != nullptr, kPatience);
    QCOMPARE(kept.count(), 3);
    QCOMPARE(compare()->keptText().count(present), 3);
  }

  void aClearedComparisonStaysAway() {
    addLadder();
    desk_->session()->flush();
    compare()->clear();
    kill();
    openStudio();
    bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(!desk_->busy(), kPatience);  // the document is back
    QVERIFY(compare()->entries().empty());
  }

  void whatIsDamagedIsLeftOutAndSaid() {
    addLadder();
    auto kept = QJsonDocument::fromJson(compare()->keptText().toUtf8()).object();
    auto list = kept[QStringLiteral("entries")].toArray();
    auto first = list[0].toObject(), second = list[1].toObject();
    first[QStringLiteral("kind")] = QStringLiteral("dream");
    second[QStringLiteral("choice")] = QJsonObject{{QStringLiteral("solver"), QStringLiteral("no-such")}};
    list[0] = first;
    list[1] = second;
    kept[QStringLiteral("entries")] = list;
    compare()->clear();
    compare()->bringBack(QString::fromUtf8(QJsonDocument(kept).toJson()));
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    const auto said = view()->messages()->text();
    QVERIFY2(said.contains(QStringLiteral("LDPS cannot be brought back")) && said.contains(QStringLiteral("dream")),
             qPrintable(said));
    QVERIFY(!compare()->isDue(0));
    QVERIFY2(entry(0).problem.contains(QStringLiteral("no-such")), qPrintable(entry(0).problem));
    QVERIFY(compare()->isDue(1));
    compare()->bringBack(QStringLiteral("no JSON"));
    QCOMPARE(compare()->entries().size(), std::size_t(2));
  }
};

QTEST_MAIN(CompareKeptTest)
#include "compare_kept_test.moc"
