// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/mixture.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/degradations/degradation.h"
#include "core/diffusion/diffusion_model.h"
#include "core/engine/sampler.h"
#include "core/solvers/solver.h"
#include "core/types/error.h"

namespace p2l {
namespace {

double square(double number) {
  return number * number;
}

double dot(const Mixture::Point& a, const Mixture::Point& b) {
  return a[0] * b[0] + a[1] * b[1];
}

/// Of a round Gaussian in the plane.
double density(const Mixture::Point& x, const Mixture::Hill& hill) {
  const double variance = square(hill.deviation);
  const double distance = square(x[0] - hill.mean[0]) + square(x[1] - hill.mean[1]);
  return std::exp(-0.5 * distance / variance) / (2.0 * M_PI * variance);
}

/// The hill's share of the posterior, up to a common factor: its weight times N(y; a . m, s^2 |a|^2 + sigma^2).
double evidence(const Mixture& mixture, const Mixture::Hill& hill) {
  const double variance = square(hill.deviation) * dot(mixture.a, mixture.a) + square(mixture.sigma);
  return hill.weight * std::exp(-0.5 * square(mixture.y - dot(mixture.a, hill.mean)) / variance) / std::sqrt(variance);
}

/// The exact denoiser of the mixture. A "picture" is [B, 1, 1, 2].
class MixturePrior : public DiffusionModel {
 public:
  explicit MixturePrior(const Mixture& mixture) : schedule_(NoiseSchedule::Config{}) {
    std::vector<float> weights, means, variances;
    for (const auto& hill : mixture.hills) {
      weights.push_back(static_cast<float>(std::log(hill.weight)));
      means.insert(means.end(), {static_cast<float>(hill.mean[0]), static_cast<float>(hill.mean[1])});
      variances.push_back(static_cast<float>(square(hill.deviation)));
    }
    const auto hills = static_cast<std::int64_t>(mixture.hills.size());
    log_weights_ = at::tensor(weights);
    means_ = at::tensor(means).view({hills, 2});
    variances_ = at::tensor(variances);
  }

  /// x_t is a mixture with means alpha m and variances v = alpha^2 s^2 + sigma^2; given x_t each hill has the estimate
  /// m + alpha s^2 / v (x_t - alpha m), and eps is what that leaves.
  at::Tensor predictNoise(const at::Tensor& x_t, const Level& level, const Conditioning&) const override {
    const double alpha = level.signal, sigma = level.noise;
    const auto v = alpha * alpha * variances_ + sigma * sigma;  // [K]
    const auto away = x_t.view({-1, 1, 2}) - alpha * means_;    // [B, K, 2]
    const auto logits = log_weights_ - v.log() - away.square().sum(-1) / (2.0 * v);
    const auto share = logits.softmax(-1).unsqueeze(-1);  // [B, K, 1]
    const auto estimates = means_ + (alpha * variances_ / v).unsqueeze(-1) * away;
    const auto x0 = (share * estimates).sum(1).view(x_t.sizes());
    return (x_t - alpha * x0) / sigma;
  }
  at::Tensor decode(const at::Tensor& z) const override { return z; }
  at::Tensor encode(const at::Tensor& x) const override { return x; }
  Conditioning embedPrompt(const std::string&) const override { return at::zeros({1, 1, 1}); }
  std::vector<SamplingStep> plan(int steps, const std::string& spacing) const override {
    return samplingPlan(schedule_, steps, spacing);
  }
  Level levelAt(double t) const override { return schedule_.levelAt(t); }
  ModelKind kind() const override { return ModelKind::Pixel; }
  std::int64_t latentChannels() const override { return 1; }
  std::int64_t pixelsPerLatent() const override { return 1; }
  std::int64_t sizeMultiple() const override { return 1; }

 private:
  NoiseSchedule schedule_;
  at::Tensor log_weights_, means_, variances_;
};

/// y = a . x.
class OneNumber : public Degradation {
 public:
  explicit OneNumber(const Mixture::Point& a)
      : a_(at::tensor({static_cast<float>(a[0]), static_cast<float>(a[1])})), length2_(dot(a, a)) {}

  at::Tensor A(const at::Tensor& x) const override { return (x * a_.to(x.scalar_type())).sum(-1, /*keepdim=*/true); }
  at::Tensor At(const at::Tensor& v) const override { return v * a_.to(v.scalar_type()); }
  std::vector<std::int64_t> pictureShape() const override { return {1, 1, 2}; }
  std::vector<std::int64_t> measurementShape() const override { return {1, 1, 1}; }
  bool hasClosedForm() const override { return true; }
  at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const override {
    return x0 + At((y - A(x0)) / (length2_ + lambda));
  }
  at::Tensor plainPicture(const at::Tensor& y) const override { return At(y); }

