// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>
#include <vector>

#include "core/types/param_spec.h"

class QGridLayout;
class QSlider;
class QToolButton;
class QUndoStack;

namespace p2l::ui {

class ParamRow;

/// Rows for a list of ParamSpec: slider and spin box for numbers (logarithmic where the spec asks), combo box for
/// choices, check box for flags, line for texts. Knows no parameter by name. Values that differ from the default have a
/// bold label; a double-click on the label resets. Advanced rows are folded away.
class ParamPanel : public QWidget {
  Q_OBJECT
 public:
  /// Edits that follow each other within this time, of one row, are one step of undo (turning the wheel).
  static constexpr int kMergeMs = 700;

  /// `undo_stack` gets one command per drag or edit; null: no undo. `advanced_title`: of the fold.
  explicit ParamPanel(QUndoStack* undo_stack = nullptr, const QString& advanced_title = {}, QWidget* parent = nullptr);
  ~ParamPanel() override;

  /// Builds new rows with the specs' defaults. Commands about the former rows lose their effect.
  void setSpecs(const std::vector<ParamSpec>& specs);
  /// What the bold labels and the reset refer to; keys that are missing keep the specs' defaults.
  void setDefaults(const ParamValues& values);
  ParamValues values() const;
  /// Keys that the panel does not have are ignored; missing ones keep their value. No undo command, no signal.
  void setValues(const ParamValues& values);
  /// The same as one step of undo named `text`, with the signal.
  void changeValues(const ParamValues& values, const QString& text);
  /// The widget that holds the keyboard focus of a row; null when there is no such key.
  QWidget* editorOf(const std::string& key) const;
  /// The slider of a number; null when there is none.
  QSlider* sliderOf(const std::string& key) const;
  bool advancedShown() const;
  /// The common settings alone, without the letters of formulas.
  void setPlain(bool plain);
  /// So many rows stand beside each other, first to second from left to right; 1 at first.
  void setColumns(int columns);
  /// Names stand above their sliders, not beside them: for narrow columns and large text.
  void setLabelsOver(bool over);

 public slots:
  void showAdvanced(bool shown);

 signals:
  /// Values changed: by a person, by changeValues, by undo or redo.
  void valuesChanged();
  /// One sentence about a typed number that is out of range.
  void clamped(const QString& sentence);
  /// A person wants to choose the file or folder of this row.
  void browseWanted(const std::string& key);

 private:
  friend class ParamCommand;
  ParamRow* rowOf(const std::string& key) const;
  void placeRows();
  void makeGrid(QWidget* parent) const;
  void rowEdited(ParamRow* row, const ParamValue& before);
  void push(const ParamValues& before, const ParamValues& after, const QString& text);
  void applyFromUndo(const ParamValues& values);

  QUndoStack* undo_stack_;
  QString advanced_title_;
  QWidget* advanced_box_ = nullptr;
  QToolButton* advanced_button_ = nullptr;
  std::vector<ParamRow*> rows_;
  bool any_advanced_ = false, plain_ = false, labels_over_ = false;
  int columns_ = 1;
  bool advanced_shown_ = false;  ///< kept over new specs
  int generation_ = 0;           ///< counts setSpecs
  int series_ = 0;               ///< edits of one series and row merge
  QElapsedTimer last_edit_;
};

}  // namespace p2l::ui
