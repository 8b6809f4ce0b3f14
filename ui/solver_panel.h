// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/api/catalogue.h"
#include "core/api/request.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QUndoStack;

namespace p2l::ui {

class ParamPanel;

/// How the picture is restored: solver, preset, parameters, sampler, prompt, seed, model, device and working size.
class SolverPanel : public QWidget {
  Q_OBJECT
 public:
  SolverPanel(const Catalogue& catalogue, QUndoStack* undo_stack, QWidget* parent = nullptr);

  std::string solver() const;
  void setSolver(const std::string& id);
  /// The presets and defaults depend on the task.
  void setDegradation(const std::string& id);
  /// The working size: 0 as it is, else the side of the centre square.
  int workingSize() const;
  void setWorkingSize(int side);
  void setModelText(const QString& text);

  void writeTo(RestoreRequest& request) const;
  void readFrom(const RestoreRequest& request);

 signals:
  void changed();
  void workingSizeChanged(int side);
  void modelRequested(const QString& name_or_folder);

 private:
  QWidget* buildMore();
  void showSolver();
  void showPresets();
  void applyPreset(int index);
  void markCustom();
  std::string model() const;
  std::vector<const Preset*> presets() const;

  const Catalogue& catalogue_;
  std::string degradation_;
  QComboBox* solver_ = nullptr;
  QLabel* solver_help_ = nullptr;
  QComboBox* preset_ = nullptr;
  ParamPanel* params_ = nullptr;
  ParamPanel* sampler_ = nullptr;
  QLineEdit* prompt_ = nullptr;
  QSpinBox* seed_ = nullptr;
  QComboBox* size_ = nullptr;
  QComboBox* model_ = nullptr;
  QComboBox* device_ = nullptr;
  QLabel* model_text_ = nullptr;
};

}  // namespace p2l::ui
