// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/run_job.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QUndoStack;

namespace p2l::ui {

class MaskEditor;
class MaskToolBar;
class ModeCard;
class ParamPanel;
class SeedBox;

/// What happened to the picture: Restore or Demonstrate, the degradation with its parameters, mask and kernel, noise.
class DegradationPanel : public QWidget {
  Q_OBJECT
 public:
  enum class MaskSource { Random, Painted, File };

  /// `catalogue` and `mask_editor` outlive the panel.
  DegradationPanel(const Catalogue& catalogue, MaskEditor* mask_editor, QUndoStack* undo_stack,
                   QWidget* parent = nullptr);

  Mode mode() const;
  void setMode(Mode mode);
  std::string degradation() const;
  void setDegradation(const std::string& id);
  MaskSource maskSource() const;
  void setMaskSource(MaskSource source);
  ParamPanel* params() const { return params_; }

  /// How many times as wide as the opened picture the result is: more than 1 when a measurement is enlarged.
  int outputScale() const;
  /// Whether the mask is to be painted on the canvas now.
  bool isPainting() const;
  /// The button that says so; the window gives it a shortcut.
  QPushButton* paintButton() const { return paint_; }
  /// A mask from a picture of the working size. @return false, with failed() emitted, when that does not work.
  bool loadMask(const QString& path);
  /// A blur kernel from a picture. @return false, with failed() emitted, when it cannot be read.
  bool loadKernel(const QString& path);

  /// Fills the degradation's part of a request and the pictures that go with it.
  void writeTo(RestoreRequest& request, JobPictures& pictures) const;
  /// Shows a request's degradation. @return a sentence for each part that cannot be had any more.
  QStringList readFrom(const RestoreRequest& request);

 signals:
  void changed();
  void modeChanged();
  void degradationChanged(const QString& id);
  void maskPaintingChanged(bool painting);
  void failed(const QString& sentence);
  /// A note about a value that was typed.
  void clamped(const QString& sentence);

 private:
  QWidget* buildModes();
  QWidget* buildTask(QUndoStack* undo_stack);
  QWidget* buildMask();
  QWidget* buildKernel();
  QWidget* buildNoise(QUndoStack* undo_stack);
  void connectChanges();
  void showDegradation();
  void showMaskSource();
  void showKernel();
  void showNoise();
  void chooseMaskSource();
  void clearKernel();
  const DegradationInfo& info() const;

  const Catalogue& catalogue_;
  MaskEditor* mask_editor_;
  ModeCard* demonstrate_ = nullptr;
  ModeCard* restore_ = nullptr;
  QComboBox* task_ = nullptr;
  QLabel* task_help_ = nullptr;
  ParamPanel* params_ = nullptr;

  QWidget* mask_box_ = nullptr;
  QComboBox* mask_source_ = nullptr;
  QPushButton* paint_ = nullptr;
  MaskToolBar* mask_tools_ = nullptr;
  MaskSource shown_source_ = MaskSource::Random;
  QString mask_path_;  ///< of a mask from a file
  bool loading_mask_ = false;

  QWidget* kernel_box_ = nullptr;
  QLabel* kernel_picture_ = nullptr;
  QLabel* kernel_text_ = nullptr;
  QPushButton* kernel_clear_ = nullptr;
  QString kernel_path_;
  std::shared_ptr<const Image> kernel_;

  ParamPanel* noise_ = nullptr;
  QLabel* noise_help_ = nullptr;
  SeedBox* seed_ = nullptr;
};

}  // namespace p2l::ui
