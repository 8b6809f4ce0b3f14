// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/mask_editor.h"

#include <QPainter>
#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "core/types/mask.h"
#include "ui/base/frame_image.h"

namespace p2l::ui {

namespace {

qint64 countMissing(const uchar* samples, qsizetype count) {
  return std::count(samples, samples + count, uchar{255});
}

}  // namespace

/// Undo and redo of a change within a rectangle: both exchange the mask's pixels with the stored ones.
class MaskSwapCommand : public QUndoCommand {
 public:
  MaskSwapCommand(MaskEditor* editor, QPoint top_left, QImage other_pixels, bool applied, const QString& text)
      : QUndoCommand(text),
        editor_(editor),
        generation_(editor->generation_),
        top_left_(top_left),
        pixels_(std::move(other_pixels)),
        applied_(applied) {}

  void undo() override { swap(); }
  void redo() override {
    if (applied_)
      applied_ = false;  // pushing a command redoes it once; the stroke has painted already
    else
      swap();
  }

 private:
  void swap() {
    if (!editor_ || editor_->generation_ != generation_) return setObsolete(true);
    editor_->swapPixels(top_left_, &pixels_);
  }

  QPointer<MaskEditor> editor_;
  int generation_;
  QPoint top_left_;
  QImage pixels_;
  bool applied_;
};

/// Its own inverse, and needs no pixels.
class MaskInvertCommand : public QUndoCommand {
 public:
  MaskInvertCommand(MaskEditor* editor, const QString& text)
      : QUndoCommand(text), editor_(editor), generation_(editor->generation_) {}
  void undo() override { redo(); }
  void redo() override {
    if (!editor_ || editor_->generation_ != generation_) return setObsolete(true);
    editor_->invertNow();
  }

