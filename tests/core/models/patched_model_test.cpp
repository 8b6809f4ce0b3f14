// SPDX-License-Identifier: GPL-3.0-or-later
// Predictions in patches: against the model alone, against a plain sum over patches, by finite differences; what they
// keep in memory; and whether their grid shows.
#include "core/models/patched_model.h"
#include "core/models/guided_model.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/session.h"
#include "core/base/gradient.h"
#include "core/io/photo_file.h"
#include "core/models/model_folder.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/run_control.h"
#include "tests/support/gaussian_prior.h"
#include "tests/support/reference.h"
#include "tests/support/tensor_memory.h"

namespace p2l {
namespace {

using test::relativeDifference;
using Weights = PatchLayout::Weights;

/// A prediction that every pixel's neighbours, the position in the patch (through the zeros beyond its border) and the
/// prompt have a part in; of any float type, so that finite differences can be taken in float64.
class Neighbours : public test::GaussianPrior {
 public:
  Neighbours() : GaussianPrior(0.2, 0.5) {
    const at::Tensor k = at::arange(12 * 12 * 9, at::kDouble);
    kernel_ = (0.37 * k).sin().view({12, 12, 3, 3}) / 6.0;
  }
  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    ++evaluations;
    return at::tanh(at::conv2d(z_t * (1.0 + C.prompt.mean()), kernel_.to(z_t.scalar_type()), {}, 1, 1) +
                    1e-3 * level.t) +
           C.prompt.square().sum() * z_t;
  }
  mutable int evaluations = 0;

