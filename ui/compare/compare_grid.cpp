// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_grid.h"

#include <QGridLayout>
#include <QLabel>
#include <algorithm>

#include "ui/canvas/image_canvas.h"

namespace p2l::ui {
namespace {
constexpr int kGap = 4;
}

CompareGrid::CompareGrid(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)), empty_(new QLabel(this)) {
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(kGap);
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setForegroundRole(QPalette::PlaceholderText);
  empty_->setMargin(24);
  setCount(0);
}

void CompareGrid::setEmptyText(const QString& text) {
  empty_->setText(text);
}

void CompareGrid::setCount(int count) {
  for (auto* canvas : canvases_) delete canvas;
  canvases_.clear();
  for (int i = 0; i < count; ++i) {
    auto* canvas = new ImageCanvas(this);
    canvas->setAcceptDrops(false);
    connect(canvas, &ImageCanvas::viewMoved, this, [this, canvas] { follow(canvas); });
    canvases_.push_back(canvas);
  }
  empty_->setVisible(count == 0);
  columns_ = 0;
  arrange();
}

void CompareGrid::arrange() {
  const int count = this->count();
  if (count == 0) {
    grid_->addWidget(empty_, 0, 0);
    return;
  }
  // As many columns as make square pictures largest.
  int columns = 1;
  double largest = 0.0;
  for (int tried = 1; tried <= count; ++tried) {
    const int rows = (count + tried - 1) / tried;
    const double side = std::min(static_cast<double>(width()) / tried, static_cast<double>(height()) / rows);
    if (side > largest) {
      largest = side;
      columns = tried;
    }
  }
  if (columns == columns_) return;
  columns_ = columns;
  for (auto* canvas : canvases_) grid_->removeWidget(canvas);
  grid_->removeWidget(empty_);
  for (int i = 0; i < count; ++i) {
    grid_->addWidget(canvases_[i], i / columns, i % columns);
    canvases_[i]->show();
  }
  for (int i = 0; i < grid_->columnCount(); ++i) grid_->setColumnStretch(i, i < columns ? 1 : 0);
  for (int i = 0; i < grid_->rowCount(); ++i) grid_->setRowStretch(i, i < (count + columns - 1) / columns ? 1 : 0);
}

void CompareGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

void CompareGrid::follow(const ImageCanvas* moved) {
  if (!linked_) return;
  for (auto* canvas : canvases_) {
    if (canvas != moved) canvas->showViewOf(*moved);
  }
}

void CompareGrid::setLinked(bool linked) {
  linked_ = linked;
  if (linked && !canvases_.empty()) follow(canvases_.front());
}

void CompareGrid::fit() {
  for (auto* canvas : canvases_) canvas->fit();
}

}  // namespace p2l::ui
