// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QPointF>
#include <QPolygonF>
#include <QRect>

class QUndoStack;

namespace p2l::ui {

/// The mask of missing pixels as a person paints it; a model without a widget. Mask samples are 0 (known) or 255
/// (missing). All points are in image coordinates: pixel (i, j) covers [i, i+1) x [j, j+1).
class MaskEditor : public QObject {
  Q_OBJECT
 public:
  enum class Tool { Brush, Eraser, Rectangle, Lasso };
  Q_ENUM(Tool)
  static constexpr int kSmallestBrush = 1;
  static constexpr int kLargestBrush = 400;

  /// Changes are pushed on `undo_stack` (one command per stroke, holding the changed rectangle only). The stack's
  /// owner clears it when a picture of another size is opened; commands of a former size do nothing.
  explicit MaskEditor(QUndoStack* undo_stack, QObject* parent = nullptr);

  /// An empty mask of this size; a mask of the same size is kept as it is.
  void setSize(QSize size);
  /// The photo's own size, and the part of it that is worked on: masks of it are cut along, and resized where the mask
  /// is a square of another size.
  void setPhotoSize(QSize size, QRect part = {}) {
    photo_size_ = size;
    photo_part_ = part.isEmpty() ? QRect({0, 0}, size) : part;
  }
  QSize size() const { return mask_.size(); }
  /// Format_Grayscale8, 255 = missing; null before setSize.
  QImage image() const { return mask_; }
  /// 0 .. 1; 0 when there is no mask.
  double missingFraction() const;
  bool isEmpty() const { return missing_count_ == 0; }

  /// The whole mask, to come back to: strokes that were made on it can be undone again.
  struct State {
    QImage mask;
    qint64 missing = 0;
    int generation = 0;
  };
  State state() const { return {mask_, missing_count_, generation_}; }
  void restore(const State& state);
  /// The mask of another part of the photo: `size` pixels that show `part`, in pixels of the former mask. What lies
  /// beyond that one is known. Not a command: strokes from before do nothing until `restore` brings their mask back.
  void moveTo(const State& former, const QRectF& part, QSize size);
  /// Off: a mask that is taken makes no command, for those who have one of their own.
  void setRecording(bool recording) { recording_ = recording; }

  Tool tool() const { return tool_; }
  int brushSize() const { return brush_size_; }  ///< diameter in pixels of the picture

  /// Brush and eraser paint at once; rectangle and lasso take effect at the end of the stroke. `erase` makes any
  /// tool mark pixels as known.
  void beginStroke(QPointF point, bool erase = false);
  void moveStroke(QPointF point);
  void endStroke(QPointF point);
  /// Takes back what the unfinished stroke did.
  void cancelStroke();
  bool strokeActive() const { return stroke_active_; }
  /// The outline of an unfinished rectangle or lasso, for the view; empty otherwise.
  QPolygonF pendingOutline() const;

  /// Takes a mask picture: light (>= 128 of 255) = missing. False with a sentence when the size differs, and it is not
  /// the photo's own, either.
  bool load(const QImage& picture, QString* error);

 public slots:
  void setTool(p2l::ui::MaskEditor::Tool tool);
  void setBrushSize(int pixels);  ///< clipped to 1 .. 400
  void invert();
  void clear();

 signals:
  /// These pixels of the mask, or the pending outline within them, changed.
  void changed(QRect area);
  /// The mask has another size (all of it changed).
  void sizeChanged(QSize size);
  void toolChanged(p2l::ui::MaskEditor::Tool tool);
  void brushSizeChanged(int pixels);

 private:
  friend class MaskSwapCommand;
  friend class MaskInvertCommand;

  void paintSegment(QPointF from, QPointF to);
  void fillRectangle();
  void fillLasso();
  /// Sets pixels x0 .. x1 (inclusive, clipped) of row y to the stroke's value.
  void fillSpan(int y, int x0, int x1);
  void finishStroke(const QString& text);
  /// A picture of the photo's own size as the photo is cut; another one as it is.
  QImage cutAlong(const QImage& picture) const;
  void replaceAll(const QImage& mask, const QString& text);
  void invertNow();
  /// Exchanges the mask's pixels at `top_left` with those of `pixels`.
  void swapPixels(QPoint top_left, QImage* pixels);

  QUndoStack* undo_stack_;
  QSize photo_size_;
  QRect photo_part_;
  QImage mask_;
  QImage mask_before_stroke_;
  qint64 missing_count_ = 0;
  qint64 missing_before_stroke_ = 0;
  int generation_ = 0;  ///< of the mask's size: a command of another generation does nothing
  int newest_generation_ = 0;
  Tool tool_ = Tool::Brush;
  int brush_size_ = 24;
  bool stroke_active_ = false;
  bool recording_ = true;
  uchar stroke_value_ = 255;
  QPolygonF stroke_points_;
  QRect stroke_area_;
};

}  // namespace p2l::ui
