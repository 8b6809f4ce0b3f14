// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "core/request/report.h"

namespace p2l {

// Methods beside the solvers: what is had without a model, and the bound of every solver in the model's latent space.
inline constexpr const char* kPlain = "plain";
inline constexpr const char* kAutoencoder = "autoencoder";

/// Where a run belongs: a photo, a column and a row of the table, and which of the photo's measurements.
struct RunKey {
  std::string photo;    ///< photoId
  std::string task;     ///< name of the variant
  std::string method;   ///< name of the solver's variant, kPlain or kAutoencoder
  int measurement = 1;  ///< 1 ..: each has a mask, a kernel and noise of its own

  auto operator<=>(const RunKey&) const = default;
};

/// A finished run, as it is kept.
struct Record {
  RunKey key;
  std::map<std::string, double> numbers;  ///< by key of metricList(); what is not known is not there
  std::set<std::string> measured;         ///< metrics that were asked for, also where a picture is too small for them
  double noise_level = kUnknown;
  RestoreRequest request;        ///< that it was made by; of kPlain and kAutoencoder without a solver's part
  std::string made_by;           ///< of kPlain: bicubic, Telea or as measured; else empty
  std::string model;             ///< name; empty: made without one
  std::string model_sha256;      ///< of the model's weights
  std::string embedding_sha256;  ///< of the file request.embedding; empty: it has none

  std::uint64_t measurementSeed() const { return request.measurement_seed.value_or(request.seed); }
};

/// SHA-256 of a file's bytes; empty where it cannot be read.
std::string fileSha256(const std::string& path);

/// A name for the photo that stays when its folder moves: the file's name without its ending, and eight hexadecimal
/// digits of its bytes' SHA-256 (or `unreadable`).
std::string photoId(const std::string& path, const std::string& sha256);

/// The seed of a photo's mask, kernel and noise. It follows from the evaluation's seed, the photo's bytes and the
/// number of the measurement alone, so that no two photos share a mask and a photo keeps its own in any company.
/// @param photo_sha256 as fileSha256 has it @param measurement from 1 @return 0 .. 2^31 - 1
std::uint64_t measurementSeed(std::uint64_t seed, const std::string& photo_sha256, int measurement);

/// The part of the request that determines the method's result: kPlain and kAutoencoder know no solver, kPlain no
/// model.
RestoreRequest requestOf(const std::string& method, RestoreRequest request);

/// The first setting that makes two runs of one key different ("steps is 30 there and 100 here"); empty when they are
/// the same run. The photo's folder and the device do not count.
std::string differenceOf(const RestoreRequest& there, const RestoreRequest& here);

}  // namespace p2l
