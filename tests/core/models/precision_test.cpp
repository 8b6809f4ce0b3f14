// SPDX-License-Identifier: GPL-3.0-or-later
// Half precision and checkpointing against the same networks in float32.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/gradient.h"
#include "core/models/model_folder.h"
#include "core/nn/layers/checkpoint.h"
#include "core/types/error.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::modelFolder;
using test::relativeDifference;

ModelOptions options(const std::string& precision, bool checkpointing) {
  ModelOptions result;
  result.precision = precision;
  result.checkpointing = checkpointing;
  return result;
}

/// Everything that a solver asks of a model, at one point.
struct Evaluation {
  at::Tensor prompt, eps, picture, latent, gradient_z, gradient_prompt;
};

Evaluation evaluate(const std::string& name, const ModelOptions& model_options) {
  const at::NoGradGuard no_grad;
  const auto model = loadModel(modelFolder(name), at::kCPU, model_options).model;
  at::manual_seed(3);
  const auto side = 2 * model->sizeMultiple() / model->pixelsPerLatent();
  const auto z = at::randn({1, model->latentChannels(), side, side});
  const auto weight = at::randn_like(z);
  Evaluation e;
  e.prompt = model->embedPrompt("a red house by the sea").prompt;
  e.eps = model->predictNoise(z, model->levelAt(321), e.prompt);
  e.picture = model->decode(z);
  e.latent = model->encode(e.picture.clamp(-1, 1));
  e.gradient_z =
      gradient(
          [&](const at::Tensor& z_t) {
            return model->decode(z_t - 0.5 * model->predictNoise(z_t, model->levelAt(321), e.prompt)).square().sum();
          },
          z)
          .gradient;
  e.gradient_prompt =
      gradient([&](const at::Tensor& C) { return (model->predictNoise(z, model->levelAt(321), C) * weight).sum(); },
               e.prompt)
          .gradient;
  return e;
}

class Precision : public testing::TestWithParam<const char*> {
 protected:
  static void expectClose(const Evaluation& found, const Evaluation& expected, double forward, double backward,
                          double backward_to_prompt) {
    EXPECT_EQ(found.eps.scalar_type(), at::kFloat);
    EXPECT_EQ(found.gradient_prompt.scalar_type(), at::kFloat);
    EXPECT_TRUE(at::equal(found.prompt, expected.prompt)) << "the text encoder is float32 always";
    EXPECT_LT(relativeDifference(found.eps, expected.eps), forward);
    EXPECT_LT(relativeDifference(found.picture, expected.picture), forward);
    EXPECT_LT(relativeDifference(found.latent, expected.latent), forward);
    EXPECT_LT(relativeDifference(found.gradient_z, expected.gradient_z), backward);
    EXPECT_LT(relativeDifference(found.gradient_prompt, expected.gradient_prompt), backward_to_prompt);
  }
};

TEST_P(Precision, CheckpointingChangesNothing) {
  expectClose(evaluate(GetParam(), options("fp32", true)), evaluate(GetParam(), options("", false)), 1e-6, 1e-5, 1e-5);
}

TEST_P(Precision, HalfPrecisionStaysNear) {
  const auto exact = evaluate(GetParam(), options("fp32", false));
  expectClose(evaluate(GetParam(), options("bf16", false)), exact, 0.03, 0.1, 0.1);  // 8 bits of mantissa
  // 11 bits. The prompt's gradient by ATen's kernels for AVX2 is off by 0.035, by those for no instruction set 0.011.
  expectClose(evaluate(GetParam(), options("fp16", true)), exact, 0.005, 0.02, 0.05);
}

INSTANTIATE_TEST_SUITE_P(Models, Precision, testing::Values("p2l-tiny", "sd1-mini", "sd2-mini"), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(PrecisionOption, IsNamedWhenItIsUnknown) {
  try {
    loadModel(modelFolder("p2l-tiny"), at::kCPU, options("fp8", false));
    FAIL() << "fp8 was taken";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("fp8"), std::string::npos) << error.what();
  }
}

TEST(Checkpoint, EvaluatesAgainAndGivesTheSameGradient) {
  at::manual_seed(5);
  const auto x = at::randn({4}), y = at::randn({4});
  int evaluations = 0;
  const Segment f = [&](const std::vector<at::Tensor>& in) {
    ++evaluations;
    return (in[0] * in[1]).tanh() * in[0];
  };
  const auto plain = gradient([&](const at::Tensor& v) { return f({v, y}).sum(); }, x);
  EXPECT_EQ(evaluations, 1);
  const auto found = gradient([&](const at::Tensor& v) { return checkpointed(f, {v, y}).sum(); }, x);
  EXPECT_EQ(evaluations, 3);
  EXPECT_TRUE(at::equal(found.gradient, plain.gradient));
  const auto both = gradient([&](const at::Tensor& v) { return checkpointed(f, {v, 2 * v}).sum(); }, x);
  const auto both_plain = gradient([&](const at::Tensor& v) { return f({v, 2 * v}).sum(); }, x);
  EXPECT_TRUE(at::equal(both.gradient, both_plain.gradient));
}

TEST(Checkpoint, CostsNothingWithoutAGradient) {
  int evaluations = 0;
  const auto y = checkpointed(
      [&](const std::vector<at::Tensor>& in) {
        ++evaluations;
        return in[0] + 1;
      },
      {at::zeros({2})});
  EXPECT_EQ(evaluations, 1);
  EXPECT_FALSE(y.requires_grad());
}

}  // namespace
}  // namespace p2l
