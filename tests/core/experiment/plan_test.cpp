// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of `p2l evaluate` that run nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/api/session.h"
#include "core/experiment/plan.h"
#include "core/experiment/summary.h"
#include "core/experiment/table.h"
#include "core/experiment/variant.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

const Catalogue& catalogue() {
  static const Session session;
  return session.catalogue();
}

TEST(EvaluateVariant, ValuesBelongToTheName) {
  EXPECT_EQ(taskVariant(catalogue(), "sr").name, "sr");
  const auto variant = solverVariant(catalogue(), "p2l:gamma=4:K=0");
  EXPECT_EQ(variant.id, "p2l");
  EXPECT_EQ(variant.name, "p2l:K=0:gamma=4");
  EXPECT_EQ(std::get<double>(variant.values.at("gamma")), 4.0);
  EXPECT_EQ(folderName(variant.name), "p2l_K-0_gamma-4");
  EXPECT_THROW(taskVariant(catalogue(), "fog"), Error);
  EXPECT_THROW(taskVariant(catalogue(), "sr:scale=2"), Error);
  EXPECT_THROW(taskVariant(catalogue(), "sr:factor=1"), Error);
  EXPECT_THROW(taskVariant(catalogue(), "sr:factor"), Error);
}

/// What the text of a row is refused with; empty: it is taken.
std::string refusal(const std::string& text) {
  try {
    solverVariant(catalogue(), text);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(EvaluateVariant, RowsTakeTheSamplersSettingsAndAStart) {
  const auto row = solverVariant(catalogue(), "p2l:prompt=a photo of a face, no. 1:sampler.steps=100:K=0:eta=0.5");
  EXPECT_EQ(row.name, "p2l:K=0:eta=0.5:steps=100:prompt=a photo of a face, no. 1");
  EXPECT_EQ(integerOf(row.values, "K"), 0);
  EXPECT_EQ(row.values.size(), 1u);
  EXPECT_EQ(integerOf(row.sampler, "steps"), 100);
  EXPECT_EQ(numberOf(row.sampler, "eta"), 0.5);
  EXPECT_EQ(row.prompt, "a photo of a face, no. 1");
  EXPECT_EQ(solverVariant(catalogue(), "p2l:eta=0.5:steps=100").name,
            solverVariant(catalogue(), "p2l:sampler.steps=100:sampler.eta=0.5").name);
  EXPECT_EQ(solverVariant(catalogue(), "p2l:patches=mixture").sampler.at("patches"), ParamValue("mixture"));
  EXPECT_EQ(solverVariant(catalogue(), "ldps:embedding=runs/a.safetensors").embedding, "runs/a.safetensors");
  EXPECT_EQ(solverVariant(catalogue(), "ldps:prompt=").prompt, "");  // the null prompt
  EXPECT_FALSE(solverVariant(catalogue(), "ldps").prompt);

  EXPECT_NE(refusal("p2l:speed=1").find("A row of the solver p2l takes no speed; it takes K, "), std::string::npos);
  EXPECT_NE(refusal("p2l:speed=1").find("of the sampler steps, "), std::string::npos);
  EXPECT_NE(refusal("p2l:steps=0").find("steps must be a whole number from 1"), std::string::npos);
  EXPECT_NE(refusal("p2l:sampler.K=1").find("takes no sampler.K"), std::string::npos);
  EXPECT_NE(refusal("p2l:prompt=a cat: black").find("\" black\" in p2l:prompt=a cat: black; values hold no ':'."),
            std::string::npos);
  EXPECT_NE(refusal("p2l:prompt=two\nlines").find("must be one line"), std::string::npos);
  EXPECT_NE(refusal("p2l:prompt=a:embedding=b").find("from a prompt or from an embedding"), std::string::npos);
  EXPECT_NE(refusal("p2l:embedding=").find("takes the file"), std::string::npos);
}

TEST(EvaluateVariant, AKeyOfBothIsTheSolversAndSamplerMarksTheOther) {
  auto both = catalogue();
  for (auto& solver : both.solvers) {
    if (solver.id == "ldps") solver.parameters.push_back(integerParam("steps", "", "Inner steps", 1, 9, 2, "Some."));
  }
  const auto row = solverVariant(both, "ldps:steps=3:sampler.steps=40");
  EXPECT_EQ(integerOf(row.values, "steps"), 3);
  EXPECT_EQ(integerOf(row.sampler, "steps"), 40);
  EXPECT_EQ(row.name, "ldps:steps=3:sampler.steps=40");
  EXPECT_EQ(solverVariant(both, row.name).name, row.name);
}

TEST(EvaluateVariant, APromptThatWasCutAtItsCommaIsNoSolver) {
  const auto rows = solverVariants(catalogue(), {"p2l", "p2l:K=0", "p2l", "ldps:prompt=a cat", "treg"});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].name, "p2l:K=0");
  EXPECT_EQ(rows[3].name, "treg");
  try {
    solverVariants(catalogue(), {"p2l", "p2l:prompt=a cat", " black"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "\" black\" after the prompt \"a cat\" is no solver: commas are between the rows, and a prompt of a "
                 "row holds none.");
  }
}

TEST(EvaluateVariant, EveryRowHasAFolderOfItsOwnAndFormerRowsKeepTheirs) {
  EXPECT_EQ(folderName("p2l:K=0:renoise=0.5"), "p2l_K-0_renoise-0.5");
  EXPECT_EQ(folderName("gaussian-blur:sigma=1.5+sr:factor=2"), "gaussian-blur_sigma-1.5+sr_factor-2");
  EXPECT_EQ(folderName("p2l:prompt_every=2"), "p2l_prompt_every-2");
  EXPECT_EQ(folderName("p2l:steps=100"), "p2l_steps-100");
  std::set<std::string> folders;
  const std::string lengthy(300, 'x');
  const std::vector<std::string> rows = {"p2l:prompt=",       "p2l:prompt=a cat!",     "p2l:prompt=a cat?",
                                         "p2l:prompt=a=cat",  "p2l:prompt=a-cat",      "p2l:prompt=ネコ",
                                         "p2l:prompt=../犬",  "p2l:prompt=" + lengthy, "p2l:prompt=" + lengthy + "y",
                                         "p2l:embedding=a/b", "p2l:embedding=a-b"};
  for (const auto& row : rows) {
    const auto folder = folderName(row);
    EXPECT_TRUE(folders.insert(folder).second) << row;
    EXPECT_LT(folder.size(), 100u);
    EXPECT_EQ(folder.find_first_of("/ :=!?"), std::string::npos) << folder;
  }
}

TEST(EvaluatePlan, ARowsSettingsAreItsOwn) {
  RestoreRequest common;
  common.sampler_values = {{"steps", 7.0}, {"eta", 0.25}};
  common.prompt = "a photo";
  const auto plan = planOf(catalogue(), {"a.png"}, {taskChain(catalogue(), "sr")},
                           solverVariants(catalogue(), {"p2l:steps=9", "p2l:prompt=a cat", "p2l:prompt=", "ldps",
                                                        "p2l:embedding=tuned.safetensors"}),
                           common);
  ASSERT_EQ(plan.combinations.size(), 7u);
  const auto request = [&](int i) -> const auto& {
    return plan.combinations[i].request;
  };
  EXPECT_EQ(numberOf(request(0).sampler_values, "eta"), 0.25);
  const char* prompts[] = {"a photo", "a cat", "", "a photo", ""};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(request(i).prompt, prompts[i]) << i;
    EXPECT_EQ(request(i).embedding, i == 4 ? "tuned.safetensors" : "") << i;
    EXPECT_EQ(integerOf(request(i).sampler_values, "steps"), i > 0 ? 7 : 9) << i;
  }
  EXPECT_EQ(differenceOf(request(1), request(2)), "prompt is \"a cat\" there and \"\" here");
  for (int i = 5; i < 7; ++i) {
    const auto& baseline = plan.combinations[i];
    EXPECT_EQ(requestOf(baseline.method, baseline.request).prompt, "") << baseline.method;
    EXPECT_EQ(baseline.request.embedding, "") << baseline.method;
    EXPECT_EQ(integerOf(baseline.request.sampler_values, "steps"), 7) << baseline.method;
  }
}

