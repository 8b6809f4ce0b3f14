// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// Where resources (models, photos, presets) are: $P2L_RESOURCES, beside the installed program, or the source tree.
std::string resourceFolder();
/// Whether a file or folder lies in it, as the sample photos do.
bool isResource(const std::string& path);

}  // namespace p2l
