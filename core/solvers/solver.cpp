// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/solvers/solver.h"

#include "core/types/error.h"

namespace p2l {
namespace {
constexpr int kTypicalSteps = 100;
}

#define P2L_ENTRY(name) SolverEntry name();
namespace solvers {
#include "core/solvers/solver_list.def"
}
#undef P2L_ENTRY

const std::vector<SolverEntry>& solverEntries() {
  static const std::vector<SolverEntry> entries = [] {
    std::vector<SolverEntry> list = {
#define P2L_ENTRY(name) solvers::name(),
#include "core/solvers/solver_list.def"
#undef P2L_ENTRY
    };
    for (auto& entry : list) {
      const auto defaults = completeValues(entry.info.parameters, {}, entry.info.id);
      entry.info.needs_gradient = entry.info.work(defaults, kTypicalSteps).network_gradient > 0.0;
    }
    return list;
  }();
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