 private:
  QPointer<MaskEditor> editor_;
  int generation_;
};

MaskEditor::MaskEditor(QUndoStack* undo_stack, QObject* parent)
    : QObject(parent), undo_stack_(undo_stack ? undo_stack : new QUndoStack(this)) {}

void MaskEditor::setSize(QSize size) {
  if (size == mask_.size()) return;
  stroke_active_ = false;
  mask_before_stroke_ = QImage();
  mask_ = size.isEmpty() ? QImage() : QImage(size, QImage::Format_Grayscale8);
  if (!mask_.isNull()) mask_.fill(0);
  missing_count_ = 0;
  generation_ = ++newest_generation_;
  emit sizeChanged(mask_.size());
  emit changed(mask_.rect());
}

void MaskEditor::restore(const State& state) {
  const bool same_size = state.mask.size() == mask_.size();
  stroke_active_ = false;
  mask_before_stroke_ = QImage();
  mask_ = state.mask;
  missing_count_ = state.missing;
  generation_ = state.generation;
  if (!same_size) emit sizeChanged(mask_.size());
  emit changed(mask_.rect());
}

void MaskEditor::moveTo(const State& former, const QRectF& part, QSize size) {
  stroke_active_ = false;
  mask_before_stroke_ = QImage();
  mask_ = QImage(size, QImage::Format_Grayscale8);
  mask_.fill(0);
  const double sx = part.width() / size.width(), sy = part.height() / size.height();
  missing_count_ = 0;
  for (int y = 0; y < size.height() && former.missing > 0; ++y) {
    const int from_y = static_cast<int>(std::floor(part.top() + (y + 0.5) * sy));
    if (from_y < 0 || from_y >= former.mask.height()) continue;
    const uchar* from = former.mask.constScanLine(from_y);
    uchar* row = mask_.scanLine(y);
    for (int x = 0; x < size.width(); ++x) {
      const int from_x = static_cast<int>(std::floor(part.left() + (x + 0.5) * sx));
      if (from_x >= 0 && from_x < former.mask.width()) row[x] = from[from_x];
    }
    missing_count_ += countMissing(row, size.width());
  }
  generation_ = ++newest_generation_;
  emit sizeChanged(mask_.size());
  emit changed(mask_.rect());
}

double MaskEditor::missingFraction() const {
  return mask_.isNull() ? 0.0 : static_cast<double>(missing_count_) / mask_.width() / mask_.height();
}

void MaskEditor::setTool(Tool tool) {
  if (tool == tool_) return;
  cancelStroke();
  tool_ = tool;
  emit toolChanged(tool_);
}

void MaskEditor::setBrushSize(int pixels) {
  pixels = std::clamp(pixels, kSmallestBrush, kLargestBrush);
  if (pixels == brush_size_) return;
  brush_size_ = pixels;
  emit brushSizeChanged(brush_size_);
}

void MaskEditor::beginStroke(QPointF point, bool erase) {
  if (mask_.isNull()) return;
  cancelStroke();
  stroke_active_ = true;
  stroke_value_ = erase || tool_ == Tool::Eraser ? 0 : 255;
  mask_before_stroke_ = mask_;  // the first write below copies
  missing_before_stroke_ = missing_count_;
  stroke_area_ = QRect();
  stroke_points_ = {point};
  if (tool_ == Tool::Brush || tool_ == Tool::Eraser) paintSegment(point, point);
}

void MaskEditor::moveStroke(QPointF point) {
  if (!stroke_active_ || point == stroke_points_.last()) return;
  const QRectF old_outline = pendingOutline().boundingRect();
  switch (tool_) {
    case Tool::Brush:
    case Tool::Eraser:
      paintSegment(stroke_points_.last(), point);
      stroke_points_ = {point};
      return;
    case Tool::Rectangle:
      stroke_points_ = {stroke_points_.first(), point};
      break;
    case Tool::Lasso:
      stroke_points_ << point;
      break;
  }
  emit changed(old_outline.united(pendingOutline().boundingRect()).toAlignedRect().adjusted(-1, -1, 1, 1));
}

void MaskEditor::endStroke(QPointF point) {
  if (!stroke_active_) return;
  moveStroke(point);
  const QRect outline = pendingOutline().boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1);
  switch (tool_) {
    case Tool::Brush:
      return finishStroke(stroke_value_ ? tr("Brush stroke") : tr("Erase"));
    case Tool::Eraser:
      return finishStroke(tr("Erase"));
    case Tool::Rectangle:
      fillRectangle();
      finishStroke(stroke_value_ ? tr("Mask rectangle") : tr("Erase rectangle"));
      break;
    case Tool::Lasso:
      fillLasso();
      finishStroke(stroke_value_ ? tr("Mask lasso") : tr("Erase lasso"));
      break;
  }
  emit changed(outline);
}

void MaskEditor::cancelStroke() {
  if (!stroke_active_) return;
  const QRect area = stroke_area_.united(pendingOutline().boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1));
  stroke_active_ = false;
  if (!stroke_area_.isEmpty()) {
    mask_ = mask_before_stroke_;
    missing_count_ = missing_before_stroke_;
  }
  mask_before_stroke_ = QImage();
  emit changed(area);
}

QPolygonF MaskEditor::pendingOutline() const {
  if (!stroke_active_ || stroke_points_.size() < 2) return {};
  if (tool_ == Tool::Rectangle) return QPolygonF(QRectF(stroke_points_[0], stroke_points_[1]).normalized());
  if (tool_ == Tool::Lasso) return stroke_points_;
  return {};
}

