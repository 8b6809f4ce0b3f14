// SPDX-License-Identifier: GPL-3.0-or-later
// What is made for GPUs, as far as a machine without one can tell: recordings of functions, with a stand-in that runs
// them again, and the tap that hears of a step while the next one is computed.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "core/api/models.h"
#include "core/base/device.h"
#include "core/base/gradient.h"
#include "core/base/random.h"
#include "core/engine/snapshot_tap.h"
#include "core/metrics/psnr_ssim.h"
#include "core/models/graphed_function.h"
#include "core/models/model_folder.h"
#include "tests/support/gaussian_prior.h"
#include "tests/support/reference.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::relativeDifference;

TEST(Device, NamesThatAreNotHereAreRefused) {
  EXPECT_TRUE(deviceFromName("cpu").is_cpu());
  EXPECT_EQ(deviceName("cpu"), "cpu");
  EXPECT_EQ(deviceName("auto"), nameOf(deviceFromName("auto")));
  EXPECT_NE(deviceName("auto"), "auto");
  for (const char* name : {"gpu", "cuda:x", "cuda:", "cuda0", "cuda:1x", "cuda:-1"})
    EXPECT_NE(test::problemOf([&] { deviceFromName(name); }).find("There is no device"), std::string::npos) << name;
  if (!at::hasCUDA()) {
    EXPECT_NE(test::problemOf([] { deviceFromName("cuda:0"); }).find("no CUDA device"), std::string::npos);
  }
  if (!at::hasMPS()) {
    EXPECT_NE(test::problemOf([] { deviceFromName("mps"); }).find("no Apple GPU"), std::string::npos);
  }
}

/// Runs the body again instead of the kernels that it started.
class Rerun : public DeviceGraph {
 public:
  explicit Rerun(int& count) { ++count; }
  void warmUp(const std::function<void()>& body) override { body(); }
  void record(const std::function<void()>& body) override { (body_ = body)(); }
  void replay() override { body_(); }

 private:
  std::function<void()> body_;
};

class Graphed : public testing::Test {
 protected:
  DeviceGraphFactory stand_in_ = [this] { return std::make_unique<Rerun>(graphs_); };
  int graphs_ = 0;
};

at::Tensor drawn(std::uint64_t seed, at::IntArrayRef shape) {
  auto generator = makeGenerator(seed, RandomStream::InitialLatent);
  return randomNormal(shape, generator);
}

TEST_F(Graphed, GivesValuesThatLaterCallsDoNotChange) {
  const at::NoGradGuard no_grad;
  const auto f = graphed([](const auto& in) { return std::vector<at::Tensor>{in[0] * in[1], in[0] + 1.0}; }, stand_in_);
  const auto a = drawn(1, {2, 3}), b = drawn(2, {2, 3}), c = drawn(3, {2, 3});
  const auto first = f({a, b}), second = f({c, b});
  EXPECT_TRUE(at::equal(first[0], a * b));
  EXPECT_TRUE(at::equal(first[1], a + 1.0));
  EXPECT_TRUE(at::equal(second[0], c * b));
  EXPECT_EQ(graphs_, 1);
  EXPECT_TRUE(at::equal(f({drawn(4, {5, 1}), drawn(5, {1, 4})})[0], drawn(4, {5, 1}) * drawn(5, {1, 4})));
  EXPECT_EQ(graphs_, 2);  // other shapes
}

TEST_F(Graphed, GivesGradientsByTheInputsThatWantThem) {
  const auto plain = [](const std::vector<at::Tensor>& in) {
    return std::vector<at::Tensor>{at::sin(in[0]) * in[1], in[1] * 2.0, in[0].exp()};
  };
  const auto f = graphed(plain, stand_in_);
  const auto y = drawn(2, {4});
  for (int seed = 10; seed < 13; ++seed) {
    const auto x = drawn(static_cast<std::uint64_t>(seed), {4});
    auto objective = [&](const TensorFunction& g) {
      return gradient(
          [&](const at::Tensor& at) {
            const auto out = g({at, y});  // out[2] is not used, out[1] does not depend on x
            return (out[0] * out[1]).sum();
          },
          x);
    };
    const auto expected = objective(plain), found = objective(f);
    EXPECT_TRUE(at::equal(found.gradient, expected.gradient));
    EXPECT_TRUE(at::equal(found.value, expected.value));
  }
  EXPECT_EQ(graphs_, 2);  // forward and backward, recorded once
}

