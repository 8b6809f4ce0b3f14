// SPDX-License-Identifier: GPL-3.0-or-later
// Which page is shown.
#include <QAction>
#include <QActionGroup>
#include <QStackedWidget>
#include <QTabBar>
#include <utility>

#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_run_bar.h"
#include "ui/document/undo_places.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/run/run_bar.h"
#include "ui/task/task_column.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/bench.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/photo_tools.h"
#include "ui/window/status_line.h"
#include "ui/window/top_bar.h"

namespace p2l::ui {

void MainWindow::showPage(Page page) {
  changePage(page, /*alone=*/false);
}

void MainWindow::turnTo(Page page) {
  changePage(page, /*alone=*/true);
}

void MainWindow::changePage(Page page, bool alone) {
  const int index = static_cast<int>(page);
  const auto from = std::exchange(page_, page);
  // A lesson opens and closes with its page, which is no matter of undo.
  const bool of_lesson = (from == Page::Learn || page == Page::Learn) && hasLesson();
  widgets_.top->pages()->setCurrentIndex(index);
  actions_->pages->actions().at(index)->setChecked(true);
  const bool compares = page == Page::Compare;
  if (compares && compare_page_ == nullptr) buildComparison();
  const bool learns = page == Page::Learn;
  if (learns && learn_page_ == nullptr) buildLearn();
  pages_->setCurrentWidget(compares ? compare_scroller_ : learns ? static_cast<QWidget*>(learn_page_) : widgets_.bench);
  widgets_.bar->setInUse(!compares);  // the comparison has its own Run
  compare_bar_->setInUse(compares);
  photo_tools_->setInUse(!compares && !learns);
  messages_->setInUse(!compares && !learns);
  if (!compares && !learns)
    widgets_.column->setFace(page == Page::Lab ? TaskColumn::Face::Lab : TaskColumn::Face::Restore);
  if (page != from) widgets_.bench->offerColumn(page == Page::Lab && !document_->isRunning());
  if (document_->inLesson()) return;
  const auto name = actions_->pages->actions().at(index)->text();
  places_->went(static_cast<int>(from), index, tr("page %1").arg(name), alone && !of_lesson);
}

bool MainWindow::hasLesson() const {
  return learn_page_ != nullptr && (document_->inLesson() || learn_page_->model()->kept() >= 0);
}

void MainWindow::showCompare(CompareSet set) {
  showPage(Page::Compare);
  compare_page_->choose(set);
}

void MainWindow::showMessages() {
  if (page() >= Page::Compare) showPage(Page::Restore);
}

void MainWindow::setPhotoOnly(bool only) {
  if (only && page() >= Page::Compare) showPage(Page::Restore);
  for (auto* widget : {static_cast<QWidget*>(widgets_.top), static_cast<QWidget*>(widgets_.status)})
    widget->setVisible(!only);
  widgets_.bench->setPhotoOnly(only);
  widgets_.canvas->setFocus();
}

}  // namespace p2l::ui
