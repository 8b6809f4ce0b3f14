// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/studio/fake_denoiser.h"

#include "core/engine/run.h"
#include "tests/support/gaussian_prior.h"

namespace p2l::test {

Outcome runOnFakeDenoiser(const RestoreRequest& completed, const RunInputs& inputs, std::uint64_t run_id,
                          RunObserver& observer, RunControl& control) {
  LoadedModel loaded;
  loaded.model = std::make_shared<GaussianPrior>(0.0, 0.5);
  loaded.info.name = "gaussian";
  return carryOut(completed, inputs, loaded, nullptr, at::kCPU, run_id, observer, control);
}

}  // namespace p2l::test
