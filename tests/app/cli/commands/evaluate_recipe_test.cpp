// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes: tables that a file describes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/api/files.h"
#include "core/api/session.h"
#include "core/experiment/recipe.h"
#include "core/types/error.h"
#include "tests/support/program.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

const Catalogue& catalogue() {
  static const Session session;
  return session.catalogue();
}

std::set<std::string> shippedRecipes() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(resourceFolder()) / "recipes"))
    names.insert(entry.path().stem().string());
  return names;
}

/// What a text is refused with; empty: it is taken.
std::string refusal(const std::string& json) {
  try {
    recipeFromJson(json, "my.json");
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(Recipe, EveryShippedOneCanBeRun) {
  const auto names = shippedRecipes();
  for (const char* name :
       {"embedded", "paper-table-1-ffhq", "paper-table-1-imagenet", "paper-table-2", "paper-table-3-ffhq",
        "paper-table-3-imagenet", "paper-table-4", "paper-table-5", "paper-table-7", "paper-table-8", "quality"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  const auto file = fs::path(::testing::TempDir()) / ("captions " + std::to_string(::getpid()) + ".json");
  std::ofstream(file) << R"({"a.png": {"x": "a cat", "y": "a blur"}})";
  const Captions captions(file.string());
  fs::remove(file);
  for (const auto& name : names) {
    const auto recipe = findRecipe(name);
    const auto plan = planOfRecipe(catalogue(), recipe, {"a.png"}, {}, {"p2l-tiny", "p2l-tiny-pixel"}, captions);
    EXPECT_EQ(plan.impossible, std::vector<std::string>()) << name;
    std::size_t cells = 0;
    for (const auto& row : recipe.rows) cells += row.cells.size();
    EXPECT_EQ(plan.combinations.size(), cells + 2 * recipe.columns.size()) << name;
    std::set<std::pair<std::string, std::string>> places;
    for (const auto& combination : plan.combinations) places.insert({combination.task, combination.method});
    EXPECT_EQ(places.size(), plan.combinations.size()) << name;
    // Without a model of pixels and without captions their rows alone are left out.
    const auto less = planOfRecipe(catalogue(), recipe, {"a.png"}, {}, {"p2l-tiny", ""}, {});
    EXPECT_EQ(less.impossible.empty(), less.combinations.size() == plan.combinations.size()) << name;
  }
}

/// What a recipe publishes for a row, a column and a metric.
double published(const Recipe& recipe, const std::string& row, const std::string& column, const std::string& metric) {
  for (const auto& each : recipe.rows) {
    if (each.name == row) return each.cells.at(column).published.at(metric);
  }
  throw Error("There is no row " + row);
}

TEST(Recipe, ThePapersRowsHaveItsPresetsAndItsNumbers) {
  // Typed from the paper.
  const auto table2 = findRecipe("paper-table-2"), table8 = findRecipe("paper-table-8");
  EXPECT_EQ(published(table2, "P2L", "motion", "fid"), 54.11);
  EXPECT_EQ(published(table2, "LDIR", "inpaint", "psnr"), 23.28);
  EXPECT_EQ(published(table2, "ΠGDM", "gauss", "lpips_vgg"), 0.797);
  EXPECT_EQ(published(table8, "P2L", "inpaint", "fid"), 26.27);
  EXPECT_EQ(published(table8, "DDS", "sr", "psnr"), 13.01);
  EXPECT_EQ(published(findRecipe("paper-table-1-imagenet"), "captions of x", "drop", "fid"), 64.00);
  EXPECT_EQ(published(findRecipe("paper-table-3-ffhq"), "projection and prompt tuning", "drop", "psnr"), 29.63);
  EXPECT_EQ(published(findRecipe("paper-table-5"), "P2L (K = 3)", "sr", "seconds"), 1333.6);
  EXPECT_EQ(published(findRecipe("paper-table-7"), "K = 5, lr = 1e-3", "sr", "fid"), 62.67);

  const auto plan = planOfRecipe(catalogue(), table2, {}, {}, {"p2l-tiny", "p2l-tiny-pixel"}, {});
  for (const auto& combination : plan.combinations) {
    const auto& request = combination.request;
    if (combination.method == "P2L" && combination.task == "sr:factor=8") {
      EXPECT_EQ(request.preset, "paper-imagenet-sr");
      EXPECT_EQ(numberOf(request.solver_values, "rho"), 15.0);
      EXPECT_EQ(integerOf(request.solver_values, "K"), 3);
      EXPECT_EQ(integerOf(request.sampler_values, "steps"), 1000);
    }
    if (combination.method == "DDS") {
      EXPECT_EQ(request.model, "p2l-tiny-pixel");
    }
  }
}

// Table 4 isolates the projection: nothing but Γ differs, no prompt is tuned, and gluing is the pseudo-inverse's.
TEST(Recipe, TableFourDiffersInGammaAlone) {
  const auto plan = planOfRecipe(catalogue(), findRecipe("paper-table-4"), {}, {}, {"sd", ""}, {});
  std::map<std::string, ParamValues> rows;
  for (const auto& combination : plan.combinations) {
    if (combination.method != kPlain && combination.method != kAutoencoder)
      rows[combination.method] = combination.request.solver_values;
  }
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(choiceOf(rows["gluing"], "projection"), "gluing");
  EXPECT_EQ(choiceOf(rows["gluing"], "gluing_by"), "pseudo-inverse");
  EXPECT_EQ(integerOf(rows["gluing"], "K"), 0);
  rows["gluing"]["projection"] = "proximal";
  EXPECT_EQ(rows["gluing"], rows["proximal"]);
}

// A row says what its runs start from.
TEST(Recipe, WhatARowSaysItselfIsNoRemark) {
  const auto recipe = findRecipe("quality");
  const auto planned = [&](const RestoreRequest& common) {
    return planOfRecipe(catalogue(), recipe, {}, common, {"p2l-tiny", ""}, Captions());
  };
  RestoreRequest common;
  common.noise = recipe.noise;
  auto plan = planned(common);
  EXPECT_TRUE(plan.notes.lines().empty()) << plan.notes.lines().front();
  EXPECT_FALSE(plan.own_notes.lines().empty());
  common.sampler_values["steps"] = 3.0;  // of the command line
  plan = planned(common);
  ASSERT_FALSE(plan.notes.lines().empty());
  EXPECT_NE(plan.notes.lines().front().find("steps = 3 in place of"), std::string::npos) << plan.notes.lines().front();
}

TEST(Recipe, NoRowNamesCaptionsThatItDoesNotTake) {
  for (const char* name : {"paper-table-1-ffhq", "paper-table-1-imagenet"}) {
    for (const auto& row : findRecipe(name).rows) {
      if (!row.name.starts_with("captions")) continue;
      for (const auto& [column, cell] : row.cells) EXPECT_TRUE(wantsCaption(cell.prompt)) << row.name << " " << column;
    }
  }
}

TEST(Recipe, AMistakeIsNamed) {
  const std::string columns = R"("columns": [{"id": "sr", "task": "sr"}])";
  const std::string rows = R"("rows": [{"name": "a", "solver": "p2l"}])";
  EXPECT_EQ(refusal("{" + columns + "," + rows + "}"), "");
  EXPECT_EQ(refusal("nothing"), "my.json is no JSON file.");
  EXPECT_EQ(refusal("{" + rows + "}"), "my.json: columns must be a list, found null.");
  EXPECT_EQ(refusal("{" + columns + "," + rows + R"(, "colour": 1})"), "my.json: the recipe has no field \"colour\".");
  EXPECT_EQ(refusal("{" + columns + R"(, "rows": [{"name": "a", "solver": {"sr8": "p2l"}}]})"),
            "my.json: the row \"a\" names the column \"sr8\", which there is not.");
  EXPECT_EQ(refusal("{" + columns +
                    R"(, "rows": [{"name": "a b", "solver": "p2l"}, {"name": "a:b", "solver": "p2l"},)"
                    R"( {"name": "a-b", "solver": "p2l"}]})"),
            "my.json: two rows are called \"a-b\", or differ in signs alone.");
  EXPECT_EQ(refusal("{" + columns + R"(, "published_metrics": ["beauty"], )" + rows + "}"),
            "my.json: published_metrics names beauty, which is no metric.");
  EXPECT_EQ(refusal("{" + columns +
                    R"(, "published_metrics": ["psnr"], "rows": [{"name": "a", "solver": "p2l",)"
                    R"( "published": {"sr": [1, 2]}}]})"),
            "my.json: the row \"a\" must publish 1 numbers of sr.");
  EXPECT_EQ(refusal("{" + columns + R"(, "rows": [{"name": "plain", "solver": "p2l"}]})"),
            "my.json: a row needs a name other than plain and autoencoder.");
  EXPECT_THROW(findRecipe("paper-table-99"), Error);
}

/// A recipe of two columns; `drop` has a published number.
constexpr const char* kMine = R"json({"title": "My table", "source": "a book, p. 7", "size": 32, "measurements": 2,
  "columns": [{"id": "noisy", "task": "sr:factor=2", "noise": 0.2}, {"id": "drop", "task": "random-drop"}],
  "published_metrics": ["psnr", "fid"],
  "rows": [{"name": "LDPS (theirs)", "solver": "ldps:rho=0.5", "published": {"drop": [23.38, 51.5]}},
           {"name": "captioned", "solver": {"drop": "ldps"}, "prompt": "a photo of {x}"},
           {"name": "pixels", "model": "pixel", "solver": "dds"}]})json";

class EvaluateRecipe : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l recipe " + std::to_string(::getpid()));
    fs::create_directories(folder_ / "photos");
    for (int i = 0; i < 2; ++i) {
      Image image(40, 40, 3);
      for (std::size_t p = 0; p < image.pixels.size(); ++p)
        image.pixels[p] = 0.5f + 0.4f * std::sin(0.01f * static_cast<float>((i + 1) * p));
      writePhoto(image, at("photos/wave" + std::to_string(i) + ".png"), "");
    }
    write("mine.json", kMine);
    write("captions.json", R"({"wave0.png": "the sea", "wave1": {"x": "a field"}})");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(at(name)) << text; }
  std::string read(const std::string& name) const {
    std::ifstream file(at(name));
    return {std::istreambuf_iterator<char>(file), {}};
  }
  test::Result evaluate(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"evaluate", "photos", "--recipe",  "mine.json", "--steps", "2",
                                          "--out",    "out",    "--threads", "1",         "--lpips", "none"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::runProgram(arguments, folder_.string());
  }

  fs::path folder_;
};