 private:
  at::Tensor kernel_;
};

std::shared_ptr<const DiffusionModel> patched(std::shared_ptr<const DiffusionModel> model, Weights weights,
                                              std::int64_t size, std::int64_t stride) {
  return withPatches(std::move(model), {weights, size, stride});
}

at::Tensor randomDouble(at::IntArrayRef shape) {
  return at::randn(shape, at::kDouble);
}

/// The same mean written down without the shortcuts: weights of two dimensions, sums over pictures of the whole size.
at::Tensor plainPatches(const DiffusionModel& model, const at::Tensor& z, std::int64_t t, const at::Tensor& C,
                        Weights weights, std::int64_t size, std::int64_t stride) {
  const auto height = z.size(2), width = z.size(3);
  auto numerator = at::zeros_like(z), denominator = at::zeros_like(z);
  for (std::int64_t y = 0; y < height - size + stride; y += stride) {
    for (std::int64_t x = 0; x < width - size + stride; x += stride) {
      const auto top = std::min(y, height - size), left = std::min(x, width - size);
      auto w = at::ones({size, size}, at::kDouble);
      for (std::int64_t i = 0; weights == Weights::Gaussian && i < size * size; ++i) {
        const double dy = (double(i / size) - (size - 1) / 2.0) / size,
                     dx = (double(i % size) - (size - 1) / 2.0) / size;
        w.view({-1})[i] = std::exp(-(dy * dy + dx * dx) / 0.02);
      }
      const auto eps = model.predictNoise(z.narrow(2, top, size).narrow(3, left, size), model.levelAt(t), C);
      const std::vector<std::int64_t> pads{left, width - size - left, top, height - size - top};
      numerator = numerator + at::constant_pad_nd(w * eps, pads);
      denominator = denominator + at::constant_pad_nd(w, pads);
    }
  }
  return numerator / denominator;
}

class EveryWeighting : public testing::TestWithParam<Weights> {
 protected:
  void SetUp() override { at::manual_seed(7); }
};

TEST_P(EveryWeighting, OnePatchOverAllIsTheModelItself) {
  const at::NoGradGuard no_grad;
  const auto model = loadModel(test::modelFolder("p2l-tiny"), at::kCPU).model;
  const auto C = model->embedPrompt("a red house").prompt;
  const auto z = at::randn({1, 8, 16, 24}), weight = at::randn_like(z);
  const auto whole = patched(model, GetParam(), 24, 12);
  EXPECT_TRUE(
      at::equal(whole->predictNoise(z, whole->levelAt(300), C), model->predictNoise(z, model->levelAt(300), C)));
  const auto of_z = [&](const DiffusionModel& of) {
    return gradient([&](const at::Tensor& at) { return (of.noiseOfPrompt(at, of.levelAt(300))(C) * weight).sum(); }, z)
        .gradient;
  };
  const auto of_prompt = [&](const DiffusionModel& of) {
    return gradient([&](const at::Tensor& at) { return (of.noiseOfPrompt(z, of.levelAt(300))(at) * weight).sum(); }, C)
        .gradient;
  };
  EXPECT_TRUE(at::equal(of_z(*whole), of_z(*model)));
  EXPECT_TRUE(at::equal(of_prompt(*whole), of_prompt(*model)));
}

// Where the prediction of a pixel needs no other pixel, patches change nothing: the weights sum to one everywhere.
TEST_P(EveryWeighting, APointwiseModelIsLeftAsItIs) {
  const at::NoGradGuard no_grad;
  const auto prior = std::make_shared<test::GaussianPrior>(0.2, 0.5);
  const auto C = prior->embedPrompt("").prompt;
  for (const auto& [height, width] : {std::pair{40, 40}, std::pair{41, 67}, std::pair{9, 50}, std::pair{7, 5}}) {
    const auto z = randomDouble({2, 12, height, width});
    const auto expected = prior->predictNoise(z, prior->levelAt(500), C);
    const auto found = patched(prior, GetParam(), 16, 8)->predictNoise(z, prior->levelAt(500), C);
    EXPECT_LT(relativeDifference(found, expected), 1e-12) << height << " x " << width;
    EXPECT_LT(relativeDifference(patched(prior, GetParam(), 16, 5)->predictNoise(z, prior->levelAt(500), C), expected),
              1e-12);
  }
}

TEST_P(EveryWeighting, ValueAndGradientsAreThoseOfAPlainSum) {
  const auto model = std::make_shared<Neighbours>();
  const auto C = 0.1 * randomDouble({1, 4, 8}), z = randomDouble({1, 12, 20, 27}), weight = randomDouble(z.sizes());
  const auto in_patches = patched(model, GetParam(), 8, 4);
  const auto plain = [&](const at::Tensor& at_z, const at::Tensor& at_C) {
    return plainPatches(*model, at_z, 400, at_C, GetParam(), 8, 4);
  };
  EXPECT_LT(relativeDifference(in_patches->predictNoise(z, in_patches->levelAt(400), C), plain(z, C)), 1e-12);
  EXPECT_GT(relativeDifference(in_patches->predictNoise(z, in_patches->levelAt(400), C),
                               model->predictNoise(z, model->levelAt(400), C)),
            GetParam() == Weights::Uniform ? 1e-2 : 1e-5)
      << "the patches' borders are seen, faintly where they weigh little";

  auto gradients = [&](const auto& noise) {
    return std::pair{gradient([&](const at::Tensor& v) { return (noise(v, C) * weight).sum(); }, z).gradient,
                     gradient([&](const at::Tensor& v) { return (noise(z, v) * weight).sum(); }, C).gradient};
  };
  const auto found = gradients([&](const auto& at_z, const auto& at_C) {
    return in_patches->noiseOfPrompt(at_z, in_patches->levelAt(400))(at_C);
  });
  const auto expected = gradients(plain);
  EXPECT_LT(relativeDifference(found.first, expected.first), 1e-12);
  EXPECT_LT(relativeDifference(found.second, expected.second), 1e-12);
}

TEST_P(EveryWeighting, GradientsAreThoseOfFiniteDifferences) {
  const auto model = patched(std::make_shared<Neighbours>(), GetParam(), 6, 3);
  const auto C = 0.1 * randomDouble({1, 4, 8}), z = randomDouble({1, 12, 13, 9}), weight = randomDouble(z.sizes());
  const auto f = [&](const at::Tensor& at_z, const at::Tensor& at_C) {
    return (model->predictNoise(at_z, model->levelAt(400), at_C) * weight).sum();
  };
  const double h = 1e-5;  // truncation h^2, rounding 1e-16 / h
  for (int i = 0; i < 5; ++i) {
    const auto dz = randomDouble(z.sizes()), dC = randomDouble(C.sizes());
    const double by_z = ((f(z + h * dz, C) - f(z - h * dz, C)) / (2 * h)).item<double>();
    const double by_C = ((f(z, C + h * dC) - f(z, C - h * dC)) / (2 * h)).item<double>();
    const auto gradient_z = gradient([&](const at::Tensor& v) { return f(v, C); }, z).gradient;
    const auto gradient_C = gradient([&](const at::Tensor& v) { return f(z, v); }, C).gradient;
    EXPECT_NEAR((gradient_z * dz).sum().item<double>(), by_z, 1e-6 * std::abs(by_z) + 1e-6);
    EXPECT_NEAR((gradient_C * dC).sum().item<double>(), by_C, 1e-6 * std::abs(by_C) + 1e-6);
  }
}

// P2L tunes the prompt inside the objective whose gradient is taken by z_t: one closure, two gradients, of which the
// inner one must not evaluate the patches for z_t as well, nor spoil the outer one.
TEST_P(EveryWeighting, ThePromptsGradientWithinThatOfTheLatent) {
  const auto network = std::make_shared<Neighbours>();
  const auto C = 0.1 * randomDouble({1, 4, 8}), z = randomDouble({1, 12, 20, 20});
  auto both = [&](const auto& noiseOfPrompt) {
    at::Tensor tuned;
    const auto by_z = gradient(
        [&](const at::Tensor& v) {
          const auto noise = noiseOfPrompt(v);
          tuned = C - 1e-4 * gradient([&](const at::Tensor& at_C) { return noise(at_C).square().sum(); }, C).gradient;
          return noise(tuned).pow(3).sum();
        },
        z);
    return std::pair{by_z.gradient, tuned};
  };
  const auto model = patched(network, GetParam(), 8, 4);
  const auto found = both([&](const at::Tensor& v) { return model->noiseOfPrompt(v, model->levelAt(400)); });
  EXPECT_EQ(network->evaluations, 4 * 4 * 4) << "16 patches, forwards and again for the gradient, twice";
  const auto expected = both([&](const at::Tensor& v) {
    return [&, v](const at::Tensor& at_C) { return plainPatches(*network, v, 400, at_C, GetParam(), 8, 4); };
  });
  EXPECT_LT(relativeDifference(found.second, expected.second), 1e-12);
  EXPECT_LT(relativeDifference(found.first, expected.first), 1e-12);
}

/// Peak of the bytes that eps and its gradients by z_t and C take, and what a kept noiseOfPrompt takes.
struct Memory {
  std::int64_t peak, kept;
};

Memory memoryOf(const DiffusionModel& model, std::int64_t side) {
  const auto C = model.embedPrompt("").prompt;
  const auto z = at::randn({1, 8, side, side}, at::kFloat);  // p2l-tiny's
  const test::TensorMemory memory;
  std::int64_t kept = 0;
  gradient(
      [&](const at::Tensor& z_t) {
        const auto noise = model.noiseOfPrompt(z_t, model.levelAt(300));
        kept = memory.live();
        gradient([&](const at::Tensor& at_C) { return noise(at_C).square().sum(); }, C);
        return noise(C).square().sum();
      },
      z);
  return {memory.peak(), kept};
}

TEST_P(EveryWeighting, MemoryIsThatOfOnePatchWhateverTheSize) {
  const at::NoGradGuard no_grad;
  const auto model = loadModel(test::modelFolder("p2l-tiny"), at::kCPU).model;
  const auto in_patches = patched(model, GetParam(), 16, 8);
  const auto one_patch = memoryOf(*model, 16), whole = memoryOf(*model, 64);
  const auto small = memoryOf(*in_patches, 32), large = memoryOf(*in_patches, 64);
  RecordProperty("one_patch", std::to_string(one_patch.peak));
  RecordProperty("whole", std::to_string(whole.peak));
  RecordProperty("in_patches", std::to_string(large.peak));
  EXPECT_GT(whole.peak, 8 * one_patch.peak) << "the network alone takes memory with the picture's size";
  const std::int64_t latent = 64 * 64 * 8 * sizeof(float);
  // Beside one patch's activations there are z_t, eps and their gradients, and a copy of z_t by patches (4 latents).
  EXPECT_LT(large.peak, one_patch.peak + 16 * latent);
  EXPECT_LT(large.peak - small.peak, 16 * latent * 3 / 4);
  EXPECT_LT(large.kept, latent + 1024) << "noiseOfPrompt keeps no trunks";
  EXPECT_GT(whole.kept, 10 * latent) << "of one patch it does";
}

INSTANTIATE_TEST_SUITE_P(All, EveryWeighting, testing::Values(Weights::Uniform, Weights::Gaussian),
                         [](const auto& info) { return info.param == Weights::Uniform ? "Uniform" : "Gaussian"; });

TEST(PatchedModel, AsManyEvaluationsAsThePaperSays) {
  const auto network = std::make_shared<Neighbours>();
  const at::NoGradGuard no_grad;
  // 768 x 768 pixels are 96 x 96 latents: four evaluations a step (App. F).
  patched(network, Weights::Uniform, 64, 32)
      ->predictNoise(at::zeros({1, 12, 96, 96}), network->levelAt(1), at::zeros({1, 4, 8}));
  EXPECT_EQ(network->evaluations, 4);
}

TEST(PatchedModel, RefusesLayoutsThatCannotBe) {
  const auto model = std::make_shared<Neighbours>();
  EXPECT_THROW(patched(model, Weights::Uniform, 16, 17), Error);
  EXPECT_THROW(patched(model, Weights::Uniform, 16, 0), Error);
  const auto tiny = loadModel(test::modelFolder("p2l-tiny"), at::kCPU).model;
  try {
    patched(tiny, Weights::Uniform, 18, 8);
    FAIL() << "18 latent pixels cannot be halved twice";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("multiple of 4"), std::string::npos) << error.what();
  }
}

