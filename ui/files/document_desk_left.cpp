// SPDX-License-Identifier: GPL-3.0-or-later
// What earlier sessions have left: how it is offered and brought back.
#include <QFileInfo>
#include <algorithm>

#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/files/document_desk.h"
#include "ui/files/recent_files.h"
#include "ui/jobs/session_keeper.h"
#include "ui/widgets/message_bar.h"

namespace p2l::ui {

using Topic = MessageBar::Topic;

bool DocumentDesk::offerNextSession(QStringList said) {
  QStringList put_aside;
  auto sessions = SessionKeeper::left(folder_, &put_aside);
  for (const auto& folder : put_aside) said << tr("An earlier session cannot be read; it is kept as %1.").arg(folder);
  sessions.removeIf([this](const LeftSession& each) { return passed_over_.contains(each.folder); });
  if (sessions.isEmpty()) {
    if (!said.isEmpty()) messages_->showProblem(Topic::Start, said.join(QLatin1Char(' ')));
    return !said.isEmpty();
  }
  const auto& left = sessions.first();
  auto sentence = sentenceOf(left);
  const auto missing = std::count_if(left.refused.begin(), left.refused.end(), [this](const QString& id) {
    return !document_->history()->isOnDisk(id.toStdString());  // it may have taken them since
  });
  if (missing > 0) sentence += QLatin1Char(' ') + tr("Results that the history could not take: %1.").arg(missing);
  if (sessions.size() > 1)
    sentence += QLatin1Char(' ') + tr("Sessions before it, offered next: %1.").arg(sessions.size() - 1);
  said << sentence;
  std::function<void()> decline;
  if (left.closed) {
    offered_closed_ = left.folder;
    decline = [this, left] {
      SessionKeeper::discard(left);
      offerLeftSession();
    };
  }
  messages_->offer(
      Topic::Start, said.join(QLatin1Char(' ')), tr("Bring it back"), [this, left] { recover(left); }, 0, decline);
  return true;
}

QString DocumentDesk::sentenceOf(const LeftSession& left) const {
  const auto& photo = left.run.photo_label;
  if (left.closed)
    return tr("The comparison of the last session is kept, with %1, its settings and its mask. Dismissing this "
              "discards it.")
        .arg(photo);
  if (left.step == 0)
    return tr("The last session ended unexpectedly: %1, its settings and its mask are kept.").arg(photo);
  if (left.ended)
    return tr("The last session ended unexpectedly. No disk took the result of a run on %1; its last "
              "picture before it is kept.")
        .arg(photo);
  return tr("The last session ended unexpectedly in step %1 of %2 of a run on %3.")
      .arg(left.step)
      .arg(left.step_count)
      .arg(photo);
}

QString DocumentDesk::problemOfRecovering(const LeftSession& left) const {
  if (document_->isRunning()) return RunModel::runInProgressText();
  if (document_->inLesson()) return tr("A lesson is open: close it first.");  // it would take the session along
  if (!unsaved_() || document_->photo() == nullptr) return {};
  return tr("%1 is not brought back yet: it would take the place of %2, whose mask, result or project is not saved. "
            "Save it, or open another photo.")
      .arg(left.run.photo_label, document_->photo()->label);
}

void DocumentDesk::passOver(const LeftSession& left, const QString& problem) {
  const auto sayGone = [&] {
    offerNextSession({tr("The session of %1 is gone: its folder was removed.").arg(left.run.photo_label)});
  };
  if (!QFileInfo::exists(left.folder)) return sayGone();
  const auto photo = QString::fromStdString(left.run.photo_path);
  if (!photo.isEmpty() && !QFileInfo::exists(photo)) {  // it may be on a disk that is not there now
    passed_over_ << left.folder;
    offerNextSession({problem, tr("Its session is kept, and offered again at the next start.")});
    return;
  }
  const auto kept = SessionKeeper::putAside(left);
  if (kept.isEmpty()) return sayGone();
  passed_over_ << kept;
  offerNextSession({tr("The session of %1 cannot be read; it is kept as %2.").arg(left.run.photo_label, kept)});
}

void DocumentDesk::recover(const LeftSession& left) {
  struct Found {
    LeftDocument left;
    std::map<QString, QString> texts;
  };
  offered_closed_.clear();
  QStringList names;
  for (const auto& [name, bring_back] : bring_back_) names << name;
  work_.start(
      [left, names] {
        Found found{SessionKeeper::read(left), {}};
        for (const auto& name : names) found.texts[name] = SessionKeeper::readText(left, name);
        return found;
      },
      [this, left](Found found, const QString& problem) {
        if (!problem.isEmpty()) return passOver(left, problem);
        if (const auto obstacle = problemOfRecovering(left); !obstacle.isEmpty()) {
          offerLeftSession();
          messages_->showProblem(Topic::Run, obstacle);  // before the offer
          return;
        }
        auto& [document, run, refused] = found.left;
        if (run) run->name = tr("%1, up to step %2").arg(run->name).arg(left.step);
        if (!run && !refused.empty() && refused.back().photo_sha256 == document.photo_sha256) run = refused.back();
        for (const auto& each : refused) {
          if (!run || each.id != run->id) document_->keepAgain(each);
        }
        document_->showLeft(document, run, [&] {
          for (const auto& [name, text] : found.texts) {
            if (!text.isEmpty()) bring_back_.at(name)(text);
          }
        });
        if (const auto* photo = document_->photo()) rememberPhotoFolder(photo->path);
        std::vector<std::string> runs;
        if (run) runs.push_back(run->id.empty() ? document_->pastRuns().all().back().id : run->id);
        for (const auto& id : left.refused) runs.push_back(id.toStdString());
        discardWhenKept(left, runs);
      });
}

}  // namespace p2l::ui
