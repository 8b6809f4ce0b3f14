// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare_choices.h"

#include <QCoreApplication>
#include <algorithm>

namespace p2l::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("CompareChoices", text);
}

const std::string kP2l = "p2l";

CompareChoice makeChoice(const Catalogue& catalogue, RestoreRequest request, const std::string& solver, int steps) {
  CompareChoice choice;
  const auto& info = catalogue.solver(solver);
  choice.label = QString::fromStdString(info.label);
  const bool own = request.solver == solver;
  if (!own) {
    request.solver = solver;
    request.solver_values.clear();
    request.sampler_values.clear();
  }
  const auto* preset = catalogue.defaultPreset(request);
  choice.help = own      ? tr("With the values in the panel.")
                : preset ? tr("With the preset %1.").arg(QString::fromStdString(preset->label))
                         : tr("With the solver's defaults.");
  try {
    choice.request = catalogue.complete(std::move(request));
  } catch (const std::exception& error) {
    choice.help = QString::fromUtf8(error.what());
    choice.possible = false;
  }
  if (steps > 0) choice.request.sampler_values["steps"] = static_cast<double>(steps);
  return choice;
}

}  // namespace

std::vector<CompareChoice> solverChoices(const Catalogue& catalogue, const RestoreRequest& request, int steps) {
  std::vector<CompareChoice> choices;
  for (const auto& solver : catalogue.solvers) choices.push_back(makeChoice(catalogue, request, solver.id, steps));
  return choices;
}

std::vector<CompareChoice> ladderChoices(const Catalogue& catalogue, const RestoreRequest& request, int steps) {
  auto projected = makeChoice(catalogue, request, kP2l, steps);
  if (projected.possible) steps = integerOf(projected.request.sampler_values, "steps");
  auto ldps = makeChoice(catalogue, request, "ldps", steps);
  ldps.label = tr("LDPS");
  if (!projected.possible) return {ldps, projected};
  auto& values = projected.request.solver_values;
  const auto& specs = catalogue.solver(kP2l).parameters;
  if (choiceOf(values, "projection") == "off") values["projection"] = std::string("proximal");
  const double iterations = std::max(numberOf(values, "K"), numberOf(completeValues(specs, {}, kP2l), "K"));
  auto tuned = projected;
  values["K"] = 0.0;
  tuned.request.solver_values["K"] = iterations;
  projected.label = tr("+ projection");
  projected.help =
      tr("P2L with K = 0: the estimate is projected onto the data and encoded again. %1").arg(projected.help);
  tuned.label = tr("+ prompt = P2L");
  tuned.help = tr("P2L with K = %1: the text embedding is tuned as well. %2").arg(iterations).arg(tuned.help);
  return {ldps, projected, tuned};
}

}  // namespace p2l::ui
