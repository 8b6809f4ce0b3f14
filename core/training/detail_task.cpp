// SPDX-License-Identifier: GPL-3.0-or-later
// Training of a second decoder D' of the same latents, for the end of a restoration, on how pictures look.
//
//   loss = d(D'(z), x) + lpips_weight LPIPS(D'(z), x)
//
// with d as the autoencoder's and LPIPS (Zhang et al. 2018) of one trunk or the mean of two, of pictures enlarged,
// mirrored at the diagonal and shifted at random, so that the decoder does not fit the trunk's own grid. z is what
// restorations end with: of three quarters of the crops the diffusion model's estimate, in one step, from noise of the
// lower third of its levels; of two thirds of those a degraded picture's. The last quarter's latents have noise.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/upsample_bicubic2d.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/base/device.h"
#include "core/base/random.h"
#include "core/degradations/degradation.h"
#include "core/metrics/lpips.h"
#include "core/metrics/psnr_ssim.h"
#include "core/models/model_folder.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/noise/noise.h"
#include "core/tensor/image_tensor.h"
#include "core/training/picture_distance.h"
#include "core/training/training_files.h"
#include "core/training/training_task.h"
#include "core/types/error.h"
#include "core/weights/model_files.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

constexpr double kMeasurementNoise = 0.01;
constexpr double kLatentNoise = 0.1;                         // largest deviation
constexpr double kLowestLevel = 0.02, kHighestLevel = 0.35;  // t / T of the estimates
constexpr double kLeastScale = 1.0, kLargestScale = 1.6;     // of the pictures that LPIPS sees
constexpr std::int64_t kShifts = 8, kSmallestSeen = 32;      // Alex takes no less than 31

class DetailTask : public TrainingTask {
 public:
  explicit DetailTask(const TrainingRequest& request)
      : request_(request),
        device_(deviceFromName(request.device)),
        files_(findModelFiles(request.from, {})),
        model_(loadModel(request.from, device_).model),
        weights_(TrainableWeights(decoderToGoOnFrom(), device_)),
        trunks_(trunksOf(request, device_)) {
    require(!request.fresh && !request.widen, "A second decoder goes on from the first; leave --fresh and --widen out");
    const at::NoGradGuard no_grad;
    null_ = model_->embedPrompt("");
    network_ = makeAutoencoder(*files_.autoencoder.config, WeightScope(weights_));
    for (const auto& [name, tensor] : weights_.tensors()) {
      if (name.starts_with("decoder.")) {
        parameters_[name] = tensor;
      } else {
        tensor.set_requires_grad(false);
      }
    }
  }

  const NamedTensors& parameters() const override { return parameters_; }

  at::Tensor loss(const at::Tensor& x, at::Generator& generator, TrainingNumbers& numbers) const override {
    const auto decoded = network_->decode(latents(x, generator));
    const auto apart = pictureDistance(decoded, x, request_.gradient_weight);
    numbers["distance"] = apart.item<double>();
    const auto shift_y = whole(generator, kShifts), shift_x = whole(generator, kShifts);
    const bool mirrored = randomUniform(generator) < 0.5;
    const double scale = kLeastScale + (kLargestScale - kLeastScale) * randomUniform(generator);
    const auto seen = [&](const at::Tensor& t) {
      const auto part = t.narrow(2, shift_y, t.size(2) - shift_y).narrow(3, shift_x, t.size(3) - shift_x);
      const auto side = static_cast<double>(std::min(part.size(2), part.size(3))) * scale;
      const auto to = std::max(static_cast<std::int64_t>(side), kSmallestSeen);
      const auto placed = (mirrored ? part.transpose(2, 3) : part).contiguous().to(at::kFloat);
      return at::upsample_bicubic2d(placed, {to, to}, /*align_corners=*/false);
    };
    const auto a = seen(decoded), b = seen(x);
    at::Tensor perceived;
    for (const auto& trunk : trunks_) {
      const auto distance = trunk.distances(a, b).mean() / static_cast<double>(trunks_.size());
      perceived = perceived.defined() ? perceived + distance : distance;
    }
    numbers["lpips"] = perceived.item<double>();
    return apart + request_.lpips_weight * perceived;
  }

  TrainingNumbers measure(const std::vector<at::Tensor>& photos,
                          std::vector<TrainingPicture>& pictures) const override {
    TrainingNumbers numbers;
    const auto count = static_cast<double>(photos.size());
    auto generator = makeGenerator(request_.seed, RandomStream::Training);
    for (const auto& photo : photos) {
      const auto z = latents(photo, generator);
      pictures.push_back({imageFromTensor(photo), "original"});
      for (const bool detail : {false, true}) {
        const auto x = detail ? network_->decode(z) : model_->decode(z);
        const double decibel = psnr(x, photo);
        const std::string name = detail ? "second" : "first";
        numbers["psnr " + name] += decibel / count;
        for (const auto& trunk : trunks_)
          numbers["lpips " + name] += trunk(x.clamp(-1.0, 1.0), photo) / (count * static_cast<double>(trunks_.size()));
        pictures.push_back({imageFromTensor(x), concat(name, " decoder\n", decibels(decibel))});
      }
    }
    return numbers;
  }

