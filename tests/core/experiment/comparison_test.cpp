// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/api/measure.h"
#include "core/experiment/recipe.h"
#include "core/experiment/table.h"
#include "core/types/error.h"

namespace p2l {
namespace {

ComparedRow rowOf(const std::string& label, double psnr, double lpips,
                  ComparedRow::Kind kind = ComparedRow::Kind::Run) {
  ComparedRow row;
  row.label = label;
  row.kind = kind;
  row.report.metrics = {{"psnr", psnr}, {"lpips_alex", lpips}};
  row.report.residual = 1.5;
  row.report.noise_level = 0.5;
  row.report.seconds = 3.0;
  StepReport last;
  last.step = last.steps = 30;
  row.report.steps = {last};
  return row;
}

const ComparisonColumn& column(const std::string& key) {
  const auto& all = comparisonColumns();
  return *std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.key == key; });
}

TEST(Comparison, PrintsNumbersAsTheTablesOfEvaluations) {
  const auto row = rowOf("P2L", 28.9049, 0.1814);
  const Statistics psnr{1, 28.9049, kUnknown}, lpips{1, 0.1814, kUnknown};
  EXPECT_EQ(comparedText(row, column("psnr")), statisticsText(&psnr, 2));
  EXPECT_EQ(comparedText(row, column("psnr")), "28.90");
  EXPECT_EQ(comparedText(row, column("lpips_alex")), statisticsText(&lpips, 3));
  EXPECT_EQ(comparedText(row, column("ssim")), "-");
  EXPECT_EQ(comparedText(row, column("relative_residual")), "3.00");
  EXPECT_EQ(comparedText(row, column("seconds_per_step")), "0.100");
  EXPECT_EQ(comparedText(row, column("steps")), "30");
}

TEST(Comparison, BaselinesAndBoundsAreNotTheBest) {
  const std::vector<ComparedRow> rows = {rowOf("P2L", 28.9, 0.18), rowOf("LATINO", 28.7, 0.17),
                                         rowOf("bound", 34.0, 0.04, ComparedRow::Kind::Bound)};
  EXPECT_TRUE(isBest(rows, 0, column("psnr")));
  EXPECT_FALSE(isBest(rows, 1, column("psnr")));
  EXPECT_TRUE(isBest(rows, 1, column("lpips_alex")));  // lower is better
  EXPECT_FALSE(isBest(rows, 2, column("psnr")));
  EXPECT_FALSE(isBest({rows[0], rows[2]}, 0, column("psnr")));  // the only one
  EXPECT_EQ(comparedText(rows[2], column("seconds")), "-");     // a bound was not run
}

TEST(Comparison, AllThatPrintEqualAsTheBestAreMarked) {
  const std::vector<ComparedRow> rows = {rowOf("K = 0", 34.1941, 0.03911), rowOf("K = 1", 34.1902, 0.03908),
                                         rowOf("LATINO", 34.1799, 0.0398)};
  for (const auto* key : {"psnr", "lpips_alex"}) {
    EXPECT_TRUE(isBest(rows, 0, column(key))) << key;
    EXPECT_TRUE(isBest(rows, 1, column(key))) << key;
    EXPECT_FALSE(isBest(rows, 2, column(key))) << key;
  }
  const auto markdown = comparisonTable(rows, TableFormat::Markdown);
  EXPECT_EQ(markdown.find("**34.19**", markdown.find("**34.19**") + 1), markdown.rfind("**34.19**")) << markdown;
  EXPECT_NE(markdown.find("**34.19**"), markdown.rfind("**34.19**")) << markdown;
  EXPECT_EQ(markdown.find("**34.18**"), std::string::npos) << markdown;
  const auto latex = comparisonTable(rows, TableFormat::Latex);
  EXPECT_NE(latex.find("\\textbf{34.19}"), latex.rfind("\\textbf{34.19}")) << latex;
}

TEST(Comparison, FormerRowsDoNotCompeteWithPresentOnes) {
  std::vector<ComparedRow> rows = {rowOf("former", 30.0, 0.1), rowOf("P2L", 28.9, 0.18), rowOf("LATINO", 28.7, 0.17)};
  rows[0].former = true;
  EXPECT_FALSE(isBest(rows, 0, column("psnr")));
  EXPECT_TRUE(isBest(rows, 1, column("psnr")));
  EXPECT_FALSE(isBest(rows, 2, column("psnr")));
  rows[1].former = true;
  EXPECT_FALSE(isBest(rows, 0, column("psnr")));
  EXPECT_FALSE(isBest(rows, 2, column("psnr")));  // the only present one
  rows[2].former = true;
  EXPECT_TRUE(isBest(rows, 0, column("psnr")));
  rows[2].measured = "another photo";  // neither do those of other measurements with each other
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_FALSE(isBest(rows, i, column("psnr"))) << i;
}

