// SPDX-License-Identifier: GPL-3.0-or-later
// Whose steps a lesson shows, and what a question's runs leave behind.
#include <QLabel>
#include <QPushButton>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_html.h"
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
  /// The algorithm's line of this number, which becomes the current one.
  QString shownLine(const std::string& label) {
    const auto lines = model()->lines();
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.label == label; });
    if (found == lines.end()) return {};
    model()->setLine(static_cast<int>(found - lines.begin()));
    return page_->algorithm()->currentHtml();
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

  void theLinesAreThoseOfTheRunThatIsShown() {
    openLesson(Lesson::Stage::Steps);
    const auto minimum = QStringLiteral("argmin"), encoded = QStringLiteral("nothing moves it onto the data");
    const auto shown = [this] { return shownLine("6"); };
    QTRY_VERIFY_WITH_TIMEOUT(model()->step() != nullptr, kPatience);
    QVERIFY2(shown().contains(minimum), qPrintable(shown()));
    answer();
    while (model()->asked()->change.at("projection") != ParamValue(std::string("range"))) {
      model()->nextQuestion();
      answer();
    }
    QCOMPARE(shownProjection(), std::string("range"));
    QVERIFY2(!shown().contains(minimum) && shown().contains(QStringLiteral("D(ẑ₀)")), qPrintable(shown()));
    const auto said = page_->sentence()->text();
    QVERIFY2(said.contains(encoded) && !said.contains(QStringLiteral("cut the residual")), qPrintable(said));
    const auto former = document_->result();
    document_->run();
    QTRY_VERIFY_WITH_TIMEOUT(document_->result() != former && !document_->isRunning(), kPatience);
    QCOMPARE(shownProjection(), std::string("proximal"));
    QVERIFY2(shown().contains(minimum), qPrintable(shown()));
    QVERIFY2(!page_->sentence()->text().contains(encoded), qPrintable(page_->sentence()->text()));
  }

  void theNoiseThatIsPutBackIsThatOfTheRunThatIsShown() {
    openLesson(Lesson::Stage::Steps);
    QTRY_VERIFY_WITH_TIMEOUT(model()->step() != nullptr, kPatience);
    const auto all_fresh = QStringLiteral("√(1−ᾱ′) n"), partly = QStringLiteral("√(1−ᾱ′−s²) ε + s n");
    QVERIFY2(shownLine("11").contains(all_fresh), qPrintable(shownLine("11")));
    QVERIFY2(page_->sentence()->text().contains(QStringLiteral("all of it is fresh")),
             qPrintable(page_->sentence()->text()));
    QVERIFY(ui::lessonHtml(*model(), {}).contains(all_fresh));
    answer();
    QCOMPARE(shownProjection(), std::string("off"));  // there is no projection to draw it after: η does
    QVERIFY2(shownLine("11").contains(partly), qPrintable(shownLine("11")));
    QVERIFY2(page_->sentence()->text().contains(QStringLiteral("as η says")), qPrintable(page_->sentence()->text()));
    const auto html = ui::lessonHtml(*model(), {});
    QVERIFY(html.contains(partly) && !html.contains(all_fresh));
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

  void keysGoALineBack() {
    openLesson(Lesson::Stage::Steps);
    QTRY_VERIFY_WITH_TIMEOUT(model()->step() != nullptr && document_->lastStep() == 2, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(document_->state(), RunModel::State::Paused, kPatience);
    page_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page_.get()));
    const auto press = [this](Qt::KeyboardModifiers modifiers) { QTest::keyClick(page_.get(), Qt::Key_N, modifiers); };
    press({});
    QTRY_COMPARE(model()->line(), 1);  // a button that is pressed by its key takes a moment
    press({});
    QTRY_COMPARE(model()->line(), 2);
    press(Qt::ShiftModifier);
    QCOMPARE(model()->line(), 1);
    press(Qt::ShiftModifier);
    QCOMPARE(model()->line(), 0);
    press(Qt::ShiftModifier);  // there is nothing before the first
    QCOMPARE(model()->line(), 0);
    QCOMPARE(document_->cursor().step, 1);
    page_->wholeStepButton()->click();
    QCOMPARE(document_->cursor().step, 2);
    press(Qt::ShiftModifier);
    QCOMPARE(document_->cursor().step, 1);
    QCOMPARE(model()->line(), int(model()->lines().size()) - 1);
    openLesson(Lesson::Stage::Seeds);
    press(Qt::ShiftModifier);  // it has no lines
    QCOMPARE(model()->line(), 0);
  }

  void linesAreChosenByKeys() {
    openLesson(Lesson::Stage::Steps);
    QTRY_VERIFY_WITH_TIMEOUT(model()->step() != nullptr, kPatience);
    const auto inTabOrder = [this] {
      QList<QLabel*> found;
      for (auto* label : page_->algorithm()->findChildren<QLabel*>()) {
        if (label->focusPolicy() & Qt::TabFocus) found << label;
      }
      return found;
    };
    QCOMPARE(inTabOrder().size(), 1);
    page_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page_.get()));
    auto* first = inTabOrder().first();
    first->setFocus();
    QVERIFY(!first->accessibleName().isEmpty() && !first->accessibleDescription().isEmpty());
    QTest::keyClick(first, Qt::Key_Down);
    QCOMPARE(model()->line(), 1);
    QCOMPARE(inTabOrder().size(), 1);
    auto* second = inTabOrder().first();
    QVERIFY(second != first && second->hasFocus());
    const auto ring = second->grab().toImage();
    second->clearFocus();
    QVERIFY(second->grab().toImage() != ring);
    QTest::keyClick(second, Qt::Key_End);
    QCOMPARE(model()->line(), int(model()->lines().size()) - 1);
    QTest::keyClick(inTabOrder().first(), Qt::Key_Down);  // there is none after it
    QCOMPARE(model()->line(), int(model()->lines().size()) - 1);
    QTest::keyClick(inTabOrder().first(), Qt::Key_Home);
    QCOMPARE(model()->line(), 0);
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
