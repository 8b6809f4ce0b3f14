// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/lesson.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/quoted.h"
#include "core/io/photo_file.h"
#include "core/io/resources.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kNoise = "noise";
constexpr double kSame = 0.1;  // of a claim

const std::vector<std::pair<const char*, Lesson::Stage>> kStages = {{"steps", Lesson::Stage::Steps},
                                                                    {"null-space", Lesson::Stage::NullSpace},
                                                                    {"mixture", Lesson::Stage::Mixture},
                                                                    {"seeds", Lesson::Stage::Seeds}};
const std::vector<std::pair<const char*, LessonClaim::Relation>> kRelations = {
    {"larger", LessonClaim::Relation::Larger},
    {"smaller", LessonClaim::Relation::Smaller},
    {"same", LessonClaim::Relation::Same}};

/// The numbers that a stage measures.
std::vector<std::string> numbersOf(Lesson::Stage stage) {
  const auto both = [](const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const char* run : {"base.", "changed."}) {
      for (const auto& name : names) all.push_back(run + name);
    }
    return all;
  };
  switch (stage) {
    case Lesson::Stage::NullSpace:
      return {"null.moved", "null.changed_y", "seen.moved", "seen.changed_y", "numbers.x", "numbers.y"};
    case Lesson::Stage::Mixture:
      return both({"hill1", "hill2", "hill3", "exact1", "exact2", "exact3", "width", "exact_width", "misfit"});
    case Lesson::Stage::Seeds:
      return {"count",       "single.psnr", "mean.psnr",     "single.squared", "mean.squared",
              "sure.spread", "sure.error",  "unsure.spread", "unsure.error"};
    case Lesson::Stage::Steps:
      break;
  }
  return both({"residual", "noise_level", "psnr", "prompt_drift", "projected", "reencoded"});
}

/// An object of a lesson's file with the fields that it may have.
class Fields {
 public:
  Fields(const Json& json, std::string where, const std::set<std::string>& known)
      : json_(json), where_(std::move(where)) {
    require(json.is_object(), where_, " must be an object, found ", quoted(json.dump()), ".");
    for (const auto& [field, value] : json.items())
      require(known.contains(field), where_, " has an unknown field ", field, ".");
  }
  bool has(const char* field) const { return json_.contains(field); }
  const Json& of(const char* field) const {
    require(has(field), where_, " has no field ", field, ".");
    return json_.at(field);
  }
  std::string text(const char* field) const { return textIn(of(field), field); }
  std::vector<std::string> texts(const char* field, std::size_t fewest) const {
    const auto& list = of(field);
    require(list.is_array() && list.size() >= fewest, where_, ": the field ", field, " must be a list of at least ",
            fewest, fewest == 1 ? " text" : " texts", ", found ", quoted(list.dump()), ".");
    std::vector<std::string> all;
    for (const auto& each : list) all.push_back(textIn(each, field));
    return all;
  }
  int wholeNumber(const char* field, int least, int most) const {
    const auto& value = of(field);
    require(value.is_number_integer() && value >= least && value <= most, where_, ": the field ", field,
            " must be a whole number from ", least, " to ", most, ", found ", quoted(value.dump()), ".");
    return value.get<int>();
  }
  template <class Value>
  Value named(const char* field, const std::vector<std::pair<const char*, Value>>& names) const {
    const auto found = text(field);
    std::string known;
    for (const auto& [name, value] : names) {
      if (found == name) return value;
      known += (known.empty() ? "" : ", ") + std::string(name);
    }
    throw Error(concat(where_, ": the field ", field, " must be one of ", known, ", found ", found, "."));
  }
  /// Runs `work` and puts the place before what it refuses.
  template <class Work>
  void in(const char* field, Work work) const {
    try {
      work();
    } catch (const Error& error) {
      throw Error(concat(where_, ", ", field, ": ", error.what()));
    }
  }
  const std::string& where() const { return where_; }

