// SPDX-License-Identifier: GPL-3.0-or-later
// A picture over a part of those of the image canvas.
#include <QPainter>
#include <algorithm>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/image_canvas.h"

namespace p2l::ui {

QRectF ImageCanvas::visiblePart() const {
  const auto size = view_.imageSize();
  if (size.isEmpty()) return {};
  const auto area = pane(Side::After);
  const QRectF seen = view_.imageRect() & QRectF({0, 0}, area.size());
  const auto from = view_.imageFromPane(seen.topLeft()), to = view_.imageFromPane(seen.bottomRight());
  return {from.x() / size.width(), from.y() / size.height(), (to.x() - from.x()) / size.width(),
          (to.y() - from.y()) / size.height()};
}

void ImageCanvas::setInset(const QImage& picture, const QRectF& place, const QString& label) {
  inset_ = picture;
  inset_place_ = place;
  inset_label_ = label;
  updateAccessibleText();
  update();
}

void ImageCanvas::paintInset(QPainter& painter) {
  constexpr double kFrame = 2.0, kCaptionMargin = 10.0, kCaptionHeight = 26.0;  // as drawCaption has them
  const auto mode = shownMode();
  // Who holds the key to see the picture before wants to see it, and a difference would be to something else.
  if (inset_.isNull() || before_held_ || mode == CompareMode::Difference) return;
  const auto area = pane(Side::After);
  const auto size = view_.imageSize();
  const auto at = [&](QPointF point) {
    return view_.paneFromImage({point.x() * size.width(), point.y() * size.height()}) + area.topLeft();
  };
  const QRectF target(at(inset_place_.topLeft()), at(inset_place_.bottomRight()));
  painter.save();
  painter.setClipRect(area);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, target.width() < 8.0 * inset_.width());
  painter.drawImage(target, inset_);
  if (mask_editing_) {  // what is painted stays in sight
    painter.save();
    painter.setClipRect(target & area);
    painter.translate(area.topLeft());
    paintMask(painter, (target & area).translated(-area.topLeft()) & view_.imageRect(),
              drag_ == Drag::Mask ? kMaskPercent : kMaskOverInset);
    painter.restore();
  }
  const auto frame = target.adjusted(-kFrame / 2, -kFrame / 2, kFrame / 2, kFrame / 2);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0, 150), 2 * kFrame));
  painter.drawRect(frame);
  painter.setPen(QPen(palette().color(QPalette::Highlight), kFrame));
  painter.drawRect(frame);
  // Below it, above it, or at its foot where it fills the canvas: the part itself is to be seen, and so are the
  // captions along the upper edge.
  const double below = frame.bottom() - kCaptionMargin + kFrame, above = frame.top() - kCaptionHeight - kFrame;
  const double foot = std::min(frame.bottom(), area.bottom()) - kCaptionHeight - kCaptionMargin;
  const double y = below + kCaptionHeight + kCaptionMargin <= area.bottom() ? below
                   : above >= area.top() + kCaptionMargin + kCaptionHeight  ? above - kCaptionMargin
                                                                            : foot - kCaptionMargin;
  const double x = std::max(frame.left(), area.left()) - kCaptionMargin;
  drawCaption(painter, {x, y, area.right() - x, kCaptionHeight}, Qt::AlignLeft, inset_label_);
  painter.restore();
}

}  // namespace p2l::ui
