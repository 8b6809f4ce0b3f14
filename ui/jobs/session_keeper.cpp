// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/session_keeper.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/archive/kept_run.h"
#include "core/types/error.h"
#include "ui/base/frame_image.h"
#include "ui/base/keeping_problem.h"
#include "ui/base/run_keeper.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr int kRunningMs = 1000;
constexpr const char* kRefused = "/refused";
constexpr const char* kNumbers = "/running.json";
constexpr const char* kEnded = "/ended.json";
constexpr const char* kNames = "/session.json";
constexpr QLatin1String kClosed("closed");

/// A step's picture of the run in progress, with what a result of it is made of.
struct Running {
  std::shared_ptr<const Frame> picture;
  QString name;
  int step = 0, steps = 0;
};

QJsonObject jsonOf(const OpenedPhoto& photo, const Running& running) {
  QJsonObject json;
  json[QStringLiteral("photo_path")] = photo.path;
  json[QStringLiteral("photo_label")] = photo.label;
  json[QStringLiteral("photo_sha256")] = QString::fromStdString(photo.sha256);
  json[QStringLiteral("name")] = running.name;
  json[QStringLiteral("step")] = running.step;
  json[QStringLiteral("steps")] = running.steps;
  return json;
}

/// The run in progress up to this step.
RunReport reportUpTo(const RunModel& document, int step) {
  RunReport report;
  report.request = document.runRequest();
  report.noise_level = document.runStart().noise_level;
  report.psnr_measurement = document.runStart().psnr_measurement;
  report.psnr_telea = document.runStart().psnr_telea;
  report.psnr_autoencoder = document.runStart().psnr_autoencoder;
  for (const auto& [number, each] : document.reports()) {
    if (number <= step) report.steps.push_back(each);
  }
  return report;
}

/// The file with the numbers of the run whose last picture is there.
std::string numbersIn(const LeftSession& left) {
  return (left.folder + QLatin1String(left.ended ? kEnded : kNumbers)).toStdString();
}

/// The numbers of the run that was in progress, those of its last picture as the result's.
RunReport readReport(const LeftSession& left) {
  RunReport report;
  try {
    report = reportFromJson(readTextFile(numbersIn(left)));
  } catch (const std::exception&) {
    // of an earlier version, or killed while it was written for the first time: the picture is there without numbers
  }
  auto& steps = report.steps;
  steps.erase(std::remove_if(steps.begin(), steps.end(), [&](const auto& each) { return each.step > left.step; }),
              steps.end());
  if (steps.empty() || steps.back().step != left.step) steps.emplace_back().step = left.step;
  report.seconds = 0.0;
  for (auto& each : steps) {
    each.steps = left.step_count;
    report.seconds += each.seconds;
  }
  report.residual = steps.back().residual;
  if (std::isfinite(steps.back().psnr)) report.metrics["psnr"] = steps.back().psnr;
  return report;
}

/// The run that was in progress.
PastRun readRunning(const LeftSession& left, const std::shared_ptr<const OpenedPhoto>& photo, const QString& picture) {
  auto run = left.run;
  run.request = requestFromJson(readPhoto(picture.toStdString()).request_json);
  run.outcome.status = Outcome::Status::Cancelled;
  run.outcome.message =
      left.ended ? concat("No disk took the result: this is the picture of step ", left.step, " of ", left.step_count)
                 : concat("The program ended after ", left.step, " of ", left.step_count, " steps");
  run.outcome.report = readReport(left);
  run.outcome.report.request = run.request;
  return withPictures(run, photo, picture);
}

/// Where the session has runs that the history has not taken.
QString refusedIn(const QString& folder) {
  return folder + QLatin1String(kRefused);
}

