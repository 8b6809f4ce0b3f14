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

/// Those of the program's resources, then those of one's own.
std::vector<Preset> readPresets(const Catalogue& catalogue, std::vector<std::string>* warnings = nullptr);

/// Where presets of one's own lie, a file each: $XDG_DATA_HOME/p2l-studio/presets (~/.local/share without it); empty
/// where there is no such place.
std::string ownPresetFolder();
bool isOwnPreset(const Preset& preset);
/// A preset of a request's solver, settings, task and model, with an id made of the label. Its origin is "own".
/// @throws Error where the label has neither letter nor digit
Preset presetFromRequest(const RestoreRequest& completed, const std::string& label);
/// The preset of one's own that has this label, but for upper and lower case; null: none.
const Preset* ownPresetOf(const Catalogue& catalogue, const std::string& label);
/// An id made of the label that no preset of the catalogue has. @throws Error as presetFromRequest
std::string freeOwnPresetId(const Catalogue& catalogue, const std::string& label);
/// The text of a file that presetsFromJson reads.
std::string jsonFromPreset(const Preset& preset);
/// Writes or replaces a preset of one's own. @throws Error, also where a shipped one has its id
void saveOwnPreset(const Preset& preset, const Catalogue& catalogue);
/// @throws Error where there is none of that id
void removeOwnPreset(const std::string& id);

}  // namespace p2l
