// SPDX-License-Identifier: GPL-3.0-or-later
// Training of an autoencoder whose round trips stay where they are.
//
//   x_1 = D(E(x)),  x_{k+1} = D(E(x_k))
//   loss = d(D(E(x + n) + m), x) + fixed_point mean_k d(x_{k+1}, x_1) + anchor |E(x + n) - E_0(x)|
//        + hold_scale mean_c (mean_c(z)^2 + (deviation_c(z) - 1)^2)
//
// with d the L1 distance of the pictures and of their differences from pixel to pixel. The round trips of the second
// term, of a quarter of the crops, begin at x_j, j drawn from 1 .. blind_trips + 1, which is reached without gradients:
// so the networks are trained on the pictures that their own drift leads to, and learn the way back to where the first
// trip ended, so that errors do not add up. n is the noise of a denoising autoencoder (Vincent et al. 2008), in half of
// the other crops, in squares of 1 to 8 pixels: what a projection onto the data puts into a picture looks like that,
// and the encoder learns to leave it out. The anchor keeps the latents where the diffusion model knows them; with
// `encoder_only` they mean what they meant, since the decoder stays as it is. Where channels are added (`widen`), it
// holds the model's own, and the last term the mean and the deviation of the others. m is noise in half of the latents:
// what the diffusion model estimates is never exact.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/var_mean.h>

#include <algorithm>
#include <filesystem>

#include "core/base/random.h"
#include "core/metrics/psnr_ssim.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/tensor/image_tensor.h"
#include "core/training/picture_distance.h"
#include "core/training/training_files.h"
#include "core/training/training_task.h"
#include "core/types/error.h"
#include "core/weights/model_files.h"

namespace p2l {
namespace {

constexpr int kMeasuredTrips = 24;

class AutoencoderTask : public TrainingTask {
 public:
  explicit AutoencoderTask(const TrainingRequest& request)
      : request_(request),
        files_(findModelFiles(request.from, {})),
        weights_(trainableWeights(files_.autoencoder, request)) {
    const auto& part = files_.autoencoder;
    network_ = makeAutoencoder(*part.config, WeightScope(weights_));
    for (const auto& [name, tensor] : weights_.tensors()) {
      const bool decodes = name.starts_with("decoder.") || name.starts_with("post_quant_conv.");
      if (request.encoder_only && decodes) {
        tensor.set_requires_grad(false);
      } else {
        parameters_[name] = tensor;
      }
    }
    if (request.widen) {
      const auto tensors = part.tensors();
      const auto last = tensors.find("encoder.conv_out.weight");
      const auto name = part.config->text("_class_name", "");
      require(name == "AutoencoderShuffle" && last != tensors.end(), files_.path,
              ": --widen is for AutoencoderShuffle, this is a ", name);
      own_channels_ = last->second.shape()[0];
    }
    if (!request.fresh && request.anchor > 0.0) {
      frozen_ = std::make_unique<TrainableWeights>(trainableWeights(part, request));
      anchor_ = makeAutoencoder(*part.config, WeightScope(*frozen_));
    }
    require(request.crop % network_->factor() == 0, "The crops' side is ", request.crop,
            "; this autoencoder needs a multiple of ", network_->factor());
  }

  const NamedTensors& parameters() const override { return parameters_; }

  at::Tensor loss(const at::Tensor& x, at::Generator& generator, TrainingNumbers& numbers) const override {
    const auto with_trips = request_.trips == 0 ? 0 : std::max<std::int64_t>(1, x.size(0) / 4);
    const auto z = network_->encode(disturbed(x, with_trips, generator));
    const auto decoded = network_->decode(disturbedLatents(z, generator));
    const auto once = pictureDistance(decoded, x, request_.gradient_weight);
    auto loss = once;
    numbers["once"] = once.item<double>();
    if (anchor_) {
      const at::NoGradGuard no_grad;
      const auto held = anchor_->encode(x);
      const at::AutoGradMode grad(true);
      const auto own = own_channels_ > 0 ? own_channels_ : z.size(1);
      const auto moved = at::l1_loss(z.narrow(1, 0, own), held.narrow(1, 0, own));
      numbers["anchor"] = moved.item<double>();
      loss = loss + request_.anchor * moved;
    }
    if (request_.hold_scale > 0.0) {
      const auto off = offScale(z.narrow(1, own_channels_, z.size(1) - own_channels_));
      numbers["scale"] = off.item<double>();
      loss = loss + request_.hold_scale * off;
    }
    if (with_trips == 0) return loss;
    const auto x_1 = decoded.narrow(0, 0, with_trips).detach();
    auto x_k = after(x_1, static_cast<int>(randomUniform(generator) * (request_.blind_trips + 1)));
    at::Tensor again;
    for (int k = 0; k < request_.trips; ++k) {
      x_k = network_->decode(network_->encode(x_k));
      const auto d = pictureDistance(x_k, x_1, request_.gradient_weight);
      again = again.defined() ? again + d : d;
    }
    again = again / static_cast<double>(request_.trips);
    numbers["again"] = again.item<double>();
    return loss + request_.fixed_point * again;
  }

