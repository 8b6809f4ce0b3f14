// SPDX-License-Identifier: GPL-3.0-or-later
// What is lost when the window closes.
#include <QBuffer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QWidget>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "ui/base/frame_image.h"
#include "ui/base/same_masks.h"
#include "ui/document/run_model.h"
#include "ui/files/file_desk.h"
#include "ui/files/kept_result.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {

using Topic = MessageBar::Topic;

namespace {

constexpr qint64 kAtOnce = qint64{1} << 16;  // pixels of a mask that is compared or written in no time

bool isSmall(const QImage& mask) {
  return qint64{mask.width()} * mask.height() <= kAtOnce;
}

/// Of a bit a pixel. A small one on the GUI thread, too.
QByteArray pngOf(const QImage& mask) {
  QByteArray png;
  QBuffer buffer(&png);
  buffer.open(QIODevice::WriteOnly);
  mask.convertToFormat(QImage::Format_Mono, Qt::MonoOnly | Qt::ThresholdDither).save(&buffer, "PNG");
  return png;
}

}  // namespace

bool FileDesk::maskAtStake() const {
  RestoreRequest request;
  const auto mask = document_->pictures(request).mask;
  if (request.degradation().mask != "painted" || document_->mask()->isEmpty()) return false;
  return !isMaskKept(mask);
}

bool FileDesk::isMaskKept(const QImage& mask) const {
  if (missTheSame(mask, kept_mask_)) return true;
  const auto result = document_->result();
  if (result && !document_->hasUnsavedResult() && missTheSame(result->given.mask, mask)) return true;
  const auto& runs = document_->pastRuns().all();
  return std::any_of(runs.begin(), runs.end(), [&](const PastRun& run) {
    return run.saved && run.kind != PastRun::Kind::Lesson && missTheSame(run.pictures.mask, mask);
  });
}

bool FileDesk::missTheSame(const QImage& one, const QImage& other) const {
  return isSmall(one) ? ui::missTheSame(one, other) : masks_->same(one, other).value_or(false);
}

void FileDesk::masksCompared() {
  if (masks_->busy()) return;
  settleFormers([this, formers = formers_](const Former& former) {
    const auto has = [&](const Former& each) {
      return each.result && missTheSame(each.result->given.mask, former.mask);
    };
    return former.unsure && (isMaskKept(former.mask) || std::any_of(formers.begin(), formers.end(), has));
  });
  if (masks_->busy()) return;  // there was more to compare
  for (auto& former : formers_) former.unsure = false;
  if (std::exchange(close_when_compared_, false)) window_->close();
}

void FileDesk::keepMask(const QImage& mask) {
  kept_mask_ = mask;
  mask_timer_.start();
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
  const auto formers = offeredFormers();
  for (const auto& former : formers) {
    const bool is_named = former.result && former.result == document_->result() && document_->hasUnsavedResult();
    if (!is_named) stake.losses << former.loss();
  }
  if (maskAtStake()) stake.losses << tr("The mask painted on %1: it is in no file.").arg(photo);
  stake.can_save = isUnsaved() || !formers.isEmpty();
  for (const auto& others : at_stake_) stake.losses << others();
  return stake;
}

bool FileDesk::isUnsaved() const {
  return document_->hasUnsavedResult() || maskAtStake() || savableAtStake() != nullptr;
}

MessageBar::Topic FileDesk::Former::topic() const {
  return result ? Topic::Unsaved : Topic::Mask;
}

quint64 FileDesk::Former::number() const {
  return result ? reinterpret_cast<quintptr>(result.get()) : static_cast<quint64>(mask.cacheKey());
}

QString FileDesk::Former::loss() const {
  const auto sentence = result ? FileDesk::tr("The result of %1: it is not saved.")
                               : FileDesk::tr("The mask painted on %1: it is in no file.");
  return sentence.arg(photo);
}

QList<FileDesk::Former> FileDesk::offeredFormers() const {
  QList<Former> offered;
  for (const auto& former : formers_) {
    if (messages_->has(former.topic(), former.number())) offered << former;
  }
  return offered;
}

void FileDesk::offerWhatIsNotSaved() {
  document_->endLesson();  // it has set aside what may be lost
  if (document_->photo() == nullptr) return;
  const auto label = document_->photo()->label;
  const auto result = document_->result();
  if (document_->hasUnsavedResult()) offerFormer({result, {}, label, {}, false, {}});
  const auto mask = document_->mask()->image();
  if (!maskAtStake() || (result && missTheSame(result->given.mask, mask))) return;  // a result is saved with its mask
  offerFormer({{}, mask, label, {}, masks_->busy(), {}});
}

