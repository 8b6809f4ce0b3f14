// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/analysis.h"

#include <ATen/ops/linalg_vector_norm.h>

#include <chrono>

#include "core/base/system.h"
#include "core/engine/measurement.h"
#include "core/engine/snapshot_tap.h"
#include "core/metrics/metric.h"
#include "core/metrics/psnr_ssim.h"
#include "core/metrics/telea.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

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
  RunReport& report = outcome.report;
  report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  report.request = request;
  report.metrics = unknownMetrics();
  report.noise_level = measurement.noise_level;
  report.residual = at::linalg_vector_norm(measurement.y - measurement.A->A(picture)).item<double>();
  report.peak_memory_mb = peakMemoryMb();
  if (!measurement.truth.defined()) return outcome;
  outcome.truth = imageFromTensor(measurement.truth);
  report.metrics = metricsOfRun(picture, measurement.truth);
  return outcome;
}

/// D(E(x)), [1, 3, height, width].
at::Tensor throughLatents(const at::Tensor& x, const DiffusionModel& model) {
  const auto canvas =
      padToCanvas(x, roundUp(x.size(2), model.sizeMultiple()), roundUp(x.size(3), model.sizeMultiple()));
  return cropTo(model.decode(model.encode(canvas)), x.size(2), x.size(3));
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
  const auto mask = measurement.pictureMask();
  auto outcome =
      outcomeOf(request, measurement, mask.defined() ? teleaFill(measurement.plain, mask) : measurement.plain, start);
  const bool enlarged = measurement.A->measurementShape() != measurement.A->pictureShape();
  outcome.message = mask.defined() ? "Telea" : enlarged ? "bicubic" : "as measured";
  return outcome;
}

Outcome roundTrip(const RestoreRequest& request, const RunInputs& inputs, const DiffusionModel& model,
                  at::Device device) {
  const auto measurement = demonstration(request, inputs, device);
  const auto start = Clock::now();
  return outcomeOf(request, measurement, throughLatents(measurement.truth, model), start);
}

Outcome judge(const RestoreRequest& request, const RunInputs& inputs, const Image& picture) {
  const auto measurement = makeMeasurement(request, inputs, at::kCPU);
  require(picture.height == measurement.height && picture.width == measurement.width, "The picture is ", picture.width,
          " x ", picture.height, " pixels; this measurement is of ", measurement.width, " x ", measurement.height, ".");
  return outcomeOf(request, measurement, tensorFromImage(picture), Clock::now());
}

std::vector<RoundTrip> roundTrips(const RestoreRequest& request, const RunInputs& inputs, int trips, bool glue,
                                  const DiffusionModel& model, at::Device device, RunControl& control) {
  const auto measurement = demonstration(request, inputs, device);
  const Degradation& A = *measurement.A;
  const auto at_y = glue ? A.At(measurement.y) : at::Tensor();
  std::vector<RoundTrip> done;
  auto x = measurement.truth;
  try {
    for (int trip = 1; trip <= trips; ++trip) {
      control.checkpoint();
      const auto glued = glue ? at_y + x - A.AtA(x) : x;
      const auto next = throughLatents(glued, model);
      done.push_back({imageFromTensor(next), psnr(next, measurement.truth), psnr(next, x)});
      x = next;
    }
  } catch (const StopRequested&) {
    // What there is so far is a result.
  }
  return done;
}

}  // namespace p2l