// Stop answers within a patch: while the prediction is made, and while its gradient evaluates the patches again.
TEST(PatchedModel, StopsBeforeAnyPatchForwardsAndBackwards) {
  const auto network = std::make_shared<Neighbours>();
  const auto C = at::zeros({1, 4, 8}, at::kDouble), z = at::ones({1, 12, 16, 16}, at::kDouble);
  for (const int patches : {0, 5, 9, 14}) {  // nine forwards, nine backwards
    RunControl control;
    int calls = 0;
    const auto model = withPatches(network, {Weights::Uniform, 8, 4}, [&] {
      if (calls++ == patches) control.requestStop();
      control.checkpoint();
    });
    network->evaluations = 0;
    const auto run = [&] {
      return gradient([&](const at::Tensor& v) { return model->predictNoise(v, model->levelAt(10), C).square().sum(); },
                      z);
    };
    EXPECT_THROW(run(), StopRequested);
    EXPECT_EQ(network->evaluations, patches);
  }
  const auto model = withPatches(network, {Weights::Uniform, 8, 4});
  EXPECT_GT(
      gradient([&](const at::Tensor& v) { return model->predictNoise(v, model->levelAt(10), C).square().sum(); }, z)
          .gradient.norm()
          .item<double>(),
      0.0)
      << "gradients work after a stop";
}

