// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/self_test.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>

#include <chrono>
#include <cmath>
#include <exception>
#include <limits>
#include <optional>

#include "core/base/gradient.h"
#include "core/base/random.h"
#include "core/degradations/degradation.h"
#include "core/solvers/solver.h"
#include "core/types/error.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kTimestep = 481;
constexpr const char* kPrompt = "a photo of a dark gray smooth flat scene";  // that of the stored numbers
constexpr int kSteps = 5;
constexpr int kOperatorSide = 64;
constexpr double kLambda = 0.1;

/// The largest relative differences that pass: float32 with diffusers on the CPU, float32 between a GPU and the CPU,
/// and TF32 (ten bits), fp16 (eleven) or bf16 (eight), whose roundings fall differently on either side.
struct Limits {
  double forward, backward, solver;
};
constexpr Limits kOnCpu{1e-4, 1e-3, 1e-3};
constexpr Limits kOnGpu{1e-3, 1e-2, 2e-2};
constexpr Limits kRounded{3e-2, 1e-1, 2e-1};
constexpr double kDifferenceQuotient = 2e-2;  // in float32, of networks that are not smooth at the step's scale
constexpr double kOperator = 1e-10;           // in float64
constexpr double kClosedForm = 1e-8;

double relativeDifference(const at::Tensor& a, const at::Tensor& b) {
  const auto x = a.to(at::kCPU, at::kDouble), y = b.to(at::kCPU, at::kDouble);
  require(x.sizes() == y.sizes(), "The shape is ", x.sizes(), " and should be ", y.sizes());
  return (x - y).abs().max().item<double>() / y.abs().max().item<double>();
}

at::Tensor drawn(std::uint64_t seed, at::IntArrayRef shape) {
  auto generator = makeGenerator(seed, RandomStream::InitialLatent);
  return randomNormal(shape, generator);
}

/// A smooth picture in [-1, 1], so that an autoencoder is asked for what it knows.
at::Tensor smoothPicture(std::int64_t height, std::int64_t width) {
  auto coarse = drawn(21, {1, 3, height / 8, width / 8}) * 0.5;
  return coarse.repeat_interleave(8, 2).repeat_interleave(8, 3).clamp(-1.0, 1.0);
}

class SelfTest {
 public:
  SelfTest(const SelfTestSubject& subject, const SelfTestSink& sink)
      : model_(subject.model),
        on_cpu_(subject.on_cpu),
        device_(subject.device),
        sink_(sink),
        limits_(!subject.exact     ? kRounded
                : device_.is_cpu() ? kOnCpu
                                   : kOnGpu),
        graphs_(subject.graphs) {
    if (!subject.reference_file.empty()) reference_ = SafetensorsFile::open(subject.reference_file);
    side_ = std::max<std::int64_t>(64, model_.sizeMultiple());
    side_ = (side_ + model_.sizeMultiple() - 1) / model_.sizeMultiple() * model_.sizeMultiple();
    latent_shape_ = {1, model_.latentChannels(), side_ / model_.pixelsPerLatent(), side_ / model_.pixelsPerLatent()};
  }

  void run() {
    network("UNet", "unet.eps", limits_.forward, [](const DiffusionModel& model, const Inputs& in) {
      return model.predictNoise(in("unet.z"), model.levelAt(kTimestep), model.embedPrompt(kPrompt));
    });
    network("Gradient by the latent", "grad.z", limits_.backward, [](const DiffusionModel& model, const Inputs& in) {
      const auto C = model.embedPrompt(kPrompt);
      return gradient(
                 [&](const at::Tensor& z) {
                   return (model.predictNoise(z, model.levelAt(kTimestep), C) * in("unet.z")).sum();
                 },
                 in("unet.z"))
          .gradient;
    });
    if (model_.kind() == ModelKind::Latent) textAndAutoencoder();
    for (const auto& entry : degradationEntries()) {
      if (!graphs_) degradation(entry);
    }
    if (model_.kind() == ModelKind::Pixel) {
      network("DPS, 5 steps", "dps.x", limits_.solver, [](const DiffusionModel& model, const Inputs& in) {
        return restored("dps", {{"rho", 0.1}}, model, in);
      });
    } else {
      network("P2L, 5 steps", "p2l.z", limits_.solver, [](const DiffusionModel& model, const Inputs& in) {
        return restored("p2l", {{"K", 1.0}, {"gamma", 2.0}, {"lambda", 0.1}, {"rho", 0.1}, {"lr", 1e-3}}, model, in);
      });
    }
  }

