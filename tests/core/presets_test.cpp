// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "core/api/engine.h"
#include "core/api/engine_presets.h"
#include "core/base/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

const std::string kGood = R"({"presets": [{"id": "a", "label": "A", "origin": "user", "model": "", "degradation": "sr",
  "solver": "p2l", "solver_values": {"K": 2, "adam_reset": false, "z_update": "adam"}, "sampler_values": {"steps": 20}}]})";

std::string errorOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Presets, ShippedOnesAreValidAndEveryTaskOfTheEmbeddedModelHasADefault) {
  const Engine engine;
  const Catalogue& catalogue = engine.catalogue();
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
      request.degradation = task.id;
      request.solver = solver.id;
      EXPECT_NE(catalogue.defaultPreset(request), nullptr) << task.id << solver.id;
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

TEST(Presets, PaperTableSix) {
  const Engine engine;
  const auto& gauss = engine.catalogue().preset("paper-ffhq-gaussian-blur");
  EXPECT_EQ(numberOf(gauss.solver_values, "rho"), 0.05);
  EXPECT_EQ(integerOf(gauss.solver_values, "K"), 5);
  EXPECT_EQ(choiceOf(gauss.solver_values, "z_update"), "adam");
  EXPECT_EQ(integerOf(gauss.sampler_values, "steps"), 1000);
  const auto& sr = engine.catalogue().preset("paper-imagenet-sr");
  EXPECT_EQ(numberOf(sr.solver_values, "rho"), 15.0);
  EXPECT_EQ(choiceOf(sr.solver_values, "rho_schedule"), "abar");
  EXPECT_EQ(numberOf(sr.solver_values, "lr"), 1e-5);
}

TEST(Presets, EveryShippedPresetCompletesARequest) {
  const Engine engine;
  for (const auto& preset : engine.catalogue().presets) {
    RestoreRequest request;
    request.degradation = preset.degradation;
    request.solver = preset.solver;
    // Of no model that the catalogue lists: whatever the solver needs.
    request.model = preset.model.empty() ? "any" : preset.model;
    request.solver_values = preset.solver_values;
    request.sampler_values = preset.sampler_values;
    EXPECT_EQ(errorOf([&] { (void)engine.catalogue().complete(request); }), "no error") << preset.id;
  }
}

TEST(Presets, TheOneForTheTasksValuesGoesBeforeTheOneForAny) {
  const Engine engine;
  auto catalogue = engine.catalogue();
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
  request.degradation = "sr";
  request.solver = "p2l";
  const auto chosen = [&](const std::string& model, double factor) {
    request.model = model;
    request.degradation_values["factor"] = factor;
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
                            open.degradation_values = {{"factor", 8.0}};
                            return open;
                          }())
                          .solver_values,
                      "K"),
            2);
}

TEST(Presets, MistakesAreNamed) {
  const Engine engine;
  const auto complaint = [&](const std::string& from, const std::string& to) {
    return errorOf([&] { presetsFromJson(with(kGood, from, to), "f.json", engine.catalogue()); });
  };
  EXPECT_EQ(complaint("\"K\": 2", "\"K\": 3"), "no error");
  EXPECT_EQ(complaint("\"K\": 2", "\"K\": 21"),
            "f.json: the preset a, solver_values: K must be a whole number from 0 to 20, found 21.");
  EXPECT_NE(complaint("\"K\": 2", "\"L\": 2").find("has no parameter L"), std::string::npos);
  EXPECT_NE(complaint("\"K\": 2", "\"K\": null").find("solver_values.K must be a number"), std::string::npos);
  EXPECT_NE(complaint("{\"steps\": 20}", "[20]").find("sampler_values must be an object"), std::string::npos);
  EXPECT_NE(complaint("\"sr\",", "\"sr\", \"degradation_values\": {\"factor\": 99},").find("factor must be"),
            std::string::npos);
  EXPECT_EQ(complaint("\"sr\"", "\"fog\""), "f.json: the preset a is for the unknown task fog.");
  EXPECT_EQ(complaint("\"p2l\"", "\"magic\""), "f.json: the preset a is for the unknown solver magic.");
  EXPECT_EQ(complaint("\"label\": \"A\", ", ""), "f.json: the preset a has no field label.");
  EXPECT_EQ(complaint("\"label\": \"A\"", "\"label\": 1"),
            "f.json: the preset a: the field label must be a text, found 1.");
  EXPECT_EQ(complaint("\"label\"", "\"colour\""), "f.json: the preset a has an unknown field colour.");
  EXPECT_NE(complaint("\"presets\"", "\"preset\"").find("must hold one object"), std::string::npos);
  EXPECT_NE(complaint("{\"presets\"", "{\"presets").find("f.json is not valid JSON"), std::string::npos);
}

TEST(Presets, ABadFileLeavesTheOthers) {
  const Engine engine;
  const auto folder = fs::path(::testing::TempDir()) / ("p2l_presets_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "1.json") << kGood;
  std::ofstream(folder / "2.json") << "{";
  std::ofstream(folder / "3.json") << with(kGood, "\"id\": \"a\"", "\"id\": \"b\"");
  std::ofstream(folder / "4.json") << kGood;
  std::ofstream(folder / "5.json");
  std::ofstream(folder / "notes.txt") << "not a preset";
  std::vector<std::string> warnings;
  const auto presets = readPresets(folder.string(), engine.catalogue(), &warnings);
  fs::remove_all(folder);
  ASSERT_EQ(presets.size(), 2u);
  EXPECT_EQ(presets[0].id, "a");
  EXPECT_EQ(presets[1].id, "b");
  EXPECT_FALSE(flagOf(presets[0].solver_values, "adam_reset"));
  EXPECT_FALSE(presets[0].is_default);
  EXPECT_EQ(warnings.size(), 3u);
  EXPECT_TRUE(readPresets((folder / "none").string(), engine.catalogue()).empty());
}

}  // namespace
}  // namespace p2l
