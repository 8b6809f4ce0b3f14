// SPDX-License-Identifier: GPL-3.0-or-later
// What comes in: photos, results, projects, folders, the clipboard.
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QSettings>
#include <QUrl>
#include <algorithm>
#include <utility>

#include "core/archive/project.h"
#include "ui/base/run_keeper.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/files/file_desk.h"
#include "ui/files/recent_files.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

constexpr quint64 kNamedFiles = 1;  // what else is said at the start has 0

QStringList localFiles(const QMimeData* data) {
  QStringList files;
  for (const auto& url : data != nullptr ? data->urls() : QList<QUrl>()) {
    if (url.isLocalFile()) files << url.toLocalFile();
  }
  return files;
}

/// The photo that a result names, at its place or beside the result; empty: it is not there.
QString photoOf(const QString& named, const QString& result) {
  for (const auto& folder : {QDir::current(), QFileInfo(result).dir()}) {
    for (const auto& name : {named, QFileInfo(named).fileName()}) {
      if (QFileInfo(folder.filePath(name)).isFile()) return folder.filePath(name);
    }
  }
  return {};
}

/// The runs of this request, as it was stated or as it was run, wherever their photo was.
std::vector<PastRun> runsOf(const PastRuns& past, RestoreRequest request) {
  request.photo.clear();
  const auto wanted = jsonFromRequest(request);
  const auto isWanted = [&](RestoreRequest made) {
    made.photo.clear();
    return jsonFromRequest(made) == wanted;
  };
  std::vector<PastRun> runs;
  for (const auto& run : past.all()) {
    if (isWanted(run.outcome.report.request) || isWanted(run.request)) runs.push_back(run);
  }
  return runs;
}

/// The run whose result a file is: one of `made` where it is of this photo, else as the file states it. Not on the GUI
/// thread. @throws Error
PastRun runOfFile(PastRun stated, const std::vector<PastRun>& made, const QString& photo, const QString& result) {
  const auto opened = openPhotoFile(photo);
  const auto known =
      std::find_if(made.rbegin(), made.rend(), [&](const PastRun& run) { return run.photo_sha256 == opened->sha256; });
  if (known != made.rend()) {
    stated = *known;
    stated.saved = true;
    if (stated.result && stated.photo) return stated;
  }
  return withPictures(std::move(stated), opened, result);
}

}  // namespace

void FileDesk::open(const QString& path) {
  if (isProjectFile(path.toStdString())) {
    emit projectWanted(path);
  } else if (QFileInfo(path).isDir()) {
    emit batchWanted({path});
  } else {
    opener_.open(path);
  }
}

void FileDesk::openPaths(const QStringList& paths) {
  if (paths.size() > 1) {
    emit batchWanted(paths);
  } else if (!paths.isEmpty()) {
    open(paths.first());
  }
}

void FileDesk::offerQueue(const QStringList& paths) {
  QStringList absolute;
  for (const auto& path : paths) absolute << QFileInfo(path).absoluteFilePath();
  messages_->offer(
      Topic::Start,
      tr("Of the %1 files that were named only %2 is opened: the queue restores all of them, one after the "
         "other, with the settings of this window.")
          .arg(paths.size())
          .arg(QFileInfo(paths.first()).fileName()),
      tr("Add to the queue"), [this, absolute] { emit batchWanted(absolute); }, kNamedFiles);
}

void FileDesk::addRecent(const QString& path) {
  addRecentFile(path);
  emit recentChanged();
}

void FileDesk::openImage(const QImage& image, const QString& label) {
  opener_.openImage(image, label);
}

bool FileDesk::canOpen(const QMimeData* data) {
  return data != nullptr && (data->hasImage() || !localFiles(data).isEmpty());
}

bool FileDesk::openData(const QMimeData* data) {
  if (const auto paths = localFiles(data); !paths.isEmpty()) {
    openPaths(paths);
    return true;
  }
  if (data == nullptr || !data->hasImage()) return false;
  const auto image = qvariant_cast<QImage>(data->imageData());
  if (image.isNull()) return false;
  openImage(image, tr("Pasted picture"));
  return true;
}

