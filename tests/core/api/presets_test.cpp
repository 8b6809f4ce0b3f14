// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "core/api/measure.h"
#include "core/api/presets.h"
#include "core/api/session.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

const std::string kGood = R"({"presets": [{"id": "a", "label": "A", "origin": "user", "model": "", "degradation": "sr",
  "solver": "p2l", "solver_values": {"K": 2, "adam_reset": false, "z_update": "adam"}, "sampler_values": {"steps": 20}}]})";

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Presets, ShippedOnesAreValidAndEveryTaskOfTheEmbeddedModelHasADefault) {
  const Session session;
  const Catalogue& catalogue = session.catalogue();
  std::vector<std::string> warnings;
  const auto presets = readPresets(catalogue, &warnings);
  for (const auto& warning : warnings) ADD_FAILURE() << warning;
  EXPECT_GE(presets.size(), 18u);
  for (const auto& task : catalogue.degradations) {
    for (const auto& solver : catalogue.solvers) {
      if (solver.model_kind == ModelKind::Pixel) continue;
      if (!task.linear && solver.needs_linear) continue;
      RestoreRequest request;
      request.model = "p2l-tiny";
      request.degradation().id = task.id;
      request.solver = solver.id;
      const auto* preset = catalogue.defaultPreset(request);
      ASSERT_NE(preset, nullptr) << task.id << " " << solver.id;
      EXPECT_EQ(preset->model, "p2l-tiny") << task.id << " " << solver.id << ": " << preset->id;
    }
  }
  std::set<std::string> defaults;
  for (const auto& preset : presets) {
    if (preset.is_default) {
      auto key = preset.model + "/" + preset.degradation + "/" + preset.solver;
      for (const auto& [name, value] : preset.degradation_values) key += "/" + name + "=" + textFromValue(value);
      EXPECT_TRUE(defaults.insert(key).second) << preset.id;
    }
  }
}

// Those for blur and enlargement, by P2L's projection: lambda was searched at sigma 0.01.
TEST(Presets, LambdaFollowsTheNoiseWhereTheMeasurementCanBeFittedTooClosely) {
  const std::set<std::string> tasks = {"sr",      "area-sr",     "bicubic-sr",          "gaussian-blur",
                                       "defocus", "motion-blur", "straight-motion-blur"};
  const Session session;
  int found = 0;
  for (const auto& preset : readPresets(session.catalogue())) {
    const auto& values = preset.solver_values;
    const bool wanted = preset.model == "p2l-tiny" && preset.solver == "p2l" && tasks.count(preset.degradation) > 0 &&
                        values.count("projection") > 0 && choiceOf(values, "projection") == "proximal";
    const bool follows = values.count("scale_lambda") > 0 && flagOf(values, "scale_lambda");
    EXPECT_EQ(follows, wanted) << preset.id;
    found += follows;
  }
  EXPECT_GE(found, 3 * static_cast<int>(tasks.size()));  // Fast, Good, Best
}

TEST(Presets, PaperTableSix) {
  const Session session;
  const auto& gauss = session.catalogue().preset("paper-ffhq-gaussian-blur");
  EXPECT_EQ(numberOf(gauss.solver_values, "rho"), 0.05);
  EXPECT_EQ(integerOf(gauss.solver_values, "K"), 5);
  EXPECT_EQ(choiceOf(gauss.solver_values, "z_update"), "adam");
  EXPECT_EQ(integerOf(gauss.sampler_values, "steps"), 1000);
  const auto& sr = session.catalogue().preset("paper-imagenet-sr");
  EXPECT_EQ(numberOf(sr.solver_values, "rho"), 15.0);
  EXPECT_EQ(choiceOf(sr.solver_values, "rho_schedule"), "abar");
  EXPECT_EQ(numberOf(sr.solver_values, "lr"), 1e-5);
}

