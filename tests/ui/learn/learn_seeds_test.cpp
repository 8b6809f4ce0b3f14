// SPDX-License-Identifier: GPL-3.0-or-later
// The stage of several seeds: what is shown before the runs, as they come, and of values that were changed.
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/heat_scale.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/seeds_stage.h"
#include "ui/steps/step_tiles.h"
#include "ui/tiles/compare_difference.h"
#include "ui/widgets/segmented.h"

using namespace p2l;

class LearnSeedsTest : public LearnFixture {
  Q_OBJECT

 private:
  using Phase = LearnModel::Phase;

  ui::SeedsStage* stage() const { return page_->findChild<ui::SeedsStage*>(); }
  const QImage& shown(int tile) const { return stage()->tile(tile)->picture(); }
  /// All tiles take the same room, with a picture and without one; a pixel is left over by the grid.
  bool areOfOneSize() const {
    const auto first = stage()->tile(0)->place().size();
    for (int i = 1; i < 5; ++i) {
      const auto size = stage()->tile(i)->place().size();
      if (std::abs(size.width() - first.width()) > 1 || std::abs(size.height() - first.height()) > 1) return false;
    }
    return true;
  }

  /// Grey, but for one pixel; the truth is grey.
  static Outcome outcomeWith(float value) {
    Outcome outcome;
    outcome.truth = outcome.baseline = Image(4, 4, 3, 0.5f);
    outcome.picture = outcome.truth;
    for (int c = 0; c < 3; ++c) outcome.picture.at(1, 2, c) = value;
    outcome.report.metrics["psnr"] = 20.0;
    return outcome;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-seeds-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void heatHasAScale() {
    QCOMPARE(ui::heatColour(0.0), qRgb(0, 0, 0));
    QCOMPARE(ui::heatColour(1.0), qRgb(255, 255, 255));
    ui::SeedStudy study;
    study.add(outcomeWith(0.4f));
    QVERIFY(study.spreadMap().isNull());
    QCOMPARE(study.largest(), 0.0);
    study.add(outcomeWith(0.8f));
    study.add(outcomeWith(0.6f));  // mean 0.6: wrong by 0.1; the runs deviate by 0.2
    QVERIFY(std::abs(study.largest() - 0.2 * 255) < 0.01);
    QCOMPARE(study.spreadMap().pixel(1, 2), qRgb(255, 255, 255));
    QCOMPARE(study.spreadMap().pixel(0, 0), qRgb(0, 0, 0));
    const auto half = study.errorMap().pixel(1, 2), expected = ui::heatColour(0.5);
    QVERIFY(std::abs(qRed(half) - qRed(expected)) <= 1 && std::abs(qGreen(half) - qGreen(expected)) <= 1);
    QCOMPARE(study.numbers().at("single.squared") > 0, true);

    ui::HeatScale scale;
    scale.resize(220, 160);
    scale.setLargest(study.largest());
    QVERIFY2(scale.accessibleDescription().contains(QStringLiteral("51")), qPrintable(scale.accessibleDescription()));
    const auto drawn = scale.grab().toImage();
    int white = 0, red = 0;
    for (int x = 0; x < drawn.width(); ++x) {
      const auto colour = drawn.pixel(x, 88);
      white += colour == qRgb(255, 255, 255);
      red += qRed(colour) > 200 && qGreen(colour) < 40;
    }
    QVERIFY(white > 0 && red > 3);
  }

  void whatWasMeasuredIsThereFirstAndEachRunAsItComes() {
    openLesson(Lesson::Stage::Seeds);
    QTRY_VERIFY_WITH_TIMEOUT(!shown(0).isNull(), kPatience);
    const auto measured = shown(0);
    for (int i = 1; i < 5; ++i) QVERIFY(shown(i).isNull());
    QVERIFY(areOfOneSize());
    const auto awaited = stage()->tile(4)->place();
    QVERIFY(std::abs(awaited.width() - awaited.height()) <= 1);  // as the pictures are
    model()->predict(0);
    model()->reveal();
    QCOMPARE(shown(0), measured);
    QTRY_COMPARE_WITH_TIMEOUT(model()->seeds().count(), 1, kPatience);
    QCOMPARE(shown(0), measured);  // the runs are of it
    QVERIFY(!shown(1).isNull() && !shown(2).isNull() && shown(3).isNull());
    QVERIFY(areOfOneSize());
    const auto first = shown(1);
    QVERIFY2(page_->sentence()->text().contains(QStringLiteral("1 of 6")), qPrintable(page_->sentence()->text()));
    QTRY_COMPARE_WITH_TIMEOUT(model()->seeds().count(), 2, kPatience);
    QVERIFY(shown(1) != first);
    QVERIFY(!shown(3).isNull() && !shown(4).isNull());
    QVERIFY(areOfOneSize());
    QVERIFY(!stage()->scale()->accessibleDescription().isEmpty());
  }

  void allRunsCanBePagedThrough() {
    openLesson(Lesson::Stage::Seeds);
    QVERIFY(stage()->choice()->isHidden());
    const int seeds = model()->lesson()->seeds;
    const auto answer = [this] {
      model()->predict(0);
      model()->reveal();
    };
    QList<QImage> runs;
    const QObject here;
    connect(model(), &LearnModel::stageChanged, &here, [&] {
      if (model()->seeds().count() > runs.size()) runs << shown(1);
    });
    answer();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
    QCOMPARE(int(runs.size()), seeds);
    const auto* choice = stage()->choice();
    QVERIFY(!choice->isHidden());
    QCOMPARE(choice->count(), seeds + 2);
    QCOMPARE(choice->current(), seeds - 1);
    QCOMPARE(shown(1), runs.last());
    const auto place = stage()->tile(1)->geometry();
    for (int i = 0; i < seeds; ++i) {
      choice->button(i)->click();
      QCOMPARE(shown(1), runs[i]);
      QCOMPARE(stage()->tile(1)->accessibleName(), QStringLiteral("run %1").arg(i + 1));
    }
    QTest::keyClick(choice->button(seeds - 1), Qt::Key_Right);
    QCOMPARE(shown(1), shown(2));  // the mean
    QTest::keyClick(choice->button(seeds), Qt::Key_Right);
    QCOMPARE(shown(1), ui::qimageFromImage(document_->result()->outcome.truth));
    QCOMPARE(stage()->tile(1)->accessibleName(), QStringLiteral("truth"));
    QCOMPARE(stage()->tile(1)->geometry(), place);

    QVERIFY(model()->runsElsewhere().contains(QStringLiteral("predict")));
    model()->nextQuestion();
    QCOMPARE(stage()->tile(1)->accessibleName(), QStringLiteral("truth"));  // what is looked at stays
    answer();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
    QVERIFY2(!model()->runsElsewhere().contains(QStringLiteral("predict")), qPrintable(model()->runsElsewhere()));
    const auto labels = page_->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [this](const auto* label) { return label->text().contains(model()->runsElsewhere()); }));
    auto values = model()->values();
    values.at("lambda") = 0.01;
    model()->setValues(values);
    QVERIFY(choice->isHidden());
    QVERIFY(shown(1).isNull());
  }

  void aRunsMapsAreMadeBesideTheWindow() {
    openLesson(Lesson::Stage::Seeds);
    int counted = -1;
    const QObject here;
    connect(document_.get(), &RunModel::resultReady, &here, [&] {
      if (counted < 0) counted = model()->seeds().count();
    });
    model()->predict(0);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->seeds().count(), 1, kPatience);
    QCOMPARE(counted, 0);  // the event of the run's end waits for none of them
    QVERIFY2(model()->progress().startsWith(QStringLiteral("run 2 of 6")), qPrintable(model()->progress()));
  }

  void aRunThatIsBegunMeanwhileEndsTheQuestion() {
    openLesson(Lesson::Stage::Seeds);
    const QObject here;
    connect(
        document_.get(), &RunModel::resultReady, &here, [this] { document_->run(); }, Qt::SingleShotConnection);
    QSignalSpy said(model(), &LearnModel::failed);
    model()->predict(0);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Asked, kPatience);
    QCOMPARE(model()->seeds().count(), 1);
    QCOMPARE(said.count(), 1);
    QVERIFY2(said[0][0].toString().contains(QStringLiteral("A run is in progress")), qPrintable(said[0][0].toString()));
  }

  void valuesThatAreChangedAreStudiedAndAnswerNoQuestion() {
    openLesson(Lesson::Stage::Seeds);
    auto values = model()->values();
    values.at("lambda") = 0.01;
    model()->setValues(values);
    QTRY_COMPARE_WITH_TIMEOUT(model()->seeds().count(), 1, kPatience);
    QCOMPARE(numberOf(document_->runRequest().solver_values, "lambda"), 0.01);
    QVERIFY(model()->isStudying());
    QVERIFY(page_->panel()->shownRun()->isHidden());
    model()->predict(0);
    model()->reveal();
    QCOMPARE(model()->seeds().count(), 0);
    QVERIFY2(model()->progress().startsWith(QStringLiteral("run 1 of 6")), qPrintable(model()->progress()));
    QTRY_COMPARE_WITH_TIMEOUT(model()->seeds().count(), 1, kPatience);
    QCOMPARE(numberOf(document_->runRequest().solver_values, "lambda"), 1.0);  // the lesson's
    QVERIFY(!page_->panel()->shownRun()->isHidden());
  }
};

QTEST_MAIN(LearnSeedsTest)
#include "learn_seeds_test.moc"
