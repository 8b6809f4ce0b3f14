// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>

class QLabel;
class QPushButton;

namespace p2l::ui {

class FloatingBar;
class FramePicker;
class ImageCanvas;
class PartRun;
class RunModel;

/// "Try on a part" on a canvas: a rectangle is dragged over the picture, or taken with Enter, and a run of it alone
/// begins. Its pictures are laid over the photo, and a bar says what they are. Escape takes them away.
class PartTool : public QObject {
  Q_OBJECT
 public:
  /// `done` gets what a run on a part of this size is expected to take, or nothing where that is not known.
  using Predictor = std::function<void(QSize part, std::function<void(const QString& time)> done)>;
  static constexpr int kPredictMs = 80;

  /// Belongs to the canvas; document and run outlive it.
  PartTool(RunModel* document, PartRun* run, ImageCanvas* canvas);

  void setPredictor(Predictor predictor) { predictor_ = std::move(predictor); }
  bool isPicking() const { return picking_; }
  FramePicker* picker() const { return picker_; }
  FloatingBar* bar() const { return bar_; }
  /// What the bar says.
  QString text() const;

 public slots:
  void setPicking(bool picking);

 signals:
  void pickingChanged(bool picking);
  /// Why there is no run of a part, a sentence.
  void failed(const QString& sentence);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void pick(const QRect& frame);
  void predict();
  void show();
  void showInset();
  QString stateText() const;

  RunModel* document_;
  PartRun* run_;
  ImageCanvas* canvas_;
  FramePicker* picker_;
  FloatingBar* bar_;
  QLabel* label_ = nullptr;
  QPushButton *whole_ = nullptr, *result_ = nullptr, *again_ = nullptr, *other_ = nullptr, *close_ = nullptr;
  Predictor predictor_;
  QTimer timer_;
  QString time_;
  bool picking_ = false;
  qint64 inset_ = 0;  ///< key of the picture that lies over the canvas
};

}  // namespace p2l::ui
