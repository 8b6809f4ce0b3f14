// SPDX-License-Identifier: GPL-3.0-or-later
// State and painting; the mask is in image_canvas_mask.cpp; mouse, keys and drops in image_canvas_input.cpp.
#include "ui/canvas/image_canvas.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/canvas/canvas_painter.h"
#include "ui/style/theme.h"

namespace p2l::ui {

namespace {

constexpr double kNearestZoom =
    8.0;  ///< from here on pixels are shown as squares, with a grid unless the whole is fitted
constexpr double kValuesZoom = 32.0;  ///< from here on their values are written into them
constexpr double kPaneGap = 4.0;
constexpr int kFlickerMilliseconds = 450;  ///< 1.1 full changes a second: far below what is risky to look at

QRectF scaledRect(const QRectF& rect, double sx, double sy) {
  return {rect.x() * sx, rect.y() * sy, rect.width() * sx, rect.height() * sy};
}

}  // namespace

ImageCanvas::ImageCanvas(QWidget* parent) : Zoomable(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAcceptDrops(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setObjectName(QStringLiteral("imageCanvas"));
  flicker_timer_.setInterval(kFlickerMilliseconds);
  connect(&flicker_timer_, &QTimer::timeout, this, [this] {
    flicker_shows_before_ = !flicker_shows_before_;
    update();
  });
  updateAccessibleText();
}

ImageCanvas::~ImageCanvas() = default;

void ImageCanvas::setBefore(const QImage& image, const QString& label) {
  before_.setImage(image);
  before_label_ = label;
  pictureChanged(Side::Before);
}

void ImageCanvas::setAfter(const QImage& image, const QString& label) {
  after_.setImage(image);
  after_label_ = label;
  pictureChanged(Side::After);
}

void ImageCanvas::clearAfter() {
  setAfter(QImage(), QString());
}

void ImageCanvas::clear() {
  before_.clear();
  after_.clear();
  before_label_.clear();
  after_label_.clear();
  inset_ = {};
  view_.setImageSize({});
  pictureChanged(Side::Before);
  update();
}

void ImageCanvas::pictureChanged(Side side) {
  const QSize size = after_.isNull() ? before_.size() : after_.size();
  const bool both = !before_.isNull() && !after_.isNull();
  if (view_.imageSize() != size || both != both_shown_) {
    both_shown_ = both;
    view_.setImageSize(size);
    viewChanged();
  }
  updateFlicker();
  updateAccessibleText();
  update(areaOf(side));
}

QRect ImageCanvas::areaOf(Side side) const {
  const CompareMode mode = shownMode();
  if (mode == CompareMode::SideBySide) return pane(side).toAlignedRect();
  if (mode != CompareMode::Split) return rect();
  const int x = static_cast<int>(dividerX());
  return side == Side::Before ? QRect(0, 0, x + 1, height()) : QRect(x, 0, width() - x, height());
}

void ImageCanvas::viewChanged() {
  const QSizeF pane_size = pane(Side::After).size();
  view_.setDevicePixelRatio(devicePixelRatioF());
  view_.setPaneSize(pane_size);
  updateCursor();
  update();
  if (view_.zoom() != announced_zoom_) {
    announced_zoom_ = view_.zoom();
    updateAccessibleText();
    emit zoomChanged(announced_zoom_);
  }
}

void ImageCanvas::setCompareMode(CompareMode mode) {
  if (mode == mode_) return;
  mode_ = mode;
  updateFlicker();
  viewChanged();
  updateAccessibleText();
  emit compareModeChanged(mode_);
}

void ImageCanvas::updateFlicker() {
  const bool wanted =
      (mode_ == CompareMode::Flicker || flicker_held_) && !before_.isNull() && !after_.isNull() && isVisible();
  if (wanted == flicker_timer_.isActive()) return;
  // Holding the key shows the other picture at once.
  flicker_shows_before_ = wanted && flicker_held_;
  wanted ? flicker_timer_.start() : flicker_timer_.stop();
  update();
}

void ImageCanvas::updateAccessibleText() {
  setAccessibleName(tr("Picture"));
  if (isEmpty()) return setAccessibleDescription(tr("No photo is open. Drop one here, or press Ctrl+O."));
  const QString zoom = tr("zoom %1 %").arg(std::round(view_.zoom() * 100));
  switch (shownMode()) {
    case CompareMode::BeforeOnly:
      return setAccessibleDescription(tr("%1, %2").arg(before_label_, zoom));
    case CompareMode::AfterOnly:
      return setAccessibleDescription(tr("%1, %2").arg(after_label_, zoom));
    default:
      setAccessibleDescription(tr("%1 beside %2, %3").arg(before_label_, after_label_, zoom));
  }
}

ImageCanvas::CompareMode ImageCanvas::shownMode() const {
  if (after_.isNull()) return CompareMode::BeforeOnly;
  if (before_.isNull()) return CompareMode::AfterOnly;
  if (before_held_) return CompareMode::BeforeOnly;
  if (mode_ == CompareMode::Flicker || flicker_held_)
    return flicker_shows_before_ ? CompareMode::BeforeOnly : CompareMode::AfterOnly;
  return mode_;
}

QRectF ImageCanvas::pane(Side side) const {
  const QRectF whole = rect();
  const QSizeF image = view_.imageSize();
  if (mode_ != CompareMode::SideBySide || before_.isNull() || after_.isNull() || image.isEmpty()) return whole;
  // Beside or below each other, whichever shows the pictures larger. Whole pixels keep both panes equally sharp.
  const double half_width = std::floor((whole.width() - kPaneGap) / 2);
  const double half_height = std::floor((whole.height() - kPaneGap) / 2);
  const double beside = std::min(half_width / image.width(), whole.height() / image.height());
  const double below = std::min(whole.width() / image.width(), half_height / image.height());
  const bool first = side == Side::Before;
  if (beside >= below) return {first ? 0 : whole.width() - half_width, 0, half_width, whole.height()};
  return {0, first ? 0 : whole.height() - half_height, whole.width(), half_height};
}

QRectF ImageCanvas::paneAt(QPointF point) const {
  const QRectF before = pane(Side::Before);
  return before.contains(point) ? before : pane(Side::After);
}

QPointF ImageCanvas::imageFromWidget(QPointF point) const {
  return view_.imageFromPane(point - paneAt(point).topLeft());
}

QPointF ImageCanvas::widgetFromImage(QPointF point) const {
  return view_.paneFromImage(point) + pane(Side::Before).topLeft();
}

double ImageCanvas::dividerX() const {
  const QRectF seen = view_.imageRect() & QRectF(rect());
  double low = kDividerGrab, high = width() - kDividerGrab;
  if (seen.width() > 4 * kDividerGrab) {
    low = std::max(low, seen.left() + kDividerGrab);
    high = std::min(high, seen.right() - kDividerGrab);
  }
  return high < low ? width() / 2.0 : std::clamp(divider_ * width(), low, high);
}

void ImageCanvas::setDividerFraction(double fraction) {
  divider_ = std::clamp(fraction, 0.0, 1.0);
  update();
}

void ImageCanvas::fit() {
  view_.fit();
  viewChanged();
  emit viewMoved();
}

void ImageCanvas::actualSize() {
  zoomAt(1.0, pane(Side::Before).center());
}
void ImageCanvas::zoomIn() {
  zoomAt(view_.nextZoom(true), pane(Side::Before).center());
}
void ImageCanvas::zoomOut() {
  zoomAt(view_.nextZoom(false), pane(Side::Before).center());
}

void ImageCanvas::zoomAt(double zoom, QPointF anchor) {
  if (isEmpty()) return;
  view_.zoomAt(zoom, anchor - paneAt(anchor).topLeft());
  viewChanged();
  emit viewMoved();
}

void ImageCanvas::panBy(QPointF way) {
  view_.panBy(way);
  viewChanged();
  emit viewMoved();
}

void ImageCanvas::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) updateAccessibleText();
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) update();
  QWidget::changeEvent(event);
}

void ImageCanvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  viewChanged();
}

void ImageCanvas::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  updateFlicker();
}

void ImageCanvas::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  updateFlicker();
}

void ImageCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), canvasBackground(palette()));
  if (view_.imageSize().isEmpty()) {
    drawEmptyState(painter, rect(), palette(), tr("Drop a photo here, or press Ctrl+O"),
                   tr("JPEG, PNG, TIFF, WebP or BMP"), drop_hovering_);
  } else {
    paintPictures(painter);
  }
  if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) drawFocusRing(painter, rect(), palette());
}

void ImageCanvas::paintPictures(QPainter& painter) {
  view_.setDevicePixelRatio(devicePixelRatioF());

  struct Caption {
    QRectF area;
    Qt::Alignment corner;
    QString text;
  };
  std::vector<Caption> captions;  // over all pictures, also over an inset
  const auto pill = [&](const QRectF& area, Qt::Alignment corner, const QString& text) {
    captions.push_back({area, corner, text});
  };
  const CompareMode mode = shownMode();
  switch (mode) {
    case CompareMode::BeforeOnly:
    case CompareMode::AfterOnly:
    case CompareMode::Flicker: {
      const Side side = mode == CompareMode::BeforeOnly ? Side::Before : Side::After;
      // A key held in side-by-side shows the one picture in both panes, so that nothing moves.
      for (const Side place : {Side::Before, Side::After}) {
        paintPane(painter, side, pane(place), pane(place));
        pill(pane(place), Qt::AlignLeft, side == Side::Before ? before_label_ : after_label_);
        if (pane(Side::Before) == pane(Side::After)) break;
      }
      break;
    }
    case CompareMode::SideBySide:
      for (const Side side : {Side::Before, Side::After}) {
        paintPane(painter, side, pane(side), pane(side));
        pill(pane(side), Qt::AlignLeft, side == Side::Before ? before_label_ : after_label_);
      }
      break;
    case CompareMode::Split: {
      const double x = dividerX();
      const QRectF left(0, 0, x, height()), right(x, 0, width() - x, height());
      paintPane(painter, Side::Before, rect(), left);
      paintPane(painter, Side::After, rect(), right);
      const auto seen = view_.imageRect() & QRectF(rect());
      drawDivider(painter, x, height(), seen.top(), seen.bottom(), palette().color(QPalette::Highlight),
                  drag_ == Drag::Divider || divider_hovered_);
      pill(left, Qt::AlignLeft, before_label_);
      pill(right, Qt::AlignRight, after_label_);
      break;
    }
    case CompareMode::Difference:
      paintDifference(painter);
      pill(rect(), Qt::AlignLeft, tr("Difference × %1").arg(kDifferenceGain));
      pill(rect(), Qt::AlignRight, after_label_);
      break;
  }
  paintInset(painter);
  for (const auto& each : captions) drawCaption(painter, each.area, each.corner, each.text);
  paintMaskCursor(painter);
  if (drop_hovering_) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 6));
    painter.drawRect(rect());
  }
}

