// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace p2l::ui {

class ModelStore;

/// Which model, and on what it runs, in the panel: a list with the way to the model manager at its end, the device, and
/// lines about both.
class ModelBox : public QWidget {
  Q_OBJECT
 public:
  explicit ModelBox(ModelStore* store, QWidget* parent = nullptr);

  /// A sentence about the model, and one about the memory that a run needs.
  void showText(const QString& text);
  void showNeeds(const QString& text, bool too_much);

 signals:
  /// A person wants the model manager.
  void managerWanted();

 private:
  void fill();
  void showChosen();

  ModelStore* store_;
  QComboBox* model_;
  QComboBox* device_;
  QLabel* text_;
  QLabel* needs_;
};

/// The devices that can be asked for.
QStringList deviceNames();

}  // namespace p2l::ui