TEST(Presets, EveryShippedPresetCompletesARequest) {
  const Session session;
  for (const auto& preset : session.catalogue().presets) {
    RestoreRequest request;
    if (!preset.degradation.empty()) request.degradation().id = preset.degradation;
    request.solver = preset.solver;
    // Of no model that the catalogue lists: whatever the solver needs.
    request.model = preset.model.empty() ? "any" : preset.model;
    request.solver_values = preset.solver_values;
    request.sampler_values = preset.sampler_values;
    EXPECT_EQ(test::problemOf([&] { (void)session.catalogue().complete(request); }), "") << preset.id;
  }
}

/// A request that names nothing but a preset, and a task where the preset is for any.
RestoreRequest requestOf(const Preset& preset) {
  RestoreRequest request;
  request.preset = preset.id;
  request.degradation().id = preset.degradation.empty() ? "motion-blur" : "";
  request.solver.clear();
  request.model.clear();
  return request;
}

TEST(Presets, OneThatIsAskedForIsAppliedAsItStands) {
  const Session session;
  const auto& catalogue = session.catalogue();
  for (const auto& preset : catalogue.presets) {
    SCOPED_TRACE(preset.id);
    const auto run = catalogue.complete(requestOf(preset));
    const auto& solver = catalogue.solver(preset.solver);
    EXPECT_EQ(run.solver, preset.solver);
    EXPECT_EQ(run.degradation().id, preset.degradation.empty() ? "motion-blur" : preset.degradation);
    EXPECT_EQ(run.solver_values, completeValues(solver.parameters, preset.solver_values, "solver"));
    EXPECT_EQ(run.sampler_values, completeValues(catalogue.sampler, preset.sampler_values, "sampler"));
    for (const auto& [key, value] : preset.degradation_values)
      EXPECT_EQ(run.degradation().values.at(key), value) << key;
    if (preset.model.empty()) {
      EXPECT_EQ(catalogue.misfit(solver, *catalogue.model(run.model)), "");
    } else {
      EXPECT_EQ(run.model, preset.model);
    }
    EXPECT_EQ(catalogue.departures(run), "");
    EXPECT_EQ(jsonFromRequest(catalogue.complete(requestFromJson(jsonFromRequest(run)))), jsonFromRequest(run));
  }
}

TEST(Presets, WhatIsStatedBesideOneWinsAndIsSaid) {
  const Session session;
  const auto& catalogue = session.catalogue();
  auto request = requestOf(catalogue.preset("paper-ffhq-sr"));
  request.degradation().values["factor"] = 4.0;
  request.solver_values["K"] = 3.0;
  request.solver_values["cg_steps"] = 20.0;  // which the preset leaves to the solver's default
  request.sampler_values["steps"] = 50.0;
  const auto run = catalogue.complete(request);
  EXPECT_EQ(integerOf(run.degradation().values, "factor"), 4);
  EXPECT_EQ(integerOf(run.solver_values, "K"), 3);
  EXPECT_EQ(integerOf(run.solver_values, "gamma"), 4);
  EXPECT_EQ(
      catalogue.departures(run),
      "The preset paper-ffhq-sr was changed: factor = 4 in place of 8, K = 3 in place of 5, cg_steps = 20 in place "
      "of 5, steps = 50 in place of 1000");

  request = requestOf(catalogue.preset("p2l-tiny-pixel-dps-sr"));
  request.model = "another";
  EXPECT_EQ(catalogue.departures(catalogue.complete(request)),
            "The preset p2l-tiny-pixel-dps-sr was changed: model = another in place of p2l-tiny-pixel");
  request.degradation().id = "inpaint";
  EXPECT_EQ(test::problemOf([&] { catalogue.complete(request); }),
            "The preset p2l-tiny-pixel-dps-sr is for the task sr, not for inpaint: choose a preset of that task, or "
            "leave out the preset and set values.");
  request.degradation().id.clear();
  request.solver = "dds";
  EXPECT_EQ(test::problemOf([&] { catalogue.complete(request); }),
            "The preset p2l-tiny-pixel-dps-sr is for the solver dps, not for dds: choose a preset of that solver, or "
            "leave out the preset and set values.");
  EXPECT_EQ(test::problemOf([&] {
              auto open = requestOf(catalogue.preset("published-ldps"));
              open.degradation().id.clear();
              catalogue.complete(open);
            }),
            "The preset published-ldps is for any task: name one.");
}

