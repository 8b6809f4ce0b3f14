// SPDX-License-Identifier: GPL-3.0-or-later
// Results that the history does not take, because its disk is full or read-only, and left sessions that have some.
#include <algorithm>
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/files/document_desk.h"
#include "ui/jobs/session_keeper.h"
#include "ui/widgets/message_bar.h"

namespace p2l::ui {

void DocumentDesk::answer(const std::function<void()>& act) {
  const bool awaited = awaitsRefused();
  act();
  if (refused_.empty()) {
    ask_again_.stop();
  } else if (!ask_again_.isActive()) {
    ask_again_.start();
  }
  if (awaited && !awaitsRefused()) emit refusedAnswered();
}

void DocumentDesk::keepRefused(const QString& id, const QString& sentence, bool has_picture) {
  const auto& past = document_->pastRuns();
  const int place = past.indexOf(id.toStdString());
  if (place < 0) return;
  auto run = past.all()[place];
  const auto known = refused_.find(run.id);
  const bool is_new = known == refused_.end();
  if (!is_new) known->second.asked = false;
  if (!run.result || !run.photo) {  // they had to go
    if (is_new) messages_->showProblem(MessageBar::Topic::Run, sentence);
    return;
  }
  if (!is_new && known->second.run.result == run.result) return;  // it is said, and with the session if that could be
  run.steps.clear();
  run.latents.reset();
  auto& refused = refused_[run.id];
  const auto former = std::exchange(refused.run, run);
  if (has_picture && !refused.offered) {
    const auto numbers = tr("The history has the result of %1 with its former numbers, and not with the new ones.");
    if (is_new)
      messages_->showProblem(MessageBar::Topic::Run, sentence + QLatin1Char(' ') + numbers.arg(run.photo_label));
    return;
  }
  const auto valuesOf = [](const PastRun& each) { return each.outcome.report.request.sampler_values; };
  const bool is_said = refused.offered && valuesOf(former) == valuesOf(run);
  if (!is_said) {
    if (const auto before = std::exchange(refused.offered, run.result)) emit resultSettled(before);
  }
  session_->keepRefused(run, [this, run, sentence, is_said](const QString& problem) {
    if (is_said || !refused_.contains(run.id)) return;  // its numbers are new; or the history has it by now
    const auto where =
        problem.isEmpty()
            ? tr("The result of %1 is kept for after a crash, and goes when the window is closed: save it.")
            : tr("The result of %1 is only in memory, and goes with the program: save it elsewhere.");
    emit resultRefused(run.result, run.photo_label, sentence + QLatin1Char(' ') + where.arg(run.photo_label));
  });
}

void DocumentDesk::runIsKept(const QString& id) {
  answer([&] {
    settleRefused(id.toStdString());
    askRefusedAgain();
  });
  discardBroughtBack();
}

bool DocumentDesk::awaitsRefused() const {
  return std::any_of(refused_.begin(), refused_.end(), [](const auto& each) { return each.second.asked; });
}

bool DocumentDesk::askRefusedAgain() {
  const auto& past = document_->pastRuns();
  for (auto& [refused_id, refused] : refused_) {
    if (std::exchange(refused.asked, true)) continue;
    const int place = past.indexOf(refused_id);
    const bool is_whole = place >= 0 && past.all()[place].result && past.all()[place].photo;
    document_->history()->keep(is_whole ? past.all()[place] : refused.run);
  }
  return awaitsRefused();
}

void DocumentDesk::settleRefused(const std::string& id) {
  const auto refused = refused_.extract(id);
  if (refused.empty() || !refused.mapped().offered) return;
  session_->dropRefused(id);
  emit resultSettled(refused.mapped().offered);
}

void DocumentDesk::renewRefused(const PastRun& run) {
  const auto found = refused_.find(run.id);
  if (found == refused_.end()) return;
  auto& refused = found->second;
  refused.run.name = run.name;
  refused.run.renamed = run.renamed;
  refused.run.starred = run.starred;
  if (refused.offered) session_->keepRefused(refused.run, [](const QString&) {});  // where it is, is said
}

void DocumentDesk::discardWhenKept(const LeftSession& left, const std::vector<std::string>& runs) {
  brought_back_[left.folder] = runs;
  session_->hurry();
  discardBroughtBack([this, left] {
    passed_over_ << left.folder;
    offerLeftSession();
  });
}

void DocumentDesk::discardBroughtBack(std::function<void()> done) {
  if (brought_back_.empty()) return;
  work_.start(
      [this, sessions = brought_back_] {
        const bool written = session_->wait();
        document_->history()->wait();
        return written ? discardIfOnDisk(sessions) : QStringList();
      },
      [this, done = std::move(done)](const QStringList& gone, const QString&) {
        for (const auto& folder : gone) brought_back_.erase(folder);
        if (done) done();
      });
}

QStringList DocumentDesk::discardIfOnDisk(const BroughtBack& sessions) const {
  QStringList gone;
  for (const auto& [folder, runs] : sessions) {
    LeftSession left;
    left.folder = folder;
    const bool kept = std::all_of(runs.begin(), runs.end(),
                                  [this](const std::string& id) { return document_->history()->isOnDisk(id); });
    if (!kept) continue;
    SessionKeeper::discard(left);
    gone << folder;
  }
  return gone;
}

}  // namespace p2l::ui
