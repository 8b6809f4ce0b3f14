// SPDX-License-Identifier: GPL-3.0-or-later
// What is lost when the window closes.
#include <QFileInfo>
#include <QWidget>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/base/frame_image.h"
#include "ui/document/run_model.h"
#include "ui/files/file_desk.h"
#include "ui/files/kept_result.h"
#include "ui/widgets/file_filters.h"
#include "ui/widgets/message_bar.h"

namespace p2l::ui {

using Topic = MessageBar::Topic;

bool FileDesk::maskAtStake() const {
  RestoreRequest request;
  const auto mask = document_->pictures(request).mask;
  if (request.degradation().mask != "painted" || document_->mask()->isEmpty()) return false;
  const auto result = document_->result();
  const bool in_result = result && !document_->hasUnsavedResult() && result->given.mask == mask;
  return !in_result && mask != kept_mask_;
}

AtStake FileDesk::atStake() const {
  AtStake stake;
  const auto photo = document_->photo() != nullptr ? document_->photo()->label : QString();
  if (document_->isRunning()) {
    const bool began = document_->steps().runId() == document_->runId();
    stake.losses << (began ? tr("%1, in progress: step %2 of %3.")
                                 .arg(document_->runLabel())
                                 .arg(document_->lastStep())
                                 .arg(document_->stepCount())
                           : tr("%1, which has just begun.").arg(document_->runLabel()));
  }
  if (document_->hasUnsavedResult()) stake.losses << tr("The result of %1: it is not saved.").arg(photo);
  if (messages_->has(Topic::Unsaved)) stake.losses << tr("The result of the photo before: it is not saved.");
  if (messages_->has(Topic::Mask)) stake.losses << tr("The mask of the photo before: it is in no file.");
  if (maskAtStake()) stake.losses << tr("The mask painted on %1: it is in no file.").arg(photo);
  stake.can_save =
      document_->hasUnsavedResult() || messages_->has(Topic::Unsaved) || maskAtStake() || savableAtStake() != nullptr;
  for (const auto& others : at_stake_) stake.losses << others();
  return stake;
}

void FileDesk::offerWhatIsNotSaved() {
  if (document_->photo() == nullptr) return;
  const auto label = document_->photo()->label;
  const auto result = document_->result();
  if (document_->hasUnsavedResult()) offerUnsaved(result, label);
  const auto mask = document_->mask()->image();
  if (!maskAtStake() || (result && result->given.mask == mask)) return;  // a result is saved with its mask
  messages_->offer(Topic::Mask, tr("The mask painted on %1: it is in no file.").arg(label), tr("Save it…"),
                   [this, mask, label] { askSaveMask(mask, label); });
}

void FileDesk::askSaveMask(const QImage& mask, const QString& photo) {
  const auto base = QFileInfo(photo).completeBaseName();
  auto path = dialogs_.save_file(window_, tr("Export mask"), QStringLiteral("%1/%2-mask.png").arg(lastFolder(), base),
                                 tr("PNG (*.png)"));
  const auto problem = path.isEmpty() ? QString() : problemOfSaving(path, /*is_mask=*/true);
  if (!problem.isEmpty()) messages_->showProblem(Topic::File, problem);
  if (path.isEmpty() || !problem.isEmpty()) {
    close_when_saved_ = false;
    return;
  }
  if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".png");
  opener_.workOn([mask, path] { writePhoto(imageFromQImage(mask), path.toStdString(), {}); },
                 [this, mask, path](const QString& failure, const QString&) {
                   if (!failure.isEmpty()) {
                     close_when_saved_ = false;
                     return messages_->showProblem(Topic::File, failure);
                   }
                   messages_->clear(Topic::Mask);
                   keepMask(mask);
                   emit status(tr("Saved %1").arg(path));
                   if (std::exchange(close_when_saved_, false)) window_->close();
                 });
}

void FileDesk::saveForLeaving() {
  close_when_saved_ = true;  // asks again when there is more
  if (document_->hasUnsavedResult()) return askSaveResult();
  if (messages_->has(Topic::Unsaved)) return askSaveFormer();
  if (const auto* savable = savableAtStake()) return savable->save();  // a project takes the mask, too
  askSaveMask(document_->mask()->image(), document_->photo()->label);
}

const FileDesk::Savable* FileDesk::savableAtStake() const {
  const auto found =
      std::find_if(savable_.begin(), savable_.end(), [](const Savable& savable) { return savable.at_stake(); });
  return found != savable_.end() ? &*found : nullptr;
}

void FileDesk::savedForLeaving(bool saved) {
  if (std::exchange(close_when_saved_, false) && saved) window_->close();
}

bool FileDesk::mayClose() {
  if (const auto stake = atStake(); !stake.losses.isEmpty()) {
    const auto answer = dialogs_.leave(window_, stake);
    if (answer == Leave::Stay) return false;
    if (answer == Leave::Save) {
      saveForLeaving();
      return false;
    }
  }
  opener_.waitForFiles();
  forgetKeptResult();
  return true;
}

}  // namespace p2l::ui