TEST_F(Graphed, ARecordingIsNotUsedAgainBeforeItsGradient) {
  const auto f = graphed([](const auto& in) { return std::vector<at::Tensor>{in[0].square() * in[0]}; }, stand_in_);
  const auto x = drawn(1, {3});
  for (int i = 0; i < 2; ++i) {
    const auto found = gradient(
        [&](const at::Tensor& at) {
          const auto inner = gradient([&](const at::Tensor& of) { return f({of})[0].sum(); }, at.detach() + 1.0);
          return (f({at})[0] + f({2.0 * at})[0] + inner.gradient).sum();
        },
        x);
    EXPECT_LT(relativeDifference(found.gradient, 3.0 * x.square() + 24.0 * x.square()), 1e-6);
  }
  EXPECT_EQ(graphs_, 4);  // two recordings, both used again in the second round
}

TEST_F(Graphed, AModelIsTheSameWithAndWithoutGraphs) {
  ModelOptions options;
  options.cuda_graphs = true;
  const at::NoGradGuard no_grad;
  for (const char* name : {"sd1-mini", "sd2-mini"}) {
    const auto plain = loadModel(test::modelFolder(name), at::kCPU).model;
    const auto with = loadModel(test::modelFolder(name), at::kCPU, options, stand_in_).model;
    const auto C = plain->embedPrompt("a photo").prompt, z = drawn(3, {1, 4, 16, 8});
    const auto restored = [&](const DiffusionModel& model) {
      return gradient(
                 [&](const at::Tensor& at) {
                   const auto noise = model.noiseOfPrompt(at, model.levelAt(481));
                   const auto by_C =
                       gradient([&](const at::Tensor& of) { return model.decode(noise(of)).square().sum(); }, C);
                   const auto eps = noise(C + 1e-3 * by_C.gradient / by_C.gradient.norm());
                   return (model.encode(model.decode(eps)) - at).square().sum();
                 },
                 z)
          .gradient;
    };
    graphs_ = 0;
    EXPECT_LT(relativeDifference(restored(*with), restored(*plain)), 1e-4) << name;
    EXPECT_GE(graphs_, 8) << name;
    EXPECT_LT(
        relativeDifference(with->predictNoise(z, with->levelAt(1), C), plain->predictNoise(z, plain->levelAt(1), C)),
        1e-5)
        << name;
    EXPECT_LT(relativeDifference(with->predictNoise(z, with->levelAt(981), C),
                                 plain->predictNoise(z, plain->levelAt(981), C)),
              1e-5)
        << name;
  }
}

TEST(Device, HostCopyOfTheCpuIsTheTensor) {
  const auto x = drawn(1, {3});
  HostCopy copy(x);
  EXPECT_TRUE(copy.wait().is_same(x));
  EXPECT_FALSE(HostCopy().defined());
}

class Listener : public RunObserver {
 public:
  void stepFinished(std::uint64_t, const StepReport& report) override { heard.push_back(report); }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
    pictures.push_back(snapshot->report.step);
    last = std::move(snapshot);
  }
  bool wantsProjections() const override { return projections; }
  std::vector<StepReport> heard;
  std::vector<int> pictures;
  std::shared_ptr<const Snapshot> last;
  bool projections = false;
};

class Tap : public testing::Test {
 protected:
  static constexpr int kSteps = 4;
  StepView view(int index) const {
    StepView view;
    view.index = index;
    view.z_t = view.z0_hat = view.z_prev = at::zeros({1, 4, 2, 2});
    view.x0_hat = truth_ + 0.02 * (index + 1);
    view.C.prompt = at::full({1, 1, 4}, 0.5 * (index + 1));
    view.residual = at::full({}, 10.0f - static_cast<float>(index));
    if (index > 0) view.gradient_norm = at::full({}, 3.0f);
    return view;
  }
  SnapshotTap::Context context(bool overlap) const {
    SnapshotTap::Context context;
    context.steps = kSteps;
    context.truth = truth_;
    context.height = context.width = 16;
    context.prompt_embedding = at::zeros({1, 1, 4});
    context.overlap = overlap;
    return context;
  }

  at::Tensor truth_ = at::zeros({1, 3, 16, 16});
  Listener listener_;
  RunControl control_;
};

