// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a comparison that are made with the same request.
#include <map>
#include <utility>

#include "ui/compare/compare_session.h"

namespace p2l::ui {

QString CompareSession::printOf(const CompareEntry& entry) const {
  try {
    return entry.kind == Kind::Run ? fingerprint(requestOf(entry)) : QString();
  } catch (const std::exception&) {
    return {};  // with the present settings it cannot be made
  }
}

int CompareSession::sameAs(const CompareChoice& choice) const {
  try {
    const auto wanted = fingerprint(requestOf(choice));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].choice.possible && printOf(entries_[i]) == wanted) return static_cast<int>(i);
    }
  } catch (const std::exception&) {
    // With the present settings it cannot be made.
  }
  return -1;
}

void CompareSession::markEqual() {
  std::map<QString, quint64> firsts;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    quint64 same = 0;
    if (const auto print = printOf(entry); !print.isEmpty()) {
      const auto [first, is_new] = firsts.try_emplace(print, entry.key);
      if (!is_new) same = first->second;
    }
    if (std::exchange(entry.same_as, same) != same) emit entryChanged(static_cast<int>(i));
  }
}

}  // namespace p2l::ui
