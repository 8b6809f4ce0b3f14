// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

class QSpinBox;

namespace p2l::ui {

/// The menu of Made up here: how many further seeds it runs. Remembered.
class MadeUpMenu : public QMenu {
  Q_OBJECT
 public:
  explicit MadeUpMenu(QWidget* parent = nullptr);

  int seeds() const;
  QSpinBox* box() const { return box_; }

 signals:
  void seedsChanged(int seeds);

 private:
  QSpinBox* box_;
};

}  // namespace p2l::ui
