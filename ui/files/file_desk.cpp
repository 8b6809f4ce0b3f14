// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_desk.h"

#include <QFileInfo>
#include <QSettings>
#include <QWidget>
#include <utility>

#include "core/api/files.h"
#include "core/api/session.h"
#include "ui/base/frame_image.h"
#include "ui/base/same_masks.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/mask_editor.h"
#include "ui/document/request_files.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/files/kept_result.h"
#include "ui/language/numbers.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

constexpr int kFrameMs = 120;
constexpr int kCompareMs = 300;  // after the last change

QString saveFilter() {
  return FileDesk::tr("PNG (*.png);;JPEG (*.jpg);;TIFF (*.tif);;WebP (*.webp)");
}

/// What is written is an input of the document or of others: a sentence about it.
QString inputText(const QString& input, const QString& path) {
  const std::pair<QString, QString> sentences[] = {
      {QStringLiteral("photo"), FileDesk::tr("%1 is the photo that is open: choose another name.")},
      {QStringLiteral("mask"), FileDesk::tr("%1 is the mask that is in use: choose another name.")},
      {QStringLiteral("kernel"), FileDesk::tr("%1 is the blur kernel that is in use: choose another name.")},
      {QStringLiteral("embedding"), FileDesk::tr("%1 is the embedding that is in use: choose another name.")},
      {QStringLiteral("compared picture"), FileDesk::tr("%1 is a picture that is compared: choose another name.")}};
  for (const auto& [what, sentence] : sentences) {
    if (input.contains(what)) return sentence.arg(path);
  }
  return FileDesk::tr("%1 belongs to the model that is in use: choose another name.").arg(path);
}

}  // namespace

FileDesk::FileDesk(RunModel* document, CurvesPlot* curves, MessageBar* messages, QWidget* window)
    : QObject(window),
      document_(document),
      curves_(curves),
      messages_(messages),
      window_(window),
      masks_(new SameMasks(this)) {
  connect(&opener_, &PhotoOpener::opened, this, &FileDesk::photoOpened);
  connect(&opener_, &PhotoOpener::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::Photo, sentence); });
  connect(document_, &RunModel::resultReady, this, &FileDesk::keep);
  connect(document_, &RunModel::otherPhotoComing, this, &FileDesk::offerWhatIsNotSaved);
  connect(document_, &RunModel::broughtBack, this, &FileDesk::settleOwn);
  connect(document_, &RunModel::resultTaken, this, &FileDesk::settleOwn);
  connect(masks_, &SameMasks::found, this, &FileDesk::masksCompared);
  mask_timer_.setSingleShot(true);
  mask_timer_.setInterval(kCompareMs);
  connect(&mask_timer_, &QTimer::timeout, this, [this] { (void)maskAtStake(); });
  const auto soon = [this] { mask_timer_.start(); };
  connect(document_->mask(), &MaskEditor::changed, this, soon);
  for (const auto signal : {&RunModel::settingsChanged, &RunModel::runKept, &RunModel::resultTaken})
    connect(document_, signal, this, soon);
  for (const auto signal : {&RunModel::resultReady, &RunModel::broughtBack}) connect(document_, signal, this, soon);
  connect(curves_, &CurvesPlot::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
  curves_->setSaveCheck([this](const QString& path) { return problemOfSaving(path); });
}

bool FileDesk::mayLose(const Image& image, const QString& path, int bits, QString* lost) {
  SavingLoss loss;
  try {
    loss = lossOfSaving(image, path.toStdString(), bits);
  } catch (const std::exception&) {
    return true;  // writing says what is wrong with the name
  }
  if (!loss.any()) return true;
  *lost = QString::fromStdString(loss.sentence());
  const auto format = QString::fromStdString(loss.format);
  QStringList losses;
  if (loss.transparency)
    losses << tr("A %1 has no transparency: white takes its place. PNG, TIFF and WebP keep it.").arg(format);
  if (loss.bits > 0)
    losses << tr("A %1 has 8 bits, and the photo has %2: PNG and TIFF keep them.").arg(format).arg(loss.bits);
  return dialogs_.lose(window_, path, losses);
}

void FileDesk::write(const ResultPtr& result, const Image& image, const QString& path, const RestoreRequest& request,
                     std::function<void()> done) {
  auto given = result->given;
  if (!keep_exif_ && given.origin)
    given.origin = std::make_shared<const PhotoOrigin>(PhotoOrigin{given.origin->bits, {}});
  QString lost;
  if (!mayLose(image, path, given.origin ? given.origin->bits : PhotoOrigin().bits, &lost)) {
    close_when_saved_ = false;
    return;
  }
  opener_.save({result, &image}, path, jsonForPicture(request, result->outcome.report), given,
               [this, path, lost, done](const QString& problem, const QString& remark) {
                 if (!problem.isEmpty()) {
                   close_when_saved_ = false;
                   return messages_->showProblem(Topic::File, problem);
                 }
                 messages_->clear(Topic::File);
                 rememberSaved(path);
                 emit status(tr("Saved %1").arg(path));
                 const auto rest = remark.mid(remark.startsWith(lost) ? lost.size() : 0).trimmed();
                 if (!rest.isEmpty()) messages_->showNote(Topic::File, rest);
                 if (done) done();
               });
}

