// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace p2l::ui {

class ImageCanvas;
class LivePreview;

/// Shows the live preview on a canvas, as what it is, and tells it what is looked at.
class LiveInset : public QObject {
  Q_OBJECT
 public:
  /// Belongs to the canvas; both live as long as it.
  LiveInset(LivePreview* preview, ImageCanvas* canvas);

 private:
  void show();

  LivePreview* preview_;
  ImageCanvas* canvas_;
};

}  // namespace p2l::ui