/// Mean square of the differences across the lines between pixels n - 1 and n, for the n that `wanted` names.
double energyAcross(const at::Tensor& x, const std::function<bool(std::int64_t)>& wanted) {
  double sum = 0.0;
  int lines = 0;
  for (const std::int64_t dim : {2, 3}) {
    for (std::int64_t n = 1; n < x.size(dim); ++n) {
      if (!wanted(n)) continue;
      sum += (x.select(dim, n) - x.select(dim, n - 1)).square().mean().item<double>();
      ++lines;
    }
  }
  return sum / lines;
}

/// How much more changes across the borders of patches than across the other lines between latent pixels.
double seamRatio(const at::Tensor& x, std::int64_t pixels_per_latent, std::int64_t stride) {
  const auto grid = stride * pixels_per_latent;
  return energyAcross(x, [&](auto n) { return n % grid == 0; }) /
         energyAcross(x, [&](auto n) { return n % grid != 0 && n % pixels_per_latent == 0; });
}

TEST(PatchedModel, APixelModelStaysOne) {
  const auto model = loadModel(test::modelFolder("unet2d-mini"), at::kCPU).model;
  ASSERT_TRUE(model->kind() == ModelKind::Pixel);
  EXPECT_TRUE(patched(model, Weights::Uniform, 32, 16)->kind() == ModelKind::Pixel);
  EXPECT_TRUE(withGuidance(patched(model, Weights::Uniform, 32, 16), 2.0)->kind() == ModelKind::Pixel);
}

