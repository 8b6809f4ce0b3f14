// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <vector>

class QWidget;

namespace p2l::ui {

/// Keeps the order of Tab as the layouts have it, from top to bottom and from left to right: Qt has the order in which
/// controls were made, and panels make theirs anew for another task or solver.
class TabOrder : public QObject {
  Q_OBJECT
 public:
  explicit TabOrder(QWidget* root);

 public slots:
  /// Puts new controls into their places, soon.
  void refresh();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void apply();

  QWidget* root_;
  std::vector<QPointer<QWidget>> chain_;
  QTimer timer_;
};

/// What Tab can reach within `root`, in the order of its layouts, hidden or not.
std::vector<QWidget*> tabChain(QWidget* root);

}  // namespace p2l::ui
