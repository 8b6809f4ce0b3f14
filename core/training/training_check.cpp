// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "core/base/file.h"
#include "core/training/trainer.h"
#include "core/training/training_files.h"
#include "core/types/error.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

void checkNumbers(const TrainingRequest& request) {
  auto within = [](const char* name, double value, double least, double most) {
    require(value >= least && value <= most, "--", name, " is ", value, "; ", least, " to ", most, " was expected");
  };
  within("steps", request.steps, 1, 1e8);
  within("batch", request.batch, 1, 4096);
  within("crop", request.crop, 16, 1024);
  within("learning-rate", request.learning_rate, 1e-8, 1.0);
  within("warm-up", request.warm_up, 0, 1e8);
  within("ema", request.ema_decay, 0.0, 0.999999);
  within("gradient-clip", request.gradient_clip, 1e-6, 1e9);
  within("checkpoint-every", request.checkpoint_every, 1, 1e8);
  within("trips", request.trips, 0, 16);
  within("blind-trips", request.blind_trips, 0, 64);
  within("fixed-point", request.fixed_point, 0.0, 1e3);
  within("noise", request.noise, 0.0, 1.0);
  within("gradient-weight", request.gradient_weight, 0.0, 1e3);
  within("anchor", request.anchor, 0.0, 1e3);
  within("latent-noise", request.latent_noise, 0.0, 1.0);
  within("hold-scale", request.hold_scale, 0.0, 1e3);
  within("lpips-weight", request.lpips_weight, 0.0, 1e3);
  within("null-prompts", request.null_prompts, 0.0, 1.0);
  within("min-snr", request.min_snr, 1e-3, 1e9);
  within("low-levels", request.low_levels, 0.0, 1.0);
}

void checkWeights(const TrainingRequest& request) {
  for (const auto& [part, weight] : request.weights) {
    require(std::isfinite(weight) && weight >= 0.0, "--weight ", part, " is ", weight,
            "; a number from 0 on was expected");
    require(std::any_of(request.photos.begin(), request.photos.end(),
                        [&part = part](const std::string& photo) { return photo.find(part) != std::string::npos; }),
            "--weight ", part, "=", weight, ": none of the ", request.photos.size(), " photos has `", part,
            "` in its path; name a part of their paths, or leave it out");
  }
}

/// A training writes pictures, which would be photos of the next call, and that could not go on.
void refusePhotosIn(const std::string& out, const std::vector<std::string>& photos) {
  std::error_code none;
  std::set<fs::path> seen;
  for (const auto& photo : photos) {
    const auto folder = fs::path(photo).has_parent_path() ? fs::path(photo).parent_path() : fs::path(".");
    if (!seen.insert(folder).second) continue;
    require(!fs::equivalent(folder, out, none), "--out: ", out, " is a folder of this training's photos (", photo,
            "), and its own pictures would lie among them: give another folder");
  }
}

void checkModelFolders(const TrainingRequest& request) {
  std::error_code none;
  const auto model = fs::path(request.out) / "model";
  if (fs::is_directory(request.from, none)) {
    for (const auto& place : {request.out, model.string()}) (void)filesOfModel(request.from, place);
    require(!liesIn(request.from, model.string()), "--from: ", request.from, " lies in ", model.string(),
            ", which the training replaces: give another --out");
  }
  const auto status = fs::symlink_status(model, none);
  if (!fs::exists(status)) return;
  require(fs::is_directory(model, none), "--out: ", model.string(),
          " is no folder, and the model is written to one of that name: give another folder");
  // It is replaced as a whole, so it has to be of a training.
  require(fs::is_empty(model, none) || fs::exists(fs::path(request.out) / "checkpoint.safetensors", none),
          "--out: ", model.string(),
          " would be replaced, and no checkpoint.safetensors beside it says that it is of a training: "
          "give another folder, or move it away");
}

}  // namespace

void checkTraining(const TrainingRequest& request) {
  checkNumbers(request);
  require(!(request.widen && request.fresh), "--widen goes on from weights and --fresh takes none; choose one");
  checkWeights(request);
  for (const auto* photos : {&request.photos, &request.test_photos}) refusePhotosIn(request.out, *photos);
  checkModelFolders(request);
}

}  // namespace p2l
