// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/catalogue.h"

namespace p2l {

/// A run of the ladder.
struct LadderRung {
  std::string id;          ///< for names of files: ldps or ldir, prompt, range, projection, p2l
  std::string label;       ///< "LDPS", "+ projection onto the data"
  std::string help;        ///< what it does, a sentence
  bool aside = false;      ///< a row of the paper's Table 3 that is not on the way from LDPS to P2L
  RestoreRequest request;  ///< completed; of the solver p2l, with parts of it switched off
};

/// How P2L grows out of LDPS, as in the paper's Table 3: its parts switched on one after the other, with the same
/// measurement, seed and values. On the way from the lowest rung to P2L each rung differs from the one before in one
/// value of the solver, first `projection` and then `K`; the rungs aside differ so from the lowest.
struct Ladder {
  std::vector<LadderRung> rungs;   ///< the lowest first, P2L last
  std::vector<std::string> notes;  ///< what the request has switched off and the ladder needs, a sentence each
};

/// The ladder of P2L with the request's values, or, where the request is of another solver, with those that suit P2L.
/// What a part needs and the request has switched off (K = 0, rho = 0, no projection) is taken from P2L's default
/// preset, and said in Ladder::notes. @throws Error where P2L cannot carry out the request
Ladder ladderOf(const Catalogue& catalogue, RestoreRequest request);

/// What the request's solver comes down to: "ldps" or "ldir" where it is P2L with neither projection nor prompt tuning,
/// as the ladder's lowest rung; else its own id.
std::string solverInEffect(const RestoreRequest& request);

}  // namespace p2l
