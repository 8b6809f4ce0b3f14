// SPDX-License-Identifier: GPL-3.0-or-later
// Results that the history does not take, because its disk is full or read-only.
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/files/document_desk.h"
#include "ui/jobs/session_keeper.h"
#include "ui/widgets/message_bar.h"

namespace p2l::ui {

void DocumentDesk::keepRefused(const QString& id, const QString& sentence) {
  const auto& past = document_->pastRuns();
  const int place = past.indexOf(id.toStdString());
  if (place < 0) return;
  if (const auto again = refused_.find(id.toStdString()); again != refused_.end()) {
    again->second.asked = false;  // it is said, and with the session if that could be
    return;
  }
  auto run = past.all()[place];
  if (!run.result || !run.photo) return messages_->showProblem(MessageBar::Topic::Run, sentence);  // they had to go
  run.steps.clear();
  run.latents.reset();
  refused_[run.id] = {run};
  session_->keepRefused(run, [this, run, sentence](const QString& problem) {
    if (!refused_.contains(run.id)) return;  // the history has it by now
    const auto where =
        problem.isEmpty()
            ? tr("The result of %1 is kept for after a crash, and goes when the window is closed: save it.")
            : tr("The result of %1 is only in memory, and goes with the program: save it elsewhere.");
    emit resultRefused(run.result, run.photo_label, sentence + QLatin1Char(' ') + where.arg(run.photo_label));
  });
}

void DocumentDesk::runIsKept(const QString& id) {
  settleRefused(id.toStdString());
  const auto& past = document_->pastRuns();
  for (auto& [refused_id, refused] : refused_) {
    if (std::exchange(refused.asked, true)) continue;
    const int place = past.indexOf(refused_id);
    const bool is_whole = place >= 0 && past.all()[place].result && past.all()[place].photo;
    document_->history()->keep(is_whole ? past.all()[place] : refused.run);
  }
}

void DocumentDesk::settleRefused(const std::string& id) {
  const auto refused = refused_.extract(id);
  if (refused.empty()) return;
  session_->dropRefused(id);
  emit resultSettled(refused.mapped().run.result);
}

}  // namespace p2l::ui
