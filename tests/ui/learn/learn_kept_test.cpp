// SPDX-License-Identifier: GPL-3.0-or-later
// The page Learn is left and shown again, and lessons meet runs of a person's own: nothing is lost.
#include <QButtonGroup>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QUndoStack>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/null_space_stage.h"
#include "ui/settings/param_panel.h"
#include "ui/style/sentence_label.h"
#include "ui/widgets/row_list.h"

using namespace p2l;

class LearnKeptTest : public LearnFixture {
  Q_OBJECT

 private:
  using Phase = LearnModel::Phase;

  void openOwn() {
    document_->setPhoto(photo("sklearn_flower.jpg"));
    document_->recall(ownRequest("ldps", 3));
  }
  bool isOwn() const {
    return model()->current() < 0 && document_->photo()->label == QStringLiteral("sklearn_flower.jpg") &&
           document_->request().solver == "ldps";
  }
  bool isPausedAfter(int steps) const {
    return document_->lastStep() == steps && document_->state() == RunModel::State::Paused;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-kept-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void aLessonIsShownAgainAsItWasLeft() {
    openOwn();
    openLesson(Lesson::Stage::Steps);
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(2), kPatience);
    model()->wholeStep();
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(3), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!model()->picture(StepPicture::Next).isNull(), kPatience);
    QCOMPARE(document_->cursor().step, 2);
    model()->setLine(1);
    model()->predict(1);
    const int lesson = model()->current();
    const auto label = document_->photo()->label;
    const auto estimate = model()->picture(StepPicture::Estimate), next = model()->picture(StepPicture::Next);
    const double residual = document_->reports().at(2).residual;
    const auto sentence = page_->sentence()->text();
    QSignalSpy said(page_.get(), &LearnPage::status);

    page_->hide();  // as another page does
    QVERIFY(isOwn());
    QVERIFY(!document_->isRunning());  // the worker is free
    QCOMPARE(model()->kept(), lesson);
    QCOMPARE(said.count(), 1);
    QVERIFY2(said[0][0].toString().contains(QStringLiteral("The lesson is kept")), qPrintable(said[0][0].toString()));

    page_->show();
    QCOMPARE(model()->current(), lesson);
    QCOMPARE(model()->kept(), -1);
    QCOMPARE(page_->panel()->list()->currentRow(), lesson + 1);
    QCOMPARE(document_->photo()->label, label);
    QCOMPARE(model()->prediction(), 1);
    QVERIFY(page_->panel()->choices()->button(1)->isChecked());
    QCOMPARE(document_->lastStep(), 3);
    QCOMPARE(document_->cursor().step, 2);
    QCOMPARE(model()->line(), 1);
    QCOMPARE(model()->picture(StepPicture::Estimate), estimate);
    QCOMPARE(model()->picture(StepPicture::Next), next);
    QCOMPARE(page_->sentence()->text(), sentence);

