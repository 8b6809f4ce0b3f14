// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/catalogue.h"
#include "core/experiment/record.h"
#include "core/experiment/row_remarks.h"
#include "core/experiment/variant.h"
#include "core/types/run_control.h"

namespace p2l {

/// The i-th of n parts of an evaluation, i from 1.
struct Shard {
  int index = 1;
  int count = 1;
};

/// Reads "2/8". @throws Error
Shard shardFromText(const std::string& text);

/// A task with a method: what is done to every photo.
struct Combination {
  std::string task, method;  ///< names of variants, kPlain or kAutoencoder
  RestoreRequest request;    ///< completed, without the photo; of kPlain and kAutoencoder with the first solver in it
  std::string prompt;        ///< that the photo's captions complete, as Recipe has it; empty: the request's
};

/// What is to be run.
struct Plan {
  std::vector<std::string> photos;  ///< files
  std::vector<Combination> combinations;
  std::vector<std::string> impossible;  ///< why pairs of task and solver are left out, each sentence once
  RowRemarks notes;                     ///< what rows have in place of their presets' values
  RowRemarks own_notes;                 ///< the same of a recipe's rows, which say these values themselves

  /// Adds to `impossible` what is not there yet.
  void leaveOut(std::string sentence);
};

/// Every task with every solver and the two methods beside them. `common` holds what all requests share; its values of
/// the sampler overrule presets, and a row's overrule both. @throws Error on values that no request may have
Plan planOf(const Catalogue& catalogue, std::vector<std::string> photos, const std::vector<TaskChain>& tasks,
            const std::vector<Variant>& solvers, const RestoreRequest& common);

/// The places in plan.combinations that this shard runs for a measurement, counted over all photos from 0. Every run is
/// in exactly one of the shards; they differ from measurement to measurement, so that no shard gets all of the slow
/// ones.
std::vector<std::size_t> combinationsOf(const Plan& plan, std::size_t measurement, const Shard& shard);

/// The photos that are meant: files as they are, of folders the files with a picture's ending, sorted by name. One that
/// is named twice counts once. A folder of many thousands takes a while: a stop of `control` ends it. @throws Error
/// when a folder has none or cannot be read, StopRequested
std::vector<std::string> photosFrom(const std::vector<std::string>& paths, RunControl* control = nullptr);

}  // namespace p2l
