// SPDX-License-Identifier: GPL-3.0-or-later
// The stage of the mixture: particles as they are computed, and a choice of solvers.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QSlider>
#include <functional>

#include "tests/ui/learn/learn_fixture.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/mixture_stage.h"
#include "ui/settings/param_panel.h"
#include "ui/steps/algorithm_view.h"

using namespace p2l;

class LearnMixtureTest : public LearnFixture {
  Q_OBJECT

 private:
  using Phase = LearnModel::Phase;

  int count() const { return model()->particles() == nullptr ? 0 : int(model()->particles()->steps.back().size()); }
  void waitForAll() {
    QTRY_VERIFY_WITH_TIMEOUT(model()->particles() != nullptr && !model()->awaitsParticles(), kPatience);
    QCOMPARE(count(), LearnModel::kParticles);
  }
  void answer() {
    model()->predict(model()->asked()->answer);
    model()->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), Phase::Revealed, kPatience);
  }
  /// Of the plane, as it is painted.
  int colours() const {
    const auto image = page_->mixture()->plane()->grab().toImage();
    QSet<QRgb> found;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) found.insert(image.pixel(x, y));
    }
    return int(found.size());
  }
  bool hasRow(const char* key) const { return page_->panel()->values()->editorOf(key) != nullptr; }
  /// Looks at a plane of each size of text and of each size, with words for messages.
  void inEverySize(const std::function<void(const QRect& area, const QFont& font, const QString& said)>& look) {
    for (const int points : {10, 16, 22}) {  // the last as on a projector
      auto font = page_->mixture()->plane()->font();
      font.setPointSize(points);
      page_->mixture()->plane()->setFont(font);
      for (const int side : {200, 240, 400})
        look({30, 10, side, side}, font, QStringLiteral("%1 points, %2 pixels").arg(points).arg(side));
    }
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-learn-mixture-test"); }
  void init() { openPage(); }
  void cleanup() { closePage(); }

  void particlesAreShownAsTheyAreComputed() {
    openLesson(Lesson::Stage::Mixture);
    auto* slider = page_->mixture()->slider();
    model()->setValues(model()->values());
    QVERIFY(model()->awaitsParticles());
    QTRY_VERIFY_WITH_TIMEOUT(count() > 0, kPatience);
    const int some = count();
    QVERIFY2(some < LearnModel::kParticles, qPrintable(QString::number(some)));
    for (const auto& step : model()->particles()->steps) QCOMPARE(int(step.size()), some);
    QCOMPARE(slider->value(), slider->maximum());  // where they end
    QVERIFY(!slider->isEnabled());
    QVERIFY2(page_->sentence()->text().contains(QStringLiteral("%1 of 120").arg(some)),
             qPrintable(page_->sentence()->text()));
    const auto first = model()->particles()->steps.back().front();
    QTRY_VERIFY_WITH_TIMEOUT(count() > some, kPatience);
    QCOMPARE(model()->particles()->steps.back().front(), first);
    waitForAll();
    QVERIFY(slider->isEnabled());
    QCOMPARE(slider->value(), 0);  // and now from the noise on
  }

  void priorAndPosteriorAreDrawnWhenTheyAreThere() {
    openLesson(Lesson::Stage::Mixture);
    QTRY_VERIFY_WITH_TIMEOUT(colours() > 200, kPatience);
  }

  void whatIsMeasuredIsSaidInsideThePlane() {
    openLesson(Lesson::Stage::Mixture);
    auto* plane = page_->mixture()->plane();
    QVERIFY(!plane->measuredText().contains(QLatin1Char('-')));
    QCOMPARE(plane->measuredText().contains(QStringLiteral("−")), model()->mixture().y < 0);
    inEverySize([plane](const QRect& area, const QFont&, const QString& said) {
      QVERIFY2(area.contains(plane->measuredBox(area)), qPrintable(said));
    });
  }

  void sharesOfThePosteriorAreSaidInsideThePlane() {
    openLesson(Lesson::Stage::Mixture);
    auto* plane = page_->mixture()->plane();
    const auto& hills = model()->mixture().hills;
    inEverySize([&](const QRect& area, const QFont& font, const QString& size) {
      for (std::size_t k = 0; k < hills.size(); ++k) {
        const auto said = QStringLiteral("hill %1, %2").arg(k).arg(size);
        const auto box = plane->shareBox(k, area);
        QVERIFY2(area.contains(box), qPrintable(said));
        const auto drawn = QFontMetrics(font).boundingRect(box, Qt::TextWordWrap, plane->shareText(k));
        QVERIFY2(box.contains(drawn), qPrintable(said));  // none of it is cut
      }
    });
    plane->setFont({});
    const QRect large(0, 0, 900, 900);  // with room for all three they stand right of their hills
    for (std::size_t k = 0; k < hills.size(); ++k) {
      constexpr double kReach = ui::MixturePlane::kReach;
      const double x = (hills[k].mean[0] + 2.2 * hills[k].deviation + kReach) / (2 * kReach);
      QCOMPARE(plane->shareBox(k, large).left(), qRound(900 * x));
    }
  }

  void onlyTheNewestValuesCount() {
    openLesson(Lesson::Stage::Mixture);
    model()->setValues(model()->values());
    QTRY_VERIFY_WITH_TIMEOUT(count() > 0, kPatience);
    auto values = model()->values();
    values.at("noise") = 0.7;
    model()->setValues(values);
    QCOMPARE(count(), 0);
    QCOMPARE(model()->mixture().sigma, 0.7);  // the plane follows at once
    waitForAll();
    QCOMPARE(model()->mixture().sigma, 0.7);
  }

  void anotherSolverCanBeChosen() {
    openLesson(Lesson::Stage::Mixture);
    auto* solvers = page_->mixture()->solvers();
    QVERIFY(!solvers->isHidden());
    QCOMPARE(solvers->count(), 4);
    QCOMPARE(solvers->currentData().toString(), QStringLiteral("pigdm"));
    QVERIFY(hasRow("noise") && hasRow("deviation"));
    auto values = model()->values();
    values.at("noise") = 0.3;
    model()->setValues(values);
    solvers->setCurrentIndex(solvers->findData(QStringLiteral("dds")));
    emit solvers->activated(solvers->currentIndex());
    QCOMPARE(model()->chosenSolver(), std::string("dds"));
    QCOMPARE(numberOf(model()->values(), "noise"), 0.3);  // it is the measurement's
    QVERIFY(hasRow("noise") && hasRow("gamma") && !hasRow("deviation"));
    QCOMPARE(page_->algorithm()->count(), int(session_.catalogue().solver("dds").iteration.size()));
    waitForAll();
    QCOMPARE(model()->solver().id, std::string("dds"));
    QVERIFY(model()->shownOtherwise().isEmpty());
    QVERIFY(model()->numbers().contains("own.misfit"));

    answer();  // by the lesson's own
    QCOMPARE(model()->solver().id, std::string("pigdm"));
    QCOMPARE(model()->chosenSolver(), std::string("dds"));
    QVERIFY(!page_->panel()->shownRun()->isHidden());
    QVERIFY2(page_->panel()->shownRun()->text().contains(QStringLiteral("ΠGDM")),
             qPrintable(page_->panel()->shownRun()->text()));
    QVERIFY(!page_->panel()->takeButton()->isHidden());
    page_->hide();
    page_->show();
    QCOMPARE(model()->chosenSolver(), std::string("dds"));
    QVERIFY(hasRow("gamma"));
    page_->panel()->takeButton()->click();
    QCOMPARE(model()->chosenSolver(), std::string("pigdm"));
    QCOMPARE(solvers->currentData().toString(), QStringLiteral("pigdm"));
    QVERIFY(hasRow("deviation") && !hasRow("gamma"));
    QVERIFY(model()->shownOtherwise().isEmpty());
  }

  void otherLessonsHaveNoSuchChoice() {
    openLesson(Lesson::Stage::Steps);
    QVERIFY(page_->mixture()->solvers()->isHidden());
  }
};

QTEST_MAIN(LearnMixtureTest)
#include "learn_mixture_test.moc"
