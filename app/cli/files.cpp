// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"

#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "core/api/models.h"
#include "core/types/error.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

/// What a model's folder is read for; the same folder may hold pictures and reports of a person's own.
const std::vector<std::string> kModelFiles = {"*.safetensors", "*config.json",       "*index.json",
                                              "*vocab.json",   "*added_tokens.json", "*special_tokens_map.json",
                                              "*merges.txt"};

}  // namespace

RunInputs readInputs(const RestoreRequest& request, bool quiet, RequestPictures stored, PhotoOrigin* origin) {
  RunInputs inputs;
  const auto say = [&](const std::string& path, const std::vector<std::string>& remarks) {
    for (const auto& remark : remarks) {
      if (!quiet) std::fprintf(stderr, "p2l: %s: %s\n", path.c_str(), remark.c_str());
    }
  };
  auto photo = readPhoto(request.photo);
  say(request.photo, photo.remarks);
  inputs.photo = std::move(photo.image);
  if (origin) *origin = std::move(photo.origin);
  inputs.mask = std::move(stored.mask);
  inputs.kernel = std::move(stored.kernel);
  if (inputs.mask.empty() && !request.mask.empty()) {
    auto mask = readMask(request.mask);
    say(request.mask, mask.remarks);
    inputs.mask = std::move(mask.image);
  }
  if (inputs.kernel.empty() && !request.kernel.empty()) inputs.kernel = readKernel(request.kernel);
  return inputs;
}

OutputCheck inputsToKeep(const RestoreRequest& request, const Catalogue& catalogue) {
  OutputCheck check;
  check.reads("the photo", request.photo);
  check.reads("--mask", request.mask);
  check.reads("--kernel", request.kernel);
  check.reads("--embedding", request.embedding);
  keepModel(check, catalogue, request.model, request.model_options);
  return check;
}

void keepModel(OutputCheck& check, const Catalogue& catalogue, const std::string& model, const ModelOptions& options) {
  const auto path = modelPath(catalogue, model);
  check.reads("--model", path, kModelFiles);
  if (fs::is_regular_file(path)) check.reads("--model", (fs::path(path).parent_path() / "tokenizer").string());
  check.reads("--vae", options.vae, kModelFiles);
  check.reads("--tokenizer", options.tokenizer, kModelFiles);
}

void refuseLosses(const OutputCheck& check) {
  if (const auto problem = check.problem(); !problem.empty()) throw UsageError(problem);
}

void checkPictureOutput(const std::string& path) {
  if (!path.empty()) checkPictureWritable(path);
}

void checkFileOutput(const std::string& path) {
  if (!path.empty()) checkWritable(path);
}

void savePicture(const Image& image, const std::string& path, const std::string& request_json,
                 const RequestPictures& pictures, const PhotoOrigin& origin) {
  const auto remark = writePhoto(image, path, request_json, pictures, origin);
  if (!remark.empty()) std::fprintf(stderr, "p2l: %s: %s\n", path.c_str(), remark.c_str());
}

void addMetadataOption(CLI::App& command, bool& drop) {
  command
      .add_flag("--drop-metadata", drop,
                "Leave the photo's EXIF data (date, camera, place) out of the pictures; the request stays in")
      ->group("Output");
}

}  // namespace p2l::cli