  void write(const std::string& folder, const NamedTensors& values) const override {
    copyModelFolder(files_.path, folder);
    NamedTensors half;
    for (const auto& [name, value] : values) half[name] = value.to(at::kHalf);
    writeSafetensors((fs::path(folder) / "vae/detail_decoder.safetensors").string(), half);
  }

 private:
  TensorMap decoderToGoOnFrom() const {
    require(!files_.isPixel(), files_.path, ": is a model of pixels, which has no decoder");
    auto tensors = files_.autoencoder.tensors();
    if (files_.detail_decoder.empty()) return tensors;
    for (const auto& [name, tensor] : tensorsOf({SafetensorsFile::open(files_.detail_decoder)})) tensors[name] = tensor;
    return tensors;
  }

  static std::vector<Lpips> trunksOf(const TrainingRequest& request, at::Device device) {
    require(!request.lpips.empty(),
            "A second decoder is trained by LPIPS: --lpips names the file of its weights, "
            "lpips_alex.safetensors, lpips_vgg.safetensors or both");
    std::vector<Lpips> trunks;
    for (const auto& file : request.lpips) {
      const bool vgg = SafetensorsFile::open(file)->entries().count("net.slice5.28.weight") != 0;
      trunks.emplace_back(file, vgg ? Lpips::Trunk::Vgg : Lpips::Trunk::Alex, device);
    }
    return trunks;
  }

  static std::int64_t whole(at::Generator& generator, std::int64_t below) {
    return static_cast<std::int64_t>(randomUniform(generator) * static_cast<double>(below));
  }

  /// As a person would enlarge or take it: super-resolution by 4 (twice as often) or 2, or a Gaussian blur.
  static at::Tensor degraded(const at::Tensor& x, at::Generator& generator) {
    const auto kind = whole(generator, 4);
    const auto& entry = degradationEntry(kind < 3 ? "sr" : "gaussian-blur");
    ParamValues values;
    if (kind < 3) {
      values["factor"] = kind < 2 ? 4.0 : 2.0;
    } else {
      values["sigma"] = 1.0 + 1.2 * randomUniform(generator);
      values["kernel_size"] = 15.0;
    }
    DegradationContext context;
    context.height = x.size(2);
    context.width = x.size(3);
    context.values = completeValues(entry.info.parameters, values, entry.info.id);
    const auto A = entry.make(context);
    return A->plainPicture(addNoise(*A, A->A(x), kMeasurementNoise, generator));
  }

  at::Tensor latents(const at::Tensor& x, at::Generator& generator) const {
    const at::NoGradGuard no_grad;
    const auto estimated = (3 * x.size(0) + 3) / 4, worse = (x.size(0) + 1) / 2;
    std::vector<at::Tensor> pictures;
    for (std::int64_t i = 0; i < x.size(0); ++i)
      pictures.push_back(i < worse ? degraded(x.narrow(0, i, 1).to(at::kCPU), generator).to(device_)
                                   : x.narrow(0, i, 1));
    const auto z = model_->encode(at::cat(pictures));
    const auto noise = randomNormal(z.sizes(), generator).to(device_);
    const double train = model_->plan(1, "trailing").front().level.t + 1.0;  // timesteps
    const double share = kLowestLevel + (kHighestLevel - kLowestLevel) * randomUniform(generator);
    const auto level = model_->levelAt(std::floor(share * train));
    const auto some = [&](const at::Tensor& all) { return all.narrow(0, 0, estimated); };
    const auto z_t = noised(some(z), some(noise), level);
    const auto eps = model_->predictNoise(z_t, level, null_.with(null_.prompt.expand({estimated, -1, -1})));
    const auto rest = x.size(0) - estimated;
    const double deviation = kLatentNoise * randomUniform(generator);
    return at::cat(
        {tweedie(z_t, eps, level), z.narrow(0, estimated, rest) + deviation * noise.narrow(0, estimated, rest)});
  }

  TrainingRequest request_;
  at::Device device_;
  ModelFiles files_;
  std::shared_ptr<const DiffusionModel> model_;
  TrainableWeights weights_;
  std::vector<Lpips> trunks_;
  NamedTensors parameters_;
  std::unique_ptr<Autoencoder> network_;
  Conditioning null_;
};

}  // namespace

std::unique_ptr<TrainingTask> makeDetailTask(const TrainingRequest& request) {
  return std::make_unique<DetailTask>(request);
}

}  // namespace p2l
