// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace p2l::ui {

class FloatingBar;
class FramePicker;
class ImageCanvas;
class RunModel;

/// The crop tool: the whole photo over the canvas with a rectangle to drag, its aspect, Apply, Cancel and Reset. Enter
/// applies, Escape cancels. What is applied is the document's crop: RunModel::setCrop.
class CropView : public QWidget {
  Q_OBJECT
 public:
  /// Lies over the canvas, whose child it becomes.
  CropView(RunModel* model, ImageCanvas* canvas);

  bool isOpen() const { return isVisibleTo(parentWidget()); }
  FramePicker* picker() const { return picker_; }
  ImageCanvas* photo() const { return photo_; }
  QComboBox* aspects() const { return aspects_; }

 public slots:
  /// Not without a photo, and not during a run.
  void setOpen(bool open);
  void apply();
  void cancel() { setOpen(false); }
  /// The whole photo again, open or not.
  void reset();

 signals:
  void openChanged(bool open);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void buildBar();
  void chooseAspect(int index);
  void fit();

  RunModel* model_;
  ImageCanvas* canvas_;
  ImageCanvas* photo_;
  FramePicker* picker_;
  FloatingBar* bar_;
  QComboBox* aspects_ = nullptr;
  QLabel* size_ = nullptr;
};

}  // namespace p2l::ui
