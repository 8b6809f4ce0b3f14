// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// Where resources (models, photos, presets) are: $P2L_RESOURCES, beside the installed program, or the source tree.
std::string resourceFolder();
/// Whether the program is installed, with its resources beside it. It then reads nothing of the source tree that it was
/// built from: where that lay, another user may have put something.
bool isInstalled();
/// Whether a file or folder lies in it, as the sample photos do.
bool isResource(const std::string& path);

}  // namespace p2l
