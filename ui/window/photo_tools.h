// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace p2l::ui {

class CanvasBar;
class CropView;
class ImageCanvas;
class MainActions;
class MessageBar;
class ModelDesk;
class PartRun;
class PartTool;
class RunBar;
class RunModel;

/// Crop and "Try on a part": the tools on the canvas with their actions and buttons.
class PhotoTools : public QObject {
  Q_OBJECT
 public:
  struct Parts {
    RunModel* document;
    ImageCanvas* canvas;
    CanvasBar* canvas_bar;
    RunBar* run_bar;
    MessageBar* messages;
    ModelDesk* models;
    MainActions* actions;
  };
  PhotoTools(const Parts& parts, QObject* parent);

  /// Whether the canvas is shown; elsewhere the keys do nothing.
  void setInUse(bool in_use);
  CropView* crop() const { return crop_; }
  PartTool* part() const { return part_; }
  PartRun* partRun() const { return part_run_; }
  /// What closing the window would lose, a sentence each.
  QStringList atStake() const;

 signals:
  void inUseChanged();

 private:
  void connectCrop(const Parts& parts);
  void connectPart(const Parts& parts);

  CropView* crop_;
  PartRun* part_run_;
  PartTool* part_;
  bool in_use_ = true;
};

}  // namespace p2l::ui
