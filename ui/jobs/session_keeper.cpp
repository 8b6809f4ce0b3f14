// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/session_keeper.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <utility>

#include "core/archive/run_archive.h"
#include "core/types/error.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr int kRunningMs = 1000;
constexpr int kMostLeft = 5;

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

void writeJson(const QString& path, const QJsonObject& json) {
  writeTextFile(path.toStdString(), QJsonDocument(json).toJson().toStdString());
}

}  // namespace

SessionKeeper::SessionKeeper(RunModel* document, const QString& folder, QObject* parent)
    : QObject(parent),
      document_(document),
      own_(QStringLiteral("%1/session-%2").arg(folder).arg(QCoreApplication::applicationPid())) {
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
  const bool pasted = photo->path.isEmpty() && std::exchange(photo_written_, photo->sha256) != photo->sha256;
  work_.start(
      [this, photo, request, pictures, pasted] {
        QDir().mkpath(own_);
        if (pasted) writePhoto(photo->photo->image, path(QStringLiteral("photo.png")).toStdString(), "", {}, {16, {}});
        writePhoto(Image(1, 1, 1), path(QStringLiteral("state.png")).toStdString(), jsonFromRequest(request),
                   requestPicturesFrom(pictures));
        const auto running = path(QStringLiteral("session.json"));
        if (!QFile::exists(path(QStringLiteral("running.png")))) writeJson(running, jsonOf(*photo, {}));
        return true;
      },
      [this](bool, const QString& problem) {
        if (problem.isEmpty()) {
          said_ = false;
          emit written();
          return;
        }
        photo_written_.clear();
        if (!std::exchange(said_, true)) emit failed(problem);
      });
  emit writing();
}

void SessionKeeper::writeRunning() {
  const auto photo = document_->openedPhoto();
  const auto last = document_->steps().last();
  if (paused_ || !document_->isRunning() || !photo || !last || document_->steps().runId() != document_->runId()) return;
  const Running running{last->estimate, document_->runLabel(), last->report.step, last->report.steps};
  work_.start(
      [this, photo, running, request = document_->runRequest(), given = document_->runPictures()] {
        QDir().mkpath(own_);
        // With the request that it was made by: the settings may have changed since.
        writePhoto(imageFromFrame(*running.picture), path(QStringLiteral("running.png")).toStdString(),
                   jsonFromRequest(request), requestPicturesFrom(given));
        writeJson(path(QStringLiteral("session.json")), jsonOf(*photo, running));
        return true;
      },
      [](bool, const QString&) {});
}

void SessionKeeper::endRunning() {
  running_timer_.stop();
  work_.start(
      [this] {
        QFile::remove(path(QStringLiteral("running.png")));
        return true;
      },
      [](bool, const QString&) {});
  changed();
}

void SessionKeeper::flush() {
  if (timer_.isActive()) {
    timer_.stop();
    write();
  }
  work_.wait();
}

void SessionKeeper::forget() {
  timer_.stop();
  running_timer_.stop();
  work_.wait();
  QDir(own_).removeRecursively();
}

QList<LeftSession> SessionKeeper::left(const QString& folder) {
  QList<LeftSession> sessions;
  const auto names = QDir(folder).entryList({QStringLiteral("session-*")}, QDir::Dirs, QDir::Time);
  for (const auto& name : names) {
    const auto pid = name.section(QLatin1Char('-'), 1);
    if (pid.toLongLong() == QCoreApplication::applicationPid() || QFile::exists(QStringLiteral("/proc/") + pid))
      continue;  // that one is still open
    LeftSession left;
    left.folder = folder + QLatin1Char('/') + name;
    QFile file(left.folder + QStringLiteral("/session.json"));
    const bool whole = file.open(QIODevice::ReadOnly);
    const auto json = QJsonDocument::fromJson(whole ? file.readAll() : QByteArray()).object();
    if (json.isEmpty() || sessions.size() >= kMostLeft) {
      discard(left);
      continue;
    }
    left.run.photo_path = json[QStringLiteral("photo_path")].toString().toStdString();
    left.run.photo_label = json[QStringLiteral("photo_label")].toString();
    left.run.photo_sha256 = json[QStringLiteral("photo_sha256")].toString().toStdString();
    if (QFile::exists(left.folder + QStringLiteral("/running.png"))) {
      left.run.name = json[QStringLiteral("name")].toString();
      left.step = json[QStringLiteral("step")].toInt();
      left.step_count = json[QStringLiteral("steps")].toInt();
    }
    sessions << left;
  }
  return sessions;
}

PastRun SessionKeeper::read(const LeftSession& left) {
  auto run = left.run;
  const auto pasted = left.folder + QStringLiteral("/photo.png");
  const auto photo = run.photo_path.empty() ? pasted : QString::fromStdString(run.photo_path);
  if (left.step > 0) {
    const auto picture = left.folder + QStringLiteral("/running.png");
    run.request = requestFromJson(readPhoto(picture.toStdString()).request_json);
    run.outcome.status = Outcome::Status::Cancelled;
    run.outcome.message = concat("The program ended after ", left.step, " of ", left.step_count, " steps");
    run.outcome.report.request = run.request;
    StepReport last;
    last.step = left.step;
    last.steps = left.step_count;
    run.outcome.report.steps = {last};
    return withPictures(run, photo, picture);
  }
  const auto state = left.folder + QStringLiteral("/state.png");
  run.request = requestFromJson(readPhoto(state.toStdString()).request_json);
  run = withPictures(run, photo, state);
  run.result.reset();  // a pixel
  return run;
}

void SessionKeeper::discard(const LeftSession& left) {
  QDir(left.folder).removeRecursively();
}

}  // namespace p2l::ui
