// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/project_file.h"

#include <QFile>
#include <algorithm>
#include <memory>
#include <utility>

#include "core/archive/project.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

bool samePhoto(const std::shared_ptr<const OpenedPhoto>& one, const std::shared_ptr<const OpenedPhoto>& other) {
  return one && other && (one == other || (!one->sha256.empty() && one->sha256 == other->sha256));
}

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Without those that the disk has refused, and with those of the photo that a large history has not shown yet. Not on
/// the GUI thread.
std::vector<std::string> runsOnDisk(std::vector<std::string> runs, const std::string& photo_sha256,
                                    const RunArchive& history) {
  std::erase_if(runs, [&](const auto& id) { return !QFile::exists(QString::fromStdString(history.resultPath(id))); });
  for (const auto& kept : history.all()) {
    if (kept.photo_sha256 == photo_sha256 && !contains(runs, kept.id)) runs.push_back(kept.id);
  }
  return runs;
}

/// The run of this id with its pictures; without a result where there is none.
PastRun runOf(const std::string& id, const std::shared_ptr<const OpenedPhoto>& photo, const RunArchive& history) {
  if (id.empty()) return PastRun();
  try {
    return withPictures(pastRunFrom(readKeptRun(history.runFolder(id))), photo,
                        QString::fromStdString(history.resultPath(id)));
  } catch (const std::exception&) {
    return PastRun();  // photo and settings are there still
  }
}

struct ReadProject {
  PastRun document;  ///< photo, settings, mask and kernel
  PastRun shown;     ///< the run whose result was shown; without a result: none was
};

/// Not on the GUI thread. @throws Error
ReadProject readProject(const QString& path, const QString& history_folder) {
  RunArchive history(history_folder.toStdString());
  const auto project = openProject(path.toStdString(), history);
  ReadProject read;
  auto& run = read.document;
  run.request = project.settings;
  run.photo_label = QString::fromStdString(project.photo_label);
  run.photo_sha256 = project.photo_sha256;
  run.photo_path = project.photo_path;
  auto photo =
      std::make_shared<OpenedPhoto>(*openPhotoFile(QString::fromStdString(project.photo_path), run.photo_label));
  photo->sha256 = project.photo_sha256;
  run.photo = photo;
  auto given = std::make_shared<RequestPictures>(project.pictures);
  if (!given->masks.empty()) run.pictures.mask = qimageFromImage(given->masks.front());
  if (!given->kernels.empty()) run.pictures.kernel = {given, &*given->kernels.front()};
  read.shown = runOf(project.shown, run.photo, history);
  return read;
}

}  // namespace

ProjectFile::ProjectFile(RunModel* document, const QString& history, QObject* parent)
    : QObject(parent), document_(document), history_(history) {
  timer_.setSingleShot(true);
  timer_.setInterval(kDelayMs);
  connect(&timer_, &QTimer::timeout, this, &ProjectFile::documentChanged);
  connect(&timer_, &QTimer::timeout, this, &ProjectFile::settleOwn);
  const auto soon = [this] {
    if (!timer_.isActive()) timer_.start();
  };
  connect(document, &RunModel::settingsChanged, this, soon);
  connect(document->mask(), &MaskEditor::changed, this, soon);
  connect(document, &RunModel::photoChanged, this, &ProjectFile::photoChanged);
  connect(document, &RunModel::resultReady, this, [this] {
    if (document_->inLesson()) return;
    run_made_ = run_made_ || !path().isEmpty();
    documentChanged();
  });
}

ProjectFile::Content ProjectFile::now() const {
  Content content;
  content.photo = document_->openedPhoto();
  content.pictures = document_->pictures(content.request);
  for (const auto& run : document_->pastRuns().all()) {
    if (content.photo && !run.id.empty() && run.photo_sha256 == content.photo->sha256) content.runs.push_back(run.id);
  }
  if (const int shown = document_->shownRun(); shown >= 0) content.shown = document_->pastRuns().all()[shown].id;
  return content;
}

bool ProjectFile::isOfProject(const Content& content) const {
  return !path_.isEmpty() && samePhoto(content.photo, kept_.photo);
}

bool ProjectFile::differs(const Content& content) const {
  return run_made_ || content.pictures.mask != kept_.pictures.mask ||
         content.pictures.kernel != kept_.pictures.kernel ||
         jsonFromRequest(content.request) != jsonFromRequest(kept_.request);
}

QString ProjectFile::path() const {
  return !path_.isEmpty() && samePhoto(document_->openedPhoto(), kept_.photo) ? path_ : QString();
}

bool ProjectFile::isChanged() const {
  return !path().isEmpty() && differs(now());
}

void ProjectFile::documentChanged() {
  if (document_->inLesson()) return;
  last_ = now();
  emit changed();
}

void ProjectFile::photoChanged() {
  if (document_->inLesson()) return;
  if (!opening_ && isOfProject(last_) && !samePhoto(last_.photo, document_->openedPhoto())) leave(last_);
  documentChanged();
}