TEST(Comparison, EqualPicturesHaveAPsnrWithoutEndAndAreTheBest) {
  const auto infinity = std::numeric_limits<double>::infinity();
  const std::vector<ComparedRow> rows = {rowOf("the truth", infinity, 0.0), rowOf("P2L", 28.9, 0.18)};
  EXPECT_TRUE(isBest(rows, 0, column("psnr")));
  EXPECT_FALSE(isBest(rows, 1, column("psnr")));
  EXPECT_EQ(comparedText(rows[0], column("psnr")), "∞");
  EXPECT_NE(comparisonTable(rows, TableFormat::Latex).find("\\textbf{$\\infty$}"), std::string::npos);
}

TEST(Comparison, WritesTheTableInEveryFormat) {
  const std::vector<ComparedRow> rows = {rowOf("K = 1 & x_0", 28.9, 0.18), rowOf("LATINO|2", 28.7, 0.17)};
  const auto tsv = comparisonTable(rows, TableFormat::Tsv);
  EXPECT_EQ(tsv.substr(0, tsv.find('\n')),
            "Run\tPSNR (dB)\tLPIPS (Alex)\tResidual\tResidual / noise\tSteps\tSeconds\ts / step");
  EXPECT_NE(tsv.find("K = 1 & x_0\t28.90\t0.180\t1.50\t3.00\t30\t3.0\t0.100"), std::string::npos);
  const auto markdown = comparisonTable(rows, TableFormat::Markdown);
  EXPECT_NE(markdown.find("| LATINO\\|2 | 28.70 | **0.170** |"), std::string::npos);
  const auto latex = comparisonTable(rows, TableFormat::Latex);
  EXPECT_NE(latex.find("K = 1 \\& x\\_0 & \\textbf{28.90} & 0.180"), std::string::npos) << latex;
  EXPECT_NE(latex.find("\\begin{tabular}{lrrrrrrr}"), std::string::npos);
  const auto marks = comparisonTable({rowOf("a\\b^2~ρ = 0.5 → ×2", 28.9, 0.18)}, TableFormat::Latex);
  const std::string written =
      "\na\\textbackslash{}b\\textasciicircum{}2\\textasciitilde{}$\\rho$ = 0.5 $\\to$ $\\times$2 & ";
  EXPECT_NE(marks.find(written), std::string::npos) << marks;
  const auto schedule = comparisonTable({rowOf("Step schedule = ρ ᾱ_t (abar)", 28.9, 0.18)}, TableFormat::Latex);
  EXPECT_NE(schedule.find("= $\\rho$ $\\bar\\alpha$\\_t (abar) & "), std::string::npos) << schedule;
  const auto greek = comparisonTable({rowOf("κ = 0.05, μ = 0.9", 28.9, 0.18)}, TableFormat::Latex);
  EXPECT_NE(greek.find("$\\kappa$ = 0.05, $\\mu$ = 0.9 & "), std::string::npos) << greek;
  const auto csv = comparisonTable(rows, TableFormat::Csv);
  EXPECT_EQ(csv.rfind("run,psnr,ssim,", 0), 0u);
  EXPECT_NE(csv.find("\nLATINO|2,28.7,,"), std::string::npos) << csv;
}

TEST(Comparison, CountsTheEvaluationsThatTheSolverSays) {
  const auto catalogue = readCatalogue();
  RestoreRequest request;
  request.sampler_values["steps"] = 30.0;
  const auto completed = catalogue.complete(request);
  const auto work = catalogue.solver("p2l").work(completed.solver_values, 30);
  EXPECT_EQ(evaluationsOf(catalogue, completed), work.network + work.network_gradient);
  request.solver = "nobody";
  EXPECT_TRUE(std::isnan(evaluationsOf(catalogue, request)));
}

TEST(Comparison, ItsRecipeRunsTheSameRequests) {
  const auto catalogue = readCatalogue();
  std::vector<ComparedRow> rows;
  for (const char* solver : {"p2l", "ldps", "resample"}) {
    RestoreRequest request;
    request.solver = solver;
    request.degradation().id = "gaussian-blur";
    request.degradation().values["sigma"] = 2.5;
    request.noise = 0.03;
    request.size = 128;
    request.seed = 9;
    request.prompt = "a photo of a cat";
    ComparedRow row;
    row.label = std::string("run of ") + solver;
    row.report.request = catalogue.complete(request);
    rows.push_back(row);
  }
  rows.push_back(rowOf("bicubic", 20.0, 0.5, ComparedRow::Kind::Plain));
  const auto made = recipeOf(catalogue, rows, "A comparison");
  const auto recipe = recipeFromJson(made.json, "comparison.json");
  EXPECT_EQ(recipe.size, 128);
  EXPECT_EQ(recipe.noise, 0.03);
  ASSERT_EQ(recipe.rows.size(), 3u);
  EXPECT_EQ(made.options, (std::vector<std::string>{"--seed", "9", "--model", "p2l-tiny"}));
  RestoreRequest common;
  common.size = recipe.size;
  common.noise = recipe.noise;
  common.seed = 9;
  common.model = "p2l-tiny";
  const auto plan = planOfRecipe(catalogue, recipe, {"photo.png"}, common, {"p2l-tiny", ""}, Captions());
  EXPECT_TRUE(plan.impossible.empty());
  for (const auto& row : rows) {
    if (row.kind != ComparedRow::Kind::Run) continue;
    const auto found = std::find_if(plan.combinations.begin(), plan.combinations.end(),
                                    [&](const auto& each) { return each.method == row.label; });
    ASSERT_NE(found, plan.combinations.end()) << row.label;
    EXPECT_EQ(differenceOf(row.report.request, found->request), "") << row.label;
    EXPECT_EQ(found->request.solver_values, row.report.request.solver_values);
    EXPECT_EQ(found->request.sampler_values, row.report.request.sampler_values);
    EXPECT_EQ(found->request.prompt, "a photo of a cat");
  }
}

