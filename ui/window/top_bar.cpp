// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/top_bar.h"

#include <QAction>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <utility>

#include "ui/base/dragged_runs.h"
#include "ui/run/run_bar.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kRunBar = 280;  // what it needs with its word in any language
constexpr int kWideTab = 28, kNarrowTab = 9;
constexpr int kHeldMs = 600;

/// Tabs as high as the bar, so that the chosen one's line lies on its edge.
class PageTabs : public QTabBar {
 public:
  explicit PageTabs(TopBar* bar) : QTabBar(bar), bar_(bar) {
    held_.setSingleShot(true);
    connect(&held_, &QTimer::timeout, this, [this] { setCurrentIndex(runs_page_); });
  }
  void setRunsPage(int index) {
    runs_page_ = index;
    setAcceptDrops(true);
  }

  /// What is left and right of the words.
  void setPadding(int padding) {
    if (std::exchange(padding_, padding) == padding) return;
    for (int i = 0; i < count(); ++i) setTabText(i, tabText(i));  // lays them out anew
  }

 protected:
  QSize tabSizeHint(int index) const override {
    auto font = this->font();
    font.setWeight(QFont::DemiBold);
    return {QFontMetrics(font).horizontalAdvance(tabText(index)) + padding_, TopBar::kHeight - 1};
  }
  QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
  void dragEnterEvent(QDragEnterEvent* event) override { drag(event); }
  void dragMoveEvent(QDragMoveEvent* event) override { drag(event); }
  void dragLeaveEvent(QDragLeaveEvent*) override { held_.stop(); }
  void dropEvent(QDropEvent* event) override {
    drag(event);
    held_.stop();
    if (event->isAccepted()) emit bar_->runsDropped(runsFromData(event->mimeData()));
  }

 private:
  void drag(QDropEvent* event) {
    const bool taken = tabAt(event->position().toPoint()) == runs_page_ && !runsFromData(event->mimeData()).isEmpty();
    event->setAccepted(taken);
    if (!taken) return held_.stop();
    event->setDropAction(Qt::CopyAction);
    if (!held_.isActive() && currentIndex() != runs_page_) held_.start(kHeldMs);
  }

  TopBar* bar_;
  int padding_ = kWideTab, runs_page_ = -1;
  QTimer held_;
};

}  // namespace

TopBar::TopBar(RunBar* run, QWidget* parent) : QWidget(parent), pages_(new PageTabs(this)) {
  setFixedHeight(kHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 12, 1);
  row->setSpacing(8);
  menu_ = add({}, tr("Menu: everything that the studio can do (F9)"));
  menu_->setAccessibleName(tr("Menu"));
  menu_->setIcon(glyphIcon(Glyph::Menu));
  menu_->setShortcut(Qt::Key_F9);
  menu_->setAutoRaise(true);
  menu_->setPopupMode(QToolButton::InstantPopup);
  menu_->setMenu(new QMenu(menu_));
  open_ = add(tr("Open"), tr("Open a photo"));
  save_ = add(tr("Save"), tr("Save the result, and what else can be written"));
  save_->setPopupMode(QToolButton::InstantPopup);
  save_->setMenu(new QMenu(save_));
  pages_->setDrawBase(false);
  pages_->setExpanding(false);
  pages_->setUsesScrollButtons(false);
  pages_->setAccessibleName(tr("Page"));
  for (QWidget* widget : {static_cast<QWidget*>(menu_), static_cast<QWidget*>(open_), static_cast<QWidget*>(save_)})
    row->addWidget(widget);
  row->addSpacing(6);
  row->addWidget(pages_);
  row->addWidget(run, 1);
  connect(pages_, &QTabBar::currentChanged, this, &TopBar::pageChosen);
}

QToolButton* TopBar::add(const QString& text, const QString& tip) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(tip);
  button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

void TopBar::setMenus(const QList<QMenu*>& menus) {
  for (auto* menu : menus) menu_->menu()->addMenu(menu);
}

void TopBar::setSaveActions(const QList<QAction*>& actions) {
  if (!save_->menu()->isEmpty()) save_->menu()->addSeparator();
  save_->menu()->addActions(actions);
}

void TopBar::setOpenAction(QAction* action) {
  connect(open_, &QToolButton::clicked, action, &QAction::trigger);
}

void TopBar::addRun(QWidget* bar) {
  static_cast<QHBoxLayout*>(layout())->addWidget(bar, 1);
}

void TopBar::addPage(const QString& text, const QString& tip) {
  const int index = pages_->addTab(text);
  pages_->setTabToolTip(index, tip);
}

void TopBar::setRunsPage(int index) {
  static_cast<PageTabs*>(pages_)->setRunsPage(index);
}

void TopBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  auto* tabs = static_cast<PageTabs*>(pages_);
  const int space = layout()->spacing();
  const auto margins = layout()->contentsMargins();
  tabs->setPadding(kWideTab);
  int needed = margins.left() + margins.right() + kRunBar + tabs->sizeHint().width() + space;
  for (const auto* button : {menu_, open_, save_}) needed += button->sizeHint().width() + space;
  const bool wide = width() >= needed;
  for (auto* button : {open_, save_}) button->setVisible(wide);  // the menu has them, too
  if (!wide) tabs->setPadding(kNarrowTab);
}

void TopBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const auto& colours = studioColours(palette());
  painter.fillRect(rect(), colours.panel);
  painter.fillRect(QRect(0, height() - 1, width(), 1), colours.line);
}

}  // namespace p2l::ui