void FileDesk::writePng(Former& former) {
  for (const auto& each : formers_) {
    if (each.number() == former.number() && !each.png.isEmpty()) former.png = each.png;
  }
  if (former.result || !former.png.isEmpty()) return;
  if (isSmall(former.mask)) {
    former.png = pngOf(former.mask);
    return;
  }
  mask_files_.start([mask = former.mask] { return pngOf(mask); },
                    [this, number = former.number()](const QByteArray& png, const QString&) {
                      for (auto& each : formers_) {
                        if (each.number() == number) each.png = png;
                      }
                      emit offersChanged();
                    });
}

void FileDesk::offerFormer(Former former) {
  writePng(former);
  formers_ = offeredFormers();
  formers_.removeIf([&](const Former& each) { return each.number() == former.number(); });
  formers_ << former;
  const bool is_refused = !former.refusal.isEmpty();
  const auto sentence = is_refused      ? former.refusal
                        : former.result ? tr("The result of %1 was not saved.").arg(former.photo)
                                        : former.loss();
  messages_->offer(
      former.topic(), sentence, is_refused ? tr("Save as…") : tr("Save it…"),
      [this, former] {
        offerFormer(former);  // until it is saved
        askSaveFormer(former);
      },
      former.number());
  emit offersChanged();
}

void FileDesk::offerRefused(const ResultPtr& result, const QString& photo, const QString& sentence) {
  offerFormer({result, {}, photo, {}, false, sentence});
}

void FileDesk::settleResult(const ResultPtr& result) {
  settleFormers([&](const Former& former) { return former.result && former.result == result; });
}

QString FileDesk::keptOffers() const {
  QJsonArray masks;
  for (const auto& former : offeredFormers()) {
    if (former.result || former.png.isEmpty()) continue;  // the history has it, or the session; it is being written
    masks << QJsonObject{{QStringLiteral("photo"), former.photo},
                         {QStringLiteral("mask"), QString::fromLatin1(former.png.toBase64())}};
  }
  return masks.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(masks).toJson());
}

void FileDesk::takeUpOffers(const QString& kept) {
  const auto masks = QJsonDocument::fromJson(kept.toUtf8()).array();
  for (const auto& each : masks) {
    const auto png = QByteArray::fromBase64(each[QStringLiteral("mask")].toString().toLatin1());
    const auto mask = QImage::fromData(png, "PNG").convertToFormat(QImage::Format_Grayscale8);
    if (!mask.isNull()) offerFormer({{}, mask, each[QStringLiteral("photo")].toString(), png, false, {}});
  }
  settleOwn();
}

void FileDesk::askSaveFormer(const Former& former) {
  if (!former.result) return askSaveMask(former.mask, former.photo);
  const auto path = askPictureName(tr("Save result"), tr("restored"), former.photo);
  if (path.isEmpty()) {
    close_when_saved_ = false;
  } else {
    writeResult(former.result, path);
  }
}

void FileDesk::settleFormers(const std::function<bool(const Former&)>& saved) {
  for (const auto& former : formers_) {
    if (saved(former)) messages_->clear(former.topic(), former.number());
  }
  if (formers_.removeIf(saved) > 0) emit offersChanged();
}

void FileDesk::settleOwn() {
  if (formers_.isEmpty() || document_->photo() == nullptr) return;
  const auto result = document_->hasUnsavedResult() ? document_->result() : nullptr;
  const auto mask = maskAtStake() ? document_->mask()->image() : QImage();
  settleFormers([&](const Former& former) {
    if (former.photo != document_->photo()->label) return false;
    return former.result ? former.result == result : !mask.isNull() && former.mask == mask;
  });
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
                   settleFormers([&](const Former& former) { return !former.result && former.mask == mask; });
                   keepMask(mask);
                   emit status(tr("Saved %1").arg(path));
                   if (std::exchange(close_when_saved_, false)) window_->close();
                 });
}

void FileDesk::saveForLeaving() {
  close_when_saved_ = true;  // asks again when there is more
  if (document_->hasUnsavedResult()) return askSaveResult();
  if (const auto formers = offeredFormers(); !formers.isEmpty()) return askSaveFormer(formers.first());
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

void FileDesk::settledForLeaving() {
  if (!std::exchange(close_when_settled_, false)) return;
  settled_ = true;
  window_->close();
  settled_ = false;
}

bool FileDesk::mayClose() {
  if (!settled_) {
    for (const auto& begin : settling_) close_when_settled_ = begin() || close_when_settled_;
    if (close_when_settled_) return false;
  }
  const auto stake = atStake();
  if (masks_->busy()) {  // whether the mask would be lost is not known yet
    close_when_compared_ = true;
    return false;
  }
  if (!stake.losses.isEmpty()) {
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