 private:
  std::string textIn(const Json& value, const char* field) const {
    require(value.is_string() && !value.get_ref<const std::string&>().empty(), where_, ": the field ", field,
            " must hold text, found ", quoted(value.dump()), ".");
    return value.get<std::string>();
  }

  const Json& json_;
  std::string where_;
};

ParamValues valuesFrom(const Json& json) {
  require(json.is_object(), "an object of parameters was expected, found ", quoted(json.dump()), ".");
  ParamValues values;
  for (const auto& [key, value] : json.items()) {
    require(value.is_string() || value.is_number() || value.is_boolean(), key,
            " must be a number, a name, true or false, found ", quoted(value.dump()), ".");
    if (value.is_string()) {
      values[key] = value.get<std::string>();
    } else {
      values[key] = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>();
    }
  }
  return values;
}

void checkNames(const std::vector<std::string>& names, Lesson::Stage stage, const std::string& where) {
  const auto known = numbersOf(stage);
  for (const auto& name : names) {
    std::string all;
    for (const auto& each : known) all += (all.empty() ? "" : ", ") + each;
    require(std::find(known.begin(), known.end(), name) != known.end(), where, " names the number ", name,
            ", which this stage does not measure; it measures ", all, ".");
  }
}

LessonQuestion questionFromJson(const Json& json, const std::string& where, const Lesson& lesson,
                                const Catalogue& catalogue) {
  const Fields fields(json, where, {"text", "choices", "answer", "change", "reveal", "claim"});
  LessonQuestion question;
  question.text = fields.text("text");
  question.choices = fields.texts("choices", 2);
  const auto answer = fields.text("answer");
  const auto right = std::find(question.choices.begin(), question.choices.end(), answer);
  require(right != question.choices.end(), where, ": the field answer must be one of the choices, found ", answer, ".");
  question.answer = static_cast<int>(right - question.choices.begin());
  if (fields.has("change")) {
    fields.in("change", [&] {
      question.change = valuesFrom(fields.of("change"));
      changedRequest(lesson.request, question.change, catalogue);
    });
  }
  question.reveal = fields.text("reveal");
  checkNames(placeholdersOf(question.reveal), lesson.stage, concat(where, ": the field reveal"));
  if (fields.has("claim")) {
    const Fields claim(fields.of("claim"), concat(where, ", claim"), {"of", "is", "against"});
    question.claim = {claim.text("of"), claim.text("against"), claim.named("is", kRelations)};
    checkNames({question.claim.of, question.claim.against}, lesson.stage, concat(where, ", claim"));
  }
  return question;
}

std::string photoIn(const Fields& fields, const char* field) {
  const auto name = fields.text(field);
  const auto path = fs::path(resourceFolder()) / "photos" / name;
  require(fs::path(name).filename() == name && fs::exists(path), fields.where(), ": the field ", field,
          " must name a photo of resources/photos, found ", name, ".");
  return name;
}

/// {"dps": {"rho": 0.2}, ...}
void readOthers(const Fields& fields, Lesson& lesson, const Catalogue& catalogue) {
  fields.in("solvers", [&] {
    const auto& all = fields.of("solvers");
    require(lesson.stage == Lesson::Stage::Mixture, "other solvers can be chosen on the stage mixture alone.");
    require(all.is_object(), "an object of solvers with their values was expected, found ", quoted(all.dump()), ".");
    for (const auto& [id, values] : all.items()) {
      auto request = lesson.request;
      request.solver = id;
      request.solver_values = valuesFrom(values);
      lesson.others.push_back(catalogue.complete(request));
      require(catalogue.solver(id).model_kind == ModelKind::Pixel,
              "the mixture is of two numbers and takes a solver of pixels, found ", id, ".");
    }
  });
}

