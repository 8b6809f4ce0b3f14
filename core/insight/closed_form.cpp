// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/closed_form.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>

#include <algorithm>

#include "core/degradations/degradation.h"
#include "core/engine/measurement.h"
#include "core/metrics/telea.h"
#include "core/tensor/image_tensor.h"

namespace p2l {
namespace {

constexpr int kIterations = 20;         // of blurs; fewer amplify less noise
constexpr double kSpread = 0.1;         // tau: of a photo about its plain picture, on the scale -1 to 1
constexpr double kLeastNoise = 0.0046;  // 2 / 255 / sqrt(12) twice: the rounding of 8 bit, and what no photo is without
constexpr double kFits = 1e-4;          // of ||y||

at::Tensor solved(const Measurement& m, RunControl& control) {
  const auto lambda = std::max(m.noise, kLeastNoise) * std::max(m.noise, kLeastNoise) / (kSpread * kSpread);
  if (m.A->hasClosedForm()) return m.A->proximalClosedForm(m.y, m.plain, lambda);
  return proximalByConjugateGradients(*m.A, m.y, m.plain, lambda, kIterations, [&] { control.checkpoint(); });
}

bool fits(const Measurement& m) {
  const auto norm = [](const at::Tensor& v) { return at::linalg_vector_norm(v).item<double>(); };
  return norm(m.y - m.A->A(m.plain)) <= kFits * norm(m.y);
}

}  // namespace

Outcome closedForm(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs,
                   RunControl& control) {
  const at::NoGradGuard no_grad;
  const auto completed = catalogue.completeMeasurement(request);
  Outcome outcome;
  outcome.report.request = completed;
  try {
    const auto m = makeMeasurement(completed, inputs, at::kCPU);
    control.checkpoint();
    outcome.measurement = imageFromTensor(m.y);
    outcome.baseline = imageFromTensor(m.plain);
    outcome.status = Outcome::Status::Completed;
    const bool linear = std::all_of(completed.degradations.begin(), completed.degradations.end(),
                                    [](const auto& each) { return degradationEntry(each.id).info.linear; });
    if (const auto holes = m.pictureMask(); holes.defined()) {
      outcome.picture = imageFromTensor(teleaFill(m.plain, holes));
    } else if (linear && !fits(m)) {
      outcome.picture = imageFromTensor(solved(m, control));
    }
  } catch (const StopRequested&) {
    outcome.status = Outcome::Status::Cancelled;
  }
  return outcome;
}

}  // namespace p2l
