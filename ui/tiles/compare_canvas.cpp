// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown where. Painting is in compare_canvas_paint.cpp, mouse and keys in compare_canvas_input.cpp.
#include "ui/tiles/compare_canvas.h"

#include <QEvent>
#include <algorithm>
#include <cmath>
#include <utility>

namespace p2l::ui {
namespace {

constexpr int kGap = 6;

}  // namespace

CompareCanvas::CompareCanvas(QWidget* parent) : Zoomable(parent) {
  setObjectName(QStringLiteral("compare_canvas"));
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  updateAccessibleText();
}

void CompareCanvas::setEmptyText(const QString& text) {
  empty_ = text;
  update();
}

void CompareCanvas::setPictures(std::vector<ComparePicture> pictures, QSize frame) {
  const bool same_list = std::equal(pictures.begin(), pictures.end(), pictures_.begin(), pictures_.end(),
                                    [](const auto& one, const auto& other) { return one.key == other.key; });
  const double former_zoom = zoom();
  pictures_ = std::move(pictures);
  frame_ = frame;
  pyramids_.resize(pictures_.size());
  for (std::size_t i = 0; i < pictures_.size(); ++i) {
    if (!pyramids_[i]) pyramids_[i] = std::make_unique<ImagePyramid>();
    const auto& image = pictures_[i].picture.shown;
    if (pyramids_[i]->image().cacheKey() != image.cacheKey()) pyramids_[i]->setImage(image);
  }
  views_.resize(pictures_.size(), views_.empty() ? CanvasView() : views_.front());
  for (auto& view : views_) view.setImageSize(QSizeF(frame_));
  if (!same_list) {
    current_ = std::clamp(current_, 0, std::max(0, count() - 1));
    if (reference_ >= count()) reference_ = -1;
    area_texts_.clear();
    maps_.clear();  // they are of other pictures
    map_prints_.clear();
    dividers_moved_ = false;
    drag_ = Drag::None;  // what was held may be gone
    click_possible_ = false;
  }
  arrange();
  updateMaps();
  updateAccessibleText();
  update();
  if (zoom() != former_zoom) emit zoomChanged(zoom());  // fitted tiles are larger or smaller now
}

void CompareCanvas::placeDividers() {
  dividers_.clear();
  // Evenly over what is seen of the picture.
  const QRectF seen = views_.empty() ? QRectF(rect()) : views_.front().imageRect() & QRectF(rect());
  const double all = std::max(1, width());
  for (int i = 1; i < count(); ++i) dividers_.push_back((seen.left() + seen.width() * i / count()) / all);
}

void CompareCanvas::flickTo(int index) {
  if (index < 0 || index >= count()) return;
  setMode(Mode::Flicker);
  setCurrent(index);
}

void CompareCanvas::arrange() {
  columns_ = rows_ = 1;
  const int number = count();
  if (number == 0) return;
  if (isTiled()) {
    // As many columns as make the pictures largest, but of narrow ones no more than have room for their names.
    const double shape = frame_.isEmpty() ? 1.0 : static_cast<double>(frame_.width()) / frame_.height();
    const double least = leastTile();
    double largest = 0.0, tall = 0.0;
    for (int tried = 1; tried <= number; ++tried) {
      const int rows = (number + tried - 1) / tried;
      const double wide = (width() - kGap * (tried - 1.0)) / tried, high = (height() - kGap * (rows - 1.0)) / rows;
      const double side = std::min(wide / shape, high);
      if (side <= largest + 0.5) continue;
      if (wide < least && tall >= least) break;
      largest = side;
      tall = high;
      columns_ = tried;
    }
    rows_ = (number + columns_ - 1) / columns_;
  }
  for (auto& view : views_) {
    view.setDevicePixelRatio(devicePixelRatioF());
    view.setPaneSize(cell(0).size());
  }
  if (mode_ == Mode::Split && !dividers_moved_) placeDividers();
}

QRectF CompareCanvas::cell(int index) const {
  if (!isTiled()) return rect();
  // All of one size in whole device pixels, so that linked pictures are sampled alike.
  const double ratio = devicePixelRatioF();
  const auto part = [ratio](int length, int parts) {
    return std::max(1.0, std::floor((length - kGap * (parts - 1.0)) / parts * ratio));
  };
  const double gap = std::round(kGap * ratio);
  const double w = part(width(), columns_), h = part(height(), rows_);
  return {(index % columns_) * (w + gap) / ratio, (index / columns_) * (h + gap) / ratio, w / ratio, h / ratio};
}

int CompareCanvas::pictureAt(QPointF point) const {
  if (count() == 0 || !rect().contains(point.toPoint())) return -1;
  if (mode_ == Mode::Flicker) return current_;
  if (mode_ == Mode::Split) {
    const double fraction = point.x() / std::max(1, width());
    return static_cast<int>(std::upper_bound(dividers_.begin(), dividers_.end(), fraction) - dividers_.begin());
  }
  for (int i = 0; i < count(); ++i) {
    if (cell(i).contains(point)) return i;
  }
  return -1;
}

QPointF CompareCanvas::imageFromWidget(QPointF point) const {
  const int index = pictureAt(point);
  return index < 0 ? QPointF(-1, -1) : views_[index].imageFromPane(point - cell(index).topLeft());
}

void CompareCanvas::setMode(Mode mode) {
  if (std::exchange(mode_, mode) == mode) return;
  arrange();
  updateMaps();
  updateAccessibleText();
  update();
  emit modeChanged(mode);
  emit zoomChanged(zoom());
}

void CompareCanvas::setCurrent(int index) {
  if (index < 0 || index >= count() || std::exchange(current_, index) == index) return;
  updateAccessibleText();
  update();
  emit currentChanged(index);
}

void CompareCanvas::setReference(int index) {
  if (std::exchange(reference_, index < count() ? index : -1) == index) return;
  updateMaps();
  update();
}

void CompareCanvas::setDifference(DifferenceKind kind, double range) {
  if (std::exchange(kind_, kind) != kind) {
    fitting_range_ = kFittingRange;  // of other numbers
    fitting_print_.clear();
  }
  range_ = range;
  updateMaps();
  update();
}

void CompareCanvas::setArea(const QRect& area) {
  const QRect inside = area & QRect({0, 0}, frame_);
  if (std::exchange(area_, inside) == inside) return;
  if (inside.isEmpty()) {
    area_texts_.clear();
    holdArea(false);
  }
  update();
  emit areaChanged(inside);
}

void CompareCanvas::setAreaTool(bool on) {
  area_tool_ = on;
  updateCursor(last_point_);
}

void CompareCanvas::setAreaTexts(const QStringList& texts) {
  area_texts_ = texts;
  update();
}

bool CompareCanvas::findRange() {
  if (range_ != kFittingRange) return true;
  const auto& reference = pictures_[reference_].picture.shown;
  std::vector<QImage> pictures;
  QStringList prints{QString::number(reference.cacheKey()), QString::number(static_cast<int>(kind_)),
                     QString::number(frame_.width())};
  for (int i = 0; i < count(); ++i) {
    const auto& each = pictures_[i];
    if (i == reference_ || each.true_pixels || each.is_map || each.picture.shown.isNull()) continue;
    pictures.push_back(each.picture.shown);
    prints << QString::number(each.picture.shown.cacheKey());
  }
  const auto print = prints.join(QLatin1Char(' '));
  if (fitting_print_ != print) {
    fitting_print_ = print;
    work_.start(
        [pictures, reference, size = frame_, kind = kind_] { return fittingRange(pictures, reference, size, kind); },
        [this, print](double range, const QString&) {
          if (fitting_print_ != print) return;  // newer ones are on their way
          fitting_range_ = range;
          updateMaps();
          update();
        });
  }
  return fitting_range_ != kFittingRange;
}

void CompareCanvas::updateMaps() {
  if (mode_ != Mode::Difference || reference_ < 0 || !findRange()) return;
  maps_.resize(pictures_.size());
  map_prints_.resize(pictures_.size());
  for (int i = 0; i < count(); ++i) updateMap(i);
}

void CompareCanvas::updateMap(int index) {
  const auto& picture = pictures_[index].picture.shown;
  const auto& reference = pictures_[reference_].picture.shown;
  if (!maps_[index] || picture.isNull() || reference.isNull() || pictures_[index].is_map) {
    maps_[index] = std::make_unique<ImagePyramid>();
    map_prints_[index].clear();
    if (picture.isNull() || reference.isNull() || pictures_[index].is_map) return;
  }
  const auto print = QStringLiteral("%1 %2 %3 %4 %5")
                         .arg(picture.cacheKey())
                         .arg(reference.cacheKey())
                         .arg(static_cast<int>(kind_))
                         .arg(shownRange())
                         .arg(frame_.width());
  if (std::exchange(map_prints_[index], print) == print) return;
  work_.start([picture, reference, size = frame_, kind = kind_,
               range = shownRange()] { return differenceMap(picture, reference, size, kind, range); },
              [this, index, print](const QImage& map, const QString&) {
                if (index >= static_cast<int>(map_prints_.size()) || map_prints_[index] != print) return;
                maps_[index]->setImage(map);
                update();
              });
}

void CompareCanvas::moved(int index) {
  if (linked_) {
    for (auto& view : views_) view = views_[index];
  }
  update();
  emit zoomChanged(views_[index].zoom());
}

void CompareCanvas::zoomAt(int index, double zoom, QPointF anchor) {
  if (index < 0 || index >= count()) return;
  views_[index].zoomAt(zoom, anchor - cell(index).topLeft());
  moved(index);
}

void CompareCanvas::setLinked(bool linked) {
  linked_ = linked;
  if (linked && !views_.empty()) moved(0);
}

void CompareCanvas::fit() {
  for (auto& view : views_) view.fit();
  update();
  emit zoomChanged(zoom());
}

void CompareCanvas::actualSize() {
  zoomAt(front(), 1.0, cell(front()).center());
}

void CompareCanvas::zoomIn() {
  if (count() > 0) zoomAt(front(), views_[front()].nextZoom(true), cell(front()).center());
}

void CompareCanvas::zoomOut() {
  if (count() > 0) zoomAt(front(), views_[front()].nextZoom(false), cell(front()).center());
}

void CompareCanvas::panBy(QPointF way) {
  if (views_.empty()) return;
  views_[front()].panBy(way);
  moved(front());
}

int CompareCanvas::dividerAt(double x) const {
  if (mode_ != Mode::Split) return -1;
  for (std::size_t i = 0; i < dividers_.size(); ++i) {
    if (std::abs(x - dividers_[i] * width()) <= kDividerGrab) return static_cast<int>(i);
  }
  return -1;
}

void CompareCanvas::moveDivider(int index, double fraction) {
  if (index < 0 || index >= static_cast<int>(dividers_.size())) return;
  const double least = index == 0 ? 0.0 : dividers_[index - 1];
  const double most = index + 1 < static_cast<int>(dividers_.size()) ? dividers_[index + 1] : 1.0;
  dividers_[index] = std::clamp(fraction, least, most);
  dividers_moved_ = true;
  key_divider_ = index;
  update();
}

void CompareCanvas::updateAccessibleText() {
  setAccessibleName(tr("Pictures that are compared"));
  QStringList titles;
  for (const auto& picture : pictures_) titles << picture.title;
  const auto shown =
      mode_ == Mode::Flicker && current_ < count() ? titles.value(current_) : titles.join(QStringLiteral(", "));
  const auto keys = area_held_ ? tr("Arrows move the area, Shift + arrows resize it, A lets it go, Esc takes it away.")
                               : tr("A begins an area whose numbers are shown, or takes it up.");
  setAccessibleDescription(shown.isEmpty() ? shown : QStringLiteral("%1. %2").arg(shown, keys));
}

void CompareCanvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
  emit zoomChanged(zoom());
}

void CompareCanvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) update();
}

}  // namespace p2l::ui
