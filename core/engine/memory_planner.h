// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/models/footprint.h"
#include "core/request/memory_plan.h"
#include "core/types/catalogue_rows.h"
#include "core/weights/model_files.h"

namespace p2l {

/// Predicts the peak memory of runs with a model from its configs and the count of its weights; nothing is read but
/// headers. Where the networks lie on the CPU it is that of the process; on a GPU that of the device, which has not
/// been measured.
class MemoryPlanner {
 public:
  /// @param solver of the request @param request completed
  MemoryPlanner(const ModelFiles& files, const SolverInfo& solver, const RestoreRequest& request, bool on_cpu);

  /// @param width, height of the full picture @param options in place of the request's
  MemoryEstimate estimate(std::int64_t width, std::int64_t height, const ModelOptions& options) const;
  /// The first of memoryChoices that fits into `budget` bytes. @throws Error saying what would fit
  MemoryPlan plan(std::int64_t width, std::int64_t height, double budget) const;
  /// What would make a run with these options smaller, for a person whose memory was not enough; a whole sentence.
  std::string advice(std::int64_t width, std::int64_t height, const ModelOptions& options) const;

 private:
  struct Numbers {
    double networks = 0.0;     ///< UNet and autoencoder
    double text_copies = 0.0;  ///< of the text encoder, where its file is not float32 and is copied
  };
  std::int64_t largestSquare(double budget, const ModelOptions& options) const;
  bool tilingHelps(std::int64_t width, std::int64_t height) const;
  std::vector<ModelOptions> choices(const ModelOptions& asked) const;

  const RestoreRequest request_;
  std::function<Footprint(std::int64_t height, std::int64_t width, const FootprintOptions&)> unet_;
  std::int64_t factor_ = 1;                             ///< pixels per latent
  std::int64_t multiple_ = 1;                           ///< of height and width, in pixels
  std::shared_ptr<const JsonConfig> autoencoder_;       ///< of the steps; null: a model of pixels
  std::shared_ptr<const JsonConfig> last_autoencoder_;  ///< whose decoder ends the run; null: the same
  std::string name_;
  Numbers numbers_;
  std::int64_t patch_ = 0;  ///< side of the patches that the noise is predicted in, in latents; 0: of the whole
  bool on_cpu_, gradient_, gradient_of_encoder_, gradient_of_decoder_, guided_twice_;
};

/// The planner of a completed request. @param model_path folder or checkpoint @param solver of the request
/// @throws Error when the model cannot be read
MemoryPlanner memoryPlanner(const std::string& model_path, const SolverInfo& solver, const RestoreRequest& completed);

/// Width and height of the full picture that a completed request makes of a photo of width x height.
std::pair<std::int64_t, std::int64_t> fullSize(const RestoreRequest& completed, std::int64_t width,
                                               std::int64_t height);

}  // namespace p2l