TEST_F(Tap, TellsTheNumbersOfAStep) {
  SnapshotTap tap(context(false), listener_, control_);
  tap.step(view(0));
  tap.step(view(1));
  ASSERT_EQ(listener_.heard.size(), 2u);
  const auto& report = listener_.heard[1];
  EXPECT_EQ(report.step, 2);
  EXPECT_DOUBLE_EQ(report.residual, 9.0);
  EXPECT_DOUBLE_EQ(report.gradient_norm, 3.0);
  EXPECT_DOUBLE_EQ(report.prompt_drift, 2.0);
  EXPECT_NEAR(report.psnr, psnr(view(1).x0_hat, truth_), 1e-9);
  EXPECT_TRUE(std::isnan(listener_.heard[0].gradient_norm));
  EXPECT_EQ(listener_.pictures.front(), 1);
}

TEST_F(Tap, OverlappingTellsOfAStepWhenTheNextIsUnderWay) {
  SnapshotTap tap(context(true), listener_, control_);
  for (int i = 0; i < kSteps; ++i) {
    tap.step(view(i));
    EXPECT_EQ(listener_.heard.size(), static_cast<std::size_t>(i));
    EXPECT_TRUE(tap.lastEstimate().equal(view(i).x0_hat));
  }
  tap.finish();
  tap.finish();
  ASSERT_EQ(listener_.heard.size(), static_cast<std::size_t>(kSteps));
  for (int i = 0; i < kSteps; ++i) EXPECT_DOUBLE_EQ(listener_.heard[i].residual, 10.0 - i);
  EXPECT_EQ(listener_.pictures.front(), 1);
  EXPECT_EQ(listener_.pictures.back(), kSteps);
}

/// A picture between the first and the last is drawn only while pictures have taken 3 % of the run at most. Whatever
/// the machine's speed: large pictures take far more than that of a run that does nothing else.
TEST_F(Tap, PicturesTakeThreePercentOfTheRun) {
  constexpr int kManySteps = 60;
  const auto large = at::zeros({1, 3, 768, 768});
  auto slow = context(false);
  slow.steps = kManySteps;
  slow.truth = large;
  slow.height = slow.width = 768;
  const auto started = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  SnapshotTap tap(slow, listener_, control_);
  for (int i = 0; i < kManySteps; ++i) {
    const double before = tap.pictureSeconds();
    const auto drawn = listener_.pictures.size();
    auto shown = view(i);
    shown.x0_hat = large + 0.01;
    tap.step(shown);
    const bool between = i > 0 && i + 1 < kManySteps;
    if (between && listener_.pictures.size() > drawn) {
      EXPECT_LE(before, 0.03 * elapsed()) << "step " << i + 1;
    }
  }
  EXPECT_EQ(listener_.pictures.front(), 1);
  EXPECT_EQ(listener_.pictures.back(), kManySteps);
  EXPECT_LT(listener_.pictures.size(), static_cast<std::size_t>(kManySteps));
}

