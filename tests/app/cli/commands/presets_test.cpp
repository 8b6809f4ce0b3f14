// SPDX-License-Identifier: GPL-3.0-or-later
// Presets through the command line: as its options are read, and as the program runs.
#include <gtest/gtest.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/request_options.h"
#include "core/api/files.h"
#include "core/api/session.h"
#include "core/experiment/plan.h"
#include "core/types/error.h"
#include "tests/support/program.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;
using Json = nlohmann::json;

const Catalogue& catalogue() {
  static const Session session;
  return session.catalogue();
}

/// The request that `p2l restore photo.png ARGUMENTS` makes.
RestoreRequest requestFrom(Arguments arguments, bool with_presets = true) {
  CLI::App app;
  const RequestOptions options(app, catalogue(), RequestOptions::Extent::Restore);
  arguments.insert(arguments.begin(), "photo.png");
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes a vector
  app.parse(arguments);
  return options.request(with_presets);
}

Arguments asking(const Preset& preset) {
  Arguments arguments = {"--preset", preset.id};
  if (preset.degradation.empty()) arguments.insert(arguments.end(), {"--task", "inpaint"});
  return arguments;
}

TEST(PresetOption, EveryShippedOneGivesExactlyItsValues) {
  ASSERT_GE(catalogue().presets.size(), 180u);
  for (const auto& preset : catalogue().presets) {
    SCOPED_TRACE(preset.id);
    const auto& solver = catalogue().solver(preset.solver);
    for (const bool with_presets : {true, false}) {  // without: as --initial-latent has it
      const auto run = requestFrom(asking(preset), with_presets);
      EXPECT_EQ(run.preset, preset.id);
      EXPECT_EQ(run.solver, preset.solver);
      EXPECT_EQ(run.degradation().id, preset.degradation.empty() ? "inpaint" : preset.degradation);
      EXPECT_EQ(run.solver_values, completeValues(solver.parameters, preset.solver_values, "solver"));
      EXPECT_EQ(run.sampler_values, completeValues(catalogue().sampler, preset.sampler_values, "sampler"));
      for (const auto& [key, value] : preset.degradation_values) EXPECT_EQ(run.degradation().values.at(key), value);
      if (!preset.model.empty()) {
        EXPECT_EQ(run.model, preset.model);
      }
    }
  }
}

TEST(PresetOption, BringsFactorAndModelAndNothingOfTheEmbeddedModelsPreset) {
  const auto paper = requestFrom({"--preset", "paper-ffhq-sr"});
  EXPECT_EQ(integerOf(paper.degradation().values, "factor"), 8);
  EXPECT_EQ(numberOf(paper.solver_values, "renoise"), 0.0);
  EXPECT_EQ(integerOf(paper.solver_values, "rho_side"), 0);
  EXPECT_EQ(integerOf(requestFrom({"--preset", "paper-ffhq-gaussian-blur"}).solver_values, "cg_steps"), 5);
  const auto treg = requestFrom({"--preset", "paper-treg-sr"});
  EXPECT_EQ(integerOf(treg.solver_values, "every"), 3);
  EXPECT_EQ(numberOf(treg.solver_values, "until"), 0.85);
  EXPECT_EQ(integerOf(requestFrom({"--preset", "p2l-tiny-sr-8"}).degradation().values, "factor"), 8);
  EXPECT_EQ(requestFrom({"--preset", "p2l-tiny-pixel-dps-sr"}).model, "p2l-tiny-pixel");
  EXPECT_EQ(requestFrom({"--preset", "paper-dps-sr"}).model, "p2l-tiny-pixel") << "the one that DPS works on";
}

TEST(PresetOption, WhatIsGivenBesideItGoesBefore) {
  const auto run = requestFrom({"--preset", "paper-ffhq-sr", "--factor", "4", "--set", "K=2", "--steps", "9"});
  EXPECT_EQ(
      catalogue().departures(run),
      "The preset paper-ffhq-sr was changed: factor = 4 in place of 8, K = 2 in place of 5, steps = 9 in place of "
      "1000");
  EXPECT_EQ(requestFrom({"--preset", "paper-ffhq-sr", "--model", "/a/model"}).model, "/a/model");
}

class PresetCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              concat("p2l presets ", ::getpid(), ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image photo(64, 64, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i) photo.pixels[i] = static_cast<float>(i % 97) / 97.0f;
    writePhoto(photo, at("photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Json report() const { return Json::parse(readTextFile(at("r.json"))); }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }

  fs::path folder_;
};

TEST_F(PresetCommand, TheReportSaysWhatWasChangedAndThePictureGoesOnFromIt) {
  auto done = p2l({"restore", "photo.png", "--preset", "p2l-tiny-pixel-dps-sr", "--steps", "2", "--out", "out.png",
                   "--report", "r.json"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(report()["model"]["name"], "p2l-tiny-pixel");
  EXPECT_EQ(report()["request"]["preset"], "p2l-tiny-pixel-dps-sr");
  const std::string said = "The preset p2l-tiny-pixel-dps-sr was changed: steps = 2 in place of 50";
  EXPECT_EQ(report()["remarks"][0], said);
  EXPECT_NE(done.err.find("p2l: " + said + ".\n"), std::string::npos) << done.err;

  // The same from the picture, and another preset in its place: nothing of the first one stays.
  done = p2l({"degrade", "photo.png", "--request", "out.png", "--out", "y.png", "--report", "r.json"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(report()["request"]["preset"], "p2l-tiny-pixel-dps-sr");
  done = p2l({"degrade", "photo.png", "--request", "out.png", "--preset", "p2l-tiny-sr-8", "--out", "y.png", "--report",
              "r.json"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  auto run = requestFromJson(report()["request"].dump());
  auto fresh = requestFrom({"--preset", "p2l-tiny-sr-8"});
  run.photo = fresh.photo;
  EXPECT_EQ(jsonFromRequest(run), jsonFromRequest(fresh));
  EXPECT_EQ(readPhoto(at("y.png")).image.width, 8);
  EXPECT_TRUE(report()["remarks"].empty());
}

TEST_F(PresetCommand, PublishedValuesOnAModelThatHasItsOwnAreSaid) {
  const auto said = [&](const std::string& preset) {
    const auto done = p2l({"restore", "photo.png", "--size", "32", "--steps", "1", "--preset", preset, "--set", "K=0",
                           "--out", "out.png"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return done.err.find("is for any model; p2l-tiny has one of its own for this, p2l-tiny-sr-8") != std::string::npos;
  };
  EXPECT_TRUE(said("paper-ffhq-sr"));
  EXPECT_FALSE(said("p2l-tiny-sr-8"));
}

TEST_F(PresetCommand, ARequestFileMayHoldAPresetAlone) {
  std::ofstream(at("request.json")) << R"({"preset": "p2l-tiny-pixel-dps-sr-8", "photo": "photo.png"})";
  const auto done = p2l({"degrade", "--request", "request.json", "--out", "y.png", "--report", "r.json"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(jsonFromRequest(requestFromJson(report()["request"].dump())),
            jsonFromRequest(requestFrom({"--preset", "p2l-tiny-pixel-dps-sr-8"})));
  std::ofstream(at("request.json")) << R"({"preset": "none", "photo": "photo.png"})";
  EXPECT_NE(p2l({"degrade", "--request", "request.json", "--out", "y.png"}).err.find("There is no preset \"none\""),
            std::string::npos);
}

// A picture that was saved before requests named presets recalls the run that made it.
TEST_F(PresetCommand, AFormerRequestIsReadAsItWasRun) {
  const auto run = requestFrom({"--task", "sr", "--set", "K=4", "--steps", "17"});
  auto former = Json::parse(jsonFromRequest(run));
  former.erase("preset");
  std::ofstream(at("request.json")) << former.dump();
  const auto done = p2l({"degrade", "photo.png", "--request", "request.json", "--out", "y.png", "--report", "r.json"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(jsonFromRequest(requestFromJson(report()["request"].dump())), jsonFromRequest(run));
}

TEST_F(PresetCommand, TheTimeIsSaidBeforeALongRun) {
  const Arguments run = {"restore", "photo.png", "--task", "sr",    "--solver",    "ldps",  "--size",    "256",
                         "--steps", "1000",      "--out",  "o.png", "--snapshots", "steps", "--threads", "1"};
  const auto stopped = test::interruptProgram(run, folder_.string(), at("steps/step_0001.png"));
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_NE(stopped.err.find("p2l: This takes about "), std::string::npos) << stopped.err;
  EXPECT_NE(stopped.err.find(" (1000 steps).\n"), std::string::npos) << stopped.err;
  const auto quick =
      p2l({"restore", "photo.png", "--task", "sr", "--solver", "latino", "--steps", "1", "--out", "o.png"});
  EXPECT_EQ(quick.err.find("This takes"), std::string::npos) << quick.err;
  EXPECT_EQ(quick.exit_code, 0);
}

Plan planOfRow(const std::string& task, const std::string& row) {
  RestoreRequest common;
  common.noise = 0.01;
  return planOf(catalogue(), {"a.png"}, {taskChain(catalogue(), task)}, {solverVariant(catalogue(), row)}, common);
}

TEST(EvaluatePresets, ARowMayNameOne) {
  EXPECT_EQ(solverVariant(catalogue(), "p2l:K=0:preset=paper-ffhq-sr").name, "p2l:preset=paper-ffhq-sr:K=0");
  auto plan = planOfRow("sr:factor=8", "p2l:preset=paper-ffhq-sr");
  auto run = requestFrom({"--preset", "paper-ffhq-sr"});
  run.photo.clear();
  EXPECT_EQ(jsonFromRequest(plan.combinations.at(0).request), jsonFromRequest(run));
  EXPECT_TRUE(plan.notes.lines().empty() && plan.impossible.empty());
  EXPECT_EQ(requestOf(kPlain, plan.combinations.at(0).request).preset, "");

  plan = planOfRow("sr:factor=8", "p2l:preset=paper-ffhq-sr:K=0");
  EXPECT_EQ(plan.notes.lines(), std::vector<std::string>{"sr:factor=8, p2l:preset=paper-ffhq-sr:K=0: The preset "
                                                         "paper-ffhq-sr was changed: K = 0 in place of 5."});
  plan = planOfRow("sr:factor=4", "p2l:preset=paper-ffhq-sr");
  ASSERT_EQ(plan.notes.lines().size(), 1u);
  EXPECT_NE(plan.notes.lines()[0].find("factor = 4 in place of 8"), std::string::npos);
}

// One column has one measurement: a row's preset does not change it behind the other rows' back.
TEST(EvaluatePresets, ARowIsLeftOutOfColumnsThatItsPresetIsNotFor) {
  auto plan = planOfRow("sr", "p2l:preset=paper-ffhq-sr");
  EXPECT_EQ(plan.impossible,
            (std::vector<std::string>{"The preset paper-ffhq-sr is for factor = 8, and the column sr has 4: left out; "
                                      "--tasks sr:factor=8 has it."}));
  EXPECT_EQ(plan.combinations.size(), 2u);  // the plain picture and the round trip
  plan = planOfRow("inpaint", "p2l:preset=paper-ffhq-sr");
  EXPECT_EQ(plan.impossible, (std::vector<std::string>{"The preset paper-ffhq-sr is for the task sr, not for inpaint: "
                                                       "left out."}));
  EXPECT_THROW(solverVariant(catalogue(), "ldps:preset=paper-ffhq-sr"), Error);
  EXPECT_THROW(solverVariant(catalogue(), "p2l:preset=none"), Error);
}

}  // namespace
}  // namespace p2l::cli