TEST(Presets, AStoredRequestOutlivesItsPreset) {
  const Session session;
  auto catalogue = session.catalogue();
  const auto run = catalogue.complete(requestOf(catalogue.preset("paper-ffhq-sr")));
  catalogue.presets.clear();
  EXPECT_EQ(jsonFromRequest(catalogue.complete(run)), jsonFromRequest(run));
  auto open = run;
  open.solver_values.erase("K");
  EXPECT_EQ(test::problemOf([&] { catalogue.complete(open); }),
            "There is no preset \"paper-ffhq-sr\"; there are: none.");
}

TEST(Presets, OfManyTheNearestAreNamed) {
  const Session session;
  const auto& catalogue = session.catalogue();
  const auto problem = test::problemOf([&] { catalogue.preset("paper-ffhq-srr"); });
  EXPECT_EQ(problem.find("There is no preset \"paper-ffhq-srr\"; there are: paper-ffhq-sr, "), 0u) << problem;
  EXPECT_LT(problem.size(), 200u);
}

// A model of a person's own: whatever solver and task, the defaults are published pairs of steps and step size.
TEST(Presets, ForAnyModelStepsAndStepSizeBelongTogether) {
  const Session session;
  const auto& catalogue = session.catalogue();
  const std::map<std::string, int> published = {{"p2l", 1000},   {"ldps", 1000}, {"gml_dps", 1000}, {"psld", 1000},
                                                {"ldir", 1000},  {"treg", 200},  {"resample", 500}, {"latent_daps", 50},
                                                {"latino", 100}, {"dps", 1000},  {"pigdm", 100},    {"dds", 100},
                                                {"diffpir", 100}};
  for (const auto& solver : catalogue.solvers) {
    for (const auto& task : catalogue.degradations) {
      if (solver.needs_linear && !task.linear) continue;
      SCOPED_TRACE(solver.id + " " + task.id);
      RestoreRequest request;
      request.model = "/models/stable-diffusion-v1-4";
      request.degradation().id = task.id;
      request.solver = solver.id;
      const auto* preset = catalogue.defaultPreset(request);
      ASSERT_NE(preset, nullptr);
      EXPECT_EQ(preset->model, "");
      EXPECT_FALSE(preset->origin.empty());
      const auto run = catalogue.complete(request);
      EXPECT_EQ(integerOf(run.sampler_values, "steps"), published.at(solver.id));
      EXPECT_EQ(run.preset, "") << "nobody asked for one";
      request.preset = preset->id;
      EXPECT_EQ(catalogue.complete(request).solver_values, run.solver_values);
    }
  }
  RestoreRequest request;
  request.model = "sd";
  request.degradation().values["factor"] = 8.0;
  auto run = catalogue.complete(request);
  EXPECT_EQ(numberOf(run.solver_values, "rho"), 15.0);  // Table 6, ImageNet
  EXPECT_EQ(choiceOf(run.solver_values, "rho_schedule"), "abar");
  request.degradation().values["factor"] = 4.0;
  run = catalogue.complete(request);
  EXPECT_EQ(numberOf(run.solver_values, "rho"), 1.0);  // Sec. 3.4
  EXPECT_EQ(choiceOf(run.solver_values, "rho_schedule"), "constant");
}

// With `start` below 1 a run begins at the filled hole.
TEST(Presets, OneThatTakesInpaintingsValuesSaysWhereItBeginsOtherwise) {
  const Session session;
  const auto& presets = session.catalogue().presets;
  const auto startOf = [](const Preset& preset) {
    return preset.sampler_values.contains("start") ? numberOf(preset.sampler_values, "start") : 1.0;
  };
  int compared = 0;
  for (const auto& preset : presets) {
    if (!preset.origin.starts_with("the values of inpainting")) continue;
    auto id = preset.id;
    id.erase(id.rfind("box-"), 4);
    const auto source = std::find_if(presets.begin(), presets.end(), [&](const Preset& each) { return each.id == id; });
    ASSERT_NE(source, presets.end()) << preset.id;
    const bool says = preset.origin.find("from noise") != std::string::npos;
    EXPECT_EQ(says, startOf(preset) != startOf(*source)) << preset.id << ": " << preset.origin;
    ++compared;
  }
  EXPECT_GE(compared, 9);
}

