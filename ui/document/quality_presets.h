// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/api/catalogue.h"

namespace p2l::ui {

/// The preset of a quality ("fast", "good", "best") for a request's model and task. Where the catalogue has none, it is
/// made of the default preset of the model and the task, with 8, 20 or 50 steps and, where the solver can do without,
/// a gradient through the network in "best" alone; its id is empty then. Nothing where no solver does the task.
std::optional<Preset> qualityPreset(const Catalogue& catalogue, const RestoreRequest& request,
                                    const std::string& quality);

}  // namespace p2l::ui
