// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QRadioButton;

namespace p2l::ui {

/// A radio button with a sentence under it, framed; a click anywhere chooses it.
class ModeCard : public QFrame {
  Q_OBJECT
 public:
  ModeCard(const QString& title, const QString& sentence, QWidget* parent = nullptr);
  QRadioButton* button() const { return button_; }

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QRadioButton* button_;
};

}  // namespace p2l::ui
