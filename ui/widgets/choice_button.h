// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRadioButton>

namespace p2l::ui {

/// A radio button whose text is broken into lines where it is wider than its place.
class ChoiceButton : public QRadioButton {
  Q_OBJECT
 public:
  explicit ChoiceButton(const QString& text, QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool hitButton(const QPoint& point) const override { return rect().contains(point); }

 private:
  int indent() const;
};

}  // namespace p2l::ui
