// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "core/request/request.h"

class QImage;

namespace p2l::ui {

class ImageCanvas;
class RunModel;

/// Shows on a canvas what the model's cursor points at: the measurement or the original before, a step or the result
/// after, and the mask while it is painted.
class CanvasPresenter : public QObject {
  Q_OBJECT
 public:
  /// Belongs to the canvas; the model outlives it.
  CanvasPresenter(RunModel* model, ImageCanvas* canvas);
  /// What the picture before is: the original (of a photo that is damaged: the photo itself) or the measurement.
  static QString beforeText(Mode mode, bool original);

 private:
  void showPhoto();
  void showBefore();
  void showAfter();
  /// The step at the cursor has no picture: the result stays, and the label says why.
  void showMissing();
  void takeAway();
  /// `owner` is what the picture belongs to.
  void show(const QImage& picture, std::shared_ptr<const void> owner, const QString& label);
  QString resultLabel() const;
  /// With the model that a state which is wanted needs.
  QString withModel(const QString& label) const;
  /// With the PSNR, where it is known.
  static QString withValue(const QString& label, double psnr);

  RunModel* model_;
  ImageCanvas* canvas_;
  std::shared_ptr<const void> shown_;
  QString shown_label_;
  bool other_part_ = false;  ///< run and result are of another part of the photo
};

}  // namespace p2l::ui
