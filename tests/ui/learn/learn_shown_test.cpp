// SPDX-License-Identifier: GPL-3.0-or-later
// Whose steps a lesson shows, and what a question's runs leave behind.
#include <QLabel>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/projection_plot.h"
#include "ui/steps/algorithm_view.h"

using namespace p2l;

class LearnShownTest : public LearnFixture {
  Q_OBJECT

 private:
  using Phase = LearnModel::Phase;

  void answer() {
    model()->predict(model()->asked()->answer);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
  }
  std::string projection() const { return choiceOf(document_->request().solver_values, "projection"); }
  std::string shownProjection() const {
    return choiceOf(document_->result()->outcome.report.request.solver_values, "projection");
  }
  QString place() const { return page_->algorithm()->findChild<QLabel*>(QStringLiteral("algorithm_step"))->text(); }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-shown-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void theNextRunIsOfTheValuesThatAreShown() {
    openLesson(Lesson::Stage::Steps);
    auto* label = page_->panel()->shownRun();
    QTRY_VERIFY_WITH_TIMEOUT(model()->step() != nullptr, kPatience);
    QVERIFY2(model()->shownOtherwise().isEmpty(), qPrintable(model()->shownOtherwise()));
    QVERIFY(label->isHidden());
    answer();
    QCOMPARE(shownProjection(), std::string("off"));
    QCOMPARE(projection(), std::string("proximal"));
    QVERIFY(!label->isHidden());
    QVERIFY2(label->text().contains(QStringLiteral(" → ")), qPrintable(label->text()));
    QVERIFY2(place().contains(model()->shownOtherwise()), qPrintable(place()));
    const auto former = document_->result();
    document_->run();  // as F5 does
    QTRY_VERIFY_WITH_TIMEOUT(document_->result() != former && !document_->isRunning(), kPatience);
    QCOMPARE(shownProjection(), std::string("proximal"));
    QVERIFY(label->isHidden());
    QVERIFY2(!place().contains(QStringLiteral("→")), qPrintable(place()));
  }

  void theLessonsOwnCurveStaysBesideTheChangedOne() {
    openLesson(Lesson::Stage::Steps);
    auto* plot = page_->plot();
    QTRY_VERIFY_WITH_TIMEOUT(model()->step() != nullptr, kPatience);
    QVERIFY(plot->base().empty());
    answer();
    const auto base = plot->base();
    QCOMPARE(int(base.size()), document_->stepCount());
    RunReport report;
    report.steps = base;
    QCOMPARE(numbersOfRun(report, "base").at("base.projected"), model()->numbers().at("base.projected"));
    QVERIFY(!std::isfinite(document_->reports().rbegin()->second.residual_projected));  // that run has none
    const auto both = plot->grab().toImage();
    plot->setBase({});
    QVERIFY(plot->grab().toImage() != both);
    const auto former = document_->result();
    document_->run();
    QTRY_VERIFY_WITH_TIMEOUT(document_->result() != former && !document_->isRunning(), kPatience);
    QVERIFY(plot->base().empty());  // it is the one that is shown
  }

  void aQuestionThatIsStoppedLeavesThemToo() {
    openLesson(Lesson::Stage::Steps);
    model()->predict(0);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(projection(), std::string("off"), kPatience);  // the second run
    document_->stop();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Asked, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(projection(), std::string("proximal"), kPatience);
  }
};

QTEST_MAIN(LearnShownTest)
#include "learn_shown_test.moc"