TEST(EvaluateVariant, TwoTasksInARow) {
  const auto chain = taskChain(catalogue(), "gaussian-blur:sigma=0.2e+1+sr:factor=2");
  EXPECT_EQ(chain.first().id, "gaussian-blur");
  EXPECT_EQ(std::get<double>(chain.first().values.at("sigma")), 2.0);
  EXPECT_EQ(chain.tasks.at(1).name, "sr:factor=2");
  EXPECT_EQ(chain.name, "gaussian-blur:sigma=2+sr:factor=2");
  EXPECT_EQ(taskChain(catalogue(), "sr").tasks.size(), 1u);
  EXPECT_EQ(taskChain(catalogue(), "sr:factor=2+gaussian-blur+random-drop").tasks.size(), 3u);
  for (const char* text : {"", "1", "sr+", "+sr", "sr+fog", "sr+sr+", "sr+2"}) {
    EXPECT_THROW(taskChain(catalogue(), text), Error) << text;
  }
  const std::vector<Variant> solvers = {solverVariant(catalogue(), "p2l"), solverVariant(catalogue(), "ldps")};
  const auto plan = planOf(catalogue(), {"a.png"}, {chain}, solvers, RestoreRequest());
  ASSERT_EQ(plan.combinations.size(), 4u);
  for (const auto& combination : plan.combinations) {
    EXPECT_EQ(combination.task, chain.name);
    EXPECT_EQ(combination.request.degradations.at(1).id, "sr");
    EXPECT_EQ(integerOf(combination.request.degradations.at(1).values, "factor"), 2);
  }
  const auto rounded = planOf(catalogue(), {"a.png"}, {taskChain(catalogue(), "sr+jpeg")}, solvers, RestoreRequest());
  EXPECT_EQ(rounded.combinations.size(), 3u);  // p2l needs a linear task
  EXPECT_EQ(rounded.impossible.size(), 1u);
}

