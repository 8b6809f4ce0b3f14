// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "core/api/catalogue.h"

namespace p2l::ui {

/// A run that can be ticked for a comparison.
struct CompareChoice {
  QString label;
  QString help;            ///< where its values are from, or why it cannot be run
  RestoreRequest request;  ///< completed; same measurement, mask, seed and model as the one it was made from
  bool possible = true;
};

/// Every solver with the values that are known to work for this model and task. The request's own solver keeps the
/// values of the request. `steps` > 0: for all of them; 0: as each of them has it.
std::vector<CompareChoice> solverChoices(const Catalogue& catalogue, const RestoreRequest& request, int steps);

/// How P2L grows out of LDPS, one part after the other: the rungs of ladderOf() that are on the way. Where P2L cannot
/// carry out the request, one choice that says why.
std::vector<CompareChoice> ladderChoices(const Catalogue& catalogue, const RestoreRequest& request, int steps);

}  // namespace p2l::ui
