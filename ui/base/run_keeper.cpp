// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/run_keeper.h"

#include <QFileInfo>
#include <utility>

#include "core/types/error.h"
#include "ui/base/frame_image.h"
#include "ui/base/keeping_problem.h"

namespace p2l::ui {
namespace {

StepLatents latentsOf(const LatentStore* store) {
  StepLatents latents;
  if (store == nullptr) return latents;
  for (const int step : store->stepsWithin(RunKeeper::kLatents)) latents[step] = store->at(step);
  return latents;
}

/// A run's steps with the estimates that the disk has of them.
SnapshotHistory stepsFrom(const StepPictures& pictures, const RunReport& report, std::size_t budget) {
  SnapshotHistory steps(budget);
  for (const auto& [step, estimate] : pictures) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->report.step = step;
    for (const auto& each : report.steps) {
      if (each.step == step) snapshot->report = each;
    }
    snapshot->estimate = estimate;
    steps.add(std::move(snapshot));
  }
  return steps;
}

}  // namespace

KeptRun keptRunFrom(const PastRun& run) {
  KeptRun kept;
  kept.id = run.id;
  kept.name = run.name.toStdString();
  kept.renamed = run.renamed;
  kept.starred = run.starred;
  kept.part = run.kind == PastRun::Kind::Part;
  kept.time_ms = run.time_ms;
  kept.photo_label = run.photo_label.toStdString();
  kept.photo_path = run.photo_path;
  kept.photo_sha256 = run.photo_sha256;
  kept.request = run.request;
  kept.status = run.outcome.status;
  kept.message = run.outcome.message;
  kept.report = run.outcome.report;
  return kept;
}

PastRun pastRunFrom(const KeptRun& kept) {
  PastRun run;
  run.id = kept.id;
  run.name = QString::fromStdString(kept.name);
  run.renamed = kept.renamed;
  run.starred = kept.starred;
  if (kept.part) run.kind = PastRun::Kind::Part;
  run.time_ms = kept.time_ms;
  run.photo_label = QString::fromStdString(kept.photo_label);
  run.photo_path = kept.photo_path;
  run.photo_sha256 = kept.photo_sha256;
  run.request = kept.request;
  run.outcome.status = kept.status;
  run.outcome.message = kept.message;
  run.outcome.report = kept.report;
  run.numbers = numbersText(kept.report, kept.request.seed);
  run.saved = true;
  return run;
}

PastRun withPictures(PastRun run, const QString& photo_path, const QString& result_path) {
  auto photo = std::make_shared<OpenedPhoto>(*openPhotoFile(photo_path, run.photo_label));
  if (!run.photo_path.empty()) photo->path = QString::fromStdString(run.photo_path);
  if (!run.photo_sha256.empty()) photo->sha256 = run.photo_sha256;
  return withPictures(std::move(run), std::shared_ptr<const OpenedPhoto>(std::move(photo)), result_path);
}

PastRun withPictures(PastRun run, std::shared_ptr<const OpenedPhoto> photo, const QString& result_path) {
  const auto stored = openPhotoFile(result_path);
  run.pictures = stored->stored;
  run.pictures.photo = {photo, &photo->photo->image};
  run.pictures.origin = {photo, &photo->photo->origin};
  Outcome outcome;
  outcome.status = run.outcome.status;
  outcome.message = run.outcome.message;
  outcome.report = run.outcome.report;
  outcome.picture = stored->photo->image;
  run.result = resultFromOutcome(std::move(outcome), run.pictures);
  run.photo = std::move(photo);
  return run;
}

void keepIn(RunArchive& archive, const PastRun& run) {
  const auto thumbnail = imageFromQImage(run.thumbnail);
  const KeptPictures pictures{run.result->outcome.picture, thumbnail, requestPicturesFrom(run.result->given),
                              run.photo->photo->origin};
  archive.keep(keptRunFrom(run), pictures, {run.photo_path, run.photo_sha256, *run.photo->photo});
}

RunKeeper::RunKeeper(const QString& folder, quint64 budget, QObject* parent)
    : QObject(parent), folder_(folder), budget_(budget) {}

RunArchive& RunKeeper::archive() {
  if (!archive_) archive_ = std::make_unique<RunArchive>(folder_.toStdString(), budget_);
  return *archive_;
}

QString RunKeeper::problemOf(const QString& problem) const {
  return keepingProblem(QFileInfo(folder_).path(), problem);
}

