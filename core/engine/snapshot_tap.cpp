// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/snapshot_tap.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>

#include <cmath>
#include <limits>
#include <utility>

#include "core/metrics/psnr_ssim.h"
#include "core/tensor/image_tensor.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

constexpr double kPictureShare = 0.03;             // of the run's time
constexpr std::chrono::milliseconds kBetween(66);  // pictures: as many as a person sees apart

}  // namespace

at::Tensor cropTo(const at::Tensor& picture, std::int64_t height, std::int64_t width) {
  return picture.narrow(-2, 0, height).narrow(-1, 0, width);
}

at::Tensor gradientPicture(const at::Tensor& gradient, std::int64_t pixels_per_latent) {
  const auto size = gradient.abs().mean(1, /*keepdim=*/true);
  const auto share = size / size.max().clamp_min(std::numeric_limits<float>::min());
  const auto enlarged = share.repeat_interleave(pixels_per_latent, 2).repeat_interleave(pixels_per_latent, 3);
  return (2.0 * enlarged - 1.0).expand({-1, 3, -1, -1});
}

SnapshotTap::SnapshotTap(Context context, RunObserver& observer, RunControl& control)
    : context_(std::move(context)),
      observer_(observer),
      control_(control),
      started_(control.secondsAtWork()),
      step_started_(started_) {
  control_.setBeforeWait([this] { finish(); });
}

SnapshotTap::~SnapshotTap() {
  control_.setBeforeWait({});
}

void SnapshotTap::step(const StepView& view) {
  auto pending = begin(view);
  finish();
  if (context_.overlap && !control_.pausesNext()) {
    pending_ = std::move(pending);
  } else {
    deliver(pending);
  }
}

void SnapshotTap::finish() {
  if (pending_) deliver(*pending_);
  pending_.reset();
}

SnapshotTap::Pending SnapshotTap::begin(const StepView& view) {
  Pending pending;
  StepReport& report = pending.report;
  report.step = view.index + 1;
  report.steps = context_.steps;
  report.timestep = static_cast<int>(view.step.level.t);
  report.projected = view.projected;
  const double now = control_.secondsAtWork();
  report.seconds = now - std::exchange(step_started_, now);
  last_estimate_ = pending.x0_hat = view.x0_hat;
  pending.with_residual = view.residual.defined();
  if (context_.keep_dump) {
    z_t_.push_back(view.z_t);
    z0_hat_.push_back(view.z0_hat);
    C_.push_back(view.C.prompt);
  }

  const auto type = view.x0_hat.is_mps() ? at::kFloat : at::kDouble;
  const auto unknown = at::full({}, kUnknown, view.x0_hat.options().dtype(type));
  auto number = [&](const at::Tensor& scalar) { return scalar.defined() ? scalar.to(type) : unknown; };
  at::Tensor error;
  if (context_.truth.defined())
    error = meanSquare(cropTo(view.x0_hat, context_.height, context_.width), context_.truth);
  const auto& projected = view.projection.x;
  at::Tensor reencoded, residual_projected, residual_reencoded;
  if (view.projected && observer_.wantsProjections()) reencoded = context_.model->decode(view.projection.z0);
  if (context_.residual && projected.defined()) residual_projected = context_.residual(projected);
  if (context_.residual && reencoded.defined()) residual_reencoded = context_.residual(reencoded);
  pending.numbers = HostCopy(at::stack({number(view.residual), number(view.gradient_norm),
                                        number(at::linalg_vector_norm(view.C.prompt - context_.prompt_embedding)),
                                        number(error), number(residual_projected), number(residual_reencoded)}));

  if (observer_.wantsLatents()) pending.latent = HostCopy(view.z_t[0].to(at::kHalf));
  const double started = control_.secondsAtWork();
  pending.with_picture = wantsPicture(++begun_);
  if (pending.with_picture) {
    pending.estimate = HostCopy(bytesOf(view.x0_hat));
    if (observer_.wantsNoisy()) pending.noisy = HostCopy(bytesOf(context_.model->decode(view.z_t)));
    if (observer_.wantsGradients() && view.gradient.defined())
      pending.gradient = HostCopy(bytesOf(gradientPicture(view.gradient, context_.model->pixelsPerLatent())));
    if (reencoded.defined()) pending.reencoded = HostCopy(bytesOf(reencoded));
    if (reencoded.defined() && projected.defined()) pending.projected = HostCopy(bytesOf(projected));
    picture_seconds_ += control_.secondsAtWork() - started;
  }
  return pending;
}

/// The first and the last picture are always drawn; the others as long as they stay cheap, and some time after the one
/// before, but for that of a step that the run stands still after.
bool SnapshotTap::wantsPicture(int step) {
  const auto wanted = observer_.wantedPictures();
  if (wanted == Pictures::None) return false;
  const auto now = std::chrono::steady_clock::now();
  const bool must = wanted == Pictures::Every || step == 1 || step == context_.steps;
  const bool cheap = picture_seconds_ <= kPictureShare * (control_.secondsAtWork() - started_);
  const bool due = now - last_picture_ >= kBetween || control_.pausesNext();
  if (!must && !(cheap && due)) return false;
  last_picture_ = now;
  return true;
}

at::Tensor SnapshotTap::bytesOf(const at::Tensor& picture) const {
  return bytesFromTensor(cropTo(picture, context_.height, context_.width));
}

void SnapshotTap::deliver(Pending& pending) {
  const auto numbers = pending.numbers.wait().to(at::kDouble);
  const auto* number = numbers.const_data_ptr<double>();
  StepReport& report = pending.report;
  report.residual = number[0];
  report.gradient_norm = number[1];
  report.prompt_drift = number[2];
  report.residual_projected = number[4];
  report.residual_reencoded = number[5];
  if (context_.truth.defined()) report.psnr = psnrOfMeanSquare(number[3]);
  diverged_ = pending.with_residual && !std::isfinite(report.residual);
  if (!diverged_) {
    finite_estimate_ = pending.x0_hat;
    finite_step_ = report.step;
  }
  reports_.push_back(report);
  observer_.stepFinished(context_.run_id, report);
  if (pending.latent.defined()) handOut(pending.latent, report.step);
  if (!pending.with_picture) return;

  const double started = control_.secondsAtWork();
  auto frame = [](HostCopy& bytes) { return std::make_shared<const Frame>(frameFromBytes(bytes.wait())); };
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->run_id = context_.run_id;
  snapshot->report = report;
  snapshot->estimate = frame(pending.estimate);
  if (pending.noisy.defined()) snapshot->noisy = frame(pending.noisy);
  if (pending.projected.defined()) snapshot->projected = frame(pending.projected);
  if (pending.reencoded.defined()) snapshot->reencoded = frame(pending.reencoded);
  if (pending.gradient.defined()) snapshot->gradient = frame(pending.gradient);
  observer_.pictureReady(std::move(snapshot));
  picture_seconds_ += control_.secondsAtWork() - started;
}

void SnapshotTap::handOut(HostCopy& halves, int step) {
  const auto z = halves.wait().contiguous();
  auto latent = std::make_shared<Latent>();
  latent->run_id = context_.run_id;
  latent->step = step;
  latent->channels = static_cast<int>(z.size(0));
  latent->height = static_cast<int>(z.size(1));
  latent->width = static_cast<int>(z.size(2));
  latent->picture_height = static_cast<int>(context_.height);
  latent->picture_width = static_cast<int>(context_.width);
  const auto* first = static_cast<const std::uint16_t*>(z.const_data_ptr());
  latent->halves.assign(first, first + z.numel());
  observer_.latentReady(std::move(latent));
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
