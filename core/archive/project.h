// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/archive/run_archive.h"

namespace p2l {

/// What a project file holds beside the files of its runs.
struct Project {
  std::string photo_label;
  std::string photo_path;  ///< where the photo was; of an opened project: where it is now
  std::string photo_sha256;
  RestoreRequest settings;
  RequestPictures pictures;             ///< mask and kernel of the settings
  std::vector<std::string> runs;        ///< their ids in the history
  std::string shown;                    ///< the one of them whose result is shown; empty: none is
  std::vector<std::string> with_steps;  ///< those of an opened project that brought the pictures of their steps
};

inline constexpr const char* kProjectEnding = ".p2l";
/// Most bytes of the steps of all runs: those of the run that is shown go first, then those of the newest.
inline constexpr std::uint64_t kMostSteps = std::uint64_t{64} << 20;
/// Whether the file's name is that of a project.
bool isProjectFile(const std::string& path);

/// Writes a project: a zip of
///
///     project.json                        names, and what else is there
///     photo.ENDING                        the photo's file
///     state.png                           settings, mask and kernel inside of a picture of one pixel
///     runs/ID/run.json, result.png, thumbnail.png
///     runs/ID/steps.zip                   what the run's steps looked like, of as many as kMostSteps has room for
///
/// The runs' files and, where the photo's own file is gone, its copy come from the history. Takes the file's place only
/// when it is complete. @throws Error
void saveProject(const std::string& path, const Project& project, const RunArchive& history, const Photo& photo,
                 std::uint64_t most_steps = kMostSteps);

/// Reads a project. Its runs and its photo go into the history, as far as they are not there. @throws Error, one
/// sentence naming the file, also when it is damaged
Project openProject(const std::string& path, RunArchive& history);

}  // namespace p2l
