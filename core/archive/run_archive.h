// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/archive/kept_run.h"
#include "core/archive/step_pictures.h"

namespace p2l {

/// Where a kept run's photo comes from: the file, or the pixels where there is none.
struct PhotoSource {
  std::string path;    ///< empty: pasted
  std::string sha256;  ///< of the file when it was opened
  const Photo& photo;
};

/// A run's file of what its steps looked like.
inline constexpr const char* kStepsFile = "steps.zip";

/// The history of runs on disk. Each run and each photo takes its place only when it is complete, so that a process may
/// be killed at any moment; several processes may work on one folder.
///
///     runs/ID/run.json, result.png, thumbnail.png   as writeKeptRun has them
///     runs/ID/steps.zip                             its steps' pictures and z_t, while there is room
///     photos/SHA256.ENDING                          the photo's file, or its pixels as a PNG of 16 bit
class RunArchive {
 public:
  static constexpr std::uint64_t kDefaultBudget = std::uint64_t{2} << 30;

  /// Makes the folder, and takes away what a killed process left unfinished. @throws Error
  explicit RunArchive(std::string folder, std::uint64_t budget = kDefaultBudget);
  /// To be read alone: makes no folder, takes nothing away, and has no runs where there is none.
  static RunArchive asItIs(const std::string& folder);

  /// Keeps a run that has an id, and its photo; it takes the place of the run that had the id, and has its steps. What
  /// is over the budget goes, pictures of steps before whole runs, the oldest first, those with a star last, this one's
  /// pictures of steps after all others, and never its result. @throws Error when the disk is full, and the like
  void keep(const KeptRun& run, const KeptPictures& pictures, const PhotoSource& photo);
  /// Pictures and z_t of the steps of a run that is there, unless it has some. They take the place of other runs'
  /// within the budget, those with a star last, and never that of a run. @throws Error, also where there is no room for
  /// them
  void keepSteps(const std::string& id, const StepPictures& pictures, const StepLatents& latents = {},
                 const GoesOn& goes_on = {});
  /// Whether the run is there with the picture that this one has: it was made by the same request. Numbers may differ.
  bool hasPictureOf(const KeptRun& run) const;
  /// Empty: there are none, or none any more. Those alone that fit into the budget of memory, as readStepPictures has
  /// it.
  /// @throws Error when their file is damaged
  StepPictures steps(const std::string& id, std::size_t budget = kMostStepPictures) const;
  /// The same of z_t.
  StepLatents latents(const std::string& id) const;
  /// Name and star of a run that is there. @throws Error
  void update(const KeptRun& run);
  void remove(const std::string& id);

  /// Every kept run, the oldest first. A run whose file is damaged is left out; `damaged` gets a sentence for each.
  std::vector<KeptRun> all(std::vector<std::string>* damaged = nullptr) const;
  std::string resultPath(const std::string& id) const;
  std::string thumbnailPath(const std::string& id) const;
  /// The file of this run's photo; empty: it is gone. The photo itself where it is still the same file.
  std::string photoPath(const KeptRun& run) const;
  /// Whether the archive in this folder has the run with this id, without opening it.
  static bool has(const std::string& folder, const std::string& id);
  /// The folder of a run.
  std::string runFolder(const std::string& id) const;
  /// The file of a run's steps; it may not be there.
  std::string stepsPath(const std::string& id) const;
  /// Takes over the files of a run that a project holds, unless it is there already; it may lack its steps. @throws
  /// Error
  void import(const std::string& id, const std::vector<std::pair<std::string, std::vector<std::uint8_t>>>& files);
  /// Takes over a photo. @return its path
  std::string importPhoto(const std::string& sha256, const std::string& ending, const std::vector<std::uint8_t>& bytes);
  /// What runs and photos take.
  std::uint64_t bytes() const;

 private:
  RunArchive() = default;
  /// What a killed process has left of a run: a former state takes its place again where there is no other.
  void settle(const std::string& unfinished);
  void removeUnusedPhoto(const std::string& sha256);
  void keepPhoto(const PhotoSource& photo, const std::string& sha256);
  std::string storedPhoto(const std::string& sha256) const;
  /// 0: it has none.
  std::uint64_t stepsSize(const std::string& id) const;
  /// The oldest first, those with a star after them, and this one last.
  std::vector<KeptRun> inOrderOfLeaving(const std::string& newest) const;
  /// Removes steps in the order of the runs until `left` bytes are within the budget. @return what is left then
  std::uint64_t thinOutSteps(const std::vector<KeptRun>& runs, std::uint64_t left);
  void thinOut(const std::string& newest);

  std::string folder_;
  std::uint64_t budget_ = kDefaultBudget;
};

/// SHA-256 of a picture's size and samples, for photos without a file.
std::string sha256OfPixels(const Image& image);

}  // namespace p2l
