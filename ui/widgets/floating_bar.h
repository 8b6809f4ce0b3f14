// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace p2l::ui {

/// A row of controls that floats over the lower edge of its parent, in its middle.
class FloatingBar : public QWidget {
  Q_OBJECT
 public:
  FloatingBar(const QString& name, QWidget* parent);

  QHBoxLayout* row() const { return row_; }
  QLabel* addLabel();
  QPushButton* addButton(const QString& text, const QString& help, bool primary = false);
  /// After a change of its contents.
  void place();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  /// Enter presses the button that has the focus.
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QHBoxLayout* row_;
};

}  // namespace p2l::ui