void FileDesk::writeResult(const ResultPtr& result, const QString& path) {
  write(result, result->outcome.picture, path, result->outcome.report.request, [this, result, path] {
    if (result == document_->result()) {
      document_->markSaved();
      forgetKeptResult();
      mask_timer_.start();
    }
    settleFormers([&](const Former& former) { return former.result == result; });
    emit resultSaved(path);
    if (std::exchange(close_when_saved_, false)) window_->close();
  });
}

void FileDesk::saveResult(const QString& path) {
  if (const auto result = document_->result()) writeResult(result, path);
}

void FileDesk::saveMeasurement(const QString& path) {
  const auto measured = document_->measured();
  if (!measured) return;
  write(measured, measured->outcome.measurement, path, requestOfMeasurement(measured->outcome.report.request), {});
}

QString FileDesk::askName(const QString& title, const QString& proposal, const QString& filter) {
  const auto path = dialogs_.save_file(window_, title, proposal, filter);
  const auto problem = path.isEmpty() ? QString() : problemOfSaving(path);
  if (problem.isEmpty()) return path;
  messages_->showProblem(Topic::File, problem);
  return {};
}

QString FileDesk::problemOfSaving(const QString& path, bool is_mask) const {
  OutputCheck check;
  if (const auto* photo = document_->photo()) check.reads("the photo", photo->path.toStdString());
  std::vector<RestoreRequest> requests{document_->request()};
  if (const auto result = document_->result()) requests.push_back(result->outcome.report.request);
  for (const auto& former : formers_) {
    if (former.result) requests.push_back(former.result->outcome.report.request);
  }
  for (auto& request : requests) {
    for (auto& each : request.degradations) {
      if (is_mask) each.mask.clear();  // a mask that was changed may go back to its file
    }
    stateFiles(request, check);
  }
  for (const auto& state : inputs_) state(check);
  check.writes({}, path.toStdString());
  const auto refusal = check.refusal();
  switch (refusal.why) {
    case OutputCheck::Refusal::Why::None:
      return {};
    case OutputCheck::Refusal::Why::Input:
      return inputText(QString::fromStdString(refusal.input), path);
    case OutputCheck::Refusal::Why::ReadOnly:
      return tr("%1 is there already and read-only: choose another name.").arg(path);
  }
  return {};
}

QString FileDesk::askPictureName(const QString& title, const QString& suffix, const QString& photo) {
  const auto base = photo.isEmpty() ? QStringLiteral("photo") : QFileInfo(photo).completeBaseName();
  return askName(title, QStringLiteral("%1/%2-%3.png").arg(lastFolder(), base, suffix), saveFilter());
}

void FileDesk::askSaveResult() {
  if (!document_->result()) {
    return messages_->showProblem(Topic::File, tr("There is no result yet: press Run first."));
  }
  const auto path = askPictureName(tr("Save result"), tr("restored"), document_->photo()->label);
  if (path.isEmpty()) {
    close_when_saved_ = false;
  } else {
    saveResult(path);
  }
}

void FileDesk::askSaveMeasurement() {
  const auto measured = document_->measured();
  if (!measured || measured->outcome.measurement.empty()) {
    return messages_->showProblem(Topic::File, tr("There is no measurement yet: open a photo first."));
  }
  const auto path = askPictureName(tr("Save measurement"), tr("measurement"), document_->photo()->label);
  if (!path.isEmpty()) saveMeasurement(path);
}

void FileDesk::askExportCsv() {
  exportCurves(tr("Export curves as CSV"), tr("CSV (*.csv)"), QStringLiteral("curves.csv"), false);
}

void FileDesk::askExportPdf() {
  exportCurves(tr("Export curves as PDF"), tr("PDF (*.pdf)"), QStringLiteral("curves.pdf"), true);
}

void FileDesk::exportCurves(const QString& title, const QString& filter, const QString& proposal, bool pdf) {
  if (curves_->runCount() == 0) {
    return messages_->showProblem(Topic::File, tr("There are no curves yet: press Run first."));
  }
  const auto folder = QSettings().value(QStringLiteral("save_folder")).toString();
  const auto path = askName(title, folder.isEmpty() ? proposal : folder + QLatin1Char('/') + proposal, filter);
  if (path.isEmpty()) return;
  QString error;
  if (pdf ? curves_->exportPdf(path, &error) : curves_->exportCsv(path, &error)) {
    rememberSaved(path);
    emit status(tr("Saved %1").arg(path));
  } else {
    messages_->showProblem(Topic::File, error);
  }
}

