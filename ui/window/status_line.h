// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStatusBar>
#include <string>

#include "ui/base/background_work.h"

class QLabel;

namespace p2l::ui {

class ImageCanvas;
class RunModel;

/// The line at the bottom: photo with size, colours and depth; what a run will do; the pixel under the pointer; model
/// and device on the right. Notes and messages lie over it for a moment.
class StatusLine : public QStatusBar {
  Q_OBJECT
 public:
  StatusLine(RunModel* model, const ImageCanvas* canvas, QWidget* parent = nullptr);

  QString photoText() const;
  QString planText() const;
  QString deviceText() const;
  /// Model and device, at the right.
  QWidget* end() const;
  /// Where notes and messages stand: left of what stays on the right.
  QRect messageRoom() const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showPhoto();
  void showPlan();
  void showModel();
  void askForDevice(const std::string& device);

  RunModel* model_;
  QLabel *photo_, *plan_, *device_;
  std::string device_asked_;  ///< as the settings have it
  QString device_name_;       ///< what that is here; empty: not known yet
  BackgroundWork looking_;
};

}  // namespace p2l::ui