void readRequest(const Fields& fields, Lesson& lesson, const Catalogue& catalogue) {
  fields.in("request", [&] {
    lesson.request = catalogue.complete(requestFromJson(fields.of("request").dump()));
    require(lesson.request.mode == Mode::Demonstrate, "a lesson knows the truth: mode must be demonstrate.");
    const auto& solver = catalogue.solver(lesson.request.solver);
    require(lesson.stage != Lesson::Stage::Mixture || solver.model_kind == ModelKind::Pixel,
            "the mixture is of two numbers and takes a solver of pixels, found ", lesson.request.solver, ".");
  });
  if (fields.has("solvers")) readOthers(fields, lesson, catalogue);
  if (!fields.has("unlocked")) return;
  lesson.unlocked = fields.texts("unlocked", 0);
  fields.in("unlocked", [&] { unlockedParameters(lesson, catalogue); });
}

}  // namespace

Lesson lessonFromJson(const std::string& text, const std::string& name, const Catalogue& catalogue) {
  const auto json = requiredJson<Json>(text, name);
  const Fields fields(json, name,
                      {"format", "id", "number", "title", "hint", "minutes", "stage", "text", "photo", "other_photo",
                       "seeds", "request", "solvers", "unlocked", "questions"});
  Lesson lesson;
  fields.wholeNumber("format", 1, 1);
  lesson.id = fields.text("id");
  lesson.number = fields.wholeNumber("number", 1, 999);
  lesson.title = fields.text("title");
  lesson.hint = fields.text("hint");
  lesson.minutes = fields.wholeNumber("minutes", 1, 10);
  lesson.stage = fields.named("stage", kStages);
  lesson.text = fields.texts("text", 1);
  lesson.photo = photoIn(fields, "photo");
  if (lesson.stage == Lesson::Stage::NullSpace) lesson.other_photo = photoIn(fields, "other_photo");
  if (lesson.stage == Lesson::Stage::Seeds) lesson.seeds = fields.wholeNumber("seeds", 3, 20);
  readRequest(fields, lesson, catalogue);
  const auto& questions = fields.of("questions");
  require(questions.is_array() && !questions.empty(), name,
          ": the field questions must be a list of at least one question, found ", quoted(questions.dump()), ".");
  for (std::size_t i = 0; i < questions.size(); ++i)
    lesson.questions.push_back(questionFromJson(questions[i], concat(name, ", question ", i + 1), lesson, catalogue));
  return lesson;
}

std::vector<Lesson> readLessons(const std::vector<std::string>& folders, const Catalogue& catalogue,
                                std::vector<std::string>* warnings) {
  std::vector<Lesson> lessons;
  std::set<std::string> ids;
  const auto warn = [&](const std::string& sentence) {
    if (warnings != nullptr) warnings->push_back(sentence);
  };
  for (const auto& folder : folders) {
    std::vector<fs::path> files;
    std::error_code no_folder;
    for (const auto& entry : fs::directory_iterator(folder, no_folder)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      try {
        auto lesson = lessonFromJson(readTextFile(file.string()), file.string(), catalogue);
        if (ids.insert(lesson.id).second) {
          lessons.push_back(std::move(lesson));
        } else {
          warn(concat(file.string(), ": the lesson ", lesson.id, " is left out: there is another of that id."));
        }
      } catch (const Error& error) {
        warn(concat("A lesson is left out: ", error.what()));
      }
    }
  }
  std::stable_sort(lessons.begin(), lessons.end(),
                   [](const Lesson& one, const Lesson& other) { return one.number < other.number; });
  return lessons;
}

std::string lessonFolder() {
  return (fs::path(resourceFolder()) / "lessons").string();
}

