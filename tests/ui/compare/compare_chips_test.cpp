// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what chips keep while others come and go.
#include <QAction>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/curves/curves_plot.h"
#include "ui/curves/curves_style.h"
#include "ui/style/theme.h"

using namespace p2l;

class CompareChipsTest : public CompareFixture {
  Q_OBJECT

 private:
  QColor tileColour(int index) const {
    const int at = view()->tileOf(entry(index).key);
    return at < 0 ? QColor() : canvas()->pictures()[at].colour;
  }
  static QColor colour(int place, ui::Theme theme) { return ui::runPen(place, ui::themePalette(theme)).color(); }
  /// A run that ends with this residual in every step, so that its line lies by itself.
  void finishWithResidual(const ui::RunJob& job, double residual) {
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(200));
    outcome.report.request = job.request;
    for (int i = 1; i <= 4; ++i) {
      outcome.report.steps.push_back(report(i, 4));
      outcome.report.steps.back().residual = residual;
    }
    runs()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
  }
  /// Whether a line of this pen is among the curves.
  bool isDrawn(int place) const {
    const auto wanted = ui::runPen(static_cast<std::size_t>(place), view()->curves()->palette()).color();
    const auto image = view()->curves()->grab().toImage();
    const auto near = [](int one, int other) { return std::abs(one - other) < 48; };  // its edges are blended
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        const auto found = image.pixelColor(x, y);
        count +=
            near(found.red(), wanted.red()) && near(found.green(), wanted.green()) && near(found.blue(), wanted.blue());
      }
    }
    return count > 20;
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-chips-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void aChipKeepsItsColourWhileOthersGo() {
    addLadder();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) finishWithResidual(jobs_.at(i), 1.0 + 2.0 * i);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(tileColour(2), colour(2, ui::Theme::Dark), kPatience);
    compare()->remove(0);
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(entry(i).colour, i + 1);
      QTRY_COMPARE_WITH_TIMEOUT(tileColour(i), colour(i + 1, ui::Theme::Dark), kPatience);
    }
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(1) && isDrawn(2), kPatience);
    QVERIFY(!isDrawn(0));
    view()->chips()->addLadder();  // the first takes the colour that is free
    QCOMPARE(entry(2).colour, 0);
    QCOMPARE(entry(3).colour, 3);
    QCOMPARE(entry(4).colour, 4);
    QCOMPARE(entry(0).colour, 1);
  }
};

QTEST_MAIN(CompareChipsTest)
#include "compare_chips_test.moc"
