// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/api/session.h"
#include "core/types/image.h"

namespace p2l::cli {

/// So many runs of one request on photos of this size.
struct PlannedRuns {
  RestoreRequest request;
  int width = 0, height = 0;  ///< of the photo
  int count = 1;
};

/// Says on the standard error stream what the runs are expected to take together, where it is more than a few seconds.
/// Loads each model that follows another and evaluates its networks once. What is wrong with a request is left to its
/// run.
void tellTime(Session& session, const std::vector<PlannedRuns>& planned);
/// The same of one run each.
void tellTime(Session& session, const std::vector<RestoreRequest>& requests, const Image& photo);

}  // namespace p2l::cli
