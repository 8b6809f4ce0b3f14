// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// Where resources (models, photos, presets) are: $P2L_RESOURCES, beside the installed program, or the source tree.
std::string resourceFolder();

}  // namespace p2l
