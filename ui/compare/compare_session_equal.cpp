// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a comparison that are made with the same request.
#include <map>
#include <string>
#include <utility>

#include "ui/compare/compare_session.h"

namespace p2l::ui {

namespace {

/// What of a request its run depends on, beside the pictures.
std::string runText(RestoreRequest request) {
  request.preset.clear();  // the values count, not where they are from
  request.measurement_seed = request.measurement_seed.value_or(request.seed);
  return jsonFromRequest(request);
}

}  // namespace

int CompareSession::sameAs(const CompareChoice& choice) const {
  try {
    const auto wanted = runText(requestOf(choice));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const auto& entry = entries_[i];
      const bool made = entry.kind == Kind::Run && entry.choice.possible;
      if (made && runText(requestOf(entry)) == wanted) return static_cast<int>(i);
    }
  } catch (const std::exception&) {
    // With the present settings one of them cannot be made.
  }
  return -1;
}

void CompareSession::markEqual() {
  std::map<std::string, quint64> firsts;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    quint64 same = 0;
    try {
      if (entry.kind == Kind::Run) {
        const auto [first, is_new] = firsts.try_emplace(runText(requestOf(entry)), entry.key);
        if (!is_new) same = first->second;
      }
    } catch (const std::exception&) {
      // With the present settings it cannot be made.
    }
    if (std::exchange(entry.same_as, same) != same) emit entryChanged(static_cast<int>(i));
  }
}

}  // namespace p2l::ui
