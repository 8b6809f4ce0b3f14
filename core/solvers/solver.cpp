// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/solvers/solver.h"

#include "core/base/error.h"

namespace p2l {

#define P2L_ENTRY(name) SolverEntry name();
namespace solvers {
#include "core/solvers/solver_list.def"
}
#undef P2L_ENTRY

const std::vector<SolverEntry>& solverEntries() {
  static const std::vector<SolverEntry> entries = {
#define P2L_ENTRY(name) solvers::name(),
#include "core/solvers/solver_list.def"
#undef P2L_ENTRY
  };
  return entries;
}

const SolverEntry& solverEntry(const std::string& id) {
  std::string known;
  for (const SolverEntry& entry : solverEntries()) {
    if (entry.info.id == id) return entry;
    known += (known.empty() ? "" : ", ") + entry.info.id;
  }
  throw Error(concat("There is no solver `", id, "`; there are: ", known));
}

}  // namespace p2l