void FileDesk::askExportSheet() {
  const auto* photo = document_->photo();
  const auto result = document_->result();
  const auto title = photo == nullptr || !result
                         ? QString()
                         : tr("%1: %2, %3 seconds")
                               .arg(photo->label)
                               .arg(solverText(document_->catalogue(), result->outcome.report.request.solver))
                               .arg(numberText(result->outcome.report.seconds, 1));
  exportEvolution(tr("Export contact sheet"), saveFilter(), QStringLiteral("steps.png"),
                  [title](const Evolution& evolution, const QString& path) {
                    writePhoto(imageFromQImage(contactSheet(evolution, title)), path.toStdString(), {});
                  });
}

void FileDesk::askExportAnimation() {
  exportEvolution(tr("Export animation"), tr("Animated WebP (*.webp)"), QStringLiteral("steps.webp"),
                  [](const Evolution& evolution, const QString& path) {
                    writeAnimation(animationFrames(evolution), kFrameMs, path.toStdString());
                  });
}

void FileDesk::exportEvolution(const QString& title, const QString& filter, const QString& suffix,
                               const std::function<void(const Evolution&, const QString& path)>& write) {
  Evolution evolution;
  evolution.result = document_->result();
  if (!evolution.result) return messages_->showProblem(Topic::File, tr("There is no result yet: press Run first."));
  if (!document_->stepsAreOfResult())
    return messages_->showProblem(Topic::File,
                                  tr("These steps led to no result: wait for the run's end, or run again."));
  for (const auto& [step, snapshot] : document_->steps().all()) evolution.steps.push_back(snapshot);
  const auto base = QFileInfo(document_->photo()->label).completeBaseName();
  const auto path = askName(title, QStringLiteral("%1/%2-%3").arg(lastFolder(), base, suffix), filter);
  if (path.isEmpty()) return;
  opener_.workOn([write, evolution, path] { write(evolution, path); },
                 [this, path](const QString& problem, const QString&) {
                   if (!problem.isEmpty()) return messages_->showProblem(Topic::File, problem);
                   messages_->clear(Topic::File);
                   emit status(tr("Saved %1").arg(path));
                 });
}

void FileDesk::askSaveEmbedding() {
  const auto result = document_->result();
  if (!result || result->outcome.embedding.empty()) {
    return messages_->showProblem(Topic::File, tr("There is no tuned embedding yet: press Run first."));
  }
  const auto base = QFileInfo(document_->photo()->label).completeBaseName();
  const auto path = askName(tr("Save tuned embedding"), QStringLiteral("%1/%2.safetensors").arg(lastFolder(), base),
                            tr("Prompt embedding (*.safetensors)"));
  if (path.isEmpty()) return;
  opener_.workOn([result, path] { writeEmbedding(result->outcome.embedding, path.toStdString()); },
                 [this, path](const QString& problem, const QString&) {
                   if (!problem.isEmpty()) return messages_->showProblem(Topic::File, problem);
                   messages_->clear(Topic::File);
                   emit status(tr("Saved %1").arg(path));
                 });
}

void FileDesk::askOpenEmbedding() {
  const auto path = dialogs_.open_file(window_, tr("Start from embedding"), lastFolder(),
                                       tr("Prompt embedding, textual inversion (*.safetensors);;All files (*)"));
  if (path.isEmpty()) return;
  opener_.workOn(
      [path] {
        if (!textualInversionIn(path.toStdString())) readEmbedding(path.toStdString());  // throws, where it is none
      },
      [this, path](const QString& problem, const QString&) {
        if (!problem.isEmpty()) {
          return messages_->showProblem(Topic::File,
                                        tr("%1: choose a file that Save tuned embedding has written.").arg(problem));
        }
        messages_->clear(Topic::File);
        emit embeddingOpened(path);
      });
}

void FileDesk::keep(const ResultPtr& result) {
  if (document_->history() != nullptr || document_->inLesson()) return;  // which has it, or lets it pass
  const auto& outcome = result->outcome;
  opener_.save({result, &outcome.picture}, keptResultPath(), jsonFromRequest(outcome.report.request), result->given,
               [this](const QString& problem, const QString&) {
                 if (!problem.isEmpty()) messages_->showProblem(Topic::File, problem);
               });
}

void FileDesk::offerKeptResult() {
  const auto path = keptResultFromBefore();
  if (path.isEmpty()) return;
  constexpr quint64 kBesideTheSession = 1;  // which is offered, too
  messages_->offer(
      Topic::Start, tr("A result that was not saved has been recovered from the last session."), tr("Open it"),
      [this, path] { open(path); }, kBesideTheSession);
}

}  // namespace p2l::ui