  TrainingNumbers measure(const std::vector<at::Tensor>& photos,
                          std::vector<TrainingPicture>& pictures) const override {
    TrainingNumbers numbers;
    for (const auto& photo : photos) {
      const auto x_1 = after(photo, 1);
      const auto x_24 = after(x_1, kMeasuredTrips - 1);
      const double first = psnr(x_1, photo), last = psnr(x_24, photo);
      numbers["psnr 1 trip"] += first / static_cast<double>(photos.size());
      numbers["psnr 24 trips"] += last / static_cast<double>(photos.size());
      pictures.push_back({imageFromTensor(photo), "original"});
      pictures.push_back({imageFromTensor(x_1), "1 trip\n" + decibels(first)});
      pictures.push_back({imageFromTensor(x_24), "24 trips\n" + decibels(last)});
    }
    return numbers;
  }

  void write(const std::string& folder, const NamedTensors& values) const override {
    copyModelFolder(files_.path, folder);
    if (!files_.detail_decoder.empty() && !request_.encoder_only)  // of other latents by now
      std::filesystem::remove(std::filesystem::path(folder) /
                              std::filesystem::path(files_.detail_decoder).lexically_relative(files_.path));
    writePart(files_.autoencoder, files_.path, folder, values);
  }

 private:
  /// x with noise in half of the crops after the first `kept`.
  at::Tensor disturbed(const at::Tensor& x, std::int64_t kept, at::Generator& generator) const {
    if (request_.noise == 0.0) return x;
    auto result = x.clone();
    for (auto i = kept; i < x.size(0); ++i) {
      if (randomUniform(generator) < 0.5) continue;
      const auto square = std::int64_t{1} << static_cast<int>(randomUniform(generator) * 4.0);
      const auto side = (x.size(2) + square - 1) / square;
      const auto coarse = randomNormal({1, x.size(1), side, side}, generator);
      const auto noise = at::upsample_nearest2d(coarse, {side * square, side * square});
      const double deviation = request_.noise * randomUniform(generator);
      result[i].add_(noise[0].narrow(1, 0, x.size(2)).narrow(2, 0, x.size(3)).to(x.device()), deviation);
    }
    return result;
  }

  at::Tensor disturbedLatents(const at::Tensor& z, at::Generator& generator) const {
    if (request_.latent_noise == 0.0) return z;
    auto noise = randomNormal(z.sizes(), generator);
    for (std::int64_t i = 0; i < z.size(0); ++i) {
      const bool left = randomUniform(generator) < 0.5;
      noise[i].mul_(left ? 0.0 : request_.latent_noise * randomUniform(generator));
    }
    return z + noise.to(z.device());
  }

  static at::Tensor offScale(const at::Tensor& z) {
    const auto [variance, mean] = at::var_mean(z.to(at::kFloat), at::IntArrayRef{0, 2, 3});
    return (mean.square() + (at::sqrt(variance) - 1.0).square()).mean();
  }

  at::Tensor after(at::Tensor x, int trips) const {
    const at::NoGradGuard no_grad;
    for (int i = 0; i < trips; ++i) x = network_->decode(network_->encode(x));
    return x;
  }

  TrainingRequest request_;
  ModelFiles files_;
  TrainableWeights weights_;
  NamedTensors parameters_;
  std::unique_ptr<TrainableWeights> frozen_;
  std::unique_ptr<Autoencoder> network_, anchor_;
  std::int64_t own_channels_ = 0;  // of the model that is widened
};

}  // namespace

std::unique_ptr<TrainingTask> makeAutoencoderTask(const TrainingRequest& request) {
  return std::make_unique<AutoencoderTask>(request);
}

}  // namespace p2l