TEST(EvaluatePlan, WhatRowsHaveInCommonIsSaidOnce) {
  std::vector<Variant> rows;
  for (const char* row : {"p2l:K=0", "p2l:preset=paper-ffhq-sr:gamma=5", "p2l:K=0:gamma=5"})
    rows.push_back(solverVariant(catalogue(), row));
  const auto left_out = planOf(catalogue(), {}, {taskChain(catalogue(), "jpeg")}, rows, RestoreRequest());
  EXPECT_EQ(left_out.impossible,
            std::vector<std::string>{"The solver p2l needs a linear task, and jpeg is not: left out."});

  auto common = RestoreRequest();
  common.sampler_values["steps"] = 7.0;
  rows = {solverVariant(catalogue(), "p2l:preset=paper-ffhq-sr"),
          solverVariant(catalogue(), "p2l:preset=paper-ffhq-sr:eta=0")};
  const auto changed = planOf(catalogue(), {}, {taskChain(catalogue(), "sr:factor=8")}, rows, common);
  ASSERT_EQ(changed.notes.lines().size(), 1u);
  EXPECT_TRUE(changed.notes.lines()[0].starts_with("sr:factor=8, " + rows[0].name + "; sr:factor=8, " + rows[1].name +
                                                   ": The preset paper-ffhq-sr was changed: "))
      << changed.notes.lines()[0];
  EXPECT_TRUE(changed.notes.lines()[0].ends_with(".")) << changed.notes.lines()[0];
}

TEST(RowRemarks, ASentenceStandsOnceBehindItsRows) {
  RowRemarks remarks;
  EXPECT_TRUE(remarks.lines().empty());
  for (int photo = 0; photo < 2; ++photo) {
    remarks.add("sr", "p2l", "Nothing was projected");
    remarks.add("sr", "ldps", "The prompt is longer");
    remarks.add("inpaint", "p2l", "Nothing was projected");
  }
  EXPECT_EQ(remarks.lines(), (std::vector<std::string>{"sr, p2l; inpaint, p2l: Nothing was projected.",
                                                       "sr, ldps: The prompt is longer."}));
  EXPECT_EQ(remarks.sentences(), (std::vector<std::string>{"Nothing was projected", "The prompt is longer"}));
  EXPECT_TRUE(remarks.contains("inpaint", "p2l", "Nothing was projected"));
  EXPECT_FALSE(remarks.contains("inpaint", "ldps", "Nothing was projected"));
  EXPECT_FALSE(remarks.contains("sr", "p2l", "The prompt is longer"));
}