// By transpose PSLD's gluing would not be seen there; the published code enlarges.
TEST(Presets, PsldGluesByEnlargingInSuperResolution) {
  const Session session;
  for (const auto& task : session.catalogue().degradations) {
    if (!task.linear) continue;
    RestoreRequest request;
    request.model = "sd";
    request.degradation().id = task.id;
    request.solver = "psld";
    const bool enlarges = task.id == "sr" || task.id == "bicubic-sr";
    EXPECT_EQ(choiceOf(session.catalogue().complete(request).solver_values, "gluing_by"),
              enlarges ? "pseudo-inverse" : "transpose")
        << task.id;
  }
}

TEST(Presets, TheOneForTheTasksValuesGoesBeforeTheOneForAny) {
  const Session session;
  auto catalogue = session.catalogue();
  catalogue.presets = presetsFromJson(
      R"({"presets": [
        {"id": "any-model", "label": "A", "origin": "o", "model": "", "degradation": "sr",
         "degradation_values": {"factor": 8}, "solver": "p2l", "solver_values": {"K": 1}, "default": true},
        {"id": "eight", "label": "B", "origin": "o", "model": "p2l-tiny", "degradation": "sr",
         "degradation_values": {"factor": 8}, "solver": "p2l", "solver_values": {"K": 2}, "default": true},
        {"id": "any-factor", "label": "C", "origin": "o", "model": "p2l-tiny", "degradation": "sr", "solver": "p2l",
         "solver_values": {"K": 3}, "default": true}]})",
      "f.json", catalogue);
  RestoreRequest request;
  request.degradation().id = "sr";
  request.solver = "p2l";
  const auto chosen = [&](const std::string& model, double factor) {
    request.model = model;
    request.degradation().values["factor"] = factor;
    const auto* preset = catalogue.defaultPreset(request);
    return preset ? preset->id : "";
  };
  EXPECT_EQ(chosen("p2l-tiny", 8), "eight");
  EXPECT_EQ(chosen("p2l-tiny", 4), "any-factor");
  EXPECT_EQ(chosen("other", 8), "any-model");
  EXPECT_EQ(chosen("other", 4), "");
  EXPECT_EQ(integerOf(catalogue
                          .complete([&] {
                            auto open = request;
                            open.model = "p2l-tiny";
                            open.degradation().values = {{"factor", 8.0}};
                            return open;
                          }())
                          .solver_values,
                      "K"),
            2);
}

