// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointer>
#include <QTimer>

#include "ui/canvas/canvas_view.h"
#include "ui/canvas/image_pyramid.h"
#include "ui/canvas/zoomable.h"

namespace p2l::ui {

class MaskEditor;

/// Shows a picture before and after restoration with linked zoom and pan. Arriving pictures are only stored; painting
/// scales the part in view. Sizes may differ: the picture before is stretched over the one after.
class ImageCanvas : public Zoomable {
  Q_OBJECT
 public:
  enum class CompareMode { AfterOnly, BeforeOnly, Split, SideBySide, Flicker, Difference };
  Q_ENUM(CompareMode)
  /// Half the width of the area in which the split divider can be grabbed, in logical pixels.
  static constexpr int kDividerGrab = 12;
  /// How many times as bright as it is a difference is shown.
  static constexpr int kDifferenceGain = 4;
  /// How opaque the mask is, in percent, and over an inset between strokes: there its fill is to be seen.
  static constexpr int kMaskPercent = 45, kMaskOverInset = 15;

  explicit ImageCanvas(QWidget* parent = nullptr);
  ~ImageCanvas() override;

  /// Zoom and position are kept when the new picture has the old one's shape. The first picture is fitted.
  void setBefore(const QImage& image, const QString& label);
  void setAfter(const QImage& image, const QString& label);
  const QString& beforeLabel() const { return before_label_; }
  /// Takes one picture away, e.g. when a new photo was opened and there is no result yet.
  void clearAfter();
  void clear();
  bool isEmpty() const { return before_.isNull() && after_.isNull(); }

  CompareMode compareMode() const { return mode_; }

  /// Device pixels per pixel of the picture; 1 is 100 %.
  double zoom() const { return view_.zoom(); }
  /// Sets the zoom keeping the picture's point under `anchor` (widget coordinates) where it is.
  void zoomAt(double zoom, QPointF anchor);
  /// Of the picture whose pixels the following ones count: the one after, or else the one before.
  QSizeF pictureSize() const { return view_.imageSize(); }
  QPointF imageFromWidget(QPointF point) const;
  QPointF widgetFromImage(QPointF point) const;

  /// The part of the picture in view, as fractions of its sides; null without a picture.
  QRectF visiblePart() const;
  /// Lays a picture over a part of the others, framed and with its name: `place` as fractions of their sides. A null
  /// one takes it away.
  void setInset(const QImage& picture, const QRectF& place, const QString& label);
  const QImage& inset() const { return inset_; }

  /// Position of the divider, as it is drawn, in widget coordinates.
  double dividerX() const;
  /// Places the divider: 0 left edge .. 1 right edge of the widget; it stays within reach.
  void setDividerFraction(double fraction);

  /// Draws the editor's mask over the picture; null: none. The editor is not owned.
  void setMaskEditor(MaskEditor* editor);

  QSize sizeHint() const override { return {640, 480}; }
  QSize minimumSizeHint() const override { return {160, 120}; }

 public slots:
  void setCompareMode(p2l::ui::ImageCanvas::CompareMode mode);
  void fit() override;
  void actualSize() override;
  void zoomIn() override;
  void zoomOut() override;
  /// While on, the left button paints with the editor's tool, the right one erases; the middle button or Space pans.
  void setMaskEditing(bool editing);
  void setMaskVisible(bool visible);

 signals:
  /// Invalid colours where there is no picture; point (-1, -1) when the pointer left the picture.
  void pixelHovered(QPoint pixel, QColor before, QColor after);
  void zoomChanged(double zoom);
  /// Zoomed, panned or fitted.
  void viewMoved();
  /// A drag with the left button has begun that moves the picture, and paints nothing.
  void dragMovesPicture();
  void compareModeChanged(p2l::ui::ImageCanvas::CompareMode mode);
  void filesDropped(QStringList paths);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void panBy(QPointF way) override;

 private:
  enum class Drag { None, Pan, Divider, Mask };
  enum class Side { Before, After };

  void pictureChanged(Side side);
  /// Where a picture is drawn: a new frame repaints nothing else.
  QRect areaOf(Side side) const;
  void viewChanged();
  void updateFlicker();
  void updateCursor();
  void updateAccessibleText();
  CompareMode shownMode() const;
  QRectF pane(Side side) const;
  QRectF paneAt(QPointF point) const;
  bool onDivider(QPointF point) const;
  void hover(QPointF point);
  void paintPictures(QPainter& painter);
  /// One picture in a pane, within `clip` (widget coordinates).
  void paintPane(QPainter& painter, Side side, const QRectF& pane_rect, const QRectF& clip);
  void paintDifference(QPainter& painter);
  void paintInset(QPainter& painter);
  /// `percent`: how opaque.
  void paintMask(QPainter& painter, const QRectF& seen, int percent = kMaskPercent);
  void paintMaskCursor(QPainter& painter);
  QRectF maskCursorRect() const;
  QColor maskColour() const;
  QPointF maskPoint(QPointF widget_point) const;
  void maskChanged(QRect area);

  ImagePyramid before_;
  ImagePyramid after_;
  QString before_label_;
  QString after_label_;
  QImage inset_;
  QRectF inset_place_;
  QString inset_label_;
  CanvasView view_;
  double announced_zoom_ = 0;
  bool pixel_announced_ = false;
  bool both_shown_ = false;
  CompareMode mode_ = CompareMode::Split;
  double divider_ = 0.5;

  QPointer<MaskEditor> mask_editor_;
  bool mask_editing_ = false;
  bool mask_visible_ = true;

  Drag drag_ = Drag::None;
  Qt::MouseButton drag_button_ = Qt::NoButton;
  double divider_offset_ = 0;  ///< of the pointer from the line when it was grabbed
  QRectF stroke_pane_;
  QPointF press_point_;
  QPointF last_point_;
  bool click_possible_ = false;
  bool divider_hovered_ = false;
  QPointF hover_point_{-1, -1};
  bool hovering_ = false;
  bool space_held_ = false;
  bool before_held_ = false;
  bool flicker_held_ = false;
  bool flicker_shows_before_ = false;
  bool drop_hovering_ = false;
  QTimer flicker_timer_;
};

}  // namespace p2l::ui