void FileDesk::paste() {
  if (!openData(QGuiApplication::clipboard()->mimeData())) {
    messages_->showProblem(Topic::Photo, tr("The clipboard holds no picture: copy one first."));
  }
}

void FileDesk::askOpen() {
  const auto path = dialogs_.open_file(window_, tr("Open photo"),
                                       QSettings().value(QStringLiteral("folder")).toString(), pictureOrAnyFilter());
  if (!path.isEmpty()) open(path);
}

void FileDesk::photoOpened(const std::shared_ptr<const OpenedPhoto>& photo) {
  newest_ = photo;
  const auto* history = document_->history();
  if (!photo->photo->request_json.empty() && history != nullptr && history->isLoading()) {  // it may have the run
    const auto again = [this, photo] {
      if (photo == newest_) photoOpened(photo);
    };
    connect(history, &RunKeeper::loaded, this, again, Qt::SingleShotConnection);
    return;
  }
  QString missing;
  if (!showAsResult(photo, &missing)) showPhoto(photo, missing);
}

bool FileDesk::showAsResult(const std::shared_ptr<const OpenedPhoto>& opened, QString* missing) {
  if (opened->photo->request_json.empty()) return false;
  auto run = std::make_shared<PastRun>();
  try {
    run->request = requestFromJson(opened->photo->request_json);
  } catch (const std::exception&) {
    return false;  // of a later version
  }
  const auto named = QString::fromStdString(run->request.photo);
  if (named.isEmpty()) return false;  // a measurement
  const auto photo = photoOf(named, opened->path);
  if (photo.isEmpty()) *missing = named;
  if (photo.isEmpty() || QFileInfo(photo) == QFileInfo(opened->path)) return false;
  run->name = opened->label;
  run->saved = true;  // in the file that was opened
  run->outcome.report.request = run->request;
  opener_.workOn([run, photo, made = runsOf(document_->pastRuns(), run->request),
                  path = opened->path] { *run = runOfFile(std::move(*run), made, photo, path); },
                 [this, run, opened](const QString& problem, const QString&) {
                   if (!problem.isEmpty()) return showPhoto(opened);
                   offerWhatIsNotSaved();
                   document_->showRun(*run, /*keep=*/true);
                   addRecent(opened->path);
                   emit this->opened(document_->openedPhoto());
                 });
  return true;
}

void FileDesk::showPhoto(const std::shared_ptr<const OpenedPhoto>& photo, const QString& missing) {
  offerWhatIsNotSaved();
  document_->setPhoto(photo);
  if (!document_->mask()->isEmpty()) {  // it goes along to a photo of the same size
    const auto mask = document_->mask()->image();
    settleFormers([&](const Former& former) { return !former.result && former.mask == mask; });
  }
  if (!photo->path.isEmpty()) addRecent(photo->path);
  QStringList remarks;
  for (const auto& remark : photo->photo->remarks) remarks << QString::fromStdString(remark);
  if (!remarks.isEmpty()) messages_->showNote(Topic::Photo, remarks.join(QLatin1Char(' ')));
  if (!photo->photo->request_json.empty()) offerRecall(photo, missing);
  emit opened(photo);
}

void FileDesk::offerRecall(const std::shared_ptr<const OpenedPhoto>& photo, const QString& missing) {
  const auto sentence =
      missing.isEmpty()
          ? tr("This picture was made by P2L Studio.")
          : tr("This picture was restored from %1, which is neither there nor beside it: it is opened as a new photo.")
                .arg(missing);
  messages_->offer(Topic::Photo, sentence, tr("Recall its settings"), [this, photo] {
    try {
      const auto lost = document_->recall(requestFromJson(photo->photo->request_json), photo->stored);
      if (!lost.isEmpty()) messages_->showNote(Topic::Photo, lost.join(QLatin1Char(' ')));
    } catch (const std::exception& error) {
      messages_->showProblem(Topic::Photo, QString::fromUtf8(error.what()));
    }
  });
}

}  // namespace p2l::ui