void MaskEditor::paintSegment(QPointF from, QPointF to) {
  const double radius = brush_size_ / 2.0;
  const auto pixelCentre = [](QPointF p) { return QPointF(std::floor(p.x()) + 0.5, std::floor(p.y()) + 0.5); };
  if (brush_size_ == 1) {
    from = pixelCentre(from);
    to = pixelCentre(to);
  }
  // The brush's path is a capsule: the points within `radius` of the segment. It is convex, so that each row of
  // pixel centres meets it in one interval: from both end discs and the slab between them.
  const QPointF d = to - from;
  const double length = std::hypot(d.x(), d.y());
  const int y0 = std::max(0, static_cast<int>(std::floor(std::min(from.y(), to.y()) - radius)));
  const int y1 = std::min(mask_.height() - 1, static_cast<int>(std::ceil(std::max(from.y(), to.y()) + radius)));
  QRect touched;
  for (int y = y0; y <= y1; ++y) {
    const double row = y + 0.5;
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const QPointF& end : {from, to}) {
      const double h2 = radius * radius - (row - end.y()) * (row - end.y());
      if (h2 < 0) continue;
      low = std::min(low, end.x() - std::sqrt(h2));
      high = std::max(high, end.x() + std::sqrt(h2));
    }
    if (length > 0) {
      // x of the slab in this row: 0 <= u <= length along the segment and |v| <= radius across it.
      double slab_low = -HUGE_VAL, slab_high = HUGE_VAL;
      const auto clip = [&](double slope, double offset, double least, double most) {
        if (std::abs(slope) < 1e-12) {
          if (offset < least || offset > most) slab_high = -HUGE_VAL;
          return;
        }
        const double a = (least - offset) / slope, b = (most - offset) / slope;
        slab_low = std::max(slab_low, std::min(a, b));
        slab_high = std::min(slab_high, std::max(a, b));
      };
      const double ux = d.x() / length, uy = d.y() / length;
      clip(ux, (row - from.y()) * uy - from.x() * ux, 0, length);
      clip(-uy, (row - from.y()) * ux + from.x() * uy, -radius, radius);
      if (slab_low <= slab_high) {
        low = std::min(low, slab_low);
        high = std::max(high, slab_high);
      }
    }
    if (low > high) continue;
    const int x0 = static_cast<int>(std::ceil(low - 0.5 - 1e-9)), x1 = static_cast<int>(std::floor(high - 0.5 + 1e-9));
    if (x0 > x1) continue;
    fillSpan(y, x0, x1);
    touched |= QRect(QPoint(x0, y), QPoint(x1, y));
  }
  touched &= mask_.rect();
  if (!touched.isEmpty()) emit changed(touched);
}

void MaskEditor::fillRectangle() {
  if (stroke_points_.size() < 2) return;
  const QRectF r = QRectF(stroke_points_[0], stroke_points_[1]).normalized();
  const int x0 = static_cast<int>(std::floor(r.left())), x1 = static_cast<int>(std::floor(r.right()));
  const int y1 = static_cast<int>(std::floor(r.bottom()));
  for (int y = static_cast<int>(std::floor(r.top())); y <= y1; ++y) fillSpan(y, x0, x1);
}

