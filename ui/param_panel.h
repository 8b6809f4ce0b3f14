// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <vector>

#include "core/api/param_spec.h"

class QFormLayout;
class QToolButton;
class QUndoStack;

namespace p2l::ui {

class ParamRow;

/// Rows for a list of ParamSpec: slider and spin box for numbers (logarithmic where the spec asks), combo box for
/// choices, check box for flags. Knows no parameter by name. Values that differ from the default have a bold label; a
/// double-click on the label resets. Advanced rows are folded away.
class ParamPanel : public QWidget {
  Q_OBJECT
 public:
  /// `undo_stack` gets one command per drag or edit; null: no undo.
  explicit ParamPanel(QUndoStack* undo_stack = nullptr, QWidget* parent = nullptr);
  ~ParamPanel() override;

  /// Builds new rows with the specs' defaults.
  void setSpecs(const std::vector<ParamSpec>& specs);
  /// What the bold labels and the reset refer to; keys that are missing keep the specs' defaults.
  void setDefaults(const ParamValues& values);
  ParamValues values() const;
  /// Keys that the panel does not have are ignored; missing ones keep their value. No undo command, no signal.
  void setValues(const ParamValues& values);
  /// The widget that holds the keyboard focus of a row; null when there is no such key. For tests and tab order.
  QWidget* editorOf(const std::string& key) const;

 signals:
  /// A person changed a value.
  void valuesChanged();

 private:
  friend class ParamCommand;
  void rowEdited(ParamRow* row);
  void applyFromUndo(const std::string& key, const ParamValue& value);

  QUndoStack* undo_stack_;
  QFormLayout* basic_ = nullptr;
  QWidget* advanced_box_ = nullptr;
  QToolButton* advanced_button_ = nullptr;
  std::vector<ParamRow*> rows_;
  int undo_series_ = 0;
};

}  // namespace p2l::ui
