// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/types/param_spec.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QWidget;

namespace p2l::ui {

class ParamSpinBox;

/// The label and the editor of one parameter, placed in three columns of a grid.
class ParamRow : public QObject {
  Q_OBJECT
 public:
  /// The same in every panel, so that the sliders of two panels stand in one line.
  static constexpr int kLabelWidth = 84, kWidestLabel = 120;
  static constexpr int kColumns = 4;  ///< of the grid: label, two for the editor, and the gap to a row beside this one

  /// The widgets become children of `parent`.
  ParamRow(const ParamSpec& spec, QWidget* parent);

  const ParamSpec& spec() const { return spec_; }
  /// `label_over`: in a line of its own above the editor, for narrow columns and large text. `block`: beside how many
  /// other rows it stands.
  void addTo(QGridLayout* grid, int row, bool label_over = false, int block = 0);
  QLabel* label() const { return label_; }
  QWidget* editor() const;  ///< what has the keyboard focus
  QSlider* slider() const { return slider_; }

  ParamValue value() const;
  void setValue(const ParamValue& value);  ///< without a signal; of the wrong type: ignored
  void setDefault(const ParamValue& value);
  /// Whether the formula's letter stands beside the name.
  void showSymbol(bool shown);
  void setVisible(bool visible);
  /// What the signal `edited` was last emitted for, or was set.
  const ParamValue& settled() const { return settled_; }

 signals:
  /// A person changed the value from `before`.
  void edited(const p2l::ParamValue& before);
  /// A drag of the slider began or ended: edits in between are one step of undo.
  void dragBoundary();
  /// One sentence about a number that was typed and is not allowed.
  void clamped(const QString& sentence);
  /// A person wants to choose the file or folder.
  void browseWanted();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void buildNumber(QWidget* parent);
  /// As wide as its font needs.
  void fitSpin();
  void buildText(QWidget* parent);
  void describe();
  QString defaultText() const;
  void valueEdited();
  bool sliderKey(int key, Qt::KeyboardModifiers modifiers);
  int sliderFromValue(double value) const;
  double valueFromSlider(int position) const;
  void showState();
  /// The label takes the room of this text, so that a bold name moves nothing.
  void reserveLabel(const QString& widest);
  void sayClamped(double typed, double taken);

  ParamSpec spec_;
  bool symbol_shown_ = true, label_over_ = false;
  ParamValue default_;
  ParamValue settled_;
  QLabel* label_ = nullptr;
  QSlider* slider_ = nullptr;
  ParamSpinBox* spin_ = nullptr;
  QComboBox* combo_ = nullptr;
  QCheckBox* check_ = nullptr;
  QLineEdit* line_ = nullptr;
  QPushButton* browse_ = nullptr;
};

}  // namespace p2l::ui
