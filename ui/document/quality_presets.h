// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/api/catalogue.h"

namespace p2l::ui {

/// The preset of a quality ("fast", "good", "best") for a request's model and task; null where there is none.
const Preset* qualityPreset(const Catalogue& catalogue, const RestoreRequest& request, const std::string& quality);

}  // namespace p2l::ui
