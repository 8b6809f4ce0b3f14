// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPolygonF>
#include <QWidget>
#include <memory>

#include "core/types/image.h"

namespace p2l::ui {

/// A kernel as a large picture; in drawing, the mouse draws the camera's way, which becomes the kernel.
class KernelCanvas : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kSide = 41;  ///< of a drawn kernel, in its pixels

  explicit KernelCanvas(QWidget* parent = nullptr);

  void setPicture(const QImage& picture);
  void setDrawing(bool drawing);
  /// What was drawn, grey, kSide x kSide; null: nothing yet.
  std::shared_ptr<const Image> drawn() const { return drawn_; }
  /// A drawing of before, which strokes are added to.
  void setDrawn(std::shared_ptr<const Image> drawn);
  void clearDrawn();
  QSize sizeHint() const override { return {260, 260}; }
  QSize minimumSizeHint() const override { return {160, 160}; }

 signals:
  void drawnChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  QRectF square() const;
  QPointF kernelPoint(QPointF position) const;
  void rasterise();

  QImage picture_;
  bool drawing_ = false, stroke_active_ = false;
  QList<QPolygonF> strokes_;  ///< in pixels of the kernel
  QImage former_;             ///< the drawing that they are added to; null: there is none
  std::shared_ptr<const Image> drawn_;
};

}  // namespace p2l::ui
