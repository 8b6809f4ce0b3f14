// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/engine_tap.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>

#include "core/metrics/psnr_ssim.h"
#include "core/tensor/image_tensor.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

constexpr double kPictureShare = 0.03;  // of the run's time

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

at::Tensor cropTo(const at::Tensor& picture, std::int64_t height, std::int64_t width) {
  return picture.narrow(-2, 0, height).narrow(-1, 0, width);
}

SnapshotTap::SnapshotTap(Context context, RunObserver& observer, const RunControl& control)
    : context_(std::move(context)),
      observer_(observer),
      control_(control),
      started_(Clock::now()),
      step_started_(started_) {}

void SnapshotTap::step(const StepView& view) {
  StepReport report;
  report.step = view.index + 1;
  report.steps = context_.steps;
  report.timestep = static_cast<int>(view.step.timestep);
  report.residual = view.residual;
  report.gradient_norm = view.gradient_norm;
  report.prompt_drift = at::linalg_vector_norm(view.prompt_embedding - context_.prompt_embedding).item<double>();
  report.projected = view.projected;
  if (context_.truth.defined())
    report.psnr = psnr(cropTo(view.x0_hat, context_.height, context_.width), context_.truth);
  report.seconds = secondsSince(step_started_);
  step_started_ = Clock::now();

  last_estimate_ = view.x0_hat;
  reports_.push_back(report);
  if (context_.keep_dump) {
    z_t_.push_back(view.z_t);
    z0_hat_.push_back(view.z0_hat);
    C_.push_back(view.prompt_embedding);
  }
  observer_.stepFinished(context_.run_id, report);
  const auto wanted = observer_.wantedPictures();
  if (wanted == Pictures::None) return;
  // The first and the last picture are always drawn; the others as long as they stay cheap.
  const bool must = wanted == Pictures::Every || reports_.size() == 1 || report.step == report.steps;
  if (must || picture_seconds_ <= kPictureShare * secondsSince(started_)) sendPicture(view, report);
}

void SnapshotTap::sendPicture(const StepView& view, const StepReport& report) {
  const auto begin = Clock::now();
  auto frame = [&](const at::Tensor& picture) {
    return std::make_shared<const Frame>(frameFromTensor(cropTo(picture, context_.height, context_.width)));
  };
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->run_id = context_.run_id;
  snapshot->report = report;
  snapshot->estimate = frame(view.x0_hat);
  if (control_.noisyPictures()) snapshot->noisy = frame(context_.model->decode(view.z_t));
  observer_.pictureReady(std::move(snapshot));
  picture_seconds_ += secondsSince(begin);
}

void SnapshotTap::writeDump(const std::string& path, const at::Tensor& z, const at::Tensor& x) const {
  std::map<std::string, at::Tensor> tensors{{"z", z}, {"x", x}};
  if (!z_t_.empty()) {
    tensors["z_t"] = at::cat(z_t_);        // [N, c, h, w]
    tensors["z0_hat"] = at::cat(z0_hat_);  // [N, c, h, w]
    tensors["C"] = at::cat(C_);            // [N, L, D]
  }
  writeSafetensors(path, tensors);
}

}  // namespace p2l
