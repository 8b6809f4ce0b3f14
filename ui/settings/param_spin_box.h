// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

#include "core/types/param_spec.h"

namespace p2l::ui {

/// A spin box over a ParamSpec's range. One step is the spec's, or else a round number: about a hundredth of the range,
/// or one unit of the second digit on a logarithmic scale. Shift makes it ten times as large, Ctrl ten times as small.
/// A typed number outside the range is clamped, and outOfRange says so.
class ParamSpinBox : public QDoubleSpinBox {
  Q_OBJECT
 public:
  explicit ParamSpinBox(const ParamSpec& spec, QWidget* parent = nullptr);

  /// So many steps, each `factor` (10, 1 or 0.1) times as large as usual.
  void stepFinely(int steps, double factor);
  /// What the modifiers mean: Shift 10, Ctrl 0.1, else 1.
  static double factorOf(Qt::KeyboardModifiers modifiers);
  /// Where a logarithmic scale begins; the range itself may begin at 0.
  double logMinimum() const;

  void stepBy(int steps) override;
  QString textFromValue(double value) const override;
  double valueFromText(const QString& text) const override;
  QValidator::State validate(QString& text, int& position) const override;
  void fixup(QString& text) const override;

 signals:
  /// A person typed a number that is not allowed.
  void outOfRange(double typed, double taken);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  double stepped(double value, int direction, double factor) const;
  bool numberOf(QString text, double* value) const;

  ParamSpec spec_;
  int wheel_ = 0;  ///< eighths of a degree not yet turned into a step
};

}  // namespace p2l::ui
