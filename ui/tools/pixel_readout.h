// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace p2l::ui {

class ImageCanvas;

/// The pixel under the pointer: its place and its colours before and after.
class PixelReadout : public QLabel {
  Q_OBJECT
 public:
  explicit PixelReadout(const ImageCanvas* canvas, QWidget* parent = nullptr);

 private:
  void showPixel(QPoint pixel, const QColor& before, const QColor& after);
};

}  // namespace p2l::ui
