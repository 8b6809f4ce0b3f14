// SPDX-License-Identifier: GPL-3.0-or-later
// Files of lessons: the program's own, and what is refused.
#include "core/insight/lesson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/api/measure.h"
#include "core/types/error.h"

namespace p2l {
namespace {

using Json = nlohmann::json;

const Catalogue& catalogue() {
  static const auto read = readCatalogue();
  return read;
}

Json validLesson() {
  return Json::parse(R"({
    "format": 1, "id": "mine", "number": 7, "title": "Mine", "hint": "Look.", "minutes": 3, "stage": "steps",
    "text": ["A paragraph."], "photo": "skimage_coffee.png",
    "request": {"degradations": [{"id": "sr", "values": {"factor": 4}}], "noise": 0.01, "solver": "ldps",
                "solver_values": {"rho": 1}, "sampler_values": {"steps": 4}, "model": "p2l-tiny", "size": 64},
    "unlocked": ["rho", "steps", "noise"],
    "questions": [{"text": "Larger?", "choices": ["yes", "no"], "answer": "yes", "change": {"rho": 0.1},
                   "reveal": "{changed.residual} after {base.residual:2}",
                   "claim": {"of": "changed.residual", "is": "larger", "against": "base.residual"}}]
  })");
}

TEST(Lessons, TheProgramHasFiveInTheirOrder) {
  std::vector<std::string> warnings;
  const auto lessons = readLessons({lessonFolder()}, catalogue(), &warnings);
  EXPECT_TRUE(warnings.empty()) << warnings.front();
  ASSERT_EQ(lessons.size(), 5u);
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    EXPECT_EQ(lessons[i].number, static_cast<int>(i) + 1);
    EXPECT_LE(lessons[i].minutes, 10);
    EXPECT_FALSE(lessons[i].questions.empty());
    for (const auto& question : lessons[i].questions)  // the right answer is checked by every run
      EXPECT_FALSE(question.claim.of.empty()) << lessons[i].id << ": " << question.text;
  }
}

TEST(Lessons, AValidFileIsRead) {
  const auto lesson = lessonFromJson(validLesson().dump(), "mine.json", catalogue());
  EXPECT_EQ(lesson.id, "mine");
  EXPECT_EQ(lesson.request.solver, "ldps");
  EXPECT_EQ(integerOf(lesson.request.sampler_values, "steps"), 4);
  const auto specs = unlockedParameters(lesson, catalogue());
  ASSERT_EQ(specs.size(), 3u);
  EXPECT_EQ(specs[2].key, "noise");
  const auto changed = changedRequest(lesson.request, {{"rho", 0.5}, {"steps", 3.0}, {"noise", 0.2}}, catalogue());
  EXPECT_EQ(numberOf(changed.solver_values, "rho"), 0.5);
  EXPECT_EQ(integerOf(changed.sampler_values, "steps"), 3);
  EXPECT_EQ(numberOf(changed.noise.values, "sigma"), 0.2);
}

TEST(Lessons, OtherSolversHaveTheirOwnValues) {
  auto json = validLesson();
  json["stage"] = "mixture";
  json["request"]["solver"] = "pigdm";
  json["request"]["model"] = "p2l-tiny-pixel";
  json["solvers"] = {{"diffpir", {{"zeta", 0.4}}}};
  json["questions"][0]["reveal"] = "{changed.misfit}";
  json["questions"][0].erase("claim");
  const auto lesson = lessonFromJson(json.dump(), "mine.json", catalogue());
  ASSERT_EQ(lesson.others.size(), 1u);
  EXPECT_EQ(numberOf(lesson.others[0].solver_values, "zeta"), 0.4);
  EXPECT_EQ(integerOf(lesson.others[0].sampler_values, "steps"), 4);
  std::vector<std::string> keys;
  for (const auto& spec : unlockedParameters(lesson, catalogue(), "diffpir")) keys.push_back(spec.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"steps", "noise", "zeta", "lambda"}));
  const auto changed = changedRequest(lesson.others[0], {{"noise", 0.2}, {"zeta", 0.1}}, catalogue());
  EXPECT_EQ(numberOf(changed.noise.values, "sigma"), 0.2);  // the measurement's, though the solver has a key `noise`
  for (const auto& wrong : {Json{{"p2l", Json::object()}}, Json{{"dps", {{"zeta", 1}}}}, Json("dps")}) {
    json["solvers"] = wrong;
    EXPECT_THROW(lessonFromJson(json.dump(), "mine.json", catalogue()), Error) << wrong;
  }
}