    model()->wholeStep();  // the run is made again up to here
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(4), kPatience);
    QCOMPARE(document_->cursor().step, 3);
    QCOMPARE(document_->reports().at(2).residual, residual);
    model()->choose(-1);
    QVERIFY(isOwn());
  }

  void valuesAndWhatWasRevealedAreKept() {
    openOwn();
    openLesson(Lesson::Stage::Steps);
    model()->predict(model()->asked()->answer);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
    const auto revealed = model()->revealed();
    const auto result = document_->result();
    page_->hide();
    QVERIFY(document_->result() != result);
    page_->show();
    QCOMPARE(model()->phase(), Phase::Revealed);
    QCOMPARE(model()->revealed(), revealed);
    QVERIFY(page_->panel()->answer().contains(revealed.toHtmlEscaped()));
    QCOMPARE(document_->result(), result);
    const auto defaults = model()->defaults();
    auto values = defaults;
    std::get<double>(values.at("gamma")) += 1.0;
    model()->setValues(values);
    page_->hide();
    page_->show();
    QVERIFY(model()->values() == values);
    QVERIFY(page_->panel()->values()->values() == values);
    QVERIFY(model()->defaults() == defaults);
  }

  void aQuestionsRunsGoOnWithTheOneThatWasCutShort() {
    openOwn();
    openLesson(Lesson::Stage::Seeds);
    model()->predict(0);
    model()->reveal();
    QTRY_VERIFY_WITH_TIMEOUT(model()->progress().startsWith(QStringLiteral("run 2 of")) && document_->isRunning(),
                             kPatience);
    page_->hide();
    QVERIFY(isOwn());
    QVERIFY(!document_->isRunning());
    page_->show();
    QCOMPARE(model()->phase(), Phase::Running);
    QCOMPARE(model()->seeds().count(), 1);
    QVERIFY2(model()->progress().startsWith(QStringLiteral("run 2 of")), qPrintable(model()->progress()));
    QVERIFY(document_->isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(model()->seeds().count(), 2, kPatience);
    QVERIFY2(model()->progress().startsWith(QStringLiteral("run 3 of")), qPrintable(model()->progress()));
  }

  void aQuestionThatWaitsForTheNullSpaceGoesOn() {
    openOwn();
    const auto& lessons = model()->lessons();
    const auto found = std::find_if(lessons.begin(), lessons.end(),
                                    [](const auto& each) { return each.stage == Lesson::Stage::NullSpace; });
    model()->choose(static_cast<int>(found - lessons.begin()));
    bool asked = false;
    const QObject here;
    connect(
        model(), &LearnModel::lessonChanged, &here,
        [&] {
          asked = model()->isReady() && model()->nullSpace() == nullptr;
          model()->predict(0);
          model()->reveal();
          page_->hide();
          page_->show();
        },
        Qt::SingleShotConnection);  // the photo is there, and the null space is being measured
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
    QVERIFY(asked);
    QVERIFY(model()->nullSpace() != nullptr);
  }

  void aLessonWhosePhotoHadNotComeBeginsAnew() {
    openOwn();
    model()->choose(0);
    QVERIFY(!model()->isReady());
    page_->hide();
    QVERIFY(isOwn());
    page_->show();
    QCOMPARE(model()->current(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(model()->nullSpace() != nullptr, kPatience);
  }

  void bothDistancesHaveTheSameDigits() {
    openLesson(Lesson::Stage::NullSpace);
    QTRY_VERIFY_WITH_TIMEOUT(model()->nullSpace() != nullptr, kPatience);
    page_->nullSpace()->seen()->setValue(60);
    static const QRegularExpression both(QStringLiteral("by <b>\\d+\\.\\d\\d</b>, y by <b>\\d+\\.\\d\\d</b>\\."));
    const auto sentence = page_->nullSpace()->sentence();
    QVERIFY2(both.match(sentence).hasMatch(), qPrintable(sentence));
  }

  void aRunOfOnesOwnGoesBeforeTheLessonThatIsKept() {
    openOwn();
    openLesson(Lesson::Stage::NullSpace);
    const int lesson = model()->current();
    model()->predict(0);
    QSignalSpy said(page_.get(), &LearnPage::status);
    page_->hide();
    document_->run();
    page_->show();
    QVERIFY(isOwn());
    QVERIFY(document_->isRunning());
    QCOMPARE(said.last()[0].toString(), QString());  // it does not go on, as leaving has said
    QTRY_VERIFY_WITH_TIMEOUT(document_->result() != nullptr, kPatience);
    QVERIFY2(page_->notice()->isVisible() &&
                 page_->notice()->text().contains(QStringLiteral("A run is in progress: choose the lesson")),
             qPrintable(page_->notice()->text()));  // also after the run's steps
    const auto own = document_->result();
    page_->panel()->list()->setCurrentRow(lesson + 1);
    QVERIFY(!page_->notice()->isVisible());
    QCOMPARE(model()->current(), lesson);
    QCOMPARE(model()->prediction(), 0);
    model()->choose(-1);
    QCOMPARE(document_->result(), own);
  }

  void aQuestionThatCannotGoOnSaysWhy() {
    openOwn();
    openLesson(Lesson::Stage::Seeds);
    model()->predict(0);
    model()->reveal();
    QTRY_VERIFY_WITH_TIMEOUT(document_->isRunning(), kPatience);
    page_->hide();
    document_->block(QStringLiteral("Solvers are being compared."));
    page_->show();
    QCOMPARE(model()->phase(), Phase::Asked);
    QSignalSpy values(document_.get(), &RunModel::settingsChanged);
    QTRY_VERIFY(!values.isEmpty());  // the lesson's own come back
    QVERIFY2(page_->notice()->isVisible() && page_->notice()->text().contains(QStringLiteral("being compared")),
             qPrintable(page_->notice()->text()));
  }

  void stepsOfOnesOwnAreInTheHistoryWhenALessonOpens() {
    openOwn();
    model()->wholeStep();
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(2), kPatience);
    QSignalSpy said(page_.get(), &LearnPage::status);
    page_->panel()->list()->setCurrentRow(1);
    QTRY_COMPARE_WITH_TIMEOUT(model()->current(), 0, kPatience);
    const auto& runs = document_->pastRuns().all();
    QCOMPARE(runs.size(), std::size_t(1));
    QCOMPARE(runs[0].outcome.status, Outcome::Status::Cancelled);
    QCOMPARE(runs[0].kind, ui::PastRun::Kind::Whole);  // which goes to the disk, too
    QCOMPARE(runs[0].steps.count(), std::size_t(2));
    QCOMPARE(said.count(), 1);
    QVERIFY2(said[0][0].toString().contains(QStringLiteral("stopped after step 2 of 3")),
             qPrintable(said[0][0].toString()));
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
    model()->choose(-1);
    QVERIFY(isOwn());
    QCOMPARE(runs.size(), std::size_t(1));
    QCOMPARE(document_->result(), runs[0].result);
    QCOMPARE(document_->lastStep(), 2);
  }

  void aRunThatIsBroughtBackLeavesTheLessonFirst() {
    openOwn();
    document_->run();
    QTRY_VERIFY_WITH_TIMEOUT(document_->result() != nullptr && !document_->isRunning(), kPatience);
    const auto first = document_->result();
    document_->recall(ownRequest("ldps", 4));
    document_->run();
    QTRY_VERIFY_WITH_TIMEOUT(document_->result() != first && !document_->isRunning(), kPatience);
    openLesson(Lesson::Stage::Steps);
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(2), kPatience);  // a lesson's run is in progress
    const int lesson = model()->current();
    document_->bringBack(0);
    QVERIFY(isOwn());
    QCOMPARE(document_->result(), first);
    QCOMPARE(model()->kept(), lesson);
    document_->undoStack()->undo();  // to what the lesson had set aside
    QCOMPARE(numberOf(document_->request().sampler_values, "steps"), 4.0);
  }

  void stepsOfOnesOwnRunAreOneByOneOnOtherPages() {
    document_->setPhoto(photo("sklearn_flower.jpg"));
    document_->recall(ownRequest("ldps", 6));
    model()->wholeStep();
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(2), kPatience);  // here one ahead is made
    page_->hide();
    document_->setLive(true);
    document_->stepOnce();
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(3), kPatience);
    QTest::qWait(300);
    QVERIFY(isPausedAfter(3));
    QVERIFY(document_->cursor().live);
    page_->show();
    QVERIFY(document_->isRunning());  // and it goes on here
    model()->wholeStep();
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(5), kPatience);
  }

  void oneMayStayWithOnesOwnRunAfterAll() {
    openOwn();
    model()->wholeStep();
    QTRY_VERIFY_WITH_TIMEOUT(isPausedAfter(2), kPatience);
    model()->choose(0);
    model()->choose(-1);  // before the run has ended
    QTRY_VERIFY_WITH_TIMEOUT(!document_->isRunning(), kPatience);
    QCoreApplication::processEvents();
    QVERIFY(isOwn());
  }

  void aRunBeginsWhereItsStepsAreShown() {
    openLesson(Lesson::Stage::Steps);
    QVERIFY(model()->runsElsewhere().isEmpty());
    openLesson(Lesson::Stage::Mixture);
    QVERIFY(model()->runsElsewhere().contains(QStringLiteral("Run and see")));
    openLesson(Lesson::Stage::Seeds);
    QVERIFY(model()->runsElsewhere().contains(QStringLiteral("Run and see")));
    openLesson(Lesson::Stage::NullSpace);
    QVERIFY(model()->runsElsewhere().contains(QStringLiteral("See what comes out")));
    model()->choose(-1);
    QVERIFY(model()->runsElsewhere().isEmpty());
  }
};

QTEST_MAIN(LearnKeptTest)
#include "learn_kept_test.moc"
