// SPDX-License-Identifier: GPL-3.0-or-later
// The page Learn in a low window: the list of lessons makes room, so that the open one's question is seen.
#include <QAbstractButton>
#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>
#include <QTranslator>
#include <QtTest>

#include "core/api/session.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/learn/lesson_panel.h"
#include "ui/learn/projection_plot.h"
#include "ui/style/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/row_list.h"
#include "ui/window/main_window.h"

using namespace p2l;

class LearnLowTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;

  Catalogue catalogue_ = Session().catalogue();
  QTranslator german_;
  std::unique_ptr<ui::MainWindow> window_;

  ui::LearnPage* page() const { return window_->learnPage(); }
  ui::LearnModel* model() const { return page()->model(); }
  ui::LessonPanel* panel() const { return page()->panel(); }
  /// What the lesson is scrolled in.
  QScrollArea* column() const { return qobject_cast<QScrollArea*>(panel()->parentWidget()->parentWidget()); }
  void make() {
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    window_->setWindowState(Qt::WindowNoState);  // the screen is smaller
    window_->show();
    window_->showPage(ui::MainWindow::Page::Learn);
    resize(720);
  }
  void resize(int height) {
    window_->resize(1280, height);
    QCoreApplication::processEvents();
    QCOMPARE(window_->size(), QSize(1280, height));
  }
  void openLesson(int lesson) {
    model()->choose(lesson);
    QTRY_VERIFY_WITH_TIMEOUT(model()->isReady(), kPatience);
  }
  bool isWhole(const QWidget* widget) const {
    const auto* viewport = column()->viewport();
    return widget->isVisible() &&
           viewport->rect().contains(QRect(widget->mapTo(viewport, QPoint(0, 0)), widget->size()));
  }
  QStringList listed() const {
    QStringList texts;
    for (int row = 0; row < panel()->list()->count(); ++row) {
      if (!panel()->list()->isRowHidden(row)) texts << panel()->list()->item(row)->text();
    }
    return texts;
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-learn-low-test"));
    ui::applyTheme(*qApp, ui::Theme::Light);  // with controls of its sizes
  }
  void init() {
    QSettings().clear();
    QSettings().setValue(QStringLiteral("live_preview"), false);  // has runs of its own
  }
  void cleanup() {
    if (window_) model()->choose(-1);
    window_.reset();
    QCoreApplication::removeTranslator(&german_);
  }

  void theQuestionIsSeenWithoutScrolling_data() {
    QTest::addColumn<bool>("german");
    QTest::newRow("en") << false;
    QTest::newRow("de") << true;
  }
  void theQuestionIsSeenWithoutScrolling() {
    QFETCH(bool, german);
    if (german) {
      QVERIFY(german_.load(QStringLiteral(P2L_TRANSLATION)));
      QCoreApplication::installTranslator(&german_);
    }
    make();
    const int lessons = int(model()->lessons().size());
    QCOMPARE(lessons, 5);
    for (int i = 0; i < lessons; ++i) {
      openLesson(i);
      const auto said = [&] {
        return QStringLiteral("lesson %1: %2 of %3 pixels")
            .arg(i + 1)
            .arg(panel()->card()->geometry().bottom())
            .arg(column()->viewport()->height());
      };
      QCOMPARE(column()->verticalScrollBar()->value(), 0);
      QTRY_VERIFY2(isWhole(panel()->card()) && isWhole(panel()->revealButton()), qPrintable(said()));
      for (const auto* choice : panel()->choices()->buttons()) QVERIFY2(isWhole(choice), qPrintable(said()));
      QCOMPARE(column()->verticalScrollBar()->value(), 0);
      // The title is whole, and so are the buttons over it.
      QVERIFY2(panel()->minimumSizeHint().width() <= column()->viewport()->width(), qPrintable(said()));
      QCOMPARE(listed(), QStringList(panel()->list()->item(i + 1)->text()));
      QVERIFY(isWhole(panel()->list()) && isWhole(panel()->allButton()));
      QVERIFY2(panel()->list()->height() < 2 * panel()->list()->rowHeight(), qPrintable(said()));
    }
  }

  void norIsItScrolledToOnAProjector_data() { theQuestionIsSeenWithoutScrolling_data(); }
  void norIsItScrolledToOnAProjector() {
    QFETCH(bool, german);
    if (german) {
      QVERIFY(german_.load(QStringLiteral(P2L_TRANSLATION)));
      QCoreApplication::installTranslator(&german_);
    }
    make();
    page()->projectorButton()->click();
    for (int i = 0; i < int(model()->lessons().size()); ++i) {
      openLesson(i);
      const auto said = [&] {
        return QStringLiteral("lesson %1: %2 of %3 pixels")
            .arg(i + 1)
            .arg(panel()->card()->geometry().bottom())
            .arg(column()->viewport()->height());
      };
      QTRY_VERIFY2(isWhole(panel()->card()) && isWhole(panel()->revealButton()), qPrintable(said()));
      for (const auto* choice : panel()->choices()->buttons()) QVERIFY2(isWhole(choice), qPrintable(said()));
      QCOMPARE(column()->verticalScrollBar()->value(), 0);
      QVERIFY(isWhole(panel()->list()) && isWhole(panel()->allButton()));
    }
    const int first = panel()->card()->y();
    page()->projectorButton()->click();
    QTRY_VERIFY2(panel()->card()->y() > first + 100, "the text is read first");
    QTRY_VERIFY(isWhole(panel()->card()));
  }

  void aQuestionThatGrowsTakesItsRoomFromTheValues() {
    make();
    page()->projectorButton()->click();
    openLesson(1);
    QTRY_VERIFY(isWhole(panel()->card()));
    auto* said = panel()->card()->findChildren<QLabel*>().at(1);
    const int before = panel()->card()->height();
    for (int i = 0; i < 3; ++i) {  // nothing else happens that would lay the page out
      said->setText(said->text() + QStringLiteral("<br>and so on"));
      QTRY_VERIFY(panel()->card()->height() > before + i * said->fontMetrics().height());
      QTRY_VERIFY2(isWhole(panel()->card()), qPrintable(QString::number(i)));
    }
  }

  void whatComesNextIsSeenBelowTheAnswer_data() {
    QTest::addColumn<bool>("german");
    QTest::addColumn<bool>("projector");
    for (const bool german : {false, true}) {
      for (const bool projector : {false, true})
        QTest::addRow("%s%s", german ? "de" : "en", projector ? ", projector" : "") << german << projector;
    }
  }
  void whatComesNextIsSeenBelowTheAnswer() {
    QFETCH(bool, german);
    QFETCH(bool, projector);
    if (german) {
      QVERIFY(german_.load(QStringLiteral(P2L_TRANSLATION)));
      QCoreApplication::installTranslator(&german_);
    }
    make();
    if (projector) page()->projectorButton()->click();
    openLesson(0);
    const auto* answer = panel()->findChild<QLabel*>(QStringLiteral("lesson_answer"));
    auto* next = panel()->revealButton();
    QVERIFY(answer != nullptr && answer->isHidden());
    const int questions = int(model()->lesson()->questions.size());
    for (int i = 0; i < questions; ++i) {
      model()->predict(0);
      next->click();
      QTRY_COMPARE_WITH_TIMEOUT(model()->phase(), ui::LearnModel::Phase::Revealed, kPatience);
      const auto said = [&] {
        return QStringLiteral("question %1: answer from %2 to %3, button to %4 of %5 pixels")
            .arg(i + 1)
            .arg(answer->mapTo(column()->viewport(), QPoint()).y())
            .arg(answer->mapTo(column()->viewport(), answer->rect().bottomLeft()).y())
            .arg(next->mapTo(column()->viewport(), next->rect().bottomLeft()).y())
            .arg(column()->viewport()->height());
      };
      QTRY_VERIFY2(isWhole(answer) && isWhole(next), qPrintable(said()));
      QVERIFY2(answer->geometry().bottom() < next->geometry().top(), qPrintable(said()));
      next->click();
    }
    QCOMPARE(model()->current(), 1);  // the last of them opens the next lesson
  }

  void arrowKeysGoThroughTheWholeList() {
    make();
    auto* list = panel()->list();
    window_->activateWindow();
    list->setFocus();
    QTRY_VERIFY(list->hasFocus());
    for (int row = 1; row <= 2; ++row) {
      QTest::keyClick(list, Qt::Key_Down);
      QTRY_COMPARE(model()->current(), row - 1);
      QCOMPARE(int(listed().size()), list->count());
    }
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(listed(), QStringList(list->item(2)->text()));
  }

  void theListComesBackByItsButtonAndInAHighWindow() {
    make();
    const auto all = [this] { return int(listed().size()) == panel()->list()->count(); };
    QVERIFY(all() && !panel()->allButton()->isVisible());  // no lesson is open
    openLesson(0);
    QVERIFY(!all() && panel()->allButton()->isVisible());
    QVERIFY(!panel()->allButton()->accessibleName().isEmpty());
    QTest::mouseClick(panel()->allButton(), Qt::LeftButton);
    QVERIFY(all());
    resize(719);  // it stays as it was wanted
    QVERIFY(all());
    auto* list = panel()->list();
    list->doItemsLayout();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(3)).center());
    QTRY_COMPARE(model()->current(), 2);
    QCOMPARE(listed(), QStringList(list->item(3)->text()));
    resize(1000);
    QVERIFY(page()->height() >= ui::LearnPage::kLow);
    QVERIFY(all() && !panel()->allButton()->isVisible());
    QTRY_VERIFY2(page()->plot()->height() > 300, qPrintable(QString::number(page()->plot()->height())));
    resize(720);
    QVERIFY(!all());
    model()->choose(-1);
    QVERIFY(all());
  }

  void aLessonThatIsLeftWithItsPageLeavesTheColumnItsWidth() {
    make();
    openLesson(2);
    QVERIFY(panel()->allButton()->isVisible());
    window_->showPage(ui::MainWindow::Page::Lab);
    QCoreApplication::processEvents();
    QVERIFY(panel()->allButton()->isHidden());
    const int room = column()->viewport()->width();
    for (const int width : {panel()->minimumSizeHint().width(), panel()->width()})
      QVERIFY2(width <= room, qPrintable(QStringLiteral("%1 of %2").arg(width).arg(room)));
  }

  void rowsOfLessonsAreEven() {
    make();
    openLesson(2);
    resize(1000);
    auto* list = panel()->list();
    const auto heights = [list] {
      list->doItemsLayout();
      QSet<int> found;
      for (int row = 0; row < list->count(); ++row) found << list->visualItemRect(list->item(row)).height();
      return found;
    };
    const int line = list->rowHeight();
    QCOMPARE(heights(), QSet<int>{line});
    for (int row = 1; row < list->count(); ++row)
      list->item(row)->setText(list->item(row)->text() + QStringLiteral(" ✓"));
    list->fitHeight();  // as when all are done
    QCOMPARE(heights(), QSet<int>{line});
    list->item(3)->setText(list->item(3)->text().repeated(2));
    list->fitHeight();
    QVERIFY(list->rowHeight() > line);
    QCOMPARE(heights(), QSet<int>{list->rowHeight()});
    // However long a title is, it takes no more than three lines from the others.
    const auto text = list->item(2)->text();
    for (const auto& title : {QStringLiteral("very long title ").repeated(40), QString(600, QLatin1Char('w'))}) {
      list->item(3)->setText(title);
      list->fitHeight();
      QVERIFY2(list->rowHeight() <= 3 * line, qPrintable(QString::number(list->rowHeight())));
      QCOMPARE(heights(), QSet<int>{list->rowHeight()});
      QVERIFY2(list->shownText(3).endsWith(QChar(0x2026)), qPrintable(list->shownText(3)));
      QCOMPARE(list->shownText(2), text);
    }
  }
};

QTEST_MAIN(LearnLowTest)
#include "learn_low_test.moc"