void ImageCanvas::paintDifference(QPainter& painter) {
  const double ratio = devicePixelRatioF();
  const QSize pixels = (QSizeF(size()) * ratio).toSize();
  QImage drawn[2];
  for (const Side side : {Side::Before, Side::After}) {
    auto& image = drawn[side == Side::Before ? 0 : 1];
    image = QImage(pixels, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::black);
    QPainter inner(&image);
    paintPane(inner, side, rect(), rect());
  }
  auto difference = differencePicture(drawn[0], drawn[1], kDifferenceGain);
  difference.setDevicePixelRatio(ratio);
  painter.save();
  painter.setClipRect(view_.imageRect());
  painter.drawImage(QPointF(0, 0), difference);
  painter.restore();
}

void ImageCanvas::paintPane(QPainter& painter, Side side, const QRectF& pane_rect, const QRectF& clip) {
  ImagePyramid& picture = side == Side::Before ? before_ : after_;
  const QSizeF size = view_.imageSize();
  const double sx = picture.size().width() / size.width(), sy = picture.size().height() / size.height();

  painter.save();
  painter.setClipRect(clip);
  painter.translate(pane_rect.topLeft());
  const QRectF seen = clip.translated(-pane_rect.topLeft()) & view_.imageRect();
  // Whole pixels of the picture, so that a partial repaint samples it exactly as a full one does.
  const QRectF part(view_.imageFromPane(seen.topLeft()), view_.imageFromPane(seen.bottomRight()));
  const QRect pixels = scaledRect(part, sx, sy).toAlignedRect().adjusted(-1, -1, 1, 1) & QRect({0, 0}, picture.size());
  const auto targetOf = [&](const QRectF& source) {
    const QRectF in_image = scaledRect(source, 1 / sx, 1 / sy);
    return QRectF(view_.paneFromImage(in_image.topLeft()), view_.paneFromImage(in_image.bottomRight()));
  };
  if (!pixels.isEmpty()) {
    const double zoom = view_.zoom() / std::max(sx, sy);
    const auto level = picture.levelFor(zoom, [this] { update(); });
    if (picture.image().hasAlphaChannel()) drawCheckerboard(painter, seen);
    const QRect source = scaledRect(pixels, 1 / level.span, 1 / level.span).toAlignedRect() & level.image.rect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom < kNearestZoom);
    painter.drawImage(targetOf(scaledRect(source, level.span, level.span)), level.image, source);
    const auto whole = targetOf(QRectF({0, 0}, picture.size()));
    if (zoom > kNearestZoom && !view_.isFitted()) drawPixelGrid(painter, whole, picture.size(), pixels);
    if (zoom > kValuesZoom) drawPixelValues(painter, whole, picture.image(), pixels);
  }
  if (side == Side::Before || mask_editing_) paintMask(painter, seen);
  painter.restore();
}

}  // namespace p2l::ui