void RunKeeper::load() {
  struct Found {
    QVector<PastRun> runs;
    QString damaged;
  };
  ++loads_;
  work_.start(
      [this] {
        Found found;
        std::vector<std::string> damaged;
        for (const auto& kept : archive().all(&damaged)) {
          auto run = pastRunFrom(kept);
          run.thumbnail = QImage(QString::fromStdString(archive().thumbnailPath(kept.id)));
          found.runs << std::move(run);
        }
        if (!damaged.empty()) found.damaged = QString::fromStdString(damaged.front());
        return found;
      },
      [this](const Found& found, const QString& problem) {
        --loads_;
        emit loaded(found.runs);
        for (const auto& sentence : {problemOf(problem), found.damaged}) {
          if (!sentence.isEmpty()) emit failed(sentence);
        }
      });
}

void RunKeeper::keep(const PastRun& run) {
  const auto has_picture = std::make_shared<bool>(false);
  work_.start(
      [this, run, has_picture] {
        try {
          keepIn(archive(), run);
          not_there_.erase(run.id);
        } catch (const std::exception&) {
          if (!isOnDisk(run.id)) not_there_.insert(run.id);
          *has_picture = archive().hasPictureOf(keptRunFrom(run));
          throw;
        }
        return true;
      },
      [this, has_picture, id = QString::fromStdString(run.id)](bool, const QString& problem) {
        if (problem.isEmpty()) {
          emit kept(id);
        } else {
          emit refused(id, problemOf(problem), *has_picture);
        }
      });
  StepPictures pictures;
  for (const auto& [step, snapshot] : run.steps.all()) pictures[step] = snapshot->estimate;
  if (pictures.empty()) return;
  steps_to_come_.insert(run.id);
  work_.startLast(
      [this, id = run.id, pictures = std::move(pictures), latents = run.latents] {
        const auto goesOn = [this] {
          if (keeps_steps_) work_.letPass();
          return keeps_steps_.load();
        };
        if (goesOn()) archive().keepSteps(id, pictures, latentsOf(latents.get()), goesOn);
        return true;
      },
      [this, id = run.id, photo = run.photo_label](bool, const QString& problem) {
        steps_to_come_.erase(steps_to_come_.find(id));
        if (problem.isEmpty()) return;
        emit stepsRefused(
            tr("The run on %1 is in the history without the pictures of its steps: %2").arg(photo, problem));
      });
}

void RunKeeper::update(const PastRun& run) {
  work_.start(
      [this, kept = keptRunFrom(run)] {
        if (!not_there_.contains(kept.id)) archive().update(kept);
        return true;
      },
      [this](bool, const QString& problem) {
        if (!problem.isEmpty()) emit failed(problemOf(problem));
      });
}

void RunKeeper::remove(const std::string& id) {
  work_.start(
      [this, id] {
        not_there_.erase(id);
        archive().remove(id);
        return true;
      },
      [](bool, const QString&) {});
}

void RunKeeper::fetch(const PastRun& run, Fetched done) {
  work_.start(
      [this, run] {
        const auto photo = archive().photoPath(keptRunFrom(run));
        require(!photo.empty(), "The photo ", run.photo_label.toStdString(),
                " of this run is gone: ", run.photo_path.empty() ? "it was pasted" : run.photo_path,
                ", and its copy in the history was removed to stay within the budget.");
        return withPictures(run, QString::fromStdString(photo), QString::fromStdString(archive().resultPath(run.id)));
      },
      std::move(done));
}

template <class Read, class Done>
void RunKeeper::readSteps(const std::string& id, Read read, Done done) {
  if (steps_to_come_.contains(id)) return work_.startLast(std::move(read), std::move(done));
  work_.start(std::move(read), std::move(done));
}

void RunKeeper::fetchSteps(const PastRun& run, std::function<void(const SnapshotHistory& steps)> done,
                           std::size_t budget) {
  const auto read = [this, id = run.id, report = run.outcome.report, budget] {
    return stepsFrom(archive().steps(id, budget), report, budget);
  };
  readSteps(run.id, read, [done = std::move(done)](const SnapshotHistory& steps, const QString&) { done(steps); });
}

void RunKeeper::fetchLatents(const std::string& id, std::function<void(std::shared_ptr<LatentStore> latents)> done) {
  const auto read = [this, id]() -> std::shared_ptr<LatentStore> {
    const auto latents = archive().latents(id);
    if (latents.empty()) return nullptr;
    auto store = std::make_shared<LatentStore>();
    for (const auto& [step, latent] : latents) store->add(latent);
    return store;
  };
  readSteps(id, read,
            [done = std::move(done)](const std::shared_ptr<LatentStore>& latents, const QString&) { done(latents); });
}

}  // namespace p2l::ui
