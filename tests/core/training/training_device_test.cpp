// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "core/io/photo_file.h"
#include "core/training/adamw.h"
#include "core/training/trainer.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::expectParts;
using test::problemOf;
using Precision = TrainingRequest::Precision;

class LossesUpTo : public TrainingObserver {
 public:
  LossesUpTo(RunControl& control, int stop_after) : control_(control), stop_after_(stop_after) {}
  void stepFinished(int step, const TrainingNumbers& numbers) override {
    losses_.push_back(numbers.at("loss"));
    if (step == stop_after_) control_.requestStop();
  }
  std::vector<double> losses_;

 private:
  RunControl& control_;
  int stop_after_;
};

class TrainingDevice : public test::TemporaryFolder {
 protected:
  TrainingRequest request(const std::string& out) const {
    Image image(48, 40, 3);
    for (int y = 0; y < image.height; ++y)
      for (int x = 0; x < image.width; ++x)
        for (int c = 0; c < 3; ++c) image.at(x, y, c) = static_cast<float>(0.5 + 0.4 * std::sin(0.2 * x * (c + 1) + y));
    TrainingRequest request;
    request.part = TrainingRequest::Part::Autoencoder;
    request.photos = {(folder_ / "photo.png").string()};
    writePhoto(image, request.photos[0], "");
    request.from = test::modelFolder("p2l-tiny");
    request.out = (folder_ / out).string();
    request.steps = 3;
    request.batch = 1;
    request.crop = 16;
    request.trips = 0;
    return request;
  }
  static std::vector<double> losses(const TrainingRequest& request, int stop_after = 0) {
    RunControl control;
    LossesUpTo observer(control, stop_after);
    train(request, observer, control);
    return observer.losses_;
  }
};

TEST_F(TrainingDevice, IsRefusedByNameWhereItIsNotHere) {
  auto request = this->request("out");
  request.device = "gpu";
  expectParts(problemOf([&] { losses(request); }), {"no device `gpu`", "auto", "cuda:N"});
  request.device = "cuda:77";
  expectParts(problemOf([&] { losses(request); }), {"cuda:77"});
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(request.out) / "checkpoint.safetensors"));
}

/// Another device may choose another number format by itself; a training that goes on there keeps the one it began
/// with.
TEST_F(TrainingDevice, IsNotAmongWhatATrainingHasToKeep) {
  for (const auto precision : {Precision::Float32, Precision::BFloat16}) {
    const std::string name = precision == Precision::Float32 ? "fp32" : "bf16";
    auto whole = request("whole-" + name);
    whole.precision = precision;
    const auto expected = losses(whole);
    ASSERT_EQ(expected.size(), 3u);

    auto parts = request("parts-" + name);
    parts.precision = precision;
    parts.device = "cpu";
    EXPECT_EQ(losses(parts, /*stop_after=*/1).size(), 1u);
    parts.precision = Precision::Auto;
    parts.device = "auto";
    const auto rest = losses(parts);
    ASSERT_EQ(rest.size(), 2u) << name;
    for (std::size_t i = 0; i < rest.size(); ++i) EXPECT_NEAR(rest[i], expected[i + 1], 1e-6 * expected[i + 1]) << name;
    parts.precision = precision == Precision::Float32 ? Precision::BFloat16 : Precision::Float32;
    expectParts(problemOf([&] { losses(parts); }), {"--precision was " + name});
  }
}

/// The device `meta` knows shapes only, but it is another one than the processor.
TEST_F(TrainingDevice, HoldsWeightsOptimizerAndAverage) {
  const auto path = (folder_ / "weights.safetensors").string();
  writeSafetensors(path, {{"w", at::ones({2, 3})}, {"conv.weight", at::ones({4, 2, 3, 3})}});
  const auto tensors = tensorsOf({SafetensorsFile::open(path)});
  const auto generator = at::detail::createCPUGenerator(1);
  for (const bool widen : {false, true}) {
    auto weights =
        widen ? TrainableWeights::widened(tensors, generator, at::kMeta) : TrainableWeights(tensors, at::kMeta);
    const auto w = weights.take("w", widen ? std::vector<std::int64_t>{4, 5} : std::vector<std::int64_t>{2, 3});
    EXPECT_TRUE(w.is_meta());
    EXPECT_TRUE(w.requires_grad() && w.is_leaf());
    const AdamW adam(weights.tensors());
    const auto state = adam.state();
    EXPECT_EQ(state.size(), 5u);
    for (const auto& [name, tensor] : state) EXPECT_TRUE(tensor.is_meta()) << name;
  }
  TrainableWeights fresh(generator, at::kMeta);
  EXPECT_TRUE(fresh.take("w", {2, 3}).is_meta());
}

}  // namespace
}  // namespace p2l
