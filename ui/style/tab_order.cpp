// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/tab_order.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QLayout>
#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QWidget>
#include <algorithm>
#include <utility>

namespace p2l::ui {
namespace {

void collect(QWidget* widget, std::vector<QWidget*>& found);

void collect(QLayout* layout, std::vector<QWidget*>& found) {
  for (int i = 0; i < layout->count(); ++i) {
    auto* item = layout->itemAt(i);
    if (item->widget() != nullptr) collect(item->widget(), found);
    if (item->layout() != nullptr) collect(item->layout(), found);
  }
}

void collect(QWidget* widget, std::vector<QWidget*>& found) {
  if (widget->isWindow() && !found.empty()) return;  // menus and dialogs have an order of their own
  if (widget->focusPolicy() & Qt::TabFocus && widget->focusProxy() == nullptr) found.push_back(widget);
  // These are one stop, whatever they are made of.
  if (qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QComboBox*>(widget) || qobject_cast<QLineEdit*>(widget))
    return;
  const auto before = found.size();
  if (const auto* tabs = qobject_cast<QTabWidget*>(widget); tabs != nullptr) collect(tabs->tabBar(), found);
  if (widget->layout() != nullptr) collect(widget->layout(), found);
  auto children = widget->findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
  if (widget->layout() == nullptr) {  // it places them itself
    std::stable_sort(children.begin(), children.end(), [](const QWidget* a, const QWidget* b) {
      return std::pair(a->y(), a->x()) < std::pair(b->y(), b->x());
    });
  }
  for (auto* child : children) {
    const bool placed = widget->layout() != nullptr && widget->layout()->indexOf(child) >= 0;
    const bool known =
        std::find(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(), child) != found.end();
    if (!placed && !known && !child->isWindow()) {
      std::vector<QWidget*> inside;
      collect(child, inside);
      for (auto* each : inside) {
        if (std::find(found.begin(), found.end(), each) == found.end()) found.push_back(each);
      }
    }
  }
}

}  // namespace

std::vector<QWidget*> tabChain(QWidget* root) {
  std::vector<QWidget*> found;
  if (root->layout() != nullptr) collect(root->layout(), found);
  return found;
}

TabOrder::TabOrder(QWidget* root) : QObject(root), root_(root) {
  timer_.setSingleShot(true);
  timer_.setInterval(0);
  connect(&timer_, &QTimer::timeout, this, &TabOrder::apply);
  root->installEventFilter(this);
  apply();
}

bool TabOrder::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) refresh();  // panels have other places in a wide window
  return QObject::eventFilter(watched, event);
}

void TabOrder::refresh() {
  if (!timer_.isActive()) timer_.start();
}

void TabOrder::apply() {
  const auto chain = tabChain(root_);
  if (std::equal(chain.begin(), chain.end(), chain_.begin(), chain_.end(),
                 [](const QWidget* a, const QPointer<QWidget>& b) { return a == b; }))
    return;
  // From the root on: Qt sees no difference between an order that begins there and one that runs past it.
  const auto policy = root_->focusPolicy();
  root_->setFocusPolicy(Qt::TabFocus);
  auto* former = root_;
  for (auto* each : chain) QWidget::setTabOrder(std::exchange(former, each), each);
  root_->setFocusPolicy(policy);
  chain_.assign(chain.begin(), chain.end());
}

}  // namespace p2l::ui
