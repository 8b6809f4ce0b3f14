// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>
#include <sstream>

#include "core/base/device.h"
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/io/photo_file.h"
#include "core/nn/layers/half_precision.h"
#include "core/nn/layers/mixed_precision.h"
#include "core/tensor/image_tensor.h"
#include "core/training/adamw.h"
#include "core/training/photo_set.h"
#include "core/training/training_files.h"
#include "core/training/training_task.h"
#include "core/types/error.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

constexpr int kTestSide = 256;
// Of the photos that are trained on, where there are no test photos. They measure nothing, so they may be small.
constexpr std::size_t kShownPhotos = 2;
constexpr int kShownCrops = 4;

/// What the numbers of a training depend on, by the name that a person knows it by.
using Settings = std::map<std::string, std::string>;
constexpr char kPhotos[] = "the photos", kModel[] = "the model of --from", kPrecision[] = "--precision";

/// With as many digits as it takes to be read back as it is.
std::string digits(double value) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string nameOf(TrainingRequest::Part part) {
  using Part = TrainingRequest::Part;
  switch (part) {
    case Part::Autoencoder:
      return "autoencoder";
    case Part::Detail:
      return "detail";
    case Part::Latent:
      return "latent";
    case Part::Pixel:
      return "pixel";
  }
  return "";
}

bool trainsInBf16(const TrainingRequest& request, at::Device device) {
  using Precision = TrainingRequest::Precision;
  if (request.precision != Precision::Auto) return request.precision == Precision::BFloat16;
  return device.is_cpu() ? hasProductsOf(at::kBFloat16) : device.is_cuda();
}

std::string digestsOf(const std::vector<std::string>& files) {
  std::string digests;
  for (const auto& file : files) digests += (digests.empty() ? "" : " ") + sha256OfFile(file);
  return digests;
}

/// All that has to be the same for a training to go on. The device is none of it.
Settings settingsOf(const TrainingRequest& r, const PhotoSet& photos, bool bf16) {
  return {{"PART", nameOf(r.part)},
          {"--fresh", r.fresh ? "on" : "off"},
          {"--steps", digits(r.steps)},
          {"--batch", digits(r.batch)},
          {"--crop", digits(r.crop)},
          {"--learning-rate", digits(r.learning_rate)},
          {"--warm-up", digits(r.warm_up)},
          {"--ema", digits(r.ema_decay)},
          {"--gradient-clip", digits(r.gradient_clip)},
          {"--seed", std::to_string(r.seed)},
          {"--trips", digits(r.trips)},
          {"--blind-trips", digits(r.blind_trips)},
          {"--fixed-point", digits(r.fixed_point)},
          {"--widen", r.widen ? "on" : "off"},
          {kPrecision, bf16 ? "bf16" : "fp32"},
          {"--latent-noise", digits(r.latent_noise)},
          {"--hold-scale", digits(r.hold_scale)},
          {"--encoder-only", r.encoder_only ? "on" : "off"},
          {"--noise", digits(r.noise)},
          {"--gradient-weight", digits(r.gradient_weight)},
          {"--anchor", digits(r.anchor)},
          {"--lpips", digestsOf(r.lpips)},
          {"--lpips-weight", digits(r.lpips_weight)},
          {"--captions", r.captions == TrainingRequest::Captions::Regions ? "regions" : "whole"},
          {"--null-prompts", digits(r.null_prompts)},
          {"--min-snr", digits(r.min_snr)},
          {"--low-levels", digits(r.low_levels)},
          {kPhotos, photos.digest()},
          {kModel, digestOfModel(r)}};
}

std::string textOf(const Settings& settings) {
  std::string text;
  for (const auto& [name, value] : settings) text += concat(name, '\t', value, '\n');
  return text;
}

Settings settingsFrom(const std::string& text) {
  Settings settings;
  std::istringstream lines(text);
  for (std::string name, value; std::getline(lines, name, '\t') && std::getline(lines, value);) settings[name] = value;
  return settings;
}

/// What a setting was before checkpoints named it.
std::string valueBefore(const std::string& name) {
  static const Settings before = {{"--widen", "off"},
                                  {kPrecision, "fp32"},
                                  {"--latent-noise", digits(0.0)},
                                  {"--hold-scale", digits(0.0)},
                                  {"--lpips", ""},
                                  {"--lpips-weight", digits(0.6)},
                                  {"--low-levels", digits(0.0)}};
  const auto found = before.find(name);
  return found == before.end() ? "unknown" : found->second;
}

/// "--seed was 0 and is 7, the photos are others"; empty where nothing differs.
std::string differences(const Settings& before, const Settings& now) {
  std::string text;
  for (const auto& [name, value] : now) {
    const auto found = before.find(name);
    const auto was = found == before.end() ? valueBefore(name) : found->second;
    if (was == value) continue;
    text += text.empty() ? "" : ", ";
    text += name == kPhotos  ? name + " or their weights are others"
            : name == kModel ? name + " is another"
                             : concat(name, " was ", was, " and is ", value);
  }
  return text;
}

at::Tensor bytesOf(const std::string& text) {
  return at::tensor(std::vector<std::uint8_t>(text.begin(), text.end()), at::kByte);
}