void MaskEditor::fillLasso() {
  // Even-odd rule at pixel centres.
  const QPolygonF& polygon = stroke_points_;
  if (polygon.size() < 3) return;
  const QRectF bounds = polygon.boundingRect();
  const int y0 = std::max(0, static_cast<int>(std::floor(bounds.top())));
  const int y1 = std::min(mask_.height() - 1, static_cast<int>(std::floor(bounds.bottom())));
  std::vector<double> crossings;
  for (int y = y0; y <= y1; ++y) {
    const double row = y + 0.5;
    crossings.clear();
    for (qsizetype i = 0; i < polygon.size(); ++i) {
      const QPointF a = polygon[i], b = polygon[(i + 1) % polygon.size()];
      if ((a.y() <= row) == (b.y() <= row)) continue;
      crossings.push_back(a.x() + (row - a.y()) * (b.x() - a.x()) / (b.y() - a.y()));
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
      fillSpan(y, static_cast<int>(std::ceil(crossings[i] - 0.5)),
               static_cast<int>(std::ceil(crossings[i + 1] - 0.5)) - 1);
  }
}

void MaskEditor::fillSpan(int y, int x0, int x1) {
  x0 = std::max(x0, 0);
  x1 = std::min(x1, mask_.width() - 1);
  if (y < 0 || y >= mask_.height() || x0 > x1) return;
  uchar* row = mask_.scanLine(y) + x0;
  const qsizetype length = x1 - x0 + 1;
  missing_count_ -= countMissing(row, length);
  std::memset(row, stroke_value_, length);
  if (stroke_value_) missing_count_ += length;
  stroke_area_ |= QRect(x0, y, x1 - x0 + 1, 1);
}

void MaskEditor::finishStroke(const QString& text) {
  stroke_active_ = false;
  const QRect area = stroke_area_;
  const QImage before_stroke = std::exchange(mask_before_stroke_, QImage());
  bool same = true;
  for (int y = area.top(); same && y <= area.bottom(); ++y)
    same = std::memcmp(before_stroke.constScanLine(y) + area.left(), mask_.constScanLine(y) + area.left(),
                       area.width()) == 0;
  if (area.isEmpty() || same) return;
  const QImage before = before_stroke.copy(area);
  undo_stack_->push(new MaskSwapCommand(this, area.topLeft(), before, true, text));
  emit changed(area);
}

void MaskEditor::swapPixels(QPoint top_left, QImage* pixels) {
  cancelStroke();
  for (int y = 0; y < pixels->height(); ++y) {
    uchar* mine = mask_.scanLine(top_left.y() + y) + top_left.x();
    uchar* other = pixels->scanLine(y);
    const int width = pixels->width();
    missing_count_ += countMissing(other, width) - countMissing(mine, width);
    std::swap_ranges(mine, mine + width, other);
  }
  emit changed(QRect(top_left, pixels->size()));
}

void MaskEditor::replaceAll(const QImage& mask, const QString& text) {
  cancelStroke();
  if (mask == mask_) return;
  if (!recording_) {
    QImage other = mask;
    return swapPixels({0, 0}, &other);
  }
  undo_stack_->push(new MaskSwapCommand(this, QPoint(0, 0), mask, false, text));
}

void MaskEditor::invert() {
  if (mask_.isNull()) return;
  cancelStroke();
  undo_stack_->push(new MaskInvertCommand(this, tr("Invert mask")));
}

void MaskEditor::invertNow() {
  cancelStroke();
  for (int y = 0; y < mask_.height(); ++y) {
    uchar* row = mask_.scanLine(y);
    std::transform(row, row + mask_.width(), row, [](uchar v) { return static_cast<uchar>(~v); });
  }
  missing_count_ = static_cast<qint64>(mask_.width()) * mask_.height() - missing_count_;
  emit changed(mask_.rect());
}

void MaskEditor::clear() {
  if (isEmpty()) return;
  QImage empty(mask_.size(), QImage::Format_Grayscale8);
  empty.fill(0);
  replaceAll(empty, tr("Clear mask"));
}

QImage MaskEditor::cutAlong(const QImage& picture) const {
  if (picture.size() != photo_size_ || picture.size() == mask_.size()) return picture;
  const auto part = picture.copy(photo_part_);
  const bool resized = mask_.width() == mask_.height() && part.size() != mask_.size();
  return resized ? qimageFromImage(cutMask(imageFromQImage(part), mask_.width())) : part;
}

bool MaskEditor::load(const QImage& picture, QString* error) {
  const auto fail = [&](const QString& sentence) {
    if (error) *error = sentence;
    return false;
  };
  if (picture.isNull()) return fail(tr("The mask picture cannot be read."));
  if (mask_.isNull()) return fail(tr("Open a photo before its mask."));
  QImage mask = picture;
  if (picture.hasAlphaChannel()) {  // what is transparent is known
    mask = QImage(picture.size(), QImage::Format_RGB32);
    mask.fill(Qt::black);
    QPainter(&mask).drawImage(QPoint(0, 0), picture);
  }
  mask = cutAlong(mask.convertToFormat(QImage::Format_Grayscale8)).convertToFormat(QImage::Format_Grayscale8);
  if (mask.size() != mask_.size())
    return fail(tr("The mask is %1 x %2 pixels, but the picture is %3 x %4: both must have the same size.")
                    .arg(picture.width())
                    .arg(picture.height())
                    .arg(mask_.width())
                    .arg(mask_.height()));
  for (int y = 0; y < mask.height(); ++y) {
    uchar* row = mask.scanLine(y);
    std::transform(row, row + mask.width(), row, [](uchar v) { return static_cast<uchar>(v >= 128 ? 255 : 0); });
  }
  replaceAll(mask, tr("Import mask"));
  return true;
}

}  // namespace p2l::ui
