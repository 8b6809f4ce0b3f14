// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson offers after its questions were answered.
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_panel.h"
#include "ui/settings/param_panel.h"
#include "ui/steps/step_tiles.h"
#include "ui/widgets/segmented.h"

using namespace p2l;

class LearnAfterTest : public LearnFixture {
  Q_OBJECT

 private:
  using Phase = LearnModel::Phase;

  QPushButton* button() const { return page_->panel()->revealButton(); }
  void answer() {
    model()->predict(model()->asked()->answer);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-after-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void theNextLessonFollowsTheLastQuestion() {
    openLesson(Lesson::Stage::NullSpace);
    const int lesson = model()->current();
    answer();
    QCOMPARE(button()->text(), QStringLiteral("Next question"));
    QTest::mouseClick(button(), Qt::LeftButton);
    answer();
    QVERIFY(!button()->isHidden() && button()->isEnabled());
    QCOMPARE(button()->text(), QStringLiteral("Next lesson"));
    QCOMPARE(button()->toolTip(), QString::fromStdString(model()->lessons().at(std::size_t(lesson) + 1).title));
    QTest::mouseClick(button(), Qt::LeftButton);
    QCOMPARE(model()->current(), lesson + 1);
    QCOMPARE(model()->question(), 0);
    QVERIFY(!button()->isEnabled());  // predict first
    QCOMPARE(button()->text(), QStringLiteral("Run and see"));
  }

  void thereIsNoneAfterTheLastOne() {
    model()->choose(int(model()->lessons().size()) - 1);
    QVERIFY(model()->nextLesson() == nullptr);
    model()->choose(0);
    QCOMPARE(model()->nextLesson(), &model()->lessons().at(1));
  }

  void theAnswersValuesCanBeTaken_data() {
    QTest::addColumn<int>("stage");
    QTest::addColumn<int>("question");
    QTest::newRow("particles") << int(Lesson::Stage::Mixture) << 1;  // sigma = 1
    QTest::newRow("steps") << int(Lesson::Stage::Steps) << 0;        // without the projection
  }
  void theAnswersValuesCanBeTaken() {
    QFETCH(int, stage);
    QFETCH(int, question);
    openLesson(static_cast<Lesson::Stage>(stage));
    auto* take = page_->panel()->takeButton();
    QVERIFY(take->isHidden());
    const auto before = model()->values();
    answer();
    for (int i = 0; i < question; ++i) {
      model()->nextQuestion();
      answer();
    }
    QVERIFY(!page_->panel()->shownRun()->isHidden() && !take->isHidden());
    QCOMPARE(model()->values(), before);
    const auto result = document_->result();
    const auto* particles = model()->particles();
    auto wanted = before;
    for (const auto& [key, value] : model()->asked()->change) wanted.at(key) = value;
    take->click();
    QCOMPARE(model()->values(), wanted);
    QCOMPARE(page_->panel()->values()->values(), wanted);
    QVERIFY2(model()->shownOtherwise().isEmpty(), qPrintable(model()->shownOtherwise()));
    QVERIFY(take->isHidden() && page_->panel()->shownRun()->isHidden());
    QCOMPARE(document_->result(), result);  // nothing is run for it
    QCOMPARE(model()->particles(), particles);
    QVERIFY(!document_->isRunning() && !model()->awaitsParticles());
    if (model()->runsSettings())
      QCOMPARE(choiceOf(document_->request().solver_values, "projection"), std::string("off"));
  }

  void anAnswerIsHeldAgainstTheLessonsRun() {
    openLesson(Lesson::Stage::Steps);
    QVERIFY(page_->views()->isHidden() && model()->compared().isEmpty());
    QImage base;
    const QObject here;
    connect(document_.get(), &RunModel::resultReady, &here, [&](const ui::ResultPtr& result) {
      if (base.isNull()) base = result->picture;
    });
    answer();
    const auto& result = document_->result();
    const auto* views = page_->views();
    QVERIFY(!views->isHidden());
    QCOMPARE(views->count(), 5);
    QCOMPARE(views->current(), 0);
    const QList<QImage> wanted{base, result->picture, result->before, result->truth};
    for (int i = 0; i < wanted.size(); ++i) {
      QTest::keyClick(views->button(i), Qt::Key_Right);
      QCOMPARE(views->current(), i + 1);
      QVERIFY(!page_->figure()->isHidden() && !wanted[i].isNull());
      QCOMPARE(page_->figure()->picture(), wanted[i]);
    }
    QVERIFY(wanted[0] != wanted[1]);
    QVERIFY2(model()->compared()[1].name.contains(model()->shownOtherwise()), qPrintable(model()->compared()[1].name));

    page_->hide();
    page_->show();  // it is kept with the lesson
    QTRY_COMPARE(page_->views()->count(), 5);
    model()->nextQuestion();
    answer();  // its run takes the place of the former one's
    QCOMPARE(page_->views()->count(), 5);
    QCOMPARE(page_->views()->current(), 0);
    QTest::keyClick(page_->views()->button(0), Qt::Key_Right);
    QCOMPARE(page_->figure()->picture(), base);
    QTest::keyClick(page_->views()->button(1), Qt::Key_Right);
    QCOMPARE(page_->figure()->picture(), document_->result()->picture);
    QVERIFY(page_->figure()->picture() != wanted[1]);
    openLesson(Lesson::Stage::NullSpace);
    QVERIFY(page_->views()->isHidden() && model()->compared().isEmpty());
  }

  void numbersHaveOneFormat() {
    openLesson(Lesson::Stage::NullSpace);
    QTRY_VERIFY_WITH_TIMEOUT(model()->nullSpace() != nullptr, kPatience);
    const auto count = QString::number(model()->nullSpace()->numbers_x);
    QVERIFY(count.size() > 4);  // with a thousand and more it could be grouped
    QVERIFY2(page_->sentence()->text().contains(count), qPrintable(page_->sentence()->text()));
    answer();
    model()->nextQuestion();
    answer();
    QVERIFY2(model()->revealed().contains(count), qPrintable(model()->revealed()));
  }
};

QTEST_MAIN(LearnAfterTest)
#include "learn_after_test.moc"
