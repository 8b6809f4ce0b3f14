// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/engine_baselines.h"

#include <ATen/ops/linalg_vector_norm.h>

#include <chrono>

#include "core/api/engine_problem.h"
#include "core/api/engine_tap.h"
#include "core/base/error.h"
#include "core/base/system.h"
#include "core/metrics/psnr_ssim.h"
#include "core/metrics/telea.h"
#include "core/tensor/image_tensor.h"

namespace p2l {
namespace {

using Clock = std::chrono::steady_clock;

/// What can be said of a picture [1, 3, height, width] that was made since `start`.
Outcome outcomeOf(const RestoreRequest& request, const Measurement& measurement, const at::Tensor& picture,
                  Clock::time_point start) {
  Outcome outcome;
  outcome.status = Outcome::Status::Completed;
  outcome.picture = imageFromTensor(picture);
  outcome.baseline = imageFromTensor(measurement.plain);
  outcome.truth = imageFromTensor(measurement.truth);
  RunReport& report = outcome.report;
  report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  report.request = request;
  report.noise_level = measurement.noise_level;
  report.residual = at::linalg_vector_norm(measurement.y - measurement.A->A(picture)).item<double>();
  report.psnr = psnr(picture, measurement.truth);
  report.ssim = ssim(picture, measurement.truth);
  report.peak_memory_mb = peakMemoryMb();
  return outcome;
}

Measurement demonstration(const RestoreRequest& request, const RunInputs& inputs, at::Device device) {
  require(request.mode == Mode::Demonstrate, "A baseline is compared with a good photo, and ", request.photo,
          " was given as a measured one.");
  return makeMeasurement(request, inputs, device);
}

}  // namespace

Outcome plainBaseline(const RestoreRequest& request, const RunInputs& inputs) {
  const auto measurement = demonstration(request, inputs, at::kCPU);
  const auto start = Clock::now();
  const auto mask = measurement.A->mask();
  auto outcome =
      outcomeOf(request, measurement, mask.defined() ? teleaFill(measurement.plain, mask) : measurement.plain, start);
  const bool enlarged = !degradationEntry(request.degradation).info.scale_key.empty();
  outcome.message = mask.defined() ? "Telea" : enlarged ? "bicubic" : "as measured";
  return outcome;
}

Outcome roundTrip(const RestoreRequest& request, const RunInputs& inputs, const LatentModel& model, at::Device device) {
  const auto measurement = demonstration(request, inputs, device);
  const auto start = Clock::now();
  const auto canvas = padToCanvas(measurement.truth, roundUp(measurement.height, model.sizeMultiple()),
                                  roundUp(measurement.width, model.sizeMultiple()));
  const auto picture = cropTo(model.decode(model.encode(canvas)), measurement.height, measurement.width);
  return outcomeOf(request, measurement, picture, start);
}

}  // namespace p2l