 private:
  /// The inputs of a check by name, on its device: the stored ones, or drawn ones.
  using Inputs = std::function<at::Tensor(const std::string&)>;
  using Evaluation = std::function<at::Tensor(const DiffusionModel&, const Inputs&)>;

  at::Tensor input(const std::string& name, bool stored) const {
    if (stored) return reference_->tensor(name);
    if (name == "vae.x") return smoothPicture(side_, side_);
    if (name == "p2l.y") return drawn(22, {1, 3, side_ / 4, side_ / 4}) * 0.3;
    return drawn(name == "unet.z" ? 23 : name == "vae.z" ? 24 : 25, latent_shape_);
  }
  at::Tensor evaluated(const Evaluation& evaluation, const DiffusionModel& model, at::Device device,
                       bool stored) const {
    return evaluation(model, [&](const std::string& name) { return input(name, stored).to(device); });
  }

  /// Fills a row by `check`, which returns the difference; whatever goes wrong becomes the row's problem.
  template <class Check>
  void row(const std::string& part, const std::string& compared_with, double limit, const Check& check) {
    SelfTestRow row{part + (graphs_ ? ", CUDA graphs" : ""),
                    compared_with,
                    std::numeric_limits<double>::quiet_NaN(),
                    limit,
                    0.0,
                    {}};
    const auto start = Clock::now();
    try {
      row.difference = check();
    } catch (const std::exception& error) {
      const std::string text = error.what();
      row.problem = text.substr(0, text.find('\n'));
    }
    row.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    sink_(row);
  }

  void network(const std::string& part, const std::string& result, double limit, const Evaluation& evaluation) {
    if (reference_) {
      row(part, "diffusers", limit,
          [&] { return relativeDifference(evaluated(evaluation, model_, device_, true), reference_->tensor(result)); });
    }
    if (on_cpu_) {
      row(part, "the CPU", limit, [&] {
        return relativeDifference(evaluated(evaluation, model_, device_, false),
                                  evaluated(evaluation, *on_cpu_, at::kCPU, false));
      });
    }
    if (!reference_ && !on_cpu_) {
      row(part, "itself again", 0.0, [&] {
        const auto once = evaluated(evaluation, model_, device_, false);
        require(std::isfinite(once.sum().item<double>()), "The result holds NaN or infinite values");
        return relativeDifference(evaluated(evaluation, model_, device_, false), once);
      });
    }
  }

  /// What a model of pixels has not.
  void textAndAutoencoder() {
    network("Text encoder", "text.embedding", limits_.forward,
            [](const DiffusionModel& model, const Inputs&) { return model.embedPrompt(kPrompt).prompt; });
    network("Encoder", "vae.encoded", limits_.forward,
            [](const DiffusionModel& model, const Inputs& in) { return model.encode(in("vae.x")); });
    network("Decoder", "vae.decoded", limits_.forward,
            [](const DiffusionModel& model, const Inputs& in) { return model.decode(in("vae.z")); });
    network("Gradient by the prompt", "grad.C", limits_.backward, [](const DiffusionModel& model, const Inputs& in) {
      return gradient(
                 [&](const at::Tensor& C) {
                   return (model.predictNoise(in("unet.z"), model.levelAt(kTimestep), C) * in("unet.z")).sum();
                 },
                 model.embedPrompt(kPrompt).prompt)
          .gradient;
    });
    differenceQuotients();
  }

