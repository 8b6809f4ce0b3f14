// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/degradations/degradation.h"
#include "core/diffusion/diffusion_model.h"
#include "core/types/catalogue_rows.h"
#include "core/types/run_control.h"

namespace p2l {

/// An inverse problem, ready to be solved.
struct Problem {
  at::Tensor y;  ///< measurement, [1, ...]
  const Degradation& A;
  const DiffusionModel& model;
  Conditioning C;             ///< C_T^(0)
  at::Tensor initial_latent;  ///< z_T, [1, c, h, w]
  std::vector<SamplingStep> plan;
  double eta = 0.0;
  at::Generator generator;  ///< of the sampler's noise
  /// T: the CLIP image feature of a picture [1, 3, H, W] in [-1, 1], [1, D] with the width D of the prompt embedding.
  /// Empty where the model has no image encoder.
  std::function<at::Tensor(const at::Tensor& x)> image_feature = {};
  double noise = 0.0;  ///< sigma of the measurement's noise on the [-1, 1] scale, as far as it is known
};

/// What a data step made of an estimate before the sampler went on with it: the paper's Gamma and E (Alg. 1, l. 6-7).
struct Projection {
  at::Tensor x;   ///< the picture that was moved onto the data; undefined where the latent itself was moved
  at::Tensor z0;  ///< E(x), or the moved latent; undefined in steps without a data step
};

/// What a solver shows of one step; tensors are detached, valid during the call only.
struct StepView {
  int index = 0;  ///< 0 .. N - 1
  SamplingStep step;
  at::Tensor z_t;     ///< at the beginning of the step
  at::Tensor z0_hat;  ///< Tweedie estimate
  at::Tensor x0_hat;  ///< D(z0_hat), which every solver has at hand
  at::Tensor z_prev;  ///< z_{t-1}, the step's result
  Conditioning C;
  at::Tensor residual;       ///< ||y - A D(z0_hat)||_2, a scalar on the device: who reads its number waits for it
  at::Tensor gradient;       ///< over z_t, of its shape; undefined where none was taken
  at::Tensor gradient_norm;  ///< as residual; undefined where no gradient was taken
  bool projected = false;    ///< projection.z0 is there
  Projection projection;
};
using StepSink = std::function<void(const StepView&)>;

/// One algorithm with its parameters. Runs under no-grad; opens gradient scopes through gradient() only.
class Solver {
 public:
  virtual ~Solver() = default;
  /// @return z_0. @throws StopRequested from `control`.
  virtual at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const = 0;
};

/// What a file of core/solvers registers through solver_list.def. Values are completed.
struct SolverEntry {
  SolverInfo info;
  std::function<std::unique_ptr<Solver>(const ParamValues&)> make;
  /// What a person may change when a run diverges, the best first: "a smaller rho". More steps always help and are not
  /// named.
  std::function<std::vector<std::string>(const ParamValues&)> remedies;
  /// What a run of so many steps with these completed values leaves undone against what they seem to ask, a sentence
  /// without its full stop; empty: nothing. May be left out.
  std::function<std::string(const ParamValues&, int steps)> remark = {};
};

/// All entries in the order of the list.
const std::vector<SolverEntry>& solverEntries();
/// @throws Error with the known ids.
const SolverEntry& solverEntry(const std::string& id);

}  // namespace p2l
