// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QTabBar;
class QToolButton;

namespace p2l::ui {

class RunBar;

/// The bar at the top: menu, Open, Save, the pages, and on the right the run.
class TopBar : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kHeight = 44;

  explicit TopBar(RunBar* run, QWidget* parent = nullptr);

  /// The menus of the window, for the button on the left.
  void setMenus(const QList<QMenu*>& menus);
  /// What Save offers, after what it offers already.
  void setSaveActions(const QList<QAction*>& actions);
  void setOpenAction(QAction* action);
  QSize minimumSizeHint() const override { return {320, kHeight}; }
  /// Another bar of runs, beside the first; one of them is shown at a time.
  void addRun(QWidget* bar);
  void addPage(const QString& text, const QString& tip);
  /// The page that takes runs of the history: those that are held over its tab for a moment open it.
  void setRunsPage(int index);
  QTabBar* pages() const { return pages_; }

 signals:
  /// A person chose this page.
  void pageChosen(int index);
  /// Dropped on the tab of setRunsPage().
  void runsDropped(const QList<int>& runs);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QToolButton* add(const QString& text, const QString& tip);

  QToolButton *menu_, *open_, *save_;
  QTabBar* pages_;
};

}  // namespace p2l::ui
