// SPDX-License-Identifier: GPL-3.0-or-later
// Every latent solver on the embedded weights, and every pixel solver on a random UNet2DModel, against an independent
// transcription: ten steps from the same latent and the same fresh noise, number by number. tests/reference/README.md
// says how the references were made.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/random.h"
#include "core/models/model_folder.h"
#include "core/solvers/solver.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::referencePath;
using test::relativeDifference;

constexpr double kTolerance = 1e-3;

/// Values of the reference's parameters that the entry declares, under its own names.
ParamValues valuesFrom(const nlohmann::json& parameters, const std::vector<ParamSpec>& specs) {
  ParamValues values;
  for (const auto& spec : specs) {
    if (!parameters.contains(spec.key)) continue;
    const auto& value = parameters[spec.key];
    values[spec.key] = value.is_string() ? ParamValue(value.get<std::string>()) : ParamValue(value.get<double>());
  }
  return values;
}

nlohmann::json storedRuns() {
  std::ifstream in(referencePath("solver_runs.json"));
  return nlohmann::json::parse(in);
}

std::vector<std::string> storedNames() {
  std::vector<std::string> names;
  const auto runs = storedRuns();
  for (const auto& [name, run] : runs.items()) names.push_back(name);
  return names;
}

class SolverReference : public testing::TestWithParam<std::string> {};

TEST_P(SolverReference, LatentsEqualTheTranscription) {
  const at::NoGradGuard no_grad;
  const auto run = storedRuns()[GetParam()];
  const auto file = SafetensorsFile::open(referencePath(run["file"]));
  const auto loaded = loadModel(test::modelFolder(run.value("model", "p2l-tiny")), at::kCPU);

  const auto& task = degradationEntry(run["task"]);
  DegradationContext context;
  context.height = run["height"];
  context.width = run["width"];
  context.values = completeValues(task.info.parameters, valuesFrom(run, task.info.parameters), "task");
  if (file->has("in.mask")) context.mask = 1.0 - file->tensor("in.mask");  // the reference's mask is 1 where measured
  const auto A = task.make(context);

  const auto& entry = solverEntry(run["solver"]);
  const auto values =
      completeValues(entry.info.parameters, valuesFrom(run["parameters"], entry.info.parameters), "solver");
  const auto z_T = file->tensor("in.z").clone();
  Problem problem{file->tensor("in.y").clone(), *A, *loaded.model,
                  loaded.model->embedPrompt(run["prompt"].get<std::string>()).prompt, z_T,
                  loaded.model->plan(run["steps"], run.value("spacing", "leading")), run.value("eta", 0.0),
                  // The stream of the initial latent is the seed itself: torch.Generator().manual_seed(seed).
                  makeGenerator(run.value("noise_seed", 0), RandomStream::InitialLatent)};
  problem.noise = run.value("noise", 0.01);
  if (file->has("in.image_map")) {  // stands for CLIP's image encoder
    problem.image_feature = [map = file->tensor("in.image_map").clone()](const at::Tensor& x) {
      return at::adaptive_avg_pool2d(x, {4, 4}).flatten(1).matmul(map);
    };
  }
  std::vector<at::Tensor> z_t, z0_hat, C;
  RunControl control;
  const auto z = entry.make(values)->solve(
      problem,
      [&](const StepView& view) {
        z_t.push_back(view.z_t);
        z0_hat.push_back(view.z0_hat);
        C.push_back(view.C.prompt);
      },
      control);

  EXPECT_LT(relativeDifference(at::cat(z_t), file->tensor("z_t")), kTolerance);
  EXPECT_LT(relativeDifference(at::cat(z0_hat), file->tensor("z0_hat")), kTolerance);
  if (file->has("C")) {
    const auto tuned = at::cat(C);
    EXPECT_LT(relativeDifference(tuned, file->tensor("C")), kTolerance);
    // The drift itself too: the embedding is large beside it. Adam's first step is the sign of a gradient that may be
    // nearly zero.
    EXPECT_LT(relativeDifference(tuned - problem.C.prompt, file->tensor("C") - problem.C.prompt), 2e-2);
    EXPECT_GT((tuned - problem.C.prompt).abs().max().item<double>(), 1e-3);
  }
  EXPECT_LT(relativeDifference(z, file->tensor("z")), kTolerance);
  EXPECT_LT(relativeDifference(loaded.model->decode(z), file->tensor("x")), kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Runs, SolverReference, testing::ValuesIn(storedNames()),
                         [](const auto& info) { return info.param; });

TEST(SolverReferences, EverySolverHasOne) {
  std::set<std::string> covered;
  for (const auto& run : storedRuns()) covered.insert(run["solver"].get<std::string>());
  for (const auto& entry : solverEntries()) EXPECT_TRUE(covered.contains(entry.info.id)) << entry.info.id;
}

}  // namespace
}  // namespace p2l
