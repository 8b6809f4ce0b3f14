// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/expected_time.h"

#include <cstdio>
#include <exception>

namespace p2l::cli {

void tellTime(Engine& engine, const std::vector<RestoreRequest>& requests, const Image& photo) {
  constexpr double kWorthALine = 10.0;  // seconds
  TimeEstimate all;
  double steps = 0.0;
  try {
    for (const auto& request : requests) {
      const auto one = engine.estimateTime(request, photo.width, photo.height);
      all.seconds += one.seconds;
      all.at_most = all.at_most || one.at_most;
      steps += numberOf(request.sampler_values, "steps");
    }
  } catch (const std::exception&) {
    return;
  }
  if (all.seconds < kWorthALine) return;
  std::fprintf(stderr, "p2l: This takes %s (%.0f steps).\n", textFromTime(all).c_str(), steps);
}

}  // namespace p2l::cli