std::string textFrom(const at::Tensor& bytes) {
  const auto own = bytes.contiguous().to(at::kByte);
  return {reinterpret_cast<const char*>(own.data_ptr<std::uint8_t>()), static_cast<std::size_t>(own.numel())};
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
        device_(deviceFromName(request.device)),
        bf16_(trainsInBf16(request, device_)),
        task_(makeTrainingTask(request)),
        photos_(request.photos, request.crop, request.weights),
        settings_(settingsOf(request, photos_, bf16_)),
        adam_(task_->parameters()),
        checkpoint_((fs::path(request.out) / "checkpoint.safetensors").string()) {
    setDeviceMath(device_, /*tf32=*/false);  // the same algorithms in each step, so that a training can go on
    for (const auto& path : request.test_photos) shown_.push_back(shownSquare(readPhoto(path).image, kTestSide));
    const auto shown = request.test_photos.empty() ? std::min(kShownPhotos, photos_.size()) : 0;
    for (std::size_t i = 0; i < shown; ++i)
      shown_.push_back(shownSquare(imageFromTensor(photos_.photo(i * photos_.size() / shown)),
                                   std::min(kTestSide, kShownCrops * request.crop)));
    if (fs::exists(checkpoint_)) restore();
    std::int64_t count = 0;
    for (const auto& [name, parameter] : task_->parameters()) count += parameter.numel();
    observer.started(photos_.size(), photos_.leftOut(), step_, count);
  }

  bool operator()(RunControl& control) {
    try {
      // A training that was killed at its end has its checkpoint, and for certain nothing else.
      if (step_ == request_.steps) writeResults();
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
  at::Tensor shownSquare(const Image& photo, int side) const {
    return tensorFromImage(resizeImage(centreSquare(photo), side, side)).to(device_);
  }

  void takeStep() {
    // Of seed and step alone, so that a training that goes on draws what it would have drawn.
    auto generator =
        makeGenerator(request_.seed + 1'000'003u * static_cast<std::uint64_t>(step_ + 1), RandomStream::Training);
    const auto crops = photos_.crops(request_.batch, request_.crop, generator).to(device_);
    TrainingNumbers numbers;
    {
      const at::AutoGradMode grad(true);
      at::Tensor loss;
      {
        const MixedPrecision mixed(bf16_, device_.type());
        loss = task_->loss(crops, generator, numbers);
      }
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
    state["settings"] = bytesOf(textOf(settings_));
    writeSafetensors(checkpoint_, state);
    writeResults();
  }

  /// All that is made of the checkpoint's weights.
  void writeResults() {
    writeModel();
    const at::NoGradGuard no_grad;
    const WithValues average(task_->parameters(), adam_.average());
    std::vector<TrainingPicture> pictures;
    auto numbers = task_->measure(shown_, pictures);
    if (request_.test_photos.empty()) numbers.clear();  // photos that are trained on measure nothing
    observer_.measured(step_, numbers, pictures);
  }

  void writeModel() const {
    try {
      replaceFolder((fs::path(request_.out) / "model").string(),
                    [this](const std::string& folder) { task_->write(folder, adam_.average()); });
    } catch (const Error& error) {
      const std::string text = error.what();
      throw Error(concat(text, text.ends_with('.') ? "" : ".", " The checkpoint of step ", step_,
                         " is written; the same command goes on from it."));
    }
  }

  void restore() {
    const auto file = SafetensorsFile::open(checkpoint_);
    NamedTensors state;
    for (const auto& [name, entry] : file->entries()) state[name] = file->tensor(name);
    const auto before = state.count("settings") == 1 ? settingsFrom(textFrom(state["settings"])) : Settings();
    require(state.count("step") == 1 && !before.empty(), checkpoint_,
            ": does not say which photos, model and settings it is of; choose another --out");
    takePrecision(before);
    const auto other = differences(before, settings_);
    require(other.empty(), checkpoint_, ": is of a training with other settings (", other,
            "); repeat those to go on, or choose another --out");
    adam_.restore(state, checkpoint_);
    step_ = static_cast<int>(state["step"].item<std::int64_t>());
  }

  /// A training that may choose goes on as it began, also on a device that would choose otherwise.
  void takePrecision(const Settings& before) {
    if (request_.precision != TrainingRequest::Precision::Auto) return;
    const auto found = before.find(kPrecision);
    const auto was = found == before.end() ? valueBefore(kPrecision) : found->second;
    bf16_ = was == "bf16";
    settings_[kPrecision] = was;
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
  at::Device device_;
  bool bf16_;
  std::unique_ptr<TrainingTask> task_;
  PhotoSet photos_;
  Settings settings_;
  std::vector<at::Tensor> shown_;  // test photos, or else some that are trained on
  AdamW adam_;
  std::string checkpoint_;
  int step_ = 0;
};

/// So that an hour's steps are not lost to a folder that nothing can be written to.
void prepareOutput(const std::string& out) {
  std::error_code problem;
  fs::create_directories(out, problem);
  require(!problem, out, ": the folder cannot be made (", problem.message(), "); choose another --out");
  try {
    checkFileCanBeWritten((fs::path(out) / "checkpoint.safetensors").string());
  } catch (const Error& error) {
    throw Error(concat(error.what(), " Choose another --out, or make this one writable."));
  }
}

}  // namespace

std::unique_ptr<TrainingTask> makeTrainingTask(const TrainingRequest& request) {
  switch (request.part) {
    case TrainingRequest::Part::Autoencoder:
      return makeAutoencoderTask(request);
    case TrainingRequest::Part::Detail:
      return makeDetailTask(request);
    case TrainingRequest::Part::Latent:
      return makeLatentTask(request);
    case TrainingRequest::Part::Pixel:
      return makePixelTask(request);
  }
  throw Error("There is no such part to train.");
}

bool train(const TrainingRequest& request, TrainingObserver& observer, RunControl& control) {
  checkTraining(request);
  prepareOutput(request.out);
  return Trainer(request, observer)(control);
}

}  // namespace p2l