TEST(PatchedModel, NoSeamsShowOnTheGrid) {
  const at::NoGradGuard no_grad;
  at::manual_seed(2);
  const auto model = loadModel(test::modelFolder("p2l-tiny"), at::kCPU).model;
  const auto photo = resizeImage(
      centreSquare(readPhoto(std::string(P2L_TEST_RESOURCES) + "/photos/skimage_astronaut.png").image), 256, 256);
  const auto C = model->embedPrompt("").prompt;
  const auto level = model->levelAt(750);
  const auto z0 = model->encode(tensorFromImage(photo));
  const auto z_t = noised(z0, at::randn_like(z0), level);
  const auto ratio = [&](const DiffusionModel& of, std::int64_t stride) {
    return seamRatio(model->decode(tweedie(z_t, of.predictNoise(z_t, level, C), level)), 4, stride);
  };
  // Early in the sampling, where the borders of patches are at their worst: no data yet that draws them together. At
  // t = 700 tiles have 1.9 to 2.4 times the whole's seams, here 2.3 to 2.7 times.
  for (const std::int64_t stride : {8, 16}) {
    const double whole = ratio(*model, stride);
    const double tiles = ratio(*patched(model, Weights::Uniform, stride, stride), stride);
    const double uniform = ratio(*patched(model, Weights::Uniform, 2 * stride, stride), stride);
    const double gaussian = ratio(*patched(model, Weights::Gaussian, 2 * stride, stride), stride);
    EXPECT_GT(tiles, 2.0 * whole) << "patches that do not overlap show, and the measure sees it";
    EXPECT_LT(uniform, 1.6 * whole);
    EXPECT_LT(gaussian, 1.1 * whole);
  }
}

/// A restored picture of 128 x 128 in patches of 16 latents: its seams and its PSNR.
std::pair<double, double> restoredInPatches(RestoreRequest request, const std::string& patches) {
  static Session session;
  RunInputs inputs;
  inputs.photo = readPhoto(std::string(P2L_TEST_RESOURCES) + "/photos/skimage_astronaut.png").image;
  request.device = "cpu";
  request.size = 128;
  request.sampler_values["patch_size"] = 16.0;
  request.sampler_values["patch_stride"] = 8.0;
  request.sampler_values["patches"] = patches;
  RunObserver observer;
  RunControl control;
  const auto outcome = session.run(request, inputs, observer, control);
  EXPECT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
  return {seamRatio(tensorFromImage(outcome.picture), 4, 8), outcome.report.metric("psnr")};
}

TEST(PatchedModel, RestoredPicturesShowNoGrid) {
  RestoreRequest request;
  request.solver_values = {{"K", 0.0}};
  request.sampler_values = {{"steps", 4.0}};
  const auto whole = restoredInPatches(request, "none");
  for (const char* patches : {"multidiffusion", "mixture"}) {
    const auto found = restoredInPatches(request, patches);
    RecordProperty(patches, std::to_string(found.first / whole.first));
    EXPECT_LT(found.first, 1.1 * whole.first) << patches;
    EXPECT_GT(found.second, whole.second - 1.0) << patches;
  }
}

// Without the projection patches that are small for the network leave lines, Gaussian weights fewer; at the default
// size they do not (tests/quality/large_pictures.py).
TEST(PatchedModel, SmallPatchesAloneLeaveLines) {
  RestoreRequest request;
  request.solver = "ldps";
  request.solver_values = {{"rho", 6.0}};
  request.sampler_values = {{"steps", 20.0}, {"eta", 1.0}};
  const double whole = restoredInPatches(request, "none").first;
  const double uniform = restoredInPatches(request, "multidiffusion").first;
  const double gaussian = restoredInPatches(request, "mixture").first;
  RecordProperty("multidiffusion", std::to_string(uniform / whole));
  RecordProperty("mixture", std::to_string(gaussian / whole));
  EXPECT_GT(uniform, 1.3 * whole);
  EXPECT_LT(uniform, 2.0 * whole);
  EXPECT_LT(gaussian, 1.4 * whole);
}

}  // namespace
}  // namespace p2l