/// A quick run shows no more pictures than a person sees, unless every one is asked for or the run is stepped through.
TEST_F(Tap, PicturesAreFifteenASecondAtMost) {
  using Clock = std::chrono::steady_clock;
  struct Timed : Listener {
    Pictures wantedPictures() const override { return wanted; }
    void pictureReady(std::shared_ptr<const Snapshot> snapshot) override {
      times.push_back(Clock::now());
      Listener::pictureReady(std::move(snapshot));
    }
    Pictures wanted = Pictures::Cheap;
    std::vector<Clock::time_point> times;
  };
  constexpr int kQuickSteps = 40;
  auto quick = context(false);
  quick.steps = kQuickSteps;
  Timed cheap;
  const auto began = Clock::now();
  SnapshotTap tap(quick, cheap, control_);
  for (int i = 0; i < kQuickSteps; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    tap.step(view(i));
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  EXPECT_GT(cheap.pictures.size(), 2u);
  EXPECT_LE(cheap.pictures.size(), 2 + seconds / 0.066);
  EXPECT_EQ(cheap.pictures.back(), kQuickSteps);

  Timed every;
  every.wanted = Pictures::Every;
  RunControl control;
  SnapshotTap all(quick, every, control);
  for (int i = 0; i < kQuickSteps; ++i) all.step(view(i));
  EXPECT_EQ(every.pictures.size(), static_cast<std::size_t>(kQuickSteps));
}

TEST_F(Tap, AStepThatTheRunStandsStillAfterHasItsPicture) {
  {
    Listener warm;
    RunControl control;
    SnapshotTap(context(false), warm, control).step(view(0));
  }
  SnapshotTap tap(context(false), listener_, control_);
  tap.step(view(0));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // the first one was cheap, and is not long ago
  control_.pause();
  tap.step(view(1));
  EXPECT_EQ(listener_.pictures, (std::vector<int>{1, 2}));
}

/// z_t as half-precision numbers, of every step and only where somebody asks.
TEST_F(Tap, HandsOutLatentsWhereTheyAreWanted) {
  struct Keeper : Listener {
    bool wantsLatents() const override { return wanted; }
    void latentReady(std::shared_ptr<const Latent> latent) override { latents.push_back(std::move(latent)); }
    bool wanted = true;
    std::vector<std::shared_ptr<const Latent>> latents;
  } keeper;
  SnapshotTap tap(context(false), keeper, control_);
  auto shown = view(1);
  shown.z_t = at::linspace(-2.0, 2.0, 16).view({1, 4, 2, 2});
  tap.step(shown);
  ASSERT_EQ(keeper.latents.size(), 1u);
  const auto& latent = *keeper.latents.front();
  EXPECT_EQ(latent.step, 2);
  EXPECT_EQ(std::vector<int>({latent.channels, latent.height, latent.width}), std::vector<int>({4, 2, 2}));
  EXPECT_EQ(latent.picture_width, 16);
  const auto halves = at::from_blob(const_cast<std::uint16_t*>(latent.halves.data()), {1, 4, 2, 2}, at::kHalf);
  EXPECT_TRUE(at::equal(halves, shown.z_t.to(at::kHalf)));
  keeper.wanted = false;
  tap.step(view(2));
  EXPECT_EQ(keeper.latents.size(), 1u);
}

TEST_F(Tap, TellsWhatAProjectionMade) {
  const test::GaussianPrior prior(0.0, 1.0);
  auto projecting = context(false);
  projecting.model = &prior;
  projecting.residual = [](const at::Tensor& x) { return x.mean(); };
  auto projected = view(kSteps - 1);  // its picture is always drawn
  projected.projected = true;
  projected.projection = {at::full({1, 3, 16, 16}, 0.25), prior.encode(at::full({1, 3, 16, 16}, -0.5))};
  const auto told = [&](const StepView& view) {
    SnapshotTap(projecting, listener_, control_).step(view);
    return listener_.heard.back();
  };
  EXPECT_DOUBLE_EQ(told(projected).residual_projected, 0.25);
  EXPECT_TRUE(std::isnan(listener_.heard.back().residual_reencoded));  // nobody asked for it
  EXPECT_EQ(listener_.last->projected, nullptr);
  listener_.projections = true;
  EXPECT_DOUBLE_EQ(told(projected).residual_reencoded, -0.5);
  ASSERT_NE(listener_.last->projected, nullptr);
  EXPECT_NEAR(listener_.last->projected->bytes[0], 0.625 * 255, 1);
  EXPECT_NEAR(listener_.last->reencoded->bytes[0], 0.25 * 255, 1);
  projected.projection.x.reset();  // the latent itself was moved
  EXPECT_TRUE(std::isnan(told(projected).residual_projected));
  EXPECT_EQ(listener_.last->projected, nullptr);
  ASSERT_NE(listener_.last->reencoded, nullptr);
  EXPECT_TRUE(std::isnan(told(view(kSteps - 1)).residual_reencoded));  // no projection
  EXPECT_EQ(listener_.last->reencoded, nullptr);
}

TEST_F(Tap, APausedRunShowsItsLastStep) {
  SnapshotTap tap(context(true), listener_, control_);
  tap.step(view(0));
  EXPECT_EQ(listener_.heard.size(), 0u);
  control_.pause();
  tap.step(view(1));
  EXPECT_EQ(listener_.heard.size(), 2u);
  control_.stepOnce();
  control_.beginStep();
  tap.step(view(2));
  EXPECT_EQ(listener_.heard.size(), 3u);
  control_.resume();
  tap.step(view(3));
  EXPECT_EQ(listener_.heard.size(), 3u);
}

}  // namespace
}  // namespace p2l
