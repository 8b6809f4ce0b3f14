// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace p2l::ui {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent) {
  setContentsMargins(0, 0, 0, 0);
  setSpacing(spacing);
}

FlowLayout::~FlowLayout() {
  qDeleteAll(items_);
}

QLayoutItem* FlowLayout::takeAt(int index) {
  return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

QSize FlowLayout::sizeHint() const {
  QSize size(0, 0);
  for (const auto* item : items_) {
    if (item->isEmpty()) continue;
    const auto each = item->sizeHint();
    size =
        QSize(size.width() + (size.width() > 0 ? spacing() : 0) + each.width(), std::max(size.height(), each.height()));
  }
  return size.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const {
  QSize size(0, 0);
  for (const auto* item : items_) size = size.expandedTo(item->minimumSize());
  return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  place(rect, /*moves=*/true);
}

int FlowLayout::place(const QRect& rect, bool moves) const {
  const auto room = rect.marginsRemoved(contentsMargins());
  int x = room.x(), y = room.y(), row = 0;
  for (auto* item : items_) {
    if (item->isEmpty()) continue;
    const auto size = item->sizeHint();
    if (x > room.x() && x + size.width() > room.x() + room.width()) {
      x = room.x();
      y += row + spacing();
      row = 0;
    }
    if (moves) item->setGeometry({{x, y}, size});
    x += size.width() + spacing();
    row = std::max(row, size.height());
  }
  return y + row - rect.y() + contentsMargins().bottom();
}

}  // namespace p2l::ui