TEST(EvaluateVariant, SetReachesTheSolversThatDoNotSayItThemselves) {
  std::vector<Variant> solvers = {solverVariant(catalogue(), "p2l"), solverVariant(catalogue(), "p2l:K=0"),
                                  solverVariant(catalogue(), "ldps")};
  setValue(catalogue(), solvers, "p2l.K=3");
  EXPECT_EQ(std::get<double>(solvers[0].values.at("K")), 3.0);
  EXPECT_EQ(std::get<double>(solvers[1].values.at("K")), 0.0);
  EXPECT_TRUE(solvers[2].values.empty());
  EXPECT_EQ(solvers[0].name, "p2l");
  EXPECT_THROW(setValue(catalogue(), solvers, "K=3"), Error);
  EXPECT_THROW(setValue(catalogue(), solvers, "ldps.K=3"), Error);
  solvers.pop_back();
  EXPECT_THROW(setValue(catalogue(), solvers, "ldps.rho=1"), Error);
}

TEST(EvaluatePlan, EveryRunIsInExactlyOneShardAndTheSlowOnesAreSpread) {
  const auto plan = planOf(catalogue(), {"a.png", "b.png", "c.png", "d.png"},
                           {taskChain(catalogue(), "sr"), taskChain(catalogue(), "inpaint")},
                           {solverVariant(catalogue(), "p2l"), solverVariant(catalogue(), "ldps")}, RestoreRequest());
  ASSERT_EQ(plan.combinations.size(), 8u);
  for (int count = 1; count <= 40; ++count) {
    std::map<std::pair<std::size_t, std::size_t>, int> times;
    std::vector<int> of_shard(count), slow_of_shard(count);
    for (int index = 1; index <= count; ++index) {
      for (std::size_t photo = 0; photo < plan.photos.size(); ++photo) {
        for (const auto i : combinationsOf(plan, photo, {index, count})) {
          ++times[{photo, i}];
          ++of_shard[index - 1];
          slow_of_shard[index - 1] += plan.combinations[i].method == "p2l";
        }
      }
    }
    EXPECT_EQ(times.size(), 32u) << count;
    for (const auto& [run, n] : times) EXPECT_EQ(n, 1) << count;
    if (count > 4) continue;
    EXPECT_LE(*std::max_element(of_shard.begin(), of_shard.end()) - *std::min_element(of_shard.begin(), of_shard.end()),
              4);
    EXPECT_LE(*std::max_element(slow_of_shard.begin(), slow_of_shard.end()), 8 / count + 1) << count;
  }
}

TEST(EvaluatePlan, AMeasurementsSeedFollowsFromSeedPhotoAndNumber) {
  const std::string photo(64, 'a'), other(64, 'b');
  EXPECT_EQ(measurementSeed(0, photo, 1), 411475390);  // by Python's hashlib
  EXPECT_EQ(measurementSeed(0, photo, 2), 117681602);
  EXPECT_EQ(measurementSeed(1, photo, 1), 1926749484);
  EXPECT_EQ(measurementSeed(0, other, 1), 321764913);
}

TEST(EvaluatePlan, ShardsAreReadStrictly) {
  const auto shard = shardFromText("3/8");
  EXPECT_EQ(shard.index, 3);
  EXPECT_EQ(shard.count, 8);
  for (const char* text : {"", "3", "0/8", "9/8", "-1/8", "3/", "/8", "3/8x", "3/8/2", "a/b"}) {
    EXPECT_THROW(shardFromText(text), Error) << text;
  }
}

TEST(EvaluatePlan, StepsOverrulePresetsAndOnlyTheMethodsOwnSettingsCount) {
  RestoreRequest common;
  common.sampler_values["steps"] = 7.0;
  const auto plan = planOf(catalogue(), {"a.png"}, {taskChain(catalogue(), "sr:factor=8")},
                           {solverVariant(catalogue(), "p2l:K=0")}, common);
  const auto& request = plan.combinations.at(0).request;
  EXPECT_EQ(integerOf(request.sampler_values, "steps"), 7);
  EXPECT_EQ(integerOf(request.solver_values, "K"), 0);
  EXPECT_EQ(integerOf(request.degradation().values, "factor"), 8);

  auto other = request;
  other.photo = "/elsewhere/a.png";
  other.device = "cuda:0";
  EXPECT_EQ(differenceOf(request, other), "");
  other.solver_values["K"] = 1.0;
  EXPECT_EQ(differenceOf(request, other), "K is 0 there and 1 here");
  EXPECT_EQ(differenceOf(requestOf(kPlain, request), requestOf(kPlain, other)), "");
  other.noise = 0.5;
  EXPECT_EQ(differenceOf(requestOf(kPlain, request), requestOf(kPlain, other)), "noise is 0.01 there and 0.5 here");
}