TEST(Presets, MistakesAreNamed) {
  const Session session;
  const auto complaint = [&](const std::string& from, const std::string& to) {
    return test::problemOf([&] { presetsFromJson(with(kGood, from, to), "f.json", session.catalogue()); });
  };
  EXPECT_EQ(complaint("\"K\": 2", "\"K\": 3"), "");
  EXPECT_EQ(complaint("\"K\": 2", "\"K\": 21"),
            "f.json: the preset a, solver_values: K must be a whole number from 0 to 20, found 21.");
  EXPECT_NE(complaint("\"K\": 2", "\"L\": 2").find("has no parameter L"), std::string::npos);
  EXPECT_NE(complaint("\"K\": 2", "\"K\": null").find("solver_values.K must be a number"), std::string::npos);
  EXPECT_NE(complaint("{\"steps\": 20}", "[20]").find("sampler_values must be an object"), std::string::npos);
  EXPECT_NE(complaint("\"sr\",", "\"sr\", \"degradation_values\": {\"factor\": 99},").find("factor must be"),
            std::string::npos);
  EXPECT_EQ(complaint("\"sr\"", "\"fog\""), "f.json: the preset a is for the unknown task fog.");
  EXPECT_EQ(complaint("\"sr\"", "\"\""), "");
  EXPECT_EQ(complaint("\"sr\"", "\"\", \"degradation_values\": {\"factor\": 8}"),
            "f.json: the preset a is for any task (degradation is empty), and has degradation_values of one.");
  EXPECT_EQ(complaint("\"p2l\"", "\"magic\""), "f.json: the preset a is for the unknown solver magic.");
  EXPECT_EQ(complaint("\"label\": \"A\", ", ""), "f.json: the preset a has no field label.");
  EXPECT_EQ(complaint("\"label\": \"A\"", "\"label\": 1"),
            "f.json: the preset a: the field label must be a text, found 1.");
  EXPECT_EQ(complaint("\"label\"", "\"colour\""), "f.json: the preset a has an unknown field colour.");
  EXPECT_NE(complaint("\"presets\"", "\"preset\"").find("must hold one object"), std::string::npos);
  EXPECT_NE(complaint("{\"presets\"", "{\"presets").find("f.json is not valid JSON"), std::string::npos);
  EXPECT_EQ(complaint("{\"steps\": 20}", "{\"steps\": -1e316}"),
            "f.json has a number beyond what a double holds, ±1.8e308.");
}

TEST(Presets, WhatIsQuotedOfAFileIsShort) {
  const Session session;
  const auto complaint = [&](const std::string& text) {
    return test::problemOf([&] { presetsFromJson(text, "f.json", session.catalogue()); });
  };
  const std::string long_text(1 << 20, 'A');
  for (const auto& text :
       {"{\"presets\": [\"" + long_text + "\"]}", with(kGood, "\"label\": \"A", "\"label\": \"" + long_text),
        with(kGood, "\"id\": \"a", "\"id\": \"" + long_text), with(kGood, "\"label\"", "\"" + long_text + "\""),
        with(kGood, "\"p2l\"", "\"" + std::string(900, 'p') + "\"")}) {
    const auto problem = complaint(text);
    EXPECT_FALSE(problem.empty());
    EXPECT_LT(problem.size(), 300u) << problem.substr(0, 300);
  }
  EXPECT_EQ(complaint(with(kGood, "\"label\": \"A", "\"label\": \"A\\nB")),
            "f.json: the preset a: the field label must be one line of at most 1000 bytes, found \"A\\nB\".");
}

TEST(Presets, ABadFileLeavesTheOthers) {
  const Session session;
  const auto folder = fs::path(::testing::TempDir()) / ("p2l_presets_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "1.json") << kGood;
  std::ofstream(folder / "2.json") << "{";
  std::ofstream(folder / "3.json") << with(kGood, "\"id\": \"a\"", "\"id\": \"b\"");
  std::ofstream(folder / "4.json") << kGood;
  std::ofstream(folder / "5.json");
  std::ofstream(folder / "notes.txt") << "not a preset";
  std::vector<std::string> warnings;
  const auto presets = readPresets(folder.string(), session.catalogue(), &warnings);
  fs::remove_all(folder);
  ASSERT_EQ(presets.size(), 2u);
  EXPECT_EQ(presets[0].id, "a");
  EXPECT_EQ(presets[1].id, "b");
  EXPECT_FALSE(flagOf(presets[0].solver_values, "adam_reset"));
  EXPECT_FALSE(presets[0].is_default);
  EXPECT_EQ(warnings.size(), 3u);
  EXPECT_TRUE(readPresets((folder / "none").string(), session.catalogue()).empty());
}

class OwnPresets : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l_own_presets_" + std::to_string(::getpid()));
    former_ = std::getenv("XDG_DATA_HOME") ? std::getenv("XDG_DATA_HOME") : "";
    ::setenv("XDG_DATA_HOME", folder_.c_str(), 1);
  }
  void TearDown() override {
    former_.empty() ? ::unsetenv("XDG_DATA_HOME") : ::setenv("XDG_DATA_HOME", former_.c_str(), 1);
    fs::remove_all(folder_);
  }
  fs::path folder_;
  std::string former_;
};

