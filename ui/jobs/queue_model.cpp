// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/queue_model.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

#include "core/experiment/plan.h"
#include "core/types/error.h"
#include "ui/base/frame_image.h"
#include "ui/base/photo_opener.h"
#include "ui/base/side_runs.h"

namespace p2l::ui {

using State = QueuedJob::State;

namespace {

constexpr qsizetype kAtOnce = 64;  // files that a disk answers for within milliseconds

/// What was a folder and is listed as a file is gone. @throws Error
void requireFolders(const std::vector<std::string>& folders, const std::vector<std::string>& photos) {
  for (const auto& folder : folders)
    require(std::find(photos.begin(), photos.end(), folder) == photos.end(), "The folder ", folder,
            " is not there any more: no photo of it was added.");
}

}  // namespace

QueueModel::QueueModel(SideRuns* runs, const QString& folder, QObject* parent) : QObject(parent), runs_(runs) {
  try {
    queue_ = std::make_unique<JobQueue>(folder.toStdString());
  } catch (const std::exception&) {
    // A damaged one is put aside rather than lost, and the next one begins.
    QFile::remove(folder + QStringLiteral("/queue-damaged.json"));
    QDir().rename(folder + QStringLiteral("/queue.json"), folder + QStringLiteral("/queue-damaged.json"));
    try {
      queue_ = std::make_unique<JobQueue>(folder.toStdString());
    } catch (const std::exception&) {
      queue_ = std::make_unique<JobQueue>();  // the history says that the folder cannot be written to
    }
  }
  paused_ = queue_->next() != nullptr;  // a person says when it goes on
}

int QueueModel::waitingCount() const {
  return static_cast<int>(std::count_if(jobs().begin(), jobs().end(), [](const QueuedJob& job) {
    return job.state == State::Waiting || job.state == State::Running;
  }));
}

QString QueueModel::logPath() const {
  return QString::fromStdString(queue_->logPath());
}

void QueueModel::add(const QStringList& paths, const RestoreRequest& request, const JobPictures& pictures,
                     const QString& out_folder, bool skip_existing, const Check& check) {
  const Settings settings{request, requestPicturesFrom(pictures), out_folder.toStdString(), skip_existing};
  const bool some = paths.size() <= kAtOnce;
  std::vector<std::string> files, folders;
  for (const auto& path : paths) (some && QFileInfo(path).isDir() ? folders : files).push_back(path.toStdString());
  if (!some || !folders.empty() || check || isReading()) return list(paths, folders, settings, check);
  attempt([&] { enqueue(photosFrom(files), settings); });
}

void QueueModel::list(const QStringList& paths, const std::vector<std::string>& folders, const Settings& settings,
                      const Check& check) {
  struct Listed {
    std::vector<std::string> photos;
    FilesThere there;
    QString refusal;
  };
  listing_.start(
      paths,
      [folders, check, out = settings.out_folder](const std::vector<std::string>& photos, RunControl& control) {
        requireFolders(folders, photos);
        Listed listed{photos, {}, check ? check(photos, control) : QString()};
        if (listed.refusal.isEmpty()) listed.there = resultFilesOf(photos, out, control);
        return listed;
      },
      [this, settings](const Listed& listed, const QString& problem) {
        const auto& refusal = problem.isEmpty() ? listed.refusal : problem;
        if (refusal.isEmpty()) return enqueue(listed.photos, settings, listed.there);
        emit refused(refusal);
        emit changed();
      });
  emit changed();
}

void QueueModel::enqueue(const std::vector<std::string>& photos, const Settings& settings, const FilesThere& there) {
  attempt([&] {
    queue_->add(photos, settings.request, settings.pictures, settings.out_folder, settings.skip_existing, there);
  });
  emit changed();
  next();
}

/// A change that the disk refuses holds until the program ends, and the queue goes on.
template <class Change>
void QueueModel::attempt(const Change& change) {
  try {
    change();
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
  }
}

void QueueModel::setPaused(bool paused) {
  paused_ = paused;  // what is at work ends first
  emit changed();
  next();
}

void QueueModel::next() {
  if (paused_ || !current_.empty()) return;
  const auto* job = queue_->next();
  if (job == nullptr) return;
  current_ = job->id;
  const QueuedJob copy = *job;
  attempt([this] { queue_->setState(current_, State::Running); });
  emit changed();
  read(copy);
}

void QueueModel::read(const QueuedJob& job) {
  const auto stored = std::make_shared<RequestPictures>();
  work_.start(
      [this, job, stored] {
        *stored = queue_->picturesOf(job);
        return openPhotoFile(QString::fromStdString(job.request.photo));
      },
      [this, job, stored](const std::shared_ptr<const OpenedPhoto>& photo, const QString& problem) {
        if (job.id != current_) return;  // cancelled
        if (!problem.isEmpty()) return end(job.id, State::Failed, problem);
        JobPictures pictures;
        pictures.photo = {photo, &photo->photo->image};
        pictures.origin = {photo, &photo->photo->origin};
        if (!stored->masks.empty()) pictures.mask = qimageFromImage(stored->masks.front());
        if (!stored->kernels.empty()) pictures.kernel = {stored, &*stored->kernels.front()};
        start(job, pictures);
      });
}

void QueueModel::start(const QueuedJob& job, const JobPictures& pictures) {
  SideRuns::Listener listener;
  listener.started = [this](const RunStart& begun) {
    steps_ = begun.steps;
    clock_.start();
    emit progressed();
  };
  listener.stepped = [this](const StepReport& report) {
    step_ = report.step;
    step_seconds_ += report.seconds;
    emit progressed();
  };
  listener.ended = [this, job](const ResultPtr& result, const QString& problem) {
    run_ = 0;
    if (result && clock_.isValid()) photo_seconds_.push_back(static_cast<double>(clock_.elapsed()) / 1000.0);
    // What was stopped or has diverged is no result to be written.
    const bool whole = result && result->outcome.status == Outcome::Status::Completed && !result->picture.isNull();
    whole ? keep(job, result)
          : end(job.id, State::Failed, result ? QString::fromStdString(result->outcome.message) : problem);
  };
  step_ = steps_ = 0;
  step_seconds_ = 0.0;
  clock_.invalidate();
  run_ = runs_->add(job.request, pictures, std::move(listener));
}

QueueModel::Progress QueueModel::progress() const {
  Progress progress;
  const auto* job = queue_->find(current_);
  if (job == nullptr) return progress;
  progress.photo = QFileInfo(QString::fromStdString(job->request.photo)).fileName();
  progress.step = step_;
  progress.steps = steps_;
  const double passed = clock_.isValid() ? static_cast<double>(clock_.elapsed()) / 1000.0 : 0.0;
  progress.seconds = passed;
  if (step_ > 0) progress.seconds_per_step = step_seconds_ / step_;
  double whole = -1.0;  // of one photo
  if (!photo_seconds_.empty()) {
    whole = std::accumulate(photo_seconds_.begin(), photo_seconds_.end(), 0.0) / double(photo_seconds_.size());
  } else if (step_ > 0) {
    whole = passed / step_ * steps_;
  }
  if (whole >= 0.0) progress.seconds_left = std::max(0.0, whole - passed) + whole * (waitingCount() - 1);
  return progress;
}

void QueueModel::keep(const QueuedJob& job, const ResultPtr& result) {
  work_.start(
      [job, result] {
        const auto folder = QString::fromStdString(std::filesystem::path(job.output).parent_path().string());
        if (!folder.isEmpty()) QDir().mkpath(folder);
        const auto& given = result->given;
        const auto& report = result->outcome.report;
        return QString::fromStdString(writePhoto(result->outcome.picture, job.output,
                                                 jsonForPicture(report.request, report), requestPicturesFrom(given),
                                                 given.origin ? *given.origin : PhotoOrigin()));
      },
      [this, job](const QString& remark, const QString& problem) {
        end(job.id, problem.isEmpty() ? State::Done : State::Failed, problem.isEmpty() ? remark : problem);
      });
}

void QueueModel::end(const std::string& id, State state, const QString& message) {
  if (queue_->find(id) != nullptr) attempt([&] { queue_->setState(id, state, message.toStdString()); });
  if (id == current_) current_.clear();
  emit changed();
  next();
  if (!current_.empty() || queue_->next() != nullptr) return;
  const auto count = [this](State wanted) {
    return static_cast<int>(
        std::count_if(jobs().begin(), jobs().end(), [&](const QueuedJob& job) { return job.state == wanted; }));
  };
  emit finished(count(State::Done), count(State::Failed));
}

void QueueModel::cancel(const std::string& id) {
  const auto* job = queue_->find(id);
  if (job == nullptr || (job->state != State::Waiting && job->state != State::Running)) return;
  if (id == current_ && run_ != 0) runs_->cancel(std::exchange(run_, 0));
  end(id, State::Cancelled);
}

void QueueModel::cancelAll() {
  listing_.stop();
  attempt([this] { queue_->cancelAll(); });
  current_.empty() ? emit changed() : cancel(current_);
}

void QueueModel::retry(const std::string& id) {
  attempt([&] { queue_->retry(id); });
  emit changed();
  next();
}

void QueueModel::move(const std::string& id, int places) {
  attempt([&] { queue_->move(id, places); });
  emit changed();
}

void QueueModel::clearEnded() {
  attempt([this] { queue_->clearEnded(); });
  emit changed();
}

}  // namespace p2l::ui
