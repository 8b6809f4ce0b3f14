// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSpinBox>

class QFormLayout;

namespace p2l::ui {

/// A spin box for seeds: all of 0 .. 2^64 - 1, which QSpinBox cannot hold.
class SeedBox : public QAbstractSpinBox {
  Q_OBJECT
 public:
  explicit SeedBox(QWidget* parent = nullptr);

  quint64 value() const { return value_; }
  void setValue(quint64 value);

  void stepBy(int steps) override;
  QValidator::State validate(QString& text, int& position) const override;
  void fixup(QString& text) const override;
  QSize sizeHint() const override;

  /// A row of the form: this box beside a button that draws another seed.
  /// @param button, tip accessible name and tooltip of the button
  void addTo(QFormLayout* form, const QString& label, const QString& button, const QString& tip);

 public slots:
  /// A new one of six digits, easy to write down.
  void draw();

 signals:
  void valueChanged(quint64 value);

 protected:
  StepEnabled stepEnabled() const override;

 private:
  void takeText();
  quint64 value_ = 0;
};

}  // namespace p2l::ui
