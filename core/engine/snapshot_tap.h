// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/request/report.h"
#include "core/solvers/solver.h"
#include "core/types/run_control.h"

namespace p2l {

/// Between a solver and its observer: turns each step into numbers and, as far as that costs at most 3 % of the run,
/// into a picture, 15 of them a second at most. On a GPU nothing waits for them: they are copied while the next step is
/// computed, and the observer hears of a step when the next one is under way, or before the run stands still.
class SnapshotTap {
 public:
  struct Context {
    std::uint64_t run_id = 0;
    int steps = 0;
    at::Tensor truth;         ///< [1, 3, H, W] or undefined
    std::int64_t height = 0;  ///< of the user's picture; x is cropped to it
    std::int64_t width = 0;
    at::Tensor prompt_embedding;  ///< C_0, for the drift
    const DiffusionModel* model = nullptr;
    bool keep_dump = false;  ///< collect z_t, z0_hat and C of every step
    bool overlap = false;    ///< copy while the next step is computed
    /// ||y - A x||_2 of a canvas picture, a scalar; empty: no numbers of projections.
    std::function<at::Tensor(const at::Tensor& x)> residual = {};
  };

  /// While it lives, it is what `control` tells before it waits.
  SnapshotTap(Context context, RunObserver& observer, RunControl& control);
  ~SnapshotTap();
  SnapshotTap(const SnapshotTap&) = delete;
  SnapshotTap& operator=(const SnapshotTap&) = delete;

  void step(const StepView& view);
  /// Tells the observer of the step that is still being copied.
  void finish();

  /// Of the steps that the observer has heard of.
  const std::vector<StepReport>& reports() const { return reports_; }
  /// D(z0_hat) of the last step on the canvas; undefined before the first.
  const at::Tensor& lastEstimate() const { return last_estimate_; }
  /// Whether the last step that the observer has heard of has a residual that is NaN or infinite.
  bool diverged() const { return diverged_; }
  /// As lastEstimate, of the last step whose residual is finite, and that step; undefined and 0 before the first.
  const at::Tensor& lastFiniteEstimate() const { return finite_estimate_; }
  int lastFiniteStep() const { return finite_step_; }
  /// Writes what keep_dump collected, with the final z and x. @throws Error
  void writeDump(const std::string& path, const at::Tensor& z, const at::Tensor& x) const;
  /// Seconds spent on pictures so far.
  double pictureSeconds() const { return picture_seconds_; }

 private:
  /// A step whose numbers and pictures are on their way.
  struct Pending {
    StepReport report;
    at::Tensor x0_hat;
    bool with_residual = false;
    /// Residual, gradient norm, prompt drift, mean squared error, the residuals of the projection; NaN where unknown.
    HostCopy numbers;
    bool with_picture = false;
    HostCopy estimate, noisy, projected, reencoded, gradient, latent;
  };
  Pending begin(const StepView& view);
  void deliver(Pending& pending);
  void handOut(HostCopy& latent, int step);
  at::Tensor bytesOf(const at::Tensor& picture) const;
  bool wantsPicture(int step);

  Context context_;
  RunObserver& observer_;
  RunControl& control_;
  std::vector<StepReport> reports_;
  std::optional<Pending> pending_;
  int begun_ = 0;
  at::Tensor last_estimate_, finite_estimate_;
  int finite_step_ = 0;
  bool diverged_ = false;
  std::vector<at::Tensor> z_t_, z0_hat_, C_;
  double started_, step_started_;  ///< on the run's clock: seconds at work
  double picture_seconds_ = 0.0;
  std::chrono::steady_clock::time_point last_picture_;  ///< pauses count: what is stepped through is seen
};

/// |gradient| of a latent [1, c, h, w] as a picture [1, 3, H, W] in [-1, 1]: the mean over the channels, 1 at its
/// maximum, each of the latent's pixels a square.
at::Tensor gradientPicture(const at::Tensor& gradient, std::int64_t pixels_per_latent);

/// The user's part of a canvas picture.
at::Tensor cropTo(const at::Tensor& picture, std::int64_t height, std::int64_t width);

}  // namespace p2l
