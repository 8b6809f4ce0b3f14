// SPDX-License-Identifier: GPL-3.0-or-later
// The rungs from LDPS to P2L, as requests.
#include "core/experiment/ladder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/api/session.h"
#include "core/types/error.h"

namespace p2l {
namespace {

const Catalogue& catalogue() {
  static const Catalogue made = Session().catalogue();
  return made;
}

/// Fields of the requests' JSON that differ.
std::set<std::string> differences(const RestoreRequest& a, const RestoreRequest& b) {
  const auto left = nlohmann::json::parse(jsonFromRequest(a)).flatten();
  const auto right = nlohmann::json::parse(jsonFromRequest(b)).flatten();
  std::set<std::string> fields;
  for (const auto& [field, value] : left.items()) {
    if (!right.contains(field) || right[field] != value) fields.insert(field);
  }
  for (const auto& [field, value] : right.items()) {
    if (!left.contains(field)) fields.insert(field);
  }
  return fields;
}

const std::set<std::string> kProjection = {"/solver_values/projection"}, kPrompt = {"/solver_values/K"};

/// @return the rungs on the way
std::vector<LadderRung> expectOnePartAtATime(const Ladder& ladder) {
  std::vector<LadderRung> way;
  for (const auto& rung : ladder.rungs) {
    if (!rung.aside) way.push_back(rung);
  }
  EXPECT_EQ(ladder.rungs.size(), 5u);
  EXPECT_EQ(way.size(), 3u);
  if (way.size() != 3) return way;
  EXPECT_EQ(differences(way[0].request, way[1].request), kProjection);
  EXPECT_EQ(differences(way[1].request, way[2].request), kPrompt);
  const auto& lowest = way[0].request.solver_values;
  EXPECT_EQ(integerOf(lowest, "K"), 0);
  EXPECT_EQ(choiceOf(lowest, "projection"), "off");
  EXPECT_GT(numberOf(lowest, "rho"), 0.0);
  EXPECT_EQ(way[0].label, choiceOf(lowest, "z_update") == "adam" ? "LDIR" : "LDPS");
  EXPECT_EQ(way[2].id, "p2l");
  for (const auto& rung : ladder.rungs) {
    EXPECT_EQ(jsonFromRequest(catalogue().complete(rung.request)), jsonFromRequest(rung.request)) << rung.id;
    EXPECT_FALSE(rung.help.empty());
    if (!rung.aside) continue;
    EXPECT_EQ(differences(way[0].request, rung.request), rung.id == "prompt" ? kPrompt : kProjection) << rung.id;
  }
  return way;
}

TEST(Ladder, RungsDifferInOnePartWhateverTheTask) {
  int tasks = 0;
  for (const auto& task : catalogue().degradations) {
    SCOPED_TRACE(task.id);
    RestoreRequest request;
    request.degradation().id = task.id;
    if (!task.linear) {
      EXPECT_THROW(ladderOf(catalogue(), request), Error);
      continue;
    }
    const auto ladder = ladderOf(catalogue(), request);
    const auto way = expectOnePartAtATime(ladder);
    EXPECT_EQ(ladder.notes, std::vector<std::string>());
    EXPECT_EQ(jsonFromRequest(way.back().request), jsonFromRequest(catalogue().complete(request)));
    ++tasks;
  }
  EXPECT_GE(tasks, 5);
}

TEST(Ladder, RungsDifferInOnePartWhateverThePreset) {
  int fast = 0;
  for (const auto& preset : catalogue().presets) {
    if (preset.solver != "p2l") continue;
    SCOPED_TRACE(preset.id);
    RestoreRequest request;
    if (!preset.degradation.empty()) request.degradation().id = preset.degradation;
    request.preset = preset.id;
    const auto ladder = ladderOf(catalogue(), request);
    expectOnePartAtATime(ladder);
    const auto whole = catalogue().complete(request);
    // A note for each of the three parts that the preset leaves out.
    const std::size_t left_out = (integerOf(whole.solver_values, "K") == 0) +
                                 (numberOf(whole.solver_values, "rho") == 0.0) +
                                 (choiceOf(whole.solver_values, "projection") == "off");
    EXPECT_EQ(ladder.notes.size(), left_out);
    if (left_out == 0) {
      for (const auto& [key, value] : whole.solver_values)
        EXPECT_EQ(ladder.rungs.back().request.solver_values.at(key), value) << key;
    }
    fast += integerOf(whole.solver_values, "K") == 0;
  }
  EXPECT_GE(fast, 3);
}

TEST(Ladder, WhatIsSwitchedOffComesFromTheDefaultPresetAndIsSaid) {
  const auto& fast = catalogue().preset("p2l-tiny-fast-sr");
  RestoreRequest request;
  request.solver_values = fast.solver_values;
  request.sampler_values = fast.sampler_values;
  const auto ladder = ladderOf(catalogue(), request);
  RestoreRequest open;
  const auto standard = catalogue().complete(open).solver_values;
  for (const auto& rung : ladder.rungs) {
    for (const char* key : {"rho", "rho_side", "rho_schedule", "z_update"})
      EXPECT_EQ(rung.request.solver_values.at(key), standard.at(key)) << key;
  }
  EXPECT_EQ(ladder.rungs.back().request.solver_values.at("K"), standard.at("K"));
  EXPECT_EQ(ladder.notes,
            (std::vector<std::string>{
                "The request has rho = 0: LDPS is this step alone, so that all rungs take rho = " +
                    textFromValue(standard.at("rho")) + ", from the preset \"Embedded model: super-resolution\".",
                "The request has K = 0: the rungs with a tuned prompt take K = 1, from the preset \"Embedded model: "
                "super-resolution\"."}));

  // A model without presets.
  open.model = "another";
  open.solver_values = {{"projection", std::string("off")}, {"K", 0.0}};
  auto without = catalogue();
  without.presets.clear();
  const auto other = ladderOf(without, open);
  expectOnePartAtATime(other);
  EXPECT_EQ(choiceOf(other.rungs.back().request.solver_values, "projection"), "proximal");
  ASSERT_EQ(other.notes.size(), 2u);
  EXPECT_EQ(other.notes[0],
            "The request has projection = off: the rungs with a projection take projection = proximal, from P2L's "
            "defaults.");
}

TEST(Ladder, OfAnotherSolversRequestTheMeasurementIsTaken) {
  RestoreRequest request;
  request.degradation().id = "inpaint";
  request.solver = "ldps";
  request.solver_values = {{"rho", 3.0}};
  request.sampler_values = {{"steps", 250.0}};
  request.seed = 7;
  const auto way = expectOnePartAtATime(ladderOf(catalogue(), request));
  request.solver = "p2l";
  request.solver_values.clear();
  request.sampler_values.clear();
  EXPECT_EQ(jsonFromRequest(way.back().request), jsonFromRequest(catalogue().complete(request)));
}

}  // namespace
}  // namespace p2l