TEST_F(EvaluateRecipe, CaptionsAreATextOrTwo) {
  std::ofstream(at("captions.json")) << R"({"wave0.png": 5})";
  const auto number = evaluate({"--captions", "captions.json"});
  EXPECT_EQ(number.exit_code, 2);
  EXPECT_NE(number.err.find("captions.json: wave0.png must be a text, or an object of the texts x and y, found 5."),
            std::string::npos)
      << number.err;
  std::ofstream(at("captions.json")) << R"({"wave0.png": )";
  const auto cut = evaluate({"--captions", "captions.json"});
  EXPECT_NE(cut.err.find("captions.json is no JSON file"), std::string::npos) << cut.err;
}

TEST_F(EvaluateRecipe, FillsItsTableWithThePublishedNumbersBesideOurs) {
  const auto result = evaluate({"--captions", "captions.json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("The row \"pixels\" needs a model of pixels, --pixel-model: left out."), std::string::npos)
      << result.err;
  const auto table = read("out/table.md");
  EXPECT_TRUE(table.starts_with("| method | sr:factor=2, noise 0.2 PSNR (dB)")) << table;  // the recipe's order
  EXPECT_LT(table.find("| LDPS (theirs) |"), table.find("| captioned |")) << table;
  EXPECT_LT(table.find("| captioned |"), table.find("| plain baseline |")) << table;
  EXPECT_NE(table.find(" (23.38) |"), std::string::npos) << table;
  EXPECT_NE(table.find(" - (51.5) |"), std::string::npos) << table;
  EXPECT_NE(table.find("My table. In brackets, what was published: a book, p. 7."), std::string::npos) << table;
  EXPECT_NE(table.find("random-drop: photos 2; 4 masks;"), std::string::npos) << table;
  // Two of its rows have no cell there, one of them on purpose.
  EXPECT_NE(table.find("sr:factor=2, noise 0.2: photos 2; 4 draws of noise;"), std::string::npos) << table;
  EXPECT_NE(table.find("Not measured: LPIPS (Alex), LPIPS (VGG), FID"), std::string::npos) << table;
  EXPECT_NE(read("out/table.html").find(" (23.38)</td>"), std::string::npos);
  std::set<std::string> prompts;
  int runs = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "out/runs")) {
    if (entry.path().extension() != ".json") continue;
    ++runs;
    const auto report = nlohmann::json::parse(std::ifstream(entry.path()));
    EXPECT_EQ(report["request"]["noise"]["values"]["sigma"],
              report["evaluation"]["task"] == "random-drop" ? 0.01 : 0.2);
    EXPECT_EQ(report["request"]["size"], 32);
    if (report["evaluation"]["method"] == "captioned") prompts.insert(report["request"]["prompt"].get<std::string>());
  }
  EXPECT_EQ(runs, 2 * 2 * (2 + 1 + 4));
  EXPECT_EQ(prompts, (std::set<std::string>{"a photo of the sea", "a photo of a field"}));

  // The same command has nothing left to do, and the folder is this recipe's.
  const auto again = evaluate({"--captions", "captions.json"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out.find("/28 "), std::string::npos) << again.out;
  const auto collected = test::runProgram({"evaluate", "--collect", "--out", "out"}, folder_.string());
  EXPECT_NE(collected.out.find(" (23.38) |"), std::string::npos) << collected.out;
  write("mine.json", read("mine.json") + "\n");
  const auto other = evaluate({"--captions", "captions.json"});
  EXPECT_NE(other.exit_code, 0);
  EXPECT_NE(other.err.find("out holds runs of another recipe"), std::string::npos) << other.err;
}

TEST_F(EvaluateRecipe, ColumnsRowsAndModelsAreChosen) {
  const auto result = evaluate(
      {"--tasks", "drop", "--solvers", "pixels", "--pixel-model", "p2l-tiny-pixel", "--measurements", "1", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const auto table = read("out/table.md");
  EXPECT_NE(table.find("\n| pixels |"), std::string::npos) << table;
  EXPECT_EQ(table.find("LDPS"), std::string::npos) << table;
  EXPECT_NE(table.find("model p2l-tiny-pixel (SHA-256"), std::string::npos) << table;
  const auto wrong = evaluate({"--solvers", "magic"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_NE(wrong.err.find("The recipe has no row \"magic\"; it has LDPS (theirs); captioned; pixels."),
            std::string::npos)
      << wrong.err;
  write("captions.json", R"({"wave0.png": "the sea"})");
  const auto missing = evaluate({"--captions", "captions.json"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_NE(missing.err.find("There is no caption x of photos/wave1.png"), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace p2l::cli
