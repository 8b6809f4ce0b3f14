// SPDX-License-Identifier: GPL-3.0-or-later
// The counted numbers of networks against what stays allocated when they have been evaluated for a gradient.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <filesystem>

#include "core/models/footprint.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/weights/model_files.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::modelFolder;

double allocatedBytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// Numbers (of 4 bytes) that are allocated more after f(z) than before it, while its graph lives.
template <class F>
double keptBy(const F& f, const at::Tensor& z) {
  const at::AutoGradMode enabled(true);
  const auto leaf = z.detach().requires_grad_(true);
  f(leaf);  // what is made once
  const auto before = allocatedBytes();
  const auto out = f(leaf);
  return (allocatedBytes() - before) / 4.0;
}

class Kept : public testing::TestWithParam<std::pair<const char*, bool>> {
 protected:
  static constexpr std::int64_t kSide = 64;
  static constexpr double kTolerance = 0.1;
};

TEST_P(Kept, ByTheAutoencoder) {
  const auto [model, checkpointing] = GetParam();
  const auto files = findAutoencoder(modelFolder(model));
  Weights weights(files.tensors(), at::kCPU);
  const auto net = makeAutoencoder(*files.config, WeightScope(weights), checkpointing);
  FootprintOptions options;
  options.checkpointing = checkpointing;
  const auto counted = autoencoderFootprint(*files.config, kSide, kSide, options);
  const auto z = at::randn({1, net->latentChannels(), kSide, kSide});
  const double picture = 3.0 * kSide * kSide * net->factor() * net->factor();
  const auto decode = keptBy([&](const at::Tensor& at) { return net->decode(at); }, z);
  EXPECT_NEAR(decode - picture, counted.decode.kept, kTolerance * counted.decode.kept + picture);
  const auto x = at::randn({1, 3, kSide * net->factor(), kSide * net->factor()});
  const auto encode = keptBy([&](const at::Tensor& at) { return net->encode(at); }, x);
  EXPECT_NEAR(encode, counted.encode.kept, kTolerance * counted.encode.kept + picture);
}

TEST_P(Kept, ByTheUNet) {
  const auto [model, checkpointing] = GetParam();
  if (!std::filesystem::exists(modelFolder(model) + "/unet")) GTEST_SKIP() << "an autoencoder alone";
  const auto files = findModelFiles(modelFolder(model), {});
  Weights weights(files.unet.tensors(), at::kCPU);
  const auto config = UNet2DConditionModel::Config::fromJson(*files.unet.config);
  const UNet2DConditionModel net(config, WeightScope(weights), checkpointing);
  FootprintOptions options;
  options.checkpointing = checkpointing;
  const auto counted = unetFootprint(config, kSide, kSide, options);
  const auto C = at::randn({1, 16, config.cross_attention_dim});
  const auto kept = keptBy([&](const at::Tensor& z) { return net(net.trunk(z, 321), C); },
                           at::randn({1, config.in_channels, kSide, kSide}));
  // With checkpointing little is kept, and what the trunk hands on, which is not counted, shows.
  EXPECT_NEAR(kept, counted.kept, (checkpointing ? 0.35 : kTolerance) * counted.kept);
}

class KeptOfPixels : public testing::TestWithParam<bool> {};

TEST_P(KeptOfPixels, ByTheUNet) {
  const auto files = findModelFiles(modelFolder("p2l-tiny-pixel"), {});
  Weights weights(files.unet.tensors(), at::kCPU);
  const auto config = UNet2DModel::Config::fromJson(*files.unet.config);
  const UNet2DModel net(config, WeightScope(weights), GetParam());
  FootprintOptions options;
  options.checkpointing = GetParam();
  const auto kept = keptBy([&](const at::Tensor& x) { return net(x, 321); }, at::randn({1, 3, 96, 128}));
  EXPECT_NEAR(kept / unetFootprint(config, 96, 128, options).kept, 1.0, GetParam() ? 0.35 : 0.1);
}

INSTANTIATE_TEST_SUITE_P(Networks, KeptOfPixels, testing::Bool());

/// Weights of ADM's shapes.
class Zeros : public WeightSource {
 public:
  bool has(const std::string&) const override { return false; }
  at::Tensor take(const std::string&, at::IntArrayRef shape) override { return at::zeros(shape); }
};

TEST(KeptOfAdm, ByTheUNet) {
  for (const bool updown : {true, false}) {
    AdmUNet::Config config;
    config.model_channels = 32;
    config.level_channels = {32, 64, 64};
    config.level_attends = {false, true, true};
    config.num_head_channels = 32;
    config.resblock_updown = config.use_scale_shift_norm = updown;
    Zeros zeros;
    const AdmUNet net(config, WeightScope(zeros));
    const auto kept = keptBy([&](const at::Tensor& x) { return net(x, 321); }, at::randn({1, 3, 64, 96}));
    EXPECT_NEAR(kept / unetFootprint(config, 64, 96, {}).kept, 1.0, 0.1) << updown;
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, Kept,
                         testing::Values(std::pair{"p2l-tiny", false}, std::pair{"p2l-tiny", true},
                                         std::pair{"sd1-mini", false}, std::pair{"sd1-mini", true},
                                         std::pair{"sd2-mini", false}, std::pair{"taesd-mini", false}),
                         [](const auto& info) {
                           return std::string(info.param.first).substr(0, 3) + std::to_string(info.index) +
                                  (info.param.second ? "checkpointing" : "plain");
                         });

}  // namespace
}  // namespace p2l
