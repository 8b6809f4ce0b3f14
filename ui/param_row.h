// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <QWidget>

#include "core/api/param_spec.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;

namespace p2l::ui {

/// A spin box over a ParamSpec's range: steps are a fraction of the range, or of the value on a logarithmic scale;
/// Shift makes them ten times as large, Ctrl ten times as small.
class ParamSpinBox : public QDoubleSpinBox {
  Q_OBJECT
 public:
  explicit ParamSpinBox(const ParamSpec& spec, QWidget* parent = nullptr);
  void stepBy(int steps) override;
  QString textFromValue(double value) const override;
  double valueFromText(const QString& text) const override;
  QValidator::State validate(QString& text, int& position) const override;

 protected:
  void wheelEvent(QWheelEvent* event) override;  ///< only with the focus: scrolling a panel must not change it

 private:
  ParamSpec spec_;
};

/// One parameter: label and editor.
class ParamRow : public QWidget {
  Q_OBJECT
 public:
  explicit ParamRow(const ParamSpec& spec, QWidget* parent = nullptr);

  const ParamSpec& spec() const { return spec_; }
  QLabel* label() const { return label_; }
  QWidget* editor() const;
  ParamValue value() const;
  void setValue(const ParamValue& value);  ///< without a signal
  void setDefault(const ParamValue& value);

 signals:
  void edited();
  /// A drag of the slider began or ended: edits in between are one step of undo.
  void dragBoundary();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void buildNumber();
  int sliderFromValue(double value) const;
  double valueFromSlider(int position) const;
  void showState();

  ParamSpec spec_;
  ParamValue default_;
  QLabel* label_ = nullptr;
  QSlider* slider_ = nullptr;
  ParamSpinBox* spin_ = nullptr;
  QComboBox* combo_ = nullptr;
  QCheckBox* check_ = nullptr;
};

}  // namespace p2l::ui
