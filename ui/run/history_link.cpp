// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/history_link.h"

#include "ui/base/past_runs.h"
#include "ui/style/studio_style.h"

namespace p2l::ui {

HistoryLink::HistoryLink(const PastRuns* runs, QWidget* parent) : QToolButton(parent), runs_(runs) {
  setLook(this, Look::Link);
  setAccessibleName(tr("All runs of the history"));
  setToolTip(tr("All earlier runs: search, star, rename, bring back (Ctrl+H)"));
  setFocusPolicy(Qt::StrongFocus);
  connect(runs, &PastRuns::changed, this, &HistoryLink::showCount);
  showCount();
}

void HistoryLink::showCount() {
  const auto count = runs_->all().size();
  setText(tr("History: %1 ▸").arg(count));
  setVisible(count > 0 && parentWidget() != nullptr);  // without a parent it would be a window
}

}  // namespace p2l::ui
