// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_choices.h"

#include <QCoreApplication>

#include "core/experiment/ladder.h"

namespace p2l::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("CompareChoices", text);
}

const std::string kP2l = "p2l";

/// Where the values are from that the request gets for the solver.
QString originOf(const Catalogue& catalogue, RestoreRequest request, const std::string& solver) {
  if (request.solver == solver) return tr("With the values in the panel.");
  request.solver = solver;
  const auto* preset = catalogue.defaultPreset(request);
  return preset ? tr("With the preset %1.").arg(QString::fromStdString(preset->label))
                : tr("With the solver's defaults.");
}

CompareChoice makeChoice(const Catalogue& catalogue, RestoreRequest request, const std::string& solver) {
  CompareChoice choice;
  choice.label = QString::fromStdString(catalogue.solver(solver).label);
  choice.help = originOf(catalogue, request, solver);
  if (request.solver != solver) {
    request.solver = solver;
    request.preset.clear();
    request.solver_values.clear();
    request.sampler_values.clear();
  }
  try {
    choice.request = catalogue.complete(std::move(request));
  } catch (const std::exception& error) {
    choice.help = QString::fromUtf8(error.what());
    choice.possible = false;
  }
  return choice;
}

void setSteps(std::vector<CompareChoice>& choices, int steps) {
  if (steps <= 0) return;
  for (auto& choice : choices) choice.request.sampler_values["steps"] = static_cast<double>(steps);
}

}  // namespace

std::vector<CompareChoice> solverChoices(const Catalogue& catalogue, const RestoreRequest& request, int steps) {
  std::vector<CompareChoice> choices;
  for (const auto& solver : catalogue.solvers) choices.push_back(makeChoice(catalogue, request, solver.id));
  setSteps(choices, steps);
  return choices;
}

std::vector<CompareChoice> ladderChoices(const Catalogue& catalogue, const RestoreRequest& request, int steps) {
  std::vector<CompareChoice> choices;
  try {
    const auto ladder = ladderOf(catalogue, request);
    QStringList remarks(originOf(catalogue, request, kP2l));
    for (const auto& note : ladder.notes) remarks << QString::fromStdString(note);
    for (const auto& rung : ladder.rungs) {
      if (rung.aside) continue;
      CompareChoice choice;
      choice.label = QString::fromStdString(rung.label);
      choice.help = QStringLiteral("%1 %2").arg(QString::fromStdString(rung.help), remarks.join(QLatin1Char(' ')));
      choice.request = rung.request;
      choices.push_back(std::move(choice));
    }
  } catch (const std::exception&) {
    return {makeChoice(catalogue, request, kP2l)};  // says why it is not possible
  }
  setSteps(choices, steps);
  return choices;
}

}  // namespace p2l::ui