  /// A gradient against (f(x + h d) - f(x - h d)) / 2h: needs no other implementation.
  void differenceQuotients() {
    const auto quotient = [](const std::function<at::Tensor(const at::Tensor&)>& f, const at::Tensor& x) {
      const auto by_x = gradient(f, x).gradient;
      const auto direction = by_x / at::linalg_vector_norm(by_x);
      const double h = 1e-2 * at::linalg_vector_norm(x).item<double>();
      const double slope = (f(x + h * direction) - f(x - h * direction)).item<double>() / (2.0 * h);
      const double expected = at::linalg_vector_norm(by_x).item<double>();
      return std::abs(slope - expected) / expected;
    };
    row("Gradient of the decoder", "a difference quotient", kDifferenceQuotient, [&] {
      const auto w = drawn(26, {1, 3, side_, side_}).to(device_) + 1.0;
      return quotient([&](const at::Tensor& z) { return (model_.decode(z) * w).mean(); },
                      input("vae.z", false).to(device_));
    });
  }

  void degradation(const DegradationEntry& entry) {
    DegradationContext context;
    context.height = context.width = kOperatorSide;
    context.values = completeValues(entry.info.parameters, {}, "task " + entry.info.id);
    context.seed = 7;
    const auto A = entry.make(context);
    const auto shaped = [&](std::uint64_t seed, std::vector<std::int64_t> shape) {
      shape.insert(shape.begin(), 1);
      return drawn(seed, shape).to(device_, at::kDouble);
    };
    const auto x = shaped(31, A->pictureShape()), v = shaped(32, A->measurementShape());
    if (entry.info.linear) linearOperator(entry.info.label, *A, x, v, shaped(33, A->pictureShape()));
    if (!device_.is_cpu()) {
      row(entry.info.label, "the CPU", kOperator, [&] { return relativeDifference(A->A(x), A->A(x.to(at::kCPU))); });
    }
  }

  void linearOperator(const std::string& label, const Degradation& A, const at::Tensor& x, const at::Tensor& v,
                      const at::Tensor& other) {
    row(label, "its adjoint", kOperator, [&] {
      const auto Ax = A.A(x);
      const double left = (Ax * v).sum().item<double>(), right = (x * A.At(v)).sum().item<double>();
      return std::abs(left - right) / (at::linalg_vector_norm(Ax) * at::linalg_vector_norm(v)).item<double>();
    });
    row(label + ", proximal step", "normal equations", kClosedForm, [&] {
      const auto y = A.A(other);
      const auto best = A.hasClosedForm() ? A.proximalClosedForm(y, x, kLambda)
                                          : proximalByConjugateGradients(A, y, x, kLambda, 300, [] {});
      const auto right = A.At(y) + kLambda * x;
      return relativeDifference(A.AtA(best) + kLambda * best, right);
    });
  }

  static at::Tensor restored(const std::string& solver, const ParamValues& given, const DiffusionModel& model,
                             const Inputs& in) {
    const auto y = in("p2l.y");
    DegradationContext context;
    context.height = y.size(2) * 4;
    context.width = y.size(3) * 4;
    const auto& task = degradationEntry("sr");
    context.values = completeValues(task.info.parameters, {{"factor", 4.0}}, "task sr");
    const auto A = task.make(context);
    const auto& entry = solverEntry(solver);
    const auto values = completeValues(entry.info.parameters, given, "solver " + solver);
    const Problem problem{y,
                          *A,
                          model,
                          model.embedPrompt(kPrompt),
                          in("p2l.z_T"),
                          model.plan(kSteps, "leading"),
                          0.0,
                          makeGenerator(0, RandomStream::SamplerNoise)};
    RunControl control;
    return entry.make(values)->solve(
        problem, [](const StepView&) {}, control);
  }

  const DiffusionModel& model_;
  const DiffusionModel* on_cpu_;
  at::Device device_;
  const SelfTestSink& sink_;
  Limits limits_;
  bool graphs_;
  std::shared_ptr<const SafetensorsFile> reference_;
  std::int64_t side_ = 0;
  std::vector<std::int64_t> latent_shape_;
};

}  // namespace

void runSelfTest(const SelfTestSubject& subject, const SelfTestSink& sink) {
  const at::NoGradGuard no_grad;
  SelfTest(subject, sink).run();
}

}  // namespace p2l