TEST(Comparison, ItsRecipeTellsTheModelsOptionsDeviceAndMemory) {
  const auto catalogue = readCatalogue();
  ComparedRow row;
  row.label = "P2L";
  RestoreRequest request;
  request.device = "cpu";
  request.memory = "8G";
  request.model_options.precision = "bf16";
  request.model_options.lora = "style.safetensors";
  request.model_options.lora_scale = 0.5;
  request.model_options.vae_tiling = true;
  request.model_options.encoder_refinements = 2;
  row.report.request = catalogue.complete(request);
  const auto made = recipeOf(catalogue, {row}, "options");
  EXPECT_EQ(made.options,
            (std::vector<std::string>{"--seed", "0", "--model", "p2l-tiny", "--device", "cpu", "--memory", "8G",
                                      "--precision", "bf16", "--vae-tiling", "--encoder-refinements", "2", "--lora",
                                      "style.safetensors", "--lora-scale", "0.5"}));
  EXPECT_TRUE(made.left_out.empty());
}

TEST(Comparison, ItsRecipeLeavesOutRunsOfAnotherMeasurementOrOtherOptions) {
  const auto catalogue = readCatalogue();
  RestoreRequest request;
  request.size = 128;
  request.noise = 0.03;
  const auto row = [&](const char* label, auto change) {
    ComparedRow made;
    made.label = label;
    made.report.request = request;
    change(made.report.request);
    made.report.request = catalogue.complete(made.report.request);
    return made;
  };
  auto former = row("former", [](auto& r) { r.degradations = {{"gaussian-blur", {}, {}, {}, false}}; });
  former.former = true;
  const auto made =
      recipeOf(catalogue,
               {former, row("P2L", [](auto&) {}), row("size", [](auto& r) { r.size = 64; }),
                row("noise", [](auto& r) { r.noise = 0.1; }),
                row("precision", [](auto& r) { r.model_options.precision = "bf16"; }),
                row("memory", [](auto& r) { r.memory = "2G"; }), row("seed", [](auto& r) { r.seed = 5; }),
                row("draw", [](auto& r) { r.measurement_seed = 8; }), row("LDPS", [](auto& r) { r.solver = "ldps"; }),
                row("device", [](auto& r) { r.device = "cpu"; })},
               "mixed");
  const auto recipe = recipeFromJson(made.json, "mixed.json");
  EXPECT_EQ(recipe.size, 128);
  EXPECT_EQ(recipe.noise, 0.03);
  EXPECT_EQ(recipe.columns.at(0).task.rfind("sr", 0), 0u);
  std::vector<std::string> kept;
  for (const auto& each : recipe.rows) kept.push_back(each.name);
  EXPECT_EQ(kept, (std::vector<std::string>{"P2L", "seed", "draw", "LDPS", "device"}));
  EXPECT_EQ(made.left_out, (std::vector<std::string>{"former", "size", "noise", "precision", "memory"}));
}

TEST(Comparison, SaysWhatARecipeCannotKeep) {
  const auto catalogue = readCatalogue();
  ComparedRow row;
  row.label = "P2L";
  RestoreRequest request;
  request.noise = NoiseChoice();
  request.noise.id = "poisson";
  request.noise.values = {{"peak", 30.0}};
  row.report.request = catalogue.complete(request);
  row.report.request.degradation().mask = "painted.png";
  auto other = row;
  other.report.request.seed = 1;
  const auto made = recipeOf(catalogue, {row, other}, "seeds");
  EXPECT_EQ(made.options.at(0), "--noise");
  EXPECT_EQ(made.options.at(1), noiseText(row.report.request.noise));
  EXPECT_EQ(made.remarks.size(), 2u);
  other.report.request.crop = "80x60+4+8";
  EXPECT_EQ(recipeOf(catalogue, {row, other}, "seeds").remarks.size(), 3u);
  const auto recipe = recipeFromJson(made.json, "seeds.json");  // names are told apart
  EXPECT_NE(recipe.rows.at(0).name, recipe.rows.at(1).name);
  EXPECT_THROW(recipeOf(catalogue, {rowOf("bicubic", 20.0, 0.5, ComparedRow::Kind::Plain)}, "none"), Error);
}

}  // namespace
}  // namespace p2l
