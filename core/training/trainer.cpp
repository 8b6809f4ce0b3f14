// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>

#include <cmath>
#include <filesystem>
#include <numbers>

#include "core/api/photo_file.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/tensor/image_tensor.h"
#include "core/training/adamw.h"
#include "core/training/photo_set.h"
#include "core/training/training_task.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

constexpr int kTestSide = 256;

void check(const TrainingRequest& request) {
  auto within = [](const char* name, double value, double least, double most) {
    require(value >= least && value <= most, "--", name, " is ", value, "; ", least, " to ", most, " was expected");
  };
  within("steps", request.steps, 1, 1e8);
  within("batch", request.batch, 1, 4096);
  within("crop", request.crop, 16, 1024);
  within("learning-rate", request.learning_rate, 1e-8, 1.0);
  within("ema", request.ema_decay, 0.0, 0.999999);
  within("checkpoint-every", request.checkpoint_every, 1, 1e8);
  within("trips", request.trips, 0, 16);
  within("blind-trips", request.blind_trips, 0, 64);
  within("noise", request.noise, 0.0, 1.0);
}

/// All that has to be the same for a training to go on: what its numbers depend on.
std::string settingsOf(const TrainingRequest& r) {
  std::string text =
      concat(static_cast<int>(r.part), ' ', r.fresh, ' ', r.steps, ' ', r.batch, ' ', r.crop, ' ', r.learning_rate, ' ',
             r.warm_up, ' ', r.ema_decay, ' ', r.gradient_clip, ' ', r.seed, ' ', r.trips, ' ', r.blind_trips, ' ',
             r.fixed_point, ' ', r.encoder_only, ' ', r.noise, ' ', r.gradient_weight, ' ', r.anchor, ' ',
             r.null_prompts, ' ', r.min_snr, ' ', r.photos.size());
  for (const auto& [part, weight] : r.weights) text += concat(' ', part, '=', weight);
  return text;
}

at::Tensor bytesOf(const std::string& text) {
  return at::tensor(std::vector<std::uint8_t>(text.begin(), text.end()), at::kByte);
}

double learningRateAt(int step, const TrainingRequest& request) {
  if (step < request.warm_up) return request.learning_rate * (step + 1) / request.warm_up;
  const double done = static_cast<double>(step - request.warm_up) / std::max(1, request.steps - request.warm_up);
  return request.learning_rate * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

class Trainer {
 public:
  Trainer(const TrainingRequest& request, TrainingObserver& observer)
      : request_(request),
        observer_(observer),
        task_(makeTrainingTask(request)),
        photos_(request.photos, request.crop, request.weights),
        adam_(task_->parameters()),
        checkpoint_((fs::path(request.out) / "checkpoint.safetensors").string()) {
    for (const auto& path : request.test_photos)
      test_photos_.push_back(tensorFromImage(resizeImage(centreSquare(readPhoto(path).image), kTestSide, kTestSide)));
    if (fs::exists(checkpoint_)) restore();
    std::int64_t count = 0;
    for (const auto& [name, parameter] : task_->parameters()) count += parameter.numel();
    observer.started(photos_.size(), photos_.leftOut(), step_, count);
  }

  bool operator()(RunControl& control) {
    try {
      while (step_ < request_.steps) {
        control.checkpoint();
        takeStep();
        if (step_ % request_.checkpoint_every == 0 || step_ == request_.steps) save();
      }
      return true;
    } catch (const StopRequested&) {
      save();
      return false;
    }
  }

 private:
  void takeStep() {
    // Of seed and step alone, so that a training that goes on draws what it would have drawn.
    auto generator =
        makeGenerator(request_.seed + 1'000'003u * static_cast<std::uint64_t>(step_ + 1), RandomStream::Training);
    const auto crops = photos_.crops(request_.batch, request_.crop, generator);
    TrainingNumbers numbers;
    {
      const at::AutoGradMode grad(true);
      const auto loss = task_->loss(crops, generator, numbers);
      loss.backward();
      numbers["loss"] = loss.item<double>();
    }
    require(
        std::isfinite(numbers["loss"]), "The training diverged at step ", step_ + 1,
        ": the loss is not a number. The last checkpoint is kept; choose a smaller --learning-rate and another --out");
    numbers["learning rate"] = learningRateAt(step_, request_);
    numbers["gradient norm"] = adam_.step(numbers["learning rate"], request_.gradient_clip, emaDecay());
    ++step_;
    observer_.stepFinished(step_, numbers);
  }

  /// Short at the beginning, so that the average does not carry the first weights along.
  double emaDecay() const { return std::min(request_.ema_decay, (1.0 + step_) / (10.0 + step_)); }

  void save() {
    auto state = adam_.state();
    state["step"] = at::tensor(static_cast<std::int64_t>(step_), at::kLong);
    state["settings"] = bytesOf(settingsOf(request_));
    writeSafetensors(checkpoint_, state);
    task_->write((fs::path(request_.out) / "model").string(), adam_.average());
    const at::NoGradGuard no_grad;
    const WithValues average(task_->parameters(), adam_.average());
    std::vector<TrainingPicture> pictures;
    const auto numbers = task_->measure(test_photos_, pictures);
    observer_.measured(step_, numbers, pictures);
  }

  void restore() {
    const auto file = SafetensorsFile::open(checkpoint_);
    NamedTensors state;
    for (const auto& [name, entry] : file->entries()) state[name] = file->tensor(name);
    require(state.count("step") == 1 && state.count("settings") == 1 &&
                state["settings"].equal(bytesOf(settingsOf(request_))),
            checkpoint_, ": is of a training with other settings; repeat those to go on, or choose another --out");
    adam_.restore(state, checkpoint_);
    step_ = static_cast<int>(state["step"].item<std::int64_t>());
  }

  /// While it lives, the parameters have other values.
  class WithValues {
   public:
    WithValues(const NamedTensors& parameters, const NamedTensors& values) : parameters_(parameters) {
      for (const auto& [name, parameter] : parameters_) {
        own_[name] = parameter.detach().clone();
        parameter.detach().copy_(values.at(name));
      }
    }
    ~WithValues() {
      for (const auto& [name, parameter] : parameters_) parameter.detach().copy_(own_.at(name));
    }
    WithValues(const WithValues&) = delete;
    WithValues& operator=(const WithValues&) = delete;

   private:
    const NamedTensors& parameters_;
    NamedTensors own_;
  };

  TrainingRequest request_;
  TrainingObserver& observer_;
  std::unique_ptr<TrainingTask> task_;
  PhotoSet photos_;
  std::vector<at::Tensor> test_photos_;
  AdamW adam_;
  std::string checkpoint_;
  int step_ = 0;
};

}  // namespace

std::unique_ptr<TrainingTask> makeTrainingTask(const TrainingRequest& request) {
  switch (request.part) {
    case TrainingRequest::Part::Autoencoder:
      return makeAutoencoderTask(request);
    case TrainingRequest::Part::Latent:
      return makeLatentTask(request);
    case TrainingRequest::Part::Pixel:
      return makePixelTask(request);
  }
  throw Error("There is no such part to train.");
}

bool train(const TrainingRequest& request, TrainingObserver& observer, RunControl& control) {
  check(request);
  std::error_code problem;
  fs::create_directories(request.out, problem);
  require(!problem, request.out, ": the folder cannot be made (", problem.message(), ")");
  return Trainer(request, observer)(control);
}

}  // namespace p2l
