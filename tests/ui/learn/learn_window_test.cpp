// SPDX-License-Identifier: GPL-3.0-or-later
// The page Learn in its window: what the bar at the top does there, and going to other pages.
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>
#include <algorithm>

#include "core/api/files.h"
#include "core/api/session.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/exports/figure_dialog.h"
#include "ui/files/file_desk.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/learn/lesson_panel.h"
#include "ui/run/run_bar.h"
#include "ui/settings/param_panel.h"
#include "ui/steps/algorithm_view.h"
#include "ui/style/sentence_label.h"
#include "ui/task/degradation_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/row_list.h"
#include "ui/widgets/segmented.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/model_desk.h"

using namespace p2l;
using Page = ui::MainWindow::Page;

class LearnWindowTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;

  Catalogue catalogue_ = Session().catalogue();
  QTemporaryDir folder_;
  std::unique_ptr<ui::MainWindow> window_;
  int jobs_ = 0;

  ui::RunModel* document() const { return window_->document(); }
  ui::LearnModel* lessons() const { return window_->learnPage()->model(); }
  ui::RunBar* bar() const { return window_->widgets().bar; }
  void openLesson(Lesson::Stage stage) {
    const auto& all = lessons()->lessons();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].stage == stage) lessons()->choose(static_cast<int>(i));
    }
    QTRY_VERIFY_WITH_TIMEOUT(lessons()->isReady(), kPatience);
    QCOMPARE(lessons()->lesson()->stage, stage);
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-learn-window-test"));
  }
  void init() {
    QSettings().clear();
    QSettings().setValue(QStringLiteral("live_preview"), false);  // has runs of its own
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    window_->show();
    jobs_ = 0;
    connect(document(), &ui::RunModel::runRequested, this, [this] { ++jobs_; });
    const auto photo = folder_.filePath(QStringLiteral("photo.png"));
    writePhoto(Image(40, 40, 3, 0.25f), photo.toStdString(), {});
    window_->files()->open(photo);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    window_->showPage(Page::Learn);
  }
  void cleanup() { window_.reset(); }

  void aLessonOpensAtItsTopAndSaysWhyNoLineLightsUp() {
    window_->setWindowState(Qt::WindowNoState);  // the screen is smaller
    window_->resize(1280, 480);                  // in a higher one there is nothing to scroll
    auto* page = window_->learnPage();
    QScrollArea* left = nullptr;
    for (auto* area : page->findChildren<QScrollArea*>())
      if (area->isAncestorOf(page->panel())) left = area;
    QVERIFY(left != nullptr);
    openLesson(Lesson::Stage::Steps);
    QTRY_VERIFY(left->verticalScrollBar()->maximum() > 0);
    left->verticalScrollBar()->setValue(left->verticalScrollBar()->maximum());
    lessons()->predict(0);  // the same lesson stays where it is
    QCoreApplication::processEvents();
    QVERIFY(left->verticalScrollBar()->value() > 0);
    openLesson(Lesson::Stage::Seeds);
    QCoreApplication::processEvents();
    QVERIFY(left->verticalScrollBar()->maximum() > 0);
    QCOMPARE(left->verticalScrollBar()->value(), 0);
    const auto labels = page->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [this](const auto* label) {
      return label->isVisible() && label->text().contains(QStringLiteral("no line lights up")) &&
             label->text().contains(lessons()->runsElsewhere());
    }));
  }

  void valuesOfALessonAreSeenWithoutScrolling() {
    auto* page = window_->learnPage();
    window_->setWindowState(Qt::WindowNoState);  // the screen is smaller
    int sliders = 0;
    for (const QSize size : {QSize(1280, 720), QSize(960, 600)}) {
      window_->resize(size);
      QCOMPARE(window_->size(), size);
      for (int i = 0; i < int(lessons()->lessons().size()); ++i) {
        lessons()->choose(i);
        QTRY_VERIFY_WITH_TIMEOUT(lessons()->isReady(), kPatience);
        QCoreApplication::processEvents();
        QVERIFY(page->panel()->hasChangeable() || lessons()->lesson()->unlocked.empty());
        if (lessons()->lesson()->unlocked.empty()) continue;
        for (const auto& spec : lessons()->parameters()) {
          const auto* editor = page->panel()->values()->editorOf(spec.key);
          const auto said = QStringLiteral("lesson %1 at %2: %3").arg(i + 1).arg(size.width()).arg(spec.key.c_str());
          QVERIFY2(editor != nullptr, qPrintable(said));
          QTRY_VERIFY2(editor->isVisible() && editor->visibleRegion().boundingRect() == editor->rect(),
                       qPrintable(said));
          ++sliders;
        }
      }
    }
    QVERIFY(sliders >= 2 * 7);
    // On a small screen the lesson keeps most of its column.
    window_->resize(640, 480);
    page->setProjector(true);
    openLesson(Lesson::Stage::Steps);
    QCoreApplication::processEvents();
    const auto* values = page->panel()->changeable()->parentWidget()->parentWidget();
    QVERIFY(values->isVisible() && values->height() > 0);
    QVERIFY2(5 * values->height() <= 2 * page->height(), qPrintable(QString::number(values->height())));
  }

  void theProjectorsLessonHasTwoFifthsOfItsColumn() {
    auto* page = window_->learnPage();
    window_->setWindowState(Qt::WindowNoState);  // the screen is smaller
    window_->resize(1280, 720);
    QCOMPARE(window_->size(), QSize(1280, 720));
    page->setProjector(true);
    const auto* list = page->panel()->list();
    const auto* viewport = page->panel()->parentWidget();
    for (int i = 0; i < int(lessons()->lessons().size()); ++i) {
      lessons()->choose(i);
      QTRY_VERIFY_WITH_TIMEOUT(lessons()->isReady(), kPatience);
      const auto room = [&] {  // of its text and its question, before anything is scrolled
        return viewport->height() - list->mapTo(viewport, QPoint(0, list->height())).y();
      };
      const auto said = [&] {
        return QStringLiteral("lesson %1: %2 of %3").arg(i + 1).arg(room()).arg(page->height());
      };
      QTRY_VERIFY2(5 * room() >= 2 * page->height(), qPrintable(said()));
      const auto* values = page->panel()->changeable();
      QVERIFY2(lessons()->lesson()->unlocked.empty() ||
                   values->parentWidget()->height() >= 2 * values->fontMetrics().height(),
               qPrintable(said()));
    }
  }

  void runIsTheQuestionsWhereNoStepsAreShown() {
    for (const auto stage : {Lesson::Stage::NullSpace, Lesson::Stage::Mixture, Lesson::Stage::Seeds}) {
      openLesson(stage);
      QVERIFY(!bar()->runAction()->isEnabled());
      QVERIFY(!bar()->stepAction()->isEnabled());
      QVERIFY2(bar()->runAction()->toolTip().contains(lessons()->runsElsewhere()),
               qPrintable(bar()->runAction()->toolTip()));
      QTest::keyClick(window_.get(), Qt::Key_F5);
      QCOMPARE(jobs_, 0);
      if (stage != Lesson::Stage::NullSpace) continue;
      for (int i = 0; i < int(lessons()->lesson()->questions.size()); ++i) {
        lessons()->nextQuestion();
        lessons()->predict(0);
        lessons()->reveal();
        QTRY_COMPARE_WITH_TIMEOUT(lessons()->phase(), ui::LearnModel::Phase::Revealed, kPatience);
      }
      QVERIFY2(!bar()->runAction()->toolTip().contains(QStringLiteral("predict")),
               qPrintable(bar()->runAction()->toolTip()));
    }
    lessons()->predict(0);
    lessons()->reveal();  // of the seeds
    QCOMPARE(jobs_, 1);
    QVERIFY(bar()->pauseAction()->isEnabled() && bar()->stopAction()->isEnabled());
    document()->setPaused(true);
    QVERIFY(bar()->runAction()->isEnabled());  // Continue
    openLesson(Lesson::Stage::Steps);
    document()->stop();
    QVERIFY(!bar()->runAction()->toolTip().contains(QStringLiteral("question")));
    window_->showPage(Page::Restore);
    QVERIFY(bar()->runAction()->isEnabled());
  }

  void nothingIsPredictedWhereNoRunFollows() {
    openLesson(Lesson::Stage::Steps);
    const auto isPredicted = [this] { return !document()->needs().memory.isEmpty(); };
    QTRY_VERIFY_WITH_TIMEOUT(isPredicted(), kPatience);
    for (const auto stage : {Lesson::Stage::NullSpace, Lesson::Stage::Mixture}) {
      openLesson(stage);
      QTest::qWait(3 * ui::ModelDesk::kDelayMs);  // an answer that was on its way would be there
      QVERIFY(document()->needs() == ui::RunNeeds{});
    }
    openLesson(Lesson::Stage::Seeds);
    QTRY_VERIFY_WITH_TIMEOUT(isPredicted(), kPatience);
    openLesson(Lesson::Stage::NullSpace);
    QVERIFY(!isPredicted());
    window_->showPage(Page::Restore);
    QTRY_VERIFY_WITH_TIMEOUT(isPredicted(), kPatience);
  }

  void theStepIsCountedOnce() {
    window_->setWindowState(Qt::WindowNoState);  // the screen is smaller
    window_->resize(1280, 720);
    auto* page = window_->learnPage();
    const auto* place = page->algorithm()->findChild<QLabel*>(QStringLiteral("algorithm_step"));
    const auto counts = [this] { return bar()->text().contains(QStringLiteral("of 30")); };
    document()->run();
    RunStart start;
    start.run_id = document()->runId();
    start.steps = 30;
    document()->runStarted(start);
    StepReport report;
    report.step = 1;
    report.steps = 30;
    report.timestep = 967;
    report.seconds = 0.5;
    document()->stepFinished(start.run_id, report);
    QTRY_VERIFY(place->isVisible());
    QVERIFY2(place->text().contains(QStringLiteral("step 1 of 30")), qPrintable(place->text()));
    QVERIFY2(!counts() && bar()->text().startsWith(QStringLiteral("Running")), qPrintable(bar()->text()));
    document()->setPaused(true);
    QVERIFY2(!counts() && bar()->text().startsWith(QStringLiteral("Paused")), qPrintable(bar()->text()));
    window_->resize(960, 600);  // there is no room for the algorithm beside the lesson
    QTRY_VERIFY(!place->isVisible() && counts());
    QTest::mouseClick(page->sides()->button(1), Qt::LeftButton);
    QVERIFY(place->isVisible() && !counts());
    window_->showPage(Page::Restore);
    QVERIFY2(counts() && bar()->text().contains(QStringLiteral("paused")), qPrintable(bar()->text()));
    window_->showPage(Page::Learn);
    QVERIFY(!counts());
  }

  void aFigureThatIsDrawnComesToTheLesson() {
    openLesson(Lesson::Stage::Steps);
    const auto draw = [this] {
      window_->learnPage()->figuresButton()->click();
      auto* dialog = window_->findChild<ui::FigureDialog*>();
      emit dialog->began();
      emit dialog->drawn(QStringLiteral("Tuned prompt"), QImage(30, 20, QImage::Format_RGB32));
      dialog->close();
    };
    draw();
    QCOMPARE(lessons()->figures().size(), 1);
    QSignalSpy changed(lessons(), &ui::LearnModel::figuresChanged);
    draw();
    QCOMPARE(changed.count(), 1);  // told once, though the dialog was shown twice
  }

  void aLessonLeavesWhatCanBeUndoneAndLocksItsTask() {
    auto* stack = document()->undoStack();
    window_->showPage(Page::Restore);
    window_->widgets().degradation->chooseDegradation(QStringLiteral("inpaint"));
    QTRY_VERIFY(stack->count() > 0);
    const int count = stack->count();
    const auto* paint = window_->actions()->paint_mask;
    QVERIFY(paint->isEnabled());
    window_->showPage(Page::Learn);
    openLesson(Lesson::Stage::NullSpace);
    QVERIFY(!paint->isEnabled());
    window_->showPage(Page::Restore);
    QVERIFY(paint->isEnabled());
    QCOMPARE(document()->request().degradation().id, std::string("inpaint"));
    QCOMPARE(stack->count(), count);
    stack->undo();
    QVERIFY(document()->request().degradation().id != "inpaint");
    stack->redo();
    // Another photo that is opened in a lesson has nothing to undo.
    window_->showPage(Page::Learn);
    const auto wide = folder_.filePath(QStringLiteral("wider.png"));
    writePhoto(Image(64, 40, 3, 0.5f), wide.toStdString(), {});
    window_->files()->open(wide);
    QTRY_COMPARE_WITH_TIMEOUT(document()->photo()->path, wide, kPatience);
    QCOMPARE(stack->count(), 0);
  }

  void aMaskThatALessonHasSetAsideIsNotLostToAnotherPhoto() {
    window_->showPage(Page::Restore);
    window_->widgets().degradation->setDegradation("inpaint");
    document()->mask()->beginStroke({5, 5});
    document()->mask()->endStroke({20, 9});
    QVERIFY(!document()->mask()->isEmpty());
    window_->showPage(Page::Learn);
    openLesson(Lesson::Stage::NullSpace);
    const int lesson = lessons()->current();
    const auto wide = folder_.filePath(QStringLiteral("wide.png"));
    writePhoto(Image(60, 40, 3, 0.5f), wide.toStdString(), {});
    window_->files()->open(wide);
    QTRY_COMPARE_WITH_TIMEOUT(document()->photo()->path, wide, kPatience);
    QVERIFY(!document()->inLesson());
    QCOMPARE(lessons()->kept(), lesson);
    QVERIFY(window_->messages()->has(ui::MessageBar::Topic::Mask));
    const auto losses = window_->files()->atStake().losses.join(QLatin1Char('\n'));
    QVERIFY2(losses.contains(QStringLiteral("mask painted on photo.png")), qPrintable(losses));
  }

  void noFileThatALessonHasSetAsideIsOverwritten() {
    const auto own = document()->photo()->path, mask = folder_.filePath(QStringLiteral("mask.png"));
    Image hole(40, 40, 1, 1.0f);
    for (int x = 5; x < 15; ++x) hole.at(x, 5, 0) = 0.0f;
    writePhoto(hole, mask.toStdString(), {});
    auto request = document()->request();
    request.degradation().id = "inpaint";
    request.degradation().mask = mask.toStdString();
    document()->recall(request);
    QTRY_COMPARE_WITH_TIMEOUT(document()->request().degradation().mask, mask.toStdString(), kPatience);
    openLesson(Lesson::Stage::NullSpace);
    QVERIFY(document()->photo()->path != own);
    auto* page = window_->learnPage();
    for (const auto& path : {own, mask}) {
      const auto before = readTextFile(path.toStdString());
      QVERIFY(!window_->files()->problemOfSaving(path).isEmpty());
      page->setAskPath([path] { return path; });
      page->exportHtml();
      QVERIFY2(readTextFile(path.toStdString()) == before, qPrintable(path));
      QVERIFY2(page->notice()->sentence().contains(QStringLiteral("choose another name")),
               qPrintable(page->notice()->sentence()));
    }
    const auto lesson = folder_.filePath(QStringLiteral("lesson.html"));
    page->setAskPath([lesson] { return lesson; });
    page->exportHtml();
    QVERIFY(QFile::exists(lesson));
  }

  void anotherPageHasOnesOwnAndTheLessonWaits() {
    const auto own = document()->photo()->path;
    openLesson(Lesson::Stage::NullSpace);
    lessons()->predict(0);
    const int lesson = lessons()->current();
    for (const auto page : {Page::Restore, Page::Lab, Page::Compare}) {
      window_->showPage(page);
      QCOMPARE(document()->photo()->path, own);
      QVERIFY(!document()->inLesson());
      window_->showPage(Page::Learn);
      QCOMPARE(lessons()->current(), lesson);
      QCOMPARE(lessons()->prediction(), 0);
      QVERIFY(document()->inLesson());
      QVERIFY(document()->photo()->path != own);
    }
  }

  void pagesAreNoStepsOfUndoWhileThereIsALesson() {
    const auto* undo = window_->actions()->undo;
    const auto* stack = document()->undoStack();
    window_->turnTo(Page::Lab);
    QCOMPARE(undo->text(), QStringLiteral("&Undo page Lab"));
    window_->turnTo(Page::Learn);
    openLesson(Lesson::Stage::NullSpace);
    const int steps = stack->count();
    QVERIFY(!undo->isEnabled());
    for (const auto page : {Page::Restore, Page::Learn, Page::Compare, Page::Learn}) {
      window_->turnTo(page);
      QCOMPARE(document()->inLesson(), page == Page::Learn);
      QVERIFY(page != Page::Learn || !undo->isEnabled());
      QCOMPARE(stack->count(), steps);
    }
    lessons()->choose(-1);
    window_->turnTo(Page::Lab);
    QVERIFY(undo->isEnabled());
    window_->actions()->undo->trigger();
    QCOMPARE(window_->page(), Page::Learn);
    QVERIFY(!document()->inLesson());
  }
};

QTEST_MAIN(LearnWindowTest)
#include "learn_window_test.moc"