TEST_F(OwnPresets, AreSavedReadRenamedAndRemoved) {
  const auto catalogue = readCatalogue();
  RestoreRequest request;
  request.solver_values["K"] = 7.0;
  request.sampler_values["steps"] = 12.0;
  const auto completed = catalogue.complete(request);
  auto preset = presetFromRequest(completed, "My sharp one (2)");
  EXPECT_EQ(preset.id, "own-my-sharp-one-2");
  saveOwnPreset(preset, catalogue);
  {
    const auto again = readCatalogue();
    const auto& read = again.preset("own-my-sharp-one-2");
    EXPECT_TRUE(isOwnPreset(read));
    EXPECT_EQ(read.label, "My sharp one (2)");
    EXPECT_EQ(read.solver_values, completed.solver_values);
    EXPECT_EQ(read.sampler_values, completed.sampler_values);
    RestoreRequest asked;
    asked.preset = read.id;
    asked.degradation().id.clear();
    asked.solver.clear();
    asked.model.clear();
    EXPECT_EQ(again.complete(asked).solver_values, completed.solver_values);
    EXPECT_NE(again.defaultPreset(completed), &read);  // it is asked for by name
  }
  preset.label = "Sharper";
  saveOwnPreset(preset, catalogue);
  EXPECT_EQ(readCatalogue().preset(preset.id).label, "Sharper");
  removeOwnPreset(preset.id);
  EXPECT_EQ(test::problemOf([&] { (void)readCatalogue().preset("own-my-sharp-one-2"); }).find("There is no preset"),
            0u);
  EXPECT_NE(test::problemOf([&] { removeOwnPreset(preset.id); }).find("of your own"), std::string::npos);
}

TEST_F(OwnPresets, NamesMakeIdsThatNoneHas) {
  const auto catalogue = readCatalogue();
  auto preset = presetFromRequest(catalogue.complete({}), "Alpha");
  saveOwnPreset(preset, catalogue);
  const auto again = readCatalogue();
  ASSERT_NE(ownPresetOf(again, "alpha"), nullptr);
  EXPECT_EQ(ownPresetOf(again, "alpha")->id, "own-alpha");
  EXPECT_EQ(ownPresetOf(again, "Alpha!"), nullptr);
  EXPECT_EQ(freeOwnPresetId(again, "Alpha!"), "own-alpha-2");
  EXPECT_EQ(freeOwnPresetId(again, "Beta"), "own-beta");
  EXPECT_LT(freeOwnPresetId(again, std::string(300, 'x')).size(), 120u);
  removeOwnPreset("own-alpha");
}

TEST_F(OwnPresets, AFilePutThereByHandIsTheOneThatChanges) {
  const auto catalogue = readCatalogue();
  auto preset = presetFromRequest(catalogue.complete({}), "Shared");
  saveOwnPreset(preset, catalogue);
  const std::filesystem::path folder = ownPresetFolder();
  std::filesystem::rename(folder / "own-shared.json", folder / "from a friend.json");
  preset.label = "Ours";
  saveOwnPreset(preset, catalogue);
  EXPECT_FALSE(std::filesystem::exists(folder / "own-shared.json"));
  EXPECT_EQ(readCatalogue().preset("own-shared").label, "Ours");
  removeOwnPreset("own-shared");
  EXPECT_FALSE(std::filesystem::exists(folder / "from a friend.json"));
}

TEST_F(OwnPresets, ShippedOnesAreNotReplaced) {
  const auto catalogue = readCatalogue();
  auto preset = catalogue.presets.front();
  EXPECT_NE(test::problemOf([&] { saveOwnPreset(preset, catalogue); }).find("comes with the program"),
            std::string::npos);
  EXPECT_NE(test::problemOf([&] { presetFromRequest({}, " ?! "); }).find("needs a letter or a digit"),
            std::string::npos);
}

}  // namespace
}  // namespace p2l
