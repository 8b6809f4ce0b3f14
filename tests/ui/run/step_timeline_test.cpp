// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/step_timeline.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "ui/run/step_slider.h"

using namespace p2l::ui;

class StepTimelineTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    timeline = std::make_unique<StepTimeline>();
    timeline->resize(700, 40);
    timeline->show();
    QVERIFY(QTest::qWaitForWindowExposed(timeline.get()));
    slider = timeline->findChild<StepSlider*>();
    selected = std::make_unique<QSignalSpy>(timeline.get(), &StepTimeline::stepSelected);
  }
  void cleanup() {
    selected.reset();
    timeline.reset();
  }

  void followsTheNewestStepWhileLive() {
    timeline->setSteps(50);
    QVERIFY(timeline->isLive());
    QCOMPARE(timeline->current(), 0);
    timeline->setAvailable(1);
    timeline->setAvailable(12);
    timeline->setTimestep(12, 761);
    QCOMPARE(timeline->current(), 12);
    QCOMPARE(slider->value(), 12);
    QCOMPARE(timeline->labelText(), QString("Step 12 / 50 – t = 761"));
    QCOMPARE(selected->count(), 0);  // nobody chose anything
  }

  void scrubbingEndsFollowingAndLiveTakesItUpAgain() {
    QSignalSpy live(timeline.get(), &StepTimeline::liveChanged);
    timeline->setSteps(50);
    timeline->setAvailable(20);
    QTest::keyClick(slider, Qt::Key_Left);
    QCOMPARE(selected->takeFirst()[0].toInt(), 19);
    QVERIFY(!timeline->isLive());
    QCOMPARE(live.count(), 1);
    timeline->setAvailable(30);
    QCOMPARE(timeline->current(), 19);
    for (QToolButton* button : timeline->findChildren<QToolButton*>())
      if (button->accessibleName() == "Follow the run") QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(timeline->isLive());
    QCOMPARE(timeline->current(), 30);
    QCOMPARE(selected->takeFirst()[0].toInt(), 30);
    timeline->setAvailable(31);
    QCOMPARE(timeline->current(), 31);
  }

  void keysMove_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("step");
    QTest::newRow("left") << int(Qt::Key_Left) << 9;
    QTest::newRow("right") << int(Qt::Key_Right) << 11;
    QTest::newRow("home") << int(Qt::Key_Home) << 1;
    QTest::newRow("end") << int(Qt::Key_End) << 40;
    QTest::newRow("page up") << int(Qt::Key_PageUp) << 14;
  }
  void keysMove() {
    QFETCH(int, key);
    QFETCH(int, step);
    timeline->setSteps(50);
    timeline->setAvailable(40);
    timeline->setLive(false);
    timeline->setCurrent(10);
    QCOMPARE(selected->count(), 0);
    QTest::keyClick(slider, Qt::Key(key));
    QCOMPARE(timeline->current(), step);
    QCOMPARE(selected->count(), 1);
    QCOMPARE((*selected)[0][0].toInt(), step);
  }

  void stepsThatAreNotThereCannotBeReached() {
    timeline->setSteps(50);
    timeline->setAvailable(20);
    QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() - 4, slider->height() / 2));
    QCOMPARE(timeline->current(), 20);
    QCOMPARE(slider->value(), 20);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(timeline->current(), 20);
    QVERIFY(timeline->isLive());
  }

  void clickGoesToTheStepUnderThePointer() {
    timeline->setSteps(101);
    timeline->setAvailable(101);
    QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() / 2, slider->height() / 2));
    QCOMPARE(timeline->current(), 51);
  }

  void spacePlaysFromTheStartAndStopsAtTheEnd() {
    timeline->setSteps(5);
    timeline->setAvailable(5);
    QTest::keyClick(slider, Qt::Key_Space);
    QVERIFY(timeline->isPlaying());
    QTRY_VERIFY_WITH_TIMEOUT(!timeline->isPlaying(), 3000);
    QList<int> steps;
    for (const auto& arguments : *selected) steps << arguments[0].toInt();
    QCOMPARE(steps, (QList<int>{1, 2, 3, 4, 5}));
  }

  void playingIntoARunBecomesFollowingIt() {
    timeline->setSteps(50);
    timeline->setAvailable(3);
    timeline->setPlaying(true);
    QTRY_VERIFY_WITH_TIMEOUT(!timeline->isPlaying(), 3000);
    QVERIFY(timeline->isLive());
    timeline->setAvailable(4);
    QCOMPARE(timeline->current(), 4);
  }

  void aNewRunStartsOver() {
    timeline->setSteps(50);
    timeline->setAvailable(20);
    timeline->first();
    timeline->setSteps(10);
    QVERIFY(timeline->isLive());
    QCOMPARE(timeline->available(), 0);
    QCOMPARE(timeline->current(), 0);
    QVERIFY(!slider->isEnabled());
    timeline->setSteps(0);
    QTest::keyClick(timeline.get(), Qt::Key_Right);
    QTest::keyClick(timeline.get(), Qt::Key_Space);
    QCOMPARE(timeline->current(), 0);
    QVERIFY(!timeline->isPlaying());
  }

  void everyControlHasANameAndATip() {
    for (const QWidget* child : timeline->findChildren<QWidget*>())
      if (child->focusPolicy() != Qt::NoFocus)
        QVERIFY2(!child->accessibleName().isEmpty() && !child->toolTip().isEmpty(), child->metaObject()->className());
  }

 private:
  std::unique_ptr<StepTimeline> timeline;
  std::unique_ptr<QSignalSpy> selected;
  StepSlider* slider = nullptr;
};

QTEST_MAIN(StepTimelineTest)
#include "step_timeline_test.moc"