TEST(EvaluateSummary, MeanAndDeviationOfASample) {
  const auto statistics = statisticsOf({1.0, kUnknown, 2.0, 6.0});
  EXPECT_EQ(statistics.count, 3);
  EXPECT_DOUBLE_EQ(statistics.mean, 3.0);
  EXPECT_DOUBLE_EQ(statistics.deviation, std::sqrt((4.0 + 1.0 + 9.0) / 2.0));
  EXPECT_TRUE(std::isnan(statisticsOf({5.0}).deviation));
  EXPECT_EQ(statisticsOf({kUnknown}).count, 0);
  EXPECT_EQ(statisticsText(&statistics, 2), "3.00 ± 2.65");
  const auto single = statisticsOf({5.0});
  EXPECT_EQ(statisticsText(&single, 1), "5.0");
  EXPECT_EQ(statisticsText(nullptr, 1), "-");
}

Record record(const std::string& photo, const std::string& method, double psnr) {
  Record made;
  made.key = {photo, "sr", method};
  made.numbers = {{"psnr", psnr}, {"seconds", 2.0}};
  made.request.photo = photo;
  return made;
}

TEST(EvaluateSummary, TableHasTheCataloguesOrderAndTheBestSolverInBold) {
  const std::vector<Record> records = {record("a", kAutoencoder, 40.0), record("a", "ldps", 20.0),
                                       record("b", "ldps", 30.0),       record("a", kPlain, 35.0),
                                       record("a", "p2l", 22.0),        record("b", "p2l", 30.0)};
  const auto summary = summaryOf(records, catalogue());
  EXPECT_EQ(summary.methods, (std::vector<std::string>{"p2l", "ldps", kPlain, kAutoencoder}));
  EXPECT_EQ(summary.metrics.size(), 2u);
  EXPECT_EQ(summary.statistics("sr", "ldps", "ssim"), nullptr);
  const auto table = tableMarkdown(summary, records, {{"c-1234", "c.png is empty (0 bytes)."}});
  EXPECT_NE(table.find("| p2l | **26.00 ± 5.66** | 2.0 ± 0.0 |\n| ldps | 25.00 ± 7.07 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| plain baseline | 35.00 | 2.0 |"), std::string::npos) << table;
  EXPECT_NE(table.find("photos 1 to 2 (not all runs are done)"), std::string::npos) << table;
  EXPECT_NE(table.find("Not done: c-1234: c.png is empty (0 bytes)."), std::string::npos) << table;
  const auto worst_first = sortedByPsnr(records, "sr", "ldps");
  ASSERT_EQ(worst_first.size(), 2u);
  EXPECT_EQ(worst_first[0]->key.photo, "a");
}

using EvaluatePhotos = test::TemporaryFolder;

TEST_F(EvaluatePhotos, AreReadUntilAStopIsAskedFor) {
  for (const char* name : {"b.png", "a.JPG", ".hidden.png", "notes.txt"}) write(name, "x");
  const std::vector<std::string> folders = {folder_.string()};
  EXPECT_EQ(photosFrom(folders), (std::vector<std::string>{folder_ / "a.JPG", folder_ / "b.png"}));
  RunControl control;
  EXPECT_EQ(photosFrom(folders, &control), photosFrom(folders));
  control.requestStop();
  EXPECT_THROW(photosFrom(folders, &control), StopRequested);
}

TEST_F(EvaluatePhotos, APathThatTheDiskDoesNotTakeIsAFileThatIsNotThere) {
  const std::vector<std::string> odd = {folder_ / std::string(300, 'a'), folder_ / "gone"};
  EXPECT_EQ(photosFrom(odd), odd);
}

TEST(EvaluateSummary, APromptInANameBreaksNoTable) {
  const auto odd = record("a", "p2l:prompt=a|b", 1.0);
  const auto table = tableMarkdown(summaryOf({odd}, catalogue()), {odd}, {});
  EXPECT_NE(table.find("| p2l:prompt=a\\|b | 1.00 |"), std::string::npos) << table;
}

TEST(EvaluateSummary, TextsAreQuotedAndEscaped) {
  auto odd = record("a", "p2l", 1.0);
  odd.request.photo = "a \"<b>\", c.png";
  EXPECT_NE(resultsCsv({odd}).find("\"a \"\"<b>\"\", c.png\""), std::string::npos);
  const auto html = tableHtml(summaryOf({odd}, catalogue()), {odd}, {{"x", "<script>"}}, {});
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
}

}  // namespace
}  // namespace p2l