// Each change makes the file wrong; the sentence names the file and what is meant.
TEST(Lessons, WrongFilesAreRefusedWithTheirFieldNamed) {
  const struct {
    const char* pointer;
    Json value;
    const char* named;
  } cases[] = {
      {"/format", 2, "format"},
      {"/extra", 1, "extra"},
      {"/minutes", 11, "minutes"},
      {"/stage", "walk", "stage"},
      {"/text", Json::array(), "text"},
      {"/photo", "nowhere.png", "photo"},
      {"/request/solver", "nobody", "request"},
      {"/request/mode", "restore", "request"},
      {"/unlocked/0", "nothing", "unlocked"},
      {"/solvers", {{"dps", Json::object()}}, "solvers"},
      {"/questions", Json::array(), "questions"},
      {"/questions/0/answer", "perhaps", "answer"},
      {"/questions/0/choices", Json::array({"yes"}), "choices"},
      {"/questions/0/change", {{"rho", 1e9}}, "change"},
      {"/questions/0/change", {{"nothing", 1}}, "change"},
      {"/questions/0/reveal", "{changed.nothing}", "reveal"},
      {"/questions/0/claim/is", "different", "claim"},
      {"/questions/0/claim/of", "mean.psnr", "claim"},
  };
  for (const auto& each : cases) {
    auto json = validLesson();
    json[Json::json_pointer(each.pointer)] = each.value;
    try {
      lessonFromJson(json.dump(), "mine.json", catalogue());
      ADD_FAILURE() << each.pointer << " was taken";
    } catch (const Error& error) {
      const std::string sentence = error.what();
      EXPECT_EQ(sentence.rfind("mine.json", 0), 0u) << sentence;
      EXPECT_NE(sentence.find(each.named), std::string::npos) << sentence;
    }
  }
  for (const char* field : {"id", "title", "hint", "text", "photo", "request", "questions"}) {
    auto json = validLesson();
    json.erase(field);
    try {
      lessonFromJson(json.dump(), "mine.json", catalogue());
      ADD_FAILURE() << "a lesson without " << field << " was taken";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(field), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(lessonFromJson("{", "mine.json", catalogue()), Error);
}

TEST(Lessons, PlaceholdersAreFilledWithTheirDigits) {
  const LessonNumbers numbers = {{"a.b", 1.236}, {"c", 20.0}};
  EXPECT_EQ(filledText("x {a.b:2} y {a.b} z {c:0} {d}", numbers), "x 1.24 y 1.2 z 20 –");
  EXPECT_EQ(filledText("x. {a.b:2} y {c:0}", numbers, ','), "x. 1,24 y 20");
  EXPECT_EQ(filledText("no { end", numbers), "no { end");
  EXPECT_EQ(placeholdersOf("{a.b:2} {c}"), (std::vector<std::string>{"a.b", "c"}));
}

TEST(Lessons, ClaimsHoldByMoreThanATenth) {
  using Relation = LessonClaim::Relation;
  const LessonNumbers numbers = {{"one", 1.0}, {"near", 1.05}, {"far", 2.0}};
  EXPECT_TRUE(holds({"far", "one", Relation::Larger}, numbers));
  EXPECT_FALSE(holds({"near", "one", Relation::Larger}, numbers));
  EXPECT_TRUE(holds({"near", "one", Relation::Same}, numbers));
  EXPECT_TRUE(holds({"one", "far", Relation::Smaller}, numbers));
  EXPECT_FALSE(holds({"none", "far", Relation::Smaller}, numbers));
}

TEST(Iteration, EverySolverSaysWhatAStepDoes) {
  for (const auto& solver : catalogue().solvers) {
    ASSERT_GE(solver.iteration.size(), 3u) << solver.id;
    const auto has = [&](StepPicture picture) {
      return std::any_of(solver.iteration.begin(), solver.iteration.end(),
                         [&](const IterationLine& line) { return line.picture == picture; });
    };
    EXPECT_TRUE(has(StepPicture::Noisy)) << solver.id;
    EXPECT_TRUE(has(StepPicture::Estimate)) << solver.id;
    EXPECT_TRUE(has(StepPicture::Next)) << solver.id;
    EXPECT_TRUE(!solver.projects || has(StepPicture::Projected)) << solver.id;
    EXPECT_TRUE(!solver.needs_gradient || has(StepPicture::Gradient)) << solver.id;
    for (const auto& line : solver.iteration) {
      EXPECT_FALSE(line.label.empty()) << solver.id;
      EXPECT_FALSE(line.formula.empty()) << solver.id;
      ASSERT_FALSE(line.sentence.empty()) << solver.id;
      EXPECT_EQ(line.sentence.back(), '.') << solver.id << ": " << line.sentence;
    }
  }
}

TEST(Iteration, ValuesExchangeLinesAndLeaveTheirPictures) {
  int exchanged = 0;
  for (const auto& solver : catalogue().solvers) {
    EXPECT_EQ(solver.linesWith({}), solver.iteration) << solver.id;
    EXPECT_EQ(solver.linesWith(completeValues(solver.parameters, {}, solver.id)), solver.iteration) << solver.id;
    for (const auto& spec : solver.parameters) {
      for (const auto& choice : spec.choices) {
        auto values = completeValues(solver.parameters, {}, solver.id);
        values[spec.key] = choice;
        const auto lines = solver.linesWith(values);
        ASSERT_EQ(lines.size(), solver.iteration.size()) << solver.id << ", " << choice;
        for (std::size_t i = 0; i < lines.size(); ++i) {
          EXPECT_EQ(lines[i].label, solver.iteration[i].label) << solver.id << ", " << choice;
          EXPECT_EQ(lines[i].picture, solver.iteration[i].picture) << solver.id << ", " << choice;
          EXPECT_FALSE(lines[i].formula.empty()) << solver.id << ", " << choice;
          EXPECT_TRUE(lines[i].sentence.ends_with('.')) << solver.id << ", " << choice;
          exchanged += lines[i] != solver.iteration[i] ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GE(exchanged, 2);  // P2L's projection
}

/// P2L's line of this number.
IterationLine lineOfP2l(const std::string& label, const ParamValues& values, const ParamValues& sampler = {}) {
  const auto lines = catalogue().solver("p2l").linesWith(values, sampler);
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.label == label; });
  return found != lines.end() ? *found : IterationLine();
}

TEST(Iteration, P2lProjectsAsItsValuesSay) {
  const auto formula = [](const ParamValues& values) { return lineOfP2l("6", values).formula; };
  EXPECT_EQ(formula({{"projection", "range"}}), "x̂₀ ← D(ẑ₀)");
  EXPECT_EQ(formula({{"projection", "gluing"}}), "x̂₀ ← Aᵀy + (I − AᵀA) D(ẑ₀)");
  EXPECT_EQ(formula({{"projection", "gluing"}, {"gluing_by", "pseudo-inverse"}}), "x̂₀ ← A⁺y + (I − A⁺A) D(ẑ₀)");
  EXPECT_EQ(formula({{"projection", "proximal"}}), "x̂₀ ← argmin ‖y − A x‖² + λ ‖x − D(ẑ₀)‖²");
}

// As P2l::solve() mixes its noise: solvers_test.cpp holds that against the same formulas.
TEST(Iteration, P2lPutsBackTheNoiseThatItsValuesSay) {
  const auto formula = [](const ParamValues& values, const ParamValues& sampler) {
    return lineOfP2l("11", values, sampler).formula;
  };
  const std::string paper = "z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′) ε", all_fresh = "z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′) n",
                    mixed = "z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′) (√(1−ν) ε + √ν n)", partly = "z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′−s²) ε + s n";
  EXPECT_EQ(formula({}, {}), paper);
  EXPECT_EQ(formula({{"renoise", 0.0}}, {{"eta", 0.0}}), paper);
  EXPECT_EQ(formula({{"gamma", 1.0}, {"renoise", 1.0}}, {{"eta", 0.0}}), all_fresh);
  EXPECT_EQ(formula({{"gamma", 1.0}, {"renoise", 1.0}}, {{"eta", 1.0}}), all_fresh);  // in place of the sampler's
  EXPECT_EQ(formula({{"gamma", 1.0}, {"renoise", 0.3}}, {{"eta", 1.0}}), mixed);
  EXPECT_EQ(formula({{"renoise", 0.0}}, {{"eta", 0.5}}), partly);
  EXPECT_EQ(formula({{"gamma", 1.0}, {"renoise", 1.0}, {"projection", "off"}}, {{"eta", 0.0}}), paper);
  EXPECT_EQ(formula({{"gamma", 1.0}, {"renoise", 1.0}, {"projection", "off"}}, {{"eta", 1.0}}), partly);
  EXPECT_EQ(formula({{"gamma", 1.0}, {"renoise", 1.0}, {"projection", "range"}}, {{"eta", 1.0}}), all_fresh);
  EXPECT_EQ(formula({{"renoise", 0.0}}, {{"lcm", "on"}}), all_fresh);
  // Steps without a projection have the sampler's noise.
  for (const double eta : {0.0, 1.0}) EXPECT_EQ(formula({{"gamma", 3.0}, {"renoise", 1.0}}, {{"eta", eta}}), partly);
  EXPECT_EQ(formula({{"renoise", 1.0}}, {{"eta", 0.0}}), partly);                                 // γ is 4
  EXPECT_EQ(formula({{"gamma", 3.0}, {"renoise", 1.0}}, {{"eta", 0.0}, {"steps", 2.0}}), paper);  // none projects
  EXPECT_NE(lineOfP2l("11", {{"gamma", 3.0}, {"renoise", 1.0}}, {{"eta", 1.0}}).sentence,
            lineOfP2l("11", {{"renoise", 0.0}}, {{"eta", 1.0}}).sentence);
}

}  // namespace
}  // namespace p2l
