// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/ladder.h"

#include "core/types/error.h"

namespace p2l {
namespace {

const std::string kSolver = "p2l";

bool isZero(const ParamValue& value) {
  return std::get<double>(value) == 0.0;
}

bool isNoProjection(const ParamValue& value) {
  const auto& projection = std::get<std::string>(value);
  return projection == "off" || projection == "range";
}

/// A part of P2L that the ladder cannot do without.
struct NeededPart {
  const char* key;                     ///< of the solver's value that switches it on
  std::vector<const char*> belonging;  ///< keys of the values that mean nothing without it
  bool (*is_off)(const ParamValue&);
  const char* who;  ///< needs it
};

/// Where the request has the part switched off: takes its values from P2L's default preset, or from the specs' defaults
/// where there is none or it has the part switched off, too. @return a sentence that says so; else an empty one
std::string switchOn(const Catalogue& catalogue, const NeededPart& part, RestoreRequest& request) {
  auto& values = request.solver_values;
  if (!part.is_off(values.at(part.key))) return {};
  const auto* preset = catalogue.defaultPreset(request);
  auto standard = completeValues(catalogue.solver(kSolver).parameters, preset ? preset->solver_values : ParamValues(),
                                 "solver " + kSolver);
  const bool of_preset = preset && !part.is_off(standard.at(part.key));
  if (!of_preset) standard = completeValues(catalogue.solver(kSolver).parameters, {}, "solver " + kSolver);
  const auto before = textFromValue(values.at(part.key));
  values[part.key] = standard.at(part.key);
  for (const char* key : part.belonging) values[key] = standard.at(key);
  return concat("The request has ", part.key, " = ", before, ": ", part.who, " ", part.key, " = ",
                textFromValue(values.at(part.key)), ", from ",
                of_preset ? concat("the preset \"", preset->label, "\"") : std::string("P2L's defaults"), ".");
}

/// A row of Table 3: which parts of P2L are on.
struct Parts {
  const char* id;
  const char* label;
  const char* help;
  const char* projection;  ///< null: that of the request
  bool prompt;             ///< tuned
  bool aside;
};

constexpr Parts kRungs[] = {
    {"ldps", "LDPS",
     "P2L without projection and prompt tuning: a DDIM step, then a gradient step on the data residual.", "off", false,
     false},
    {"prompt", "+ prompt tuning alone", "The prompt is tuned, and nothing is projected.", "off", true, true},
    {"range", "+ projection to the encoder's range", "Estimates are decoded and encoded again as they are.", "range",
     false, true},
    {"projection", "+ projection onto the data", "Estimates are projected onto the data as pictures and encoded again.",
     nullptr, false, false},
    {"p2l", "+ prompt tuning = P2L", "The prompt is tuned as well.", nullptr, true, false},
};

LadderRung rungOf(const RestoreRequest& full, const Parts& parts) {
  LadderRung rung{parts.id, parts.label, parts.help, parts.aside, full};
  auto& values = rung.request.solver_values;
  if (!parts.prompt) values["K"] = 0.0;
  if (parts.prompt) rung.help += concat(" K = ", integerOf(values, "K"), ".");
  if (parts.projection) values["projection"] = std::string(parts.projection);
  if (&parts == kRungs && choiceOf(values, "z_update") == "adam") {
    rung.id = "ldir";
    rung.label = "LDIR";
    rung.help = "P2L without projection and prompt tuning: a DDIM step, then a step along the history gradient.";
  }
  if (&parts == kRungs) rung.help += concat(" ρ is P2L's, not the one that suits ", rung.label, " alone best.");
  return rung;
}

}  // namespace

Ladder ladderOf(const Catalogue& catalogue, RestoreRequest request) {
  if (!request.preset.empty()) request = catalogue.withPreset(std::move(request));
  if (request.solver != kSolver) {
    request.solver = kSolver;
    request.preset.clear();
    request.solver_values.clear();
    request.sampler_values.clear();
  }
  request = catalogue.complete(std::move(request));
  const NeededPart needed[] = {
      {"projection", {}, isNoProjection, "the rungs with a projection take"},
      {"rho", {"rho_side", "rho_schedule", "z_update"}, isZero, "LDPS is this step alone, so that all rungs take"},
      {"K", {}, isZero, "the rungs with a tuned prompt take"},
  };
  Ladder ladder;
  for (const auto& part : needed) {
    auto note = switchOn(catalogue, part, request);
    if (!note.empty()) ladder.notes.push_back(std::move(note));
  }
  for (const auto& parts : kRungs) ladder.rungs.push_back(rungOf(request, parts));
  return ladder;
}

std::string solverInEffect(const RestoreRequest& request) {
  const auto has = [&](const char* key, const ParamValue& value) {
    const auto found = request.solver_values.find(key);
    return found != request.solver_values.end() && found->second == value;
  };
  const bool lowest = request.solver == kSolver && has("projection", "off") && has("K", 0.0) && !has("rho", 0.0);
  if (!lowest) return request.solver;
  return has("z_update", "adam") ? "ldir" : "ldps";
}

}  // namespace p2l