void ProjectFile::leave(const Content& content) {
  if (!differs(content)) return;
  settleSame(path_, content);  // offered once
  left_ << LeftContent{{++last_left_, path_}, content};
  emit leftUnsaved(last_left_, path_);
}

void ProjectFile::open(const QString& path) {
  work_.start([path, folder = history_] { return readProject(path, folder); },
              [this, path](const ReadProject& read, const QString& problem) {
                if (!problem.isEmpty()) {
                  emit failed(problem);
                  return;
                }
                emit opening();
                if (const auto before = now(); isOfProject(before)) leave(before);
                opening_ = true;
                document_->showRun(read.shown.result ? read.shown : read.document, /*keep=*/false, &read.document);
                opening_ = false;
                path_ = path;
                run_made_ = false;
                kept_ = now();
                document_->history()->load();
                documentChanged();
                if (kept_.request.degradation().mask == "painted") emit maskKept(kept_.pictures.mask);
                emit opened(path);
                // What the views make of it in this turn of the event loop is no change of a person's.
                QTimer::singleShot(0, this, [this, path] {
                  if (path_ == path) kept_ = now();
                });
              });
}

void ProjectFile::write(const Content& content, const QString& path, std::function<void(const RunIds& written)> done,
                        std::function<void()> refused) {
  work_.start(
      [this, content, path] {
        document_->history()->wait();  // runs that are being written
        Project project;
        project.photo_label = content.photo->label.toStdString();
        project.photo_path = content.photo->path.toStdString();
        project.photo_sha256 = content.photo->sha256;
        project.settings = content.request;
        project.pictures = requestPicturesFrom(content.pictures);
        const auto history = RunArchive::asItIs(history_.toStdString());  // its disk may be full, or gone
        project.runs = runsOnDisk(content.runs, project.photo_sha256, history);
        if (contains(project.runs, content.shown)) project.shown = content.shown;
        saveProject(path.toStdString(), project, history, *content.photo->photo);
        return project.runs;
      },
      [this, path, mask = content.pictures.mask, done = std::move(done), refused = std::move(refused)](
          const RunIds& written, const QString& problem) {
        if (!problem.isEmpty()) {
          emit failed(problem);
          if (refused) refused();
          return;
        }
        done(written);
        emit maskKept(mask);
        emit saved(path);
        emit changed();
      });
}

void ProjectFile::save(const QString& path) {
  const auto content = now();
  if (!content.photo) return;
  const auto done = [this, content, path, last = last_left_](const RunIds& written) {
    path_ = path;
    kept_ = content;
    settleLeft(path, last);  // they would take the place of what is newer
    const auto runs = now().runs;
    run_made_ = samePhoto(content.photo, document_->openedPhoto()) &&
                !std::all_of(runs.begin(), runs.end(), [&](const std::string& id) { return contains(written, id); });
  };
  write(content, path, done, {});
}

QList<ProjectFile::Left> ProjectFile::left() const {
  return {left_.begin(), left_.end()};
}

void ProjectFile::settleLeft(const QString& path, quint64 last) {
  QList<quint64> settled;
  for (const auto& each : left_) {
    if (each.path == path && each.number <= last) settled << each.number;
  }
  settle(settled);
}

void ProjectFile::settle(const QList<quint64>& numbers) {
  left_.removeIf([&](const LeftContent& each) { return numbers.contains(each.number); });
  for (const auto number : numbers) emit leftSettled(number);
}

bool ProjectFile::isSame(const Content& one, const Content& other) {
  return samePhoto(one.photo, other.photo) && one.runs == other.runs && one.pictures.mask == other.pictures.mask &&
         one.pictures.kernel == other.pictures.kernel && jsonFromRequest(one.request) == jsonFromRequest(other.request);
}

void ProjectFile::settleSame(const QString& path, const Content& content) {
  QList<quint64> same;
  for (const auto& each : left_) {
    if (each.path == path && isSame(each.content, content)) same << each.number;
  }
  settle(same);
}

void ProjectFile::settleOwn() {
  if (left_.isEmpty() || opening_ || document_->inLesson() || !isChanged()) return;  // or it would be in no place
  settleSame(path_, now());
}

void ProjectFile::saveLeft(quint64 number) {
  const auto found = std::find_if(left_.begin(), left_.end(), [&](const auto& each) { return each.number == number; });
  if (found == left_.end()) return;
  const auto left = *found;
  const auto done = [this, left](const RunIds&) {
    if (left.path == path_) kept_ = left.content;
    settleLeft(left.path, left.number);
  };
  const auto refused = [this, left] {
    for (const auto& each : left_) {
      if (each.number == left.number) return emit leftUnsaved(left.number, left.path);
    }
  };
  write(left.content, left.path, done, refused);
}

void ProjectFile::takeUp(const QString& path) {
  path_ = path;
  kept_ = {document_->openedPhoto(), {}, {}, {}, {}};
  run_made_ = true;  // what is in the file is not known
  documentChanged();
}

}  // namespace p2l::ui
