// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/api/catalogue.h"
#include "core/api/files.h"
#include "core/request/report.h"

namespace p2l {

/// A run as it is kept on disk, without its pictures.
struct KeptRun {
  std::string id;  ///< unique; sorts by the time of the run
  std::string name;
  bool renamed = false;  ///< the name is a person's own
  bool starred = false;
  bool part = false;         ///< of a part of the photo that was tried
  std::int64_t time_ms = 0;  ///< since 1970, when it ended
  Outcome::Status status = Outcome::Status::Completed;
  std::string message;       ///< of a run that did not complete
  std::string photo_label;   ///< as shown
  std::string photo_path;    ///< where the photo was; empty: pasted
  std::string photo_sha256;  ///< of the photo's file, or of its pixels where there is none
  RestoreRequest request;    ///< as it was stated
  RunReport report;          ///< numbers, steps, remarks, model and versions
};

/// The pictures of a run that is to be kept.
struct KeptPictures {
  const Image& result;
  const Image& thumbnail;
  RequestPictures given;
  PhotoOrigin origin;
};

/// A new id for a run that ended at this time.
std::string keptRunId(std::int64_t time_ms);

/// Writes `run.json`, `result.png` (16 bit, with request, mask and kernel inside) and `thumbnail.png` into the folder.
/// @throws Error
void writeKeptRun(const std::string& folder, const KeptRun& run, const KeptPictures& pictures);
/// Writes `run.json` alone: another name, a star.
void writeKeptRun(const std::string& folder, const KeptRun& run);
/// @throws Error naming the file when it is missing or damaged
KeptRun readKeptRun(const std::string& folder);

/// Numbers, steps and the like of jsonFromReport. @throws Error
RunReport reportFromJson(const std::string& json);

/// What tells the run from the one before it: "K 1 → 8, steps 30 → 100", "p2l → psld", "seed 0 → 1". Without one
/// before, or of another photo or task: the solver and the task, by their labels where a catalogue is given.
std::string runName(const RestoreRequest* before, const RestoreRequest& run, const Catalogue* catalogue = nullptr);

/// Whether name, photo, solver, task, prompt and seed hold every word of the text, without regard to case.
bool matches(const KeptRun& run, const std::string& text);

}  // namespace p2l
