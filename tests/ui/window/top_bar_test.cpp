// SPDX-License-Identifier: GPL-3.0-or-later
// The bar at the top: its buttons, its pages, and runs that are dropped on one of them.
#include "ui/window/top_bar.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>
#include <QtTest>
#include <memory>

#include "ui/base/dragged_runs.h"
#include "ui/run/run_bar.h"

using namespace p2l;

class TopBarTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QWidget> window_;
  ui::TopBar* bar_ = nullptr;

  QToolButton* button(const char* name) const {
    for (auto* each : bar_->findChildren<QToolButton*>()) {
      if (each->accessibleName() == QLatin1String(name)) return each;
    }
    return nullptr;
  }
  void resize(int width) {
    bar_->resize(width, ui::TopBar::kHeight);
    QCoreApplication::processEvents();
  }

 private slots:
  void init() {
    window_ = std::make_unique<QWidget>();
    window_->resize(1400, 100);
    bar_ = new ui::TopBar(new ui::RunBar, window_.get());
    for (const char* page : {"Restore", "Lab", "Compare"})
      bar_->addPage(QString::fromLatin1(page), QStringLiteral("The page %1").arg(QLatin1String(page)));
    window_->show();
    resize(1280);
  }
  void cleanup() { window_.reset(); }

  void openSaveAndMenuDoWhatTheyAreGiven() {
    QAction open(QStringLiteral("Open"));
    QAction save(QStringLiteral("Save result"));
    QMenu project(QStringLiteral("Project"));
    QSignalSpy opened(&open, &QAction::triggered);
    bar_->setOpenAction(&open);
    bar_->setSaveActions({&save});
    bar_->setMenus({&project});
    button("Open")->click();
    QCOMPARE(opened.count(), 1);
    QCOMPARE(button("Save")->menu()->actions(), QList<QAction*>({&save}));
    QCOMPARE(button("Menu")->menu()->actions(), QList<QAction*>({project.menuAction()}));
  }

  void aNarrowBarLeavesOpenAndSaveToTheMenu() {
    QVERIFY(button("Open")->isVisible() && button("Save")->isVisible());
    const int wide_tab = bar_->pages()->tabRect(0).width();
    resize(420);
    QVERIFY(!button("Open")->isVisible() && !button("Save")->isVisible());
    QVERIFY(button("Menu")->isVisible());
    QVERIFY(bar_->pages()->tabRect(0).width() < wide_tab);
    resize(1280);
    QVERIFY(button("Open")->isVisible() && button("Save")->isVisible());
    QCOMPARE(bar_->pages()->tabRect(0).width(), wide_tab);
  }

  void aPageIsChosenByItsTab() {
    QSignalSpy chosen(bar_, &ui::TopBar::pageChosen);
    QTest::mouseClick(bar_->pages(), Qt::LeftButton, {}, bar_->pages()->tabRect(1).center());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 1);
    QCOMPARE(bar_->pages()->tabToolTip(2), QStringLiteral("The page Compare"));
  }

  void runsAreDroppedOnTheirPageAlone() {
    auto* tabs = bar_->pages();
    bar_->setRunsPage(2);
    QSignalSpy dropped(bar_, &ui::TopBar::runsDropped);
    const std::unique_ptr<QMimeData> runs(ui::dataFromRuns({1, 4}));
    const auto drop = [&](int tab) {
      const auto place = tabs->tabRect(tab).center();
      QDragEnterEvent enter(place, Qt::CopyAction, runs.get(), Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(tabs, &enter);
      QDropEvent event(place, Qt::CopyAction, runs.get(), Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(tabs, &event);
      return enter.isAccepted();
    };
    QVERIFY(!drop(0));
    QCOMPARE(dropped.count(), 0);
    QVERIFY(drop(2));
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(dropped[0][0].value<QList<int>>(), QList<int>({1, 4}));
    QCOMPARE(tabs->currentIndex(), 0);  // held over it for a moment, they open the page
    QDragEnterEvent held(tabs->tabRect(2).center(), Qt::CopyAction, runs.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(tabs, &held);
    QTRY_COMPARE_WITH_TIMEOUT(tabs->currentIndex(), 2, 20000);
    QDragLeaveEvent leave;
    QApplication::sendEvent(tabs, &leave);
  }
};

QTEST_MAIN(TopBarTest)
#include "top_bar_test.moc"
