// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QToolButton;

namespace p2l::ui {

/// A few choices side by side of which one is chosen: a row of buttons in one frame. Arrow keys move the choice.
class Segmented : public QWidget {
  Q_OBJECT
 public:
  explicit Segmented(const QString& name, QWidget* parent = nullptr);

  /// `tip` says what the choice does; `keys`, if any, is named with it. @return the button
  QToolButton* add(const QString& text, const QString& tip);
  int count() const { return static_cast<int>(buttons_.size()); }
  /// -1: none.
  int current() const;
  QToolButton* button(int index) const { return buttons_.at(index); }
  /// All parts equally wide.
  void setEven(bool even);

 public slots:
  /// Without chosen(); -1: none.
  void setCurrent(int index);

 signals:
  /// A person chose this.
  void chosen(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  QList<QToolButton*> buttons_;
  bool even_ = false;
};

}  // namespace p2l::ui