QStringList refusedRuns(const QString& folder) {
  return QDir(refusedIn(folder) + QStringLiteral("/runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

/// They, with their pictures.
std::vector<PastRun> readRefused(const QString& folder) {
  std::vector<PastRun> runs;
  if (refusedRuns(folder).isEmpty()) return runs;
  const RunArchive archive(refusedIn(folder).toStdString());
  for (const auto& kept : archive.all()) {
    try {
      auto run = withPictures(pastRunFrom(kept), QString::fromStdString(archive.photoPath(kept)),
                              QString::fromStdString(archive.resultPath(kept.id)));
      run.thumbnail = QImage(QString::fromStdString(archive.thumbnailPath(kept.id)));
      runs.push_back(std::move(run));
    } catch (const std::exception&) {
      // the session is not discarded, since not all that it names is in the history
    }
  }
  return runs;
}

/// Empty: it is not there, or damaged.
QJsonObject namesIn(const QString& folder) {
  QFile file(folder + QLatin1String(kNames));
  const bool open = file.open(QIODevice::ReadOnly);
  return QJsonDocument::fromJson(open ? file.readAll() : QByteArray()).object();
}

/// What session.json says. False: it is not there, or damaged.
bool readNames(LeftSession* left) {
  const auto json = namesIn(left->folder);
  if (json.isEmpty()) return false;
  left->closed = json[kClosed].toBool();
  left->run.photo_path = json[QStringLiteral("photo_path")].toString().toStdString();
  left->run.photo_label = json[QStringLiteral("photo_label")].toString();
  left->run.photo_sha256 = json[QStringLiteral("photo_sha256")].toString().toStdString();
  if (QFile::exists(left->folder + QStringLiteral("/running.png"))) {
    left->run.name = json[QStringLiteral("name")].toString();
    left->step = json[QStringLiteral("step")].toInt();
    left->step_count = json[QStringLiteral("steps")].toInt();
  }
  return true;
}

/// The same from the settings and the numbers of the run. False: these cannot be read, either.
bool guessNames(LeftSession* left) {
  try {
    const auto at = [left](const char* name) { return (left->folder + QLatin1Char('/')).toStdString() + name; };
    const auto photo = requestFromJson(readPhoto(at("state.png")).request_json).photo;
    left->run.photo_label = QFileInfo(QString::fromStdString(photo)).fileName();
    if (!QFile::exists(left->folder + QStringLiteral("/photo.png"))) left->run.photo_path = photo;
    if (QFile::exists(left->folder + QStringLiteral("/running.png"))) {
      const auto steps = reportFromJson(readTextFile(numbersIn(*left))).steps;
      if (steps.empty()) return false;
      left->run.name = left->run.photo_label;
      left->step = steps.back().step;
      left->step_count = steps.back().steps;
    }
    return !photo.empty();
  } catch (const std::exception&) {
    return false;
  }
}

/// Whether the process had written anything of a person's before it ended.
bool holdsWork(const QString& folder) {
  const auto names = {"state.png", "photo.png", "running.png"};
  const auto is_there = [&](const char* name) {
    return QFile::exists(folder + QLatin1Char('/') + QLatin1String(name));
  };
  return std::any_of(names.begin(), names.end(), is_there) || !refusedRuns(folder).isEmpty();
}

void writeJson(const QString& path, const QJsonObject& json) {
  writeTextFile(path.toStdString(), QJsonDocument(json).toJson().toStdString());
}

}  // namespace

SessionKeeper::SessionKeeper(RunModel* document, const QString& folder, QObject* parent)
    : QObject(parent), document_(document), folder_(folder) {
  timer_.setSingleShot(true);
  timer_.setInterval(kDelayMs);
  running_timer_.setSingleShot(true);
  running_timer_.setInterval(kRunningMs);
  connect(&timer_, &QTimer::timeout, this, &SessionKeeper::write);
  connect(&running_timer_, &QTimer::timeout, this, &SessionKeeper::writeRunning);
  connect(document, &RunModel::photoChanged, this, &SessionKeeper::endRunning);
  connect(document, &RunModel::settingsChanged, this, &SessionKeeper::changed);
  connect(document->mask(), &MaskEditor::changed, this, &SessionKeeper::changed);
  connect(document, &RunModel::picturesChanged, this, [this] {
    if (!running_timer_.isActive()) running_timer_.start();
  });
  connect(document, &RunModel::runKept, this, &SessionKeeper::endRunning);
}

void SessionKeeper::changed() {
  if (!paused_ && !timer_.isActive()) timer_.start();
}

void SessionKeeper::addText(const QString& name, std::function<QString()> text, bool beyond_closing) {
  texts_.push_back({name, std::move(text), beyond_closing, {}});
}

void SessionKeeper::setPaused(bool paused) {
  if (std::exchange(paused_, paused) == paused) return;
  if (!paused) return changed();
  running_timer_.stop();
  if (!timer_.isActive()) return;
  timer_.stop();
  write();  // the last change before
}

void SessionKeeper::write() {
  const auto photo = document_->openedPhoto();
  if (!photo) return;
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  const bool pasted = photo->path.isEmpty();
  const bool new_photo = pasted && std::exchange(photo_written_, photo->sha256) != photo->sha256;
  struct Kept {
    QString name;
    std::string text;
    bool changed = false;
  };
  std::vector<Kept> texts;
  for (auto& each : texts_) {
    const auto text = each.text();
    texts.push_back({each.name, text.toStdString(), std::exchange(each.written, text) != text});
  }
  work_.start(
      [this, photo, request, pictures, pasted, new_photo, texts] {
        complete_ = false;
        folder_.hold();
        const bool anew = complete_in_ != folder_.made();
        if (new_photo || (pasted && anew))
          writePhoto(photo->photo->image, path(QStringLiteral("photo.png")).toStdString(), "", {}, {16, {}});
        writePhoto(Image(1, 1, 1), path(QStringLiteral("state.png")).toStdString(), jsonFromRequest(request),
                   requestPicturesFrom(pictures));
        for (const auto& each : texts) {
          if (each.changed || (anew && !each.text.empty())) writeTextFile(path(each.name).toStdString(), each.text);
        }
        const auto running = path(QStringLiteral("session.json"));
        if (!QFile::exists(path(QStringLiteral("running.png")))) writeJson(running, jsonOf(*photo, {}));
        complete_in_ = folder_.made();
        complete_ = true;
        return true;
      },
      [this](bool, const QString& problem) {
        if (problem.isEmpty()) {
          said_ = false;
          emit written();
          return;
        }
        photo_written_.clear();
        for (auto& each : texts_) each.written = QString();
        if (!std::exchange(said_, true)) emit failed(keepingProblem(folder_.parent(), problem));
      });
  emit writing();
}

void SessionKeeper::writeRunning() {
  const auto photo = document_->openedPhoto();
  const auto last = document_->steps().last();
  if (paused_ || !document_->isRunning() || !photo || !last || document_->steps().runId() != document_->runId()) return;
  const Running running{last->estimate, document_->runLabel(), last->report.step, last->report.steps};
  work_.start(
      [this, photo, running, report = reportUpTo(*document_, running.step), given = document_->runPictures()] {
        writeTextFile(path(QStringLiteral("running.json")).toStdString(), jsonFromReport(report));
        // With the request that it was made by: the settings may have changed since.
        writePhoto(imageFromFrame(*running.picture), path(QStringLiteral("running.png")).toStdString(),
                   jsonFromRequest(report.request), requestPicturesFrom(given));
        QFile::remove(folder_.path() + QLatin1String(kEnded));  // of the run before
        writeJson(path(QStringLiteral("session.json")), jsonOf(*photo, running));
        return true;
      },
      [](bool, const QString&) {});
}

void SessionKeeper::endRunning() {
  running_timer_.stop();
  work_.start(
      [this] {
        if (folder_.path().isEmpty()) return true;
        for (const auto* name : {"/running.png", kNumbers, kEnded}) QFile::remove(folder_.path() + QLatin1String(name));
        return true;
      },
      [](bool, const QString&) {});
  changed();
}

void SessionKeeper::keepLastPicture() {
  running_timer_.stop();
  work_.start(
      [this] {
        const auto& folder = folder_.path();
        return !folder.isEmpty() && QFile::rename(folder + QLatin1String(kNumbers), folder + QLatin1String(kEnded));
      },
      [](bool, const QString&) {});
}

void SessionKeeper::keepRefused(const PastRun& run, std::function<void(const QString& problem)> done) {
  work_.start(
      [this, run] {
        RunArchive archive(refusedIn(folder_.hold()).toStdString());
        keepIn(archive, run);
        return true;
      },
      [this, done = std::move(done)](bool, const QString& problem) {
        if (!document_->isRunning()) problem.isEmpty() ? endRunning() : keepLastPicture();
        done(problem);
      });
}

void SessionKeeper::dropRefused(const std::string& id) {
  work_.start(
      [this, id] {
        if (folder_.path().isEmpty()) return true;
        const auto refused = refusedIn(folder_.path());
        if (!refusedRuns(folder_.path()).isEmpty()) RunArchive(refused.toStdString()).remove(id);
        // With the photos, which take room that the history may need.
        return !refusedRuns(folder_.path()).isEmpty() || QDir(refused).removeRecursively();
      },
      [](bool, const QString&) {});
}

void SessionKeeper::hurry() {
  if (!timer_.isActive()) return;
  timer_.stop();
  write();
}

bool SessionKeeper::wait() {
  work_.wait();
  return complete_;
}

bool SessionKeeper::flush() {
  hurry();
  return wait();
}

bool SessionKeeper::close() {
  timer_.stop();
  running_timer_.stop();
  const bool stays = std::any_of(texts_.begin(), texts_.end(),
                                 [](const Text& each) { return each.beyond_closing && !each.text().isEmpty(); });
  if (!stays || document_->openedPhoto() == nullptr) {
    forget();
    return false;
  }
  if (!paused_) write();
  QStringList lost;  // as the person was told
  for (const auto* name : {"/running.png", kNumbers, kEnded}) lost << QLatin1String(name);
  for (const auto& each : texts_) {
    if (!each.beyond_closing) lost << QLatin1Char('/') + each.name;
  }
  work_.start(
      [this, lost] {
        const auto& folder = folder_.path();
        if (folder.isEmpty()) return false;
        for (const auto& name : lost) QFile::remove(folder + name);
        QDir(refusedIn(folder)).removeRecursively();
        auto names = namesIn(folder);
        if (names.isEmpty()) return false;
        names[kClosed] = true;
        writeJson(folder + QLatin1String(kNames), names);
        return true;
      },
      [](bool, const QString&) {});
  work_.wait();
  return !folder_.path().isEmpty() && !namesIn(folder_.path()).isEmpty();
}

void SessionKeeper::forget() {
  timer_.stop();
  running_timer_.stop();
  work_.wait();
  folder_.remove();
}

QList<LeftSession> SessionKeeper::left(const QString& folder, QStringList* put_aside) {
  QList<LeftSession> sessions;
  const auto names = QDir(folder).entryList({QStringLiteral("session-*")}, QDir::Dirs, QDir::Time);
  for (const auto& name : names) {
    LeftSession left;
    left.folder = folder + QLatin1Char('/') + name;
    left.refused = refusedRuns(left.folder);
    left.ended = QFile::exists(left.folder + QLatin1String(kEnded));
    if (SessionFolder::isHeld(left.folder)) continue;
    if (readNames(&left)) {
      sessions << left;
      continue;
    }
    if (SessionFolder::processLives(left.folder)) continue;  // it begins just now
    if (!holdsWork(left.folder)) {
      discard(left);
    } else if (guessNames(&left)) {
      sessions << left;
    } else {
      const auto kept = putAside(left);
      if (put_aside != nullptr && !kept.isEmpty()) *put_aside << kept;
    }
  }
  return sessions;
}

QString SessionKeeper::putAside(const LeftSession& left) {
  const QFileInfo former(left.folder);
  if (!former.isDir()) return {};
  const auto base = former.path() + QStringLiteral("/unreadable-") + former.fileName();
  auto path = base;
  for (int i = 2; QFileInfo::exists(path); ++i) path = QStringLiteral("%1-%2").arg(base).arg(i);
  if (QDir().rename(left.folder, path)) return path;
  return QFileInfo(left.folder).isDir() ? left.folder : QString();
}

LeftDocument SessionKeeper::read(const LeftSession& left) {
  const auto pasted = left.folder + QStringLiteral("/photo.png");
  const auto photo = left.run.photo_path.empty() ? pasted : QString::fromStdString(left.run.photo_path);
  const auto running = left.folder + QStringLiteral("/running.png");
  auto state = left.folder + QStringLiteral("/state.png");
  if (!QFile::exists(state) && left.step > 0) state = running;  // killed before the settings were written
  LeftDocument found{left.run, {}, readRefused(left.folder)};
  found.document.name.clear();
  found.document.request = requestFromJson(readPhoto(state.toStdString()).request_json);
  found.document = withPictures(found.document, photo, state);
  found.document.result.reset();  // a pixel
  if (left.step > 0) found.run = readRunning(left, found.document.photo, running);
  return found;
}

QString SessionKeeper::readText(const LeftSession& left, const QString& name) {
  const auto path = left.folder + QLatin1Char('/') + name;
  return QFile::exists(path) ? QString::fromStdString(readTextFile(path.toStdString())) : QString();
}

void SessionKeeper::discard(const LeftSession& left) {
  QDir(left.folder).removeRecursively();
}

}  // namespace p2l::ui
