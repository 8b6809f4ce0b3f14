// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress/expected_time.h"

#include <cstdio>
#include <exception>
#include <string>

#include "core/types/error.h"

namespace p2l::cli {

void tellTime(Session& session, const std::vector<PlannedRuns>& planned) {
  constexpr double kWorthALine = 10.0;  // seconds
  TimeEstimate all;
  double steps = 0.0;
  int runs = 0;
  try {
    for (const auto& [request, width, height, count] : planned) {
      const auto one = session.estimateTime(request, width, height);
      all.seconds += one.seconds * count;
      all.at_most = all.at_most || one.at_most;
      steps += numberOf(request.sampler_values, "steps") * count;
      runs += count;
    }
  } catch (const std::exception&) {
    return;
  }
  if (all.seconds < kWorthALine) return;
  const auto what = runs == 1 ? std::string("This takes") : concat("These ", runs, " runs take");
  std::fprintf(stderr, "p2l: %s %s (%.0f steps).\n", what.c_str(), textFromTime(all).c_str(), steps);
}

void tellTime(Session& session, const std::vector<RestoreRequest>& requests, const Image& photo) {
  std::vector<PlannedRuns> planned;
  for (const auto& request : requests) planned.push_back({request, photo.width, photo.height});
  tellTime(session, planned);
}

}  // namespace p2l::cli
