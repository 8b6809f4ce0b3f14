// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace p2l::ui {

class RunModel;

/// Earlier runs, of this and of former sessions: search, star, rename, delete, bring back, compare several.
class HistoryDialog : public QDialog {
  Q_OBJECT
 public:
  explicit HistoryDialog(RunModel* document, QWidget* parent = nullptr);

 private:
  void showRuns();
  /// As the cards name it.
  QString titleOf(int place) const;
  /// The place of the chosen run in PastRuns; -1: none.
  int chosen() const;
  void bringBack();
  void compare();
  void star();
  void rename();
  void remove();
  void updateButtons();

  RunModel* document_;
  QLineEdit* search_;
  QListWidget* list_;
  QLabel* hint_;
  QPushButton *back_, *compare_, *star_, *rename_, *remove_;
};

}  // namespace p2l::ui
