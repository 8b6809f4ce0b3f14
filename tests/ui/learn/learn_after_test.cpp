// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson offers after its questions were answered.
#include <QLabel>
#include <QPushButton>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_panel.h"

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