std::vector<ParamSpec> unlockedParameters(const Lesson& lesson, const Catalogue& catalogue, const std::string& other) {
  const auto& solver = catalogue.solver(lesson.request.solver);
  const bool has_other = !other.empty() && other != solver.id;
  std::vector<ParamSpec> specs;
  for (const auto& key : lesson.unlocked) {
    if (key == kNoise) {
      specs.push_back(realParam(kNoise, "σ", "Noise", 0.0, 1.0, numberOf(lesson.request.noise.values, "sigma"),
                                "Deviation of the measurement's noise. Larger says less about the picture."));
      continue;
    }
    const auto* spec = findSpec(solver.parameters, key);
    if (spec != nullptr && has_other) continue;
    specs.push_back(spec != nullptr ? *spec : specOf(catalogue.sampler, key, concat("solver ", solver.id)));
    specs.back().advanced = false;
  }
  if (!has_other) return specs;
  for (const auto& spec : catalogue.solver(other).parameters) {
    if (!spec.advanced) specs.push_back(spec);
  }
  return specs;
}

RestoreRequest changedRequest(const RestoreRequest& request, const ParamValues& change, const Catalogue& catalogue) {
  auto changed = request;
  const auto& solver = catalogue.solver(request.solver);
  for (const auto& [key, value] : change) {
    if (key == kNoise) {
      require(std::holds_alternative<double>(value), "noise must be a number.");
      changed.noise = std::get<double>(value);
    } else if (findSpec(solver.parameters, key) != nullptr) {
      changed.solver_values[key] = value;
    } else {
      checkValue(specOf(catalogue.sampler, key, concat("solver ", solver.id)), value, "sampler");
      changed.sampler_values[key] = value;
    }
  }
  return catalogue.complete(changed);
}

LessonNumbers numbersOfRun(const RunReport& report, const std::string& prefix) {
  LessonNumbers numbers;
  const auto put = [&](const char* name, double value) {
    if (std::isfinite(value)) numbers[prefix + "." + name] = value;
  };
  put("residual", report.residual);
  put("noise_level", report.noise_level);
  put("psnr", report.metric("psnr"));
  for (const auto& step : report.steps) {  // the last that is known
    put("prompt_drift", step.prompt_drift);
    put("projected", step.residual_projected);
    put("reencoded", step.residual_reencoded);
  }
  return numbers;
}

namespace {

/// Calls `found` with the name and the digits of each placeholder; what it returns takes its place.
template <class Found>
std::string replacePlaceholders(const std::string& text, Found found) {
  std::string result;
  std::size_t at = 0;
  while (true) {
    const auto open = text.find('{', at);
    const auto close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return result + text.substr(at);
    result += text.substr(at, open - at);
    const auto inside = text.substr(open + 1, close - open - 1);
    const auto colon = inside.find(':');
    const int digits = colon == std::string::npos || colon + 1 >= inside.size() ? 1 : inside[colon + 1] - '0';
    result += found(inside.substr(0, colon), std::clamp(digits, 0, 6));
    at = close + 1;
  }
}

}  // namespace

std::string filledText(const std::string& text, const LessonNumbers& numbers, char point) {
  return replacePlaceholders(text, [&](const std::string& name, int digits) -> std::string {
    const auto number = numbers.find(name);
    if (number == numbers.end()) return "–";
    char printed[64];
    std::snprintf(printed, sizeof printed, "%.*f", digits, number->second);
    std::string formatted = printed;
    std::replace(formatted.begin(), formatted.end(), '.', point);
    return formatted;
  });
}

std::vector<std::string> placeholdersOf(const std::string& text) {
  std::vector<std::string> names;
  replacePlaceholders(text, [&](const std::string& name, int) {
    names.push_back(name);
    return std::string();
  });
  return names;
}

bool holds(const LessonClaim& claim, const LessonNumbers& numbers) {
  const auto of = numbers.find(claim.of), against = numbers.find(claim.against);
  if (of == numbers.end() || against == numbers.end()) return false;
  const double difference = of->second - against->second;
  const double margin = kSame * std::abs(against->second);
  switch (claim.is) {
    case LessonClaim::Relation::Larger:
      return difference > margin;
    case LessonClaim::Relation::Smaller:
      return -difference > margin;
    case LessonClaim::Relation::Same:
      return std::abs(difference) <= margin;
  }
  return false;
}

}  // namespace p2l
