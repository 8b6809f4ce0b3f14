// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace p2l::ui {

class PastRuns;

/// Beside the cards of the history: how many runs there are, and the way to all of them. Hidden while there is none.
class HistoryLink : public QToolButton {
  Q_OBJECT
 public:
  /// `runs` outlives the link.
  explicit HistoryLink(const PastRuns* runs, QWidget* parent = nullptr);

 private:
  void showCount();

  const PastRuns* runs_;
};

}  // namespace p2l::ui
