// SPDX-License-Identifier: GPL-3.0-or-later
// What the stages that show no steps compute, and figures of a lesson.
#include <QElapsedTimer>
#include <algorithm>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/learn/learn_model.h"

namespace p2l::ui {

void LearnModel::expectFigures() {
  play_.expects_figures = play_.lesson >= 0;
}

void LearnModel::addFigure(const QString& title, const QImage& picture) {
  if (!play_.expects_figures || picture.isNull()) return;
  auto& figures = play_.figures;
  figures.erase(std::remove_if(figures.begin(), figures.end(), [&](const auto& each) { return each.title == title; }),
                figures.end());
  figures.append({title, picture});
  emit figuresChanged();
}

RunInputs LearnModel::lessonInputs() const {
  RunInputs inputs;
  inputs.photo = std::shared_ptr<const Image>(document_->openedPhoto(), &document_->photo()->photo->image);
  return inputs;
}

void LearnModel::planSeeds(const ParamValues& change) {
  play_.seeds.clear();
  play_.seeds_of = change;
  for (int i = 0; i < lesson()->seeds; ++i)
    play_.tasks.push_back({change, {}, lesson()->request.seed + static_cast<std::uint64_t>(i)});
  play_.task_count = lesson()->seeds;
  emit stageChanged();
}

void LearnModel::addSeed(const ResultPtr& result) {
  work_.start(
      [study = std::make_shared<const SeedStudy>(play_.seeds), result] {
        auto more = std::make_shared<SeedStudy>(*study);
        more->add(result->outcome);
        return more;
      },
      [this, generation = generation_, task = task_](const std::shared_ptr<SeedStudy>& more, const QString& problem) {
        if (generation != generation_ || task != task_ || !task_running_) return;
        if (!problem.isEmpty()) return abandon(problem);
        play_.seeds = *more;
        emit stageChanged();
        finishTask(play_.seeds.numbers());
        startNext();
      });
}

void LearnModel::measureSeeds() {
  auto request = requestOf({});
  request.measurement_seed = request.seed;
  work_.start([this, request, inputs = lessonInputs()] { return degrade(catalogue_, request, inputs).baseline; },
              [this, generation = generation_](const Image& measured, const QString& problem) {
                if (generation != generation_) return;
                if (!problem.isEmpty()) return emit failed(problem);
                play_.seeds.setMeasurement(qimageFromImage(measured));
                emit stageChanged();
              });
}

void LearnModel::measureNullSpace() {
  const auto request = requestOf({});
  const auto generation = generation_;
  const auto inputs = lessonInputs();
  const auto other = resourceFolder() + "/photos/" + lesson()->other_photo;
  work_.start(
      [this, request, inputs, other] {
        return std::make_shared<const NullSpace>(nullSpaceOf(catalogue_, request, inputs, readPhoto(other).image));
      },
      [this, generation](const std::shared_ptr<const NullSpace>& found, const QString& problem) {
        if (generation != generation_) return;
        if (!problem.isEmpty()) return abandon(problem);
        play_.null_space = found;
        play_.numbers["null.moved"] = found->moved_unseen;
        play_.numbers["null.changed_y"] = found->changed_y_unseen;
        play_.numbers["seen.moved"] = found->moved_seen;
        play_.numbers["seen.changed_y"] = found->changed_y_seen;
        play_.numbers["numbers.x"] = static_cast<double>(found->numbers_x);
        play_.numbers["numbers.y"] = static_cast<double>(found->numbers_y);
        emit stageChanged();
        if (play_.phase == Phase::Running) startNext();
      });
}

void LearnModel::runMixture(const RestoreRequest& request, const std::string& prefix) {
  if (control_) control_->requestStop();  // only the newest values count
  const auto control = control_ = std::make_shared<RunControl>();
  play_.mixture = lessonMixture(numberOf(request.noise.values, "sigma"));
  play_.particles.reset();
  play_.particles_of = request;
  play_.awaits_particles = true;
  emit stageChanged();
  using Particles = std::shared_ptr<const MixtureParticles>;
  const auto isCurrent = [this, control, generation = generation_] {
    return control == control_ && generation == generation_;
  };
  const auto show = [this, isCurrent](const Particles& some) {
    if (!isCurrent() || !play_.awaits_particles) return;
    play_.particles = some;
    emit stageChanged();
  };
  work_.start(
      [this, request, mixture = play_.mixture, control, show]() -> Particles {
        QElapsedTimer since;
        since.start();
        const auto feed = [&](const MixtureParticles& some) {
          if (since.elapsed() < kParticlesMs) return;
          since.start();
          QMetaObject::invokeMethod(this,
                                    [show, copy = std::make_shared<const MixtureParticles>(some)] { show(copy); });
        };
        try {
          return std::make_shared<const MixtureParticles>(
              runOnMixture(catalogue_, request, mixture, kParticles, *control, feed));
        } catch (const StopRequested&) {
          return nullptr;  // newer values are on their way
        }
      },
      [this, prefix, isCurrent](const Particles& all, const QString& problem) {
        if (!isCurrent() || (problem.isEmpty() && !all)) return;
        play_.awaits_particles = false;
        if (!problem.isEmpty()) return abandon(problem);
        play_.particles = all;
        const auto numbers = numbersOfParticles(play_.mixture, *all, prefix);
        emit stageChanged();
        if (task_running_ && prefix == play_.tasks.front().prefix) {
          finishTask(numbers);
          return startNext();
        }
        for (const auto& [name, number] : numbers) play_.numbers[name] = number;
      });
}

}  // namespace p2l::ui
