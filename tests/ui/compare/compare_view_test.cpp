// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what stays readable where much is compared.
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/document/quality_presets.h"
#include "ui/run/compare_timeline.h"
#include "ui/widgets/segmented.h"

using namespace p2l;

class CompareViewTest : public CompareFixture {
  Q_OBJECT

 private:
  QRect inWindow(const QWidget* widget) const { return {widget->mapTo(window_.get(), QPoint()), widget->size()}; }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-view-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void anAreaOfManyRunsTakesThreeLinesAndIsScrolled() {
    view()->chips()->addAllSolvers();
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 4));
    QVERIFY(compare()->entries().size() >= 11);
    runAll();
    int index = -1;
    tile(compare()->entries().back().key, &index);
    const auto table = view()->table()->height();
    canvas()->setArea(QRect(5, 5, 20, 20));
    auto* label = view()->areaLabel();
    const auto last = compare()->entries().back().label;
    QTRY_VERIFY2_WITH_TIMEOUT(label->isVisible() && label->text().contains(last), qPrintable(label->text()), kPatience);
    const int most = ComparePage::kAreaLines * label->fontMetrics().lineSpacing();
    QTRY_COMPARE_WITH_TIMEOUT(view()->areaBox()->height(), most, kPatience);
    QVERIFY(label->height() > most);  // all of it is there
    QVERIFY(qobject_cast<QScrollArea*>(view()->areaBox())->verticalScrollBar()->maximum() > 0);
    QVERIFY(view()->table()->height() >= table - 2 * most);
    QVERIFY(inWindow(view()->timeline()).bottom() < window_->height());
    QVERIFY(inWindow(view()->reportButton()).bottom() < window_->height());
    canvas()->setArea({});
    QTRY_VERIFY_WITH_TIMEOUT(!view()->areaBox()->isVisible(), kPatience);
  }

  void aClickOnATitleHasTheBestFirstAndWhatIsNotKnownLast() {
    addLadder();
    runAll();                                                           // 22, 23 and 24 dB
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 1));  // not run yet
    auto* table = view()->table();
    table->refresh();
    const int fresh = static_cast<int>(compare()->entries().size()) - 1, last = table->rowCount() - 1;
    const auto number = [&](int row, const char* key) { return table->item(row, CompareTable::columnOf(key))->text(); };
    const auto click = [&](const char* key) {
      auto* head = table->horizontalHeader();
      const int column = CompareTable::columnOf(key);
      table->scrollTo(table->model()->index(0, column));
      QTest::mouseClick(
          head->viewport(), Qt::LeftButton, Qt::NoModifier,
          QPoint(head->sectionViewportPosition(column) + head->sectionSize(column) / 2, head->height() / 2));
      QCOMPARE(head->sortIndicatorSection(), column);
    };
    click("psnr");
    QVERIFY2(rowOf(2) < rowOf(1) && rowOf(1) < rowOf(0), "the best is first");
    QCOMPARE(number(last, "psnr"), QStringLiteral("–"));
    QVERIFY(rowOf(fresh) > rowOf(0));
    click("psnr");
    QVERIFY2(rowOf(0) < rowOf(1) && rowOf(1) < rowOf(2), "the other way round");
    QVERIFY2(rowOf(fresh) > rowOf(2), "and what has no number stays last");
    click("seconds");
    QCOMPARE(table->horizontalHeader()->sortIndicatorOrder(), Qt::AscendingOrder);
    QVERIFY(rowOf(fresh) > rowOf(2));
  }

  void theTruthIsTheReferenceUntilAnotherIsChosen() {
    addLadder();
    runAll();
    auto* box = view()->reference();
    const auto key = [box] { return box->currentData().toULongLong(); };
    QTRY_COMPARE_WITH_TIMEOUT(key(), ComparePage::kTruth, kPatience);
    const auto labels = view()->findChildren<QLabel*>();
    const auto title = std::find_if(labels.begin(), labels.end(), [box](auto* each) { return each->buddy() == box; });
    QVERIFY(title != labels.end() && (*title)->isVisible());
    QCOMPARE((*title)->text(), QStringLiteral("Against"));
    emit view()->modes()->chosen(3);
    QCOMPARE(canvas()->barFormula(), QStringLiteral("AE = |x − r|, r = Truth"));
    emit view()->chips()->referenceWanted(entry(1).key);
    QCOMPARE(key(), entry(1).key);
    QVERIFY2(canvas()->barFormula().endsWith(QStringLiteral("r = %1").arg(entry(1).label)),
             qPrintable(canvas()->barFormula()));
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 1));
    QCOMPARE(key(), entry(1).key);  // what was chosen stays
    compare()->remove(1);
    QCOMPARE(key(), ComparePage::kTruth);
    auto own = document()->request();
    own.mode = Mode::Restore;  // the photo is damaged already
    document()->recall(own);
    QTRY_COMPARE_WITH_TIMEOUT(key(), entry(0).key, kPatience);
    own.mode = Mode::Demonstrate;
    document()->recall(own);
    QTRY_COMPARE_WITH_TIMEOUT(key(), ComparePage::kTruth, kPatience);
  }

  void eachStripOfASplitHasItsNameOrSaysItInATip() {
    CompareCanvas split;
    split.resize(840, 520);
    split.setMode(CompareCanvas::Mode::Split);
    const auto show = [&split](int number) {
      std::vector<ui::ComparePicture> pictures(number);
      for (int i = 0; i < number; ++i) {
        pictures[i].key = i + 1;
        pictures[i].title = QStringLiteral("Solver %1").arg(i);
        pictures[i].detail = QStringLiteral("23.00 dB · LPIPS 0.250\nSSIM 0.575");
        pictures[i].colour = Qt::red;
        pictures[i].picture.shown = QImage(kSide, kSide, QImage::Format_RGB888);
      }
      split.setPictures(std::move(pictures), QSize(kSide, kSide));
    };
    const auto middle = [&split](int index) {
      return (split.dividers().at(index - 1) + split.dividers().at(index)) / 2 * split.width();
    };
    show(8);
    for (int i = 0; i < 8; ++i) {
      QVERIFY2(!split.captionRect(i).isNull(), qPrintable(QString::number(i)));
      QVERIFY(i == 0 || split.captionRect(i).left() >= split.dividers().at(i - 1) * split.width());
      QVERIFY(i == 7 || split.captionRect(i).right() <= split.dividers().at(i) * split.width());
    }
    QCOMPARE(split.captionLines(3), QStringList{QStringLiteral("4  Solver 3")});
    QVERIFY(split.captionTip(split.captionRect(3).center()).startsWith(QStringLiteral("Solver 3\n23.00 dB")));
    QVERIFY(split.captionTip(QPointF(middle(3), 400)).isEmpty());
    show(16);
    QVERIFY(split.captionRect(3).isNull());
    QVERIFY(split.captionTip(QPointF(middle(3), 400)).startsWith(QStringLiteral("Solver 3\n23.00 dB")));
  }

  void theFieldOfStepsSaysWhoseItReplaces() {
    addLadder();
    const auto own = [this](int index) {
      const auto request = entry(index).choice.make(compare()->base());
      return QStringLiteral("%1 (%2)").arg(entry(index).label).arg(integerOf(request.sampler_values, "steps"));
    };
    QSignalSpy said(view(), &ComparePage::status);
    const auto last = [&said] { return said.isEmpty() ? QString() : said.last().first().toString(); };
    QVERIFY(!view()->steps()->toolTip().contains(QStringLiteral("in place")));
    view()->steps()->setValue(4);
    const auto sentence =
        QStringLiteral("Steps = 4 in place of each run's own: %1, %2, %3").arg(own(0), own(1), own(2));
    QCOMPARE(last(), sentence);
    QVERIFY2(view()->steps()->toolTip().endsWith(sentence), qPrintable(view()->steps()->toolTip()));
    said.clear();
    compare()->remove(2);
    QVERIFY(said.isEmpty());
    const auto two = QStringLiteral("Steps = 4 in place of each run's own: %1, %2").arg(own(0), own(1));
    QVERIFY2(view()->steps()->toolTip().endsWith(two), qPrintable(view()->steps()->toolTip()));
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2));
    QVERIFY2(last().startsWith(two) && last().endsWith(QStringLiteral(", …")), qPrintable(last()));
    said.clear();
    view()->steps()->setValue(0);
    QVERIFY(said.isEmpty() && !view()->steps()->toolTip().contains(QStringLiteral("in place")));
  }

  void aRunWithThePanelsValuesIsNamedByThem() {
    auto settings = document()->request();
    const auto fast = ui::qualityPreset(catalogue_, settings, "fast");
    QVERIFY(fast.has_value());
    settings.solver = fast->solver;
    settings.preset = fast->id;
    settings.solver_values = fast->solver_values;
    settings.sampler_values = fast->sampler_values;
    document()->recall(settings);
    const auto name = QString::fromStdString(catalogue_.solver(fast->solver).label);
    const auto choices = ui::solverChoices(catalogue_, compare()->base());
    for (const auto& choice : choices) {
      if (!choice.possible) continue;
      const bool of_panel = choice.request.solver == fast->solver;
      QCOMPARE(choice.label.contains(QStringLiteral(" · ")), of_panel);
      if (of_panel) compare()->add({choice});
    }
    QCOMPARE(compare()->entries().size(), std::size_t(1));
    QCOMPARE(entry(0).label, name + QStringLiteral(" · Fast"));
    QCOMPARE(view()->chips()->chips()[0]->text(), entry(0).label);
    settings.sampler_values["steps"] = numberOf(fast->sampler_values, "steps") + 1;  // of no quality
    document()->recall(settings);
    QCOMPARE(entry(0).label, name + QStringLiteral(" · panel"));
    runAll();
    settings.sampler_values = fast->sampler_values;
    document()->recall(settings);
    QCOMPARE(entry(0).label, name + QStringLiteral(" · panel"));  // what its picture was made with
    QVERIFY(compare()->isDue(0));
    QTRY_VERIFY(bar()->runAction()->isEnabled());
    runAll();
    QCOMPARE(entry(0).label, name + QStringLiteral(" · Fast"));
  }
};

QTEST_MAIN(CompareViewTest)
#include "compare_view_test.moc"
