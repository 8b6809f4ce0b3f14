// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/experiment/recipe.h"
#include "core/experiment/record.h"
#include "core/types/image.h"

namespace p2l {

/// The folder of an evaluation. Every file takes its place only when it is complete, so that any number of processes
/// may work on one folder and be killed at any moment:
///
///     runs/TASK/METHOD/PHOTO.json   a finished run: its report, and its key under "evaluation"; of the photo's k-th
///                                   measurement, from the second on, PHOTO.k.json
///     runs/TASK/METHOD/PHOTO.png    what it restored; there before its report
///     runs/TASK/measured/PHOTO.png  the measurement at the picture's size
///     runs/truth/PHOTO.png          the photo as it was used
///     runs/.../PHOTO.inception      FID's features of the picture beside it: float32, as the machine has them
///     recipe.json                   what the runs are the table of, where there is a recipe
///     failed/PHOTO[.TASK.METHOD].txt  why there is no run, one sentence
///
/// What a full disk, a crash or a hand left of a file (none, no byte, half of a report) is no finished run.
class RunStore {
 public:
  /// Makes the folder. @throws Error when it cannot be written to
  explicit RunStore(std::string folder);

  const std::string& folder() const { return folder_; }
  std::string picturePath(const RunKey& key) const;
  std::string measuredPath(const RunKey& key) const;
  std::string truthPath(const std::string& photo) const;

  /// The finished run of this key. Where its report cannot be understood, or one of its pictures is not there, there is
  /// none, and `damage` says so without a full stop. @throws Error when a file cannot be read
  std::optional<Record> find(const RunKey& key, std::string& damage) const;
  /// Every finished run of the folder, sorted by key. @throws Error when a report is damaged
  std::vector<Record> all() const;
  /// A picture of picturePath, measuredPath or truthPath. @throws Error that says what to do
  static Image readPicture(const std::string& path);
  /// Whether the photo as it was used is there; keepTruth is for one whose file was lost.
  bool hasTruth(const std::string& photo) const;
  void keepTruth(const std::string& photo, const Image& truth) const;

  /// Keeps a finished run, which then has not failed. `report.request` and `report.model` as Record has them.
  /// `measured`: as in Record. @throws Error when the disk is full, and the like
  void keep(const RunKey& key, const Outcome& outcome, const std::set<std::string>& measured) const;
  /// Adds what was measured later (ms_ssim, lpips_alex, lpips_vgg) to the report of a finished run. @throws Error
  void addMetrics(const RunKey& key, const RunReport& report, const std::set<std::string>& measured) const;

  /// The recipe that the folder's runs belong to. @throws Error when its file is damaged
  std::optional<Recipe> recipe() const;
  /// @throws Error when the folder belongs to another one
  void keepRecipe(const Recipe& recipe) const;

  /// Features of a picture of picturePath or truthPath. @throws Error
  static void keepFeatures(const std::string& picture_path, const std::vector<float>& features);
  /// Empty where there are none, or a part of them.
  static std::vector<float> features(const std::string& picture_path);

  /// What could not be done and why; without task and method: the photo.
  void noteFailure(const RunKey& key, const std::string& sentence) const;
  void forgetFailure(const RunKey& key) const;
  /// The sentences by file name.
  std::map<std::string, std::string> failures() const;

 private:
  std::string pathOf(const RunKey& key, const char* ending) const;
  std::string missingPicture(const RunKey& key) const;
  std::string failurePath(const RunKey& key) const;

  std::string folder_;
};

/// Makes the folder and those that it lies in. @throws Error
void makeFolder(const std::string& path);

}  // namespace p2l