 private:
  at::Tensor a_;
  double length2_;
};

Mixture::Point pointOf(const at::Tensor& x) {
  const auto values = x.to(at::kDouble).flatten().contiguous();
  return {values.const_data_ptr<double>()[0], values.const_data_ptr<double>()[1]};
}

}  // namespace

double Mixture::prior(const Point& x) const {
  double sum = 0.0;
  for (const auto& hill : hills) sum += hill.weight * density(x, hill);
  return sum;
}

double Mixture::likelihood(const Point& x) const {
  return std::exp(-0.5 * square((y - dot(a, x)) / sigma));
}

double Mixture::posterior(const Point& x) const {
  double factor = 0.0;
  for (const auto& hill : hills) factor += evidence(*this, hill);
  return prior(x) * likelihood(x) / (sigma * factor);
}

std::vector<double> Mixture::posteriorWeights() const {
  std::vector<double> weights;
  double sum = 0.0;
  for (const auto& hill : hills) {
    weights.push_back(evidence(*this, hill));
    sum += weights.back();
  }
  for (auto& weight : weights) weight /= sum;
  return weights;
}

int Mixture::hillOf(const Point& x) const {
  const auto nearest = std::max_element(hills.begin(), hills.end(), [&](const Hill& one, const Hill& other) {
    return one.weight * density(x, one) < other.weight * density(x, other);
  });
  return static_cast<int>(nearest - hills.begin());
}

Mixture lessonMixture(double sigma) {
  Mixture mixture;
  mixture.hills = {{0.3, {-0.6, 0.75}, 0.16}, {0.3, {-0.6, -0.55}, 0.16}, {0.4, {0.7, 0.1}, 0.2}};
  mixture.a = {1.0, 0.0};
  mixture.y = -0.6;
  mixture.sigma = sigma;
  return mixture;
}

MixtureParticles runOnMixture(const Catalogue& catalogue, const RestoreRequest& request, const Mixture& mixture,
                              int particles, RunControl& control,
                              const std::function<void(const MixtureParticles&)>& done) {
  const at::NoGradGuard no_grad;
  const auto completed = catalogue.complete(request);
  const auto& entry = solverEntry(completed.solver);
  require(entry.info.model_kind == ModelKind::Pixel, "The mixture takes a solver of pixels, found ", completed.solver,
          ".");
  require(mixture.sigma > 0.0, "The mixture's measurement needs noise above 0.");
  const MixturePrior prior(mixture);
  const OneNumber A(mixture.a);
  const auto y = at::full({1, 1, 1, 1}, static_cast<float>(mixture.y));
  const auto solver = entry.make(completed.solver_values);
  const int steps = integerOf(completed.sampler_values, "steps");
  const auto plan = planOfSteps(prior, completed.sampler_values, steps, nullptr);
  MixtureParticles found;
  found.steps.resize(plan.size() + 1);
  for (const auto& step : plan) found.times.push_back(static_cast<int>(step.level.t));
  found.times.push_back(0);
  for (int i = 0; i < particles; ++i) {
    const auto seed = completed.seed * 10007 + static_cast<std::uint64_t>(i);
    auto generator = makeGenerator(seed, RandomStream::InitialLatent);
    Problem problem{y,
                    A,
                    prior,
                    prior.embedPrompt({}),
                    randomNormal({1, 1, 1, 2}, generator),
                    plan,
                    numberOf(completed.sampler_values, "eta"),
                    makeGenerator(seed, RandomStream::SamplerNoise)};
    problem.noise = mixture.sigma;
    const auto sink = [&](const StepView& view) { found.steps[view.index].push_back(pointOf(view.z_t)); };
    found.steps.back().push_back(pointOf(solver->solve(problem, sink, control)));
    if (done) done(found);
  }
  return found;
}

std::map<std::string, double> numbersOfParticles(const Mixture& mixture, const MixtureParticles& particles,
                                                 const std::string& prefix) {
  const auto& results = particles.steps.back();
  const auto exact = mixture.posteriorWeights();
  std::map<std::string, double> numbers;
  std::vector<double> share(mixture.hills.size(), 0.0);
  double across = 0.0, misfit = 0.0, exact_across = 0.0;
  for (const auto& x : results) {
    const int hill = mixture.hillOf(x);
    const auto& mean = mixture.hills[hill].mean;
    share[hill] += 1.0 / static_cast<double>(results.size());
    across += square(-mixture.a[1] * (x[0] - mean[0]) + mixture.a[0] * (x[1] - mean[1]));
    misfit += square(dot(mixture.a, x) - mixture.y);
  }
  for (std::size_t k = 0; k < share.size(); ++k) {
    numbers[prefix + ".hill" + std::to_string(k + 1)] = 100.0 * share[k];
    numbers[prefix + ".exact" + std::to_string(k + 1)] = 100.0 * exact[k];
    exact_across += exact[k] * square(mixture.widthOf(static_cast<int>(k)));
  }
  const auto count = static_cast<double>(results.size());
  numbers[prefix + ".width"] = std::sqrt(across / count / dot(mixture.a, mixture.a));
  numbers[prefix + ".exact_width"] = std::sqrt(exact_across);
  numbers[prefix + ".misfit"] = std::sqrt(misfit / count);
  return numbers;
}

}  // namespace p2l
