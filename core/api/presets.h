// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/catalogue.h"

namespace p2l {

/// The presets of a file's text, checked against the catalogue's tasks, solvers and specs. `name` is the file for
/// messages.
/// @throws Error naming the file, the preset and what is wrong with it.
std::vector<Preset> presetsFromJson(const std::string& json, const std::string& name, const Catalogue& catalogue);

/// Those of all *.json files of a folder, in the order of their names. A file that is wrong is left out with one
/// sentence in `warnings`; so is a preset whose id there was before. A folder that is not there holds none.
std::vector<Preset> readPresets(const std::string& folder, const Catalogue& catalogue,
                                std::vector<std::string>* warnings = nullptr);

/// Those of the program's resources.
std::vector<Preset> readPresets(const Catalogue& catalogue, std::vector<std::string>* warnings = nullptr);

}  // namespace p2l
