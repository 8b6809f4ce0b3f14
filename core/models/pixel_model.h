// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "core/diffusion/diffusion_model.h"
#include "core/models/footprint.h"
#include "core/weights/model_files.h"

namespace p2l {

/// A diffusion model of pixels behind the interface of latent ones: E and D are the identity, x_t takes the place of
/// z_t, and C is one number: the class, -1 for none, where the network knows classes; elsewhere a zero that nothing
/// reads.
///
/// Where the scheduler's config says `clip_sample`, the noise prediction is the one whose Tweedie estimate is clipped
/// to +-clip_sample_range, as DDPM's and ADM's samplers have it; the gradient goes through the clipping.
class PixelModel : public DiffusionModel {
 public:
  /// The network's output for x_t [B, 3, h, w] and the class `label` [1]: the prediction, and after it a variance where
  /// it predicts one.
  using Network = std::function<at::Tensor(const at::Tensor& x_t, double t, const at::Tensor& label)>;

  struct Parts {
    Network network;
    std::int64_t size_multiple = 1;
    std::int64_t parameters = 0;       ///< count of weights
    int classes = 0;                   ///< that the network knows
    std::vector<std::string> skipped;  ///< tensors of the file that the network does not have
  };
  /// @param type that the network computes in; what goes in and out of the model is float32
  /// @param clip bound of the estimate; 0: none
  PixelModel(Parts parts, const NoiseSchedule& schedule, double clip, at::ScalarType type, at::Device device);

  at::Tensor predictNoise(const at::Tensor& x_t, const Level& level, const Conditioning& C) const override;
  at::Tensor decode(const at::Tensor& x) const override { return x; }
  at::Tensor encode(const at::Tensor& x) const override { return x; }
  /// @throws Error as classOfPrompt, where the network knows classes
  Conditioning embedPrompt(const std::string& prompt) const override;
  std::vector<SamplingStep> plan(int steps, const std::string& spacing) const override {
    return samplingPlan(schedule_, steps, spacing);
  }
  Level levelAt(double t) const override { return schedule_.levelAt(t); }
  ModelKind kind() const override { return ModelKind::Pixel; }
  std::int64_t latentChannels() const override { return 3; }
  std::int64_t pixelsPerLatent() const override { return 1; }
  std::int64_t sizeMultiple() const override { return parts_.size_multiple; }
  std::int64_t parameters() const { return parts_.parameters; }
  const std::vector<std::string>& skipped() const { return parts_.skipped; }

 private:
  Parts parts_;
  NoiseSchedule schedule_;
  double clip_;
  at::ScalarType type_;
  at::Device device_;
};

/// What a pixel model's configs say, without its weights.
struct PixelModelSizes {
  std::int64_t size_multiple = 1;
  std::int64_t training_size = 0;  ///< side in pixels
  std::string network;             ///< name of its C++ class
  int classes = 0;                 ///< of pictures, that the network knows
};
/// @throws Error naming the field that is not supported.
PixelModelSizes pixelModelSizes(const ModelFiles& files);
/// What its network takes in memory, for pictures of a height and width. @throws Error as pixelModelSizes
std::function<Footprint(std::int64_t height, std::int64_t width, const FootprintOptions&)> pixelUnetFootprint(
    const ModelFiles& files);

/// Reads the network. @throws Error naming file and field or tensor.
std::shared_ptr<const PixelModel> loadPixelModel(const ModelFiles& files, const NoiseSchedule& schedule,
                                                 at::ScalarType type, bool checkpointing, at::Device device);

}  // namespace p2l
