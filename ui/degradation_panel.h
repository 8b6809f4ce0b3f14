// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/api/catalogue.h"
#include "core/api/request.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QUndoStack;

namespace p2l::ui {

class MaskEditor;
class MaskToolBar;
class ParamPanel;

/// What happened to the picture: Restore or Demonstrate, the degradation with its parameters, noise, mask and kernel.
class DegradationPanel : public QWidget {
  Q_OBJECT
 public:
  enum class MaskSource { Random, Painted };

  DegradationPanel(const Catalogue& catalogue, MaskEditor* mask_editor, QUndoStack* undo_stack,
                   QWidget* parent = nullptr);

  Mode mode() const;
  void setMode(Mode mode);
  std::string degradation() const;
  void setDegradation(const std::string& id);
  MaskSource maskSource() const;
  void setMaskSource(MaskSource source);
  /// Reads a kernel picture. @return false, with failed() emitted, when it cannot be read.
  bool loadKernel(const QString& path);
  MaskToolBar* maskToolBar() const { return mask_tools_; }

  /// Fills the degradation's part of a request and the pictures that go with it.
  void writeTo(RestoreRequest& request, RunInputs& inputs) const;
  /// Shows a request's degradation.
  void readFrom(const RestoreRequest& request);

 signals:
  void changed();
  void degradationChanged(const QString& id);
  /// The mask is to be painted on the canvas now, or no longer.
  void maskPaintingChanged(bool painting);
  void failed(const QString& message);

 private:
  QWidget* buildMode();
  QWidget* buildMask();
  QWidget* buildKernel();
  void showDegradation();
  void showMaskSource();
  const DegradationInfo& info() const;

  const Catalogue& catalogue_;
  MaskEditor* mask_editor_;
  QRadioButton* demonstrate_ = nullptr;
  QRadioButton* restore_ = nullptr;
  QLabel* mode_help_ = nullptr;
  QComboBox* task_ = nullptr;
  QLabel* task_help_ = nullptr;
  ParamPanel* params_ = nullptr;
  QDoubleSpinBox* noise_ = nullptr;
  QSpinBox* seed_ = nullptr;
  QWidget* mask_box_ = nullptr;
  QComboBox* mask_source_ = nullptr;
  MaskToolBar* mask_tools_ = nullptr;
  QWidget* kernel_box_ = nullptr;
  QLabel* kernel_label_ = nullptr;
  QPushButton* kernel_clear_ = nullptr;
  QString kernel_path_;
  Image kernel_;
};

}  // namespace p2l::ui
