// SPDX-License-Identifier: GPL-3.0-or-later
// Compare and Learn by keys alone: what has the focus has a name, and Tab goes from top to bottom and from left to
// right, also to what was made while the page was shown.
#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>
#include <QToolButton>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/learn/lesson_panel.h"
#include "ui/steps/algorithm_view.h"
#include "ui/style/tab_order.h"
#include "ui/widgets/segmented.h"
#include "ui/window/top_bar.h"

using namespace p2l;
using Page = ui::MainWindow::Page;

class PageKeysTest : public CompareFixture {
  Q_OBJECT

 private:
  static QString nameOf(QWidget* widget) {
    auto* spoken = QAccessible::queryAccessibleInterface(widget);
    return spoken == nullptr ? QString() : spoken->text(QAccessible::Name);
  }
  static QString told(QWidget* widget) {
    return QStringLiteral("%1 \"%2\"").arg(QString::fromLatin1(widget->metaObject()->className()), nameOf(widget));
  }
  QRect placeOf(const QWidget* widget) const { return {widget->mapTo(window_.get(), QPoint(0, 0)), widget->size()}; }
  /// What Tab stops at, from the window's first control on.
  QWidgetList stops() const {
    QWidgetList found;
    auto* first = ui::tabChain(window_->centralWidget()).front();
    auto* at = first;
    do {
      if (at->isVisible() && at->isEnabled() && at->focusPolicy() & Qt::TabFocus && at->focusProxy() == nullptr &&
          at->window() == window_.get())
        found << at;
      at = at->nextInFocusChain();
    } while (at != first);
    return found;
  }
  /// Every stop has a name, and the regions follow each other; in each but `in_columns` it goes to the right or down.
  void checkStops(const QWidgetList& regions, const QWidget* in_columns = nullptr) {
    QTest::qWait(20);  // new controls get into the order in the next turn
    int region = 0;
    QRect former;
    QList<bool> seen(regions.size(), false);
    for (auto* at : stops()) {
      QVERIFY2(!nameOf(at).isEmpty(), qPrintable(told(at)));
      int now = -1;
      for (int i = 0; i < regions.size(); ++i) {
        if (regions[i] == at || regions[i]->isAncestorOf(at)) now = i;
      }
      if (now < 0) continue;
      QVERIFY2(now >= region, qPrintable(told(at)));
      const auto place = placeOf(at);
      if (now == region && former.isValid() && regions[now] != in_columns) {
        const bool below = place.center().y() > former.center().y() + 4;
        const bool beside = place.left() >= former.left() && place.center().y() > former.center().y() - 8;
        QVERIFY2(below || beside, qPrintable(told(at)));
      }
      former = place;
      region = now;
      seen[now] = true;
    }
    for (int i = 0; i < regions.size(); ++i) QVERIFY2(seen[i], qPrintable(told(regions[i])));
  }
  QWidgetList compareRegions() const {
    return {window_->widgets().top, view()->chips(), view()->modes()->parentWidget(), view()->canvas()->parentWidget(),
            view()->panel()};
  }
  ui::LearnPage* learn() const { return window_->learnPage(); }
  QWidgetList learnRegions() const {
    QWidgetList regions{window_->widgets().top, learn()->panel(), learn()->nextLineButton()->parentWidget()};
    if (learn()->algorithm()->isVisible() && learn()->model()->lesson()->stage == Lesson::Stage::Steps)
      regions << learn()->algorithm();  // elsewhere no line is looked at
    return regions;
  }
  void openLesson(int lesson) {
    window_->showPage(Page::Learn);
    learn()->model()->choose(lesson);
    QTRY_VERIFY_WITH_TIMEOUT(learn()->model()->isReady(), kPatience);
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-page-keys-test"); }
  void init() { openWindow(); }
  void cleanup() {
    if (learn() != nullptr) learn()->model()->choose(-1);
    window_.reset();
  }

  void compareEmpty() { checkStops(compareRegions()); }

  void compareWithChipsAndATable() {
    addLadder();
    runAll();
    QTRY_VERIFY_WITH_TIMEOUT(view()->table()->rowCount() >= 3, kPatience);
    const auto all = stops();
    for (auto* chip : view()->chips()->chips()) QVERIFY2(all.contains(chip), qPrintable(told(chip)));
    QVERIFY(all.contains(view()->table()));
    for (int mode = 0; mode < view()->modes()->count(); ++mode) {
      QTest::mouseClick(view()->modes()->button(mode), Qt::LeftButton);
      auto regions = compareRegions();
      if (mode == ComparePage::kLines && !view()->panel()->isVisible())
        regions.removeLast();  // the lines take its room
      checkStops(regions, mode == ComparePage::kLines ? view()->canvas()->parentWidget() : nullptr);
      if (QTest::currentTestFailed()) return;
    }
  }

  void aLessonOfEachStage_data() {
    QTest::addColumn<int>("lesson");
    const auto lessons = readLessons({lessonFolder()}, catalogue_);
    for (std::size_t i = 0; i < lessons.size(); ++i) QTest::newRow(lessons[i].id.c_str()) << int(i);
  }
  void aLessonOfEachStage() {
    QFETCH(int, lesson);
    openLesson(lesson);
    checkStops(learnRegions());
    const auto all = stops();
    for (auto* button : learn()->panel()->findChildren<QRadioButton*>())
      QVERIFY2(all.contains(button), qPrintable(told(button)));
  }

  void theNextQuestionsChoicesComeBeforeThePictures() {
    openLesson(0);  // answered without a run
    auto* model = learn()->model();
    QCOMPARE(model->lesson()->stage, Lesson::Stage::NullSpace);
    model->predict(model->asked()->answer);
    model->reveal();
    QTRY_COMPARE_WITH_TIMEOUT(model->phase(), ui::LearnModel::Phase::Revealed, kPatience);
    checkStops(learnRegions());
    model->nextQuestion();
    checkStops(learnRegions());
  }

  void aFiguresButtonsComeBeforeThePictures() {
    openLesson(3);
    auto* model = learn()->model();
    model->expectFigures();
    QImage sheet(60, 40, QImage::Format_RGB32);
    sheet.fill(Qt::red);
    model->addFigure(QStringLiteral("Tuned prompt"), sheet);
    QCOMPARE(learn()->views()->count(), 2);
    checkStops(learnRegions());
  }
};

QTEST_MAIN(PageKeysTest)
#include "page_keys_test.moc"
