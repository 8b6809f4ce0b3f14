// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <system_error>
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
                                              "*merges.txt",   "*tokenizer.json"};

/// The folder for temporary files takes what an hour's run has made, where its own place is full or gone. @return the
/// file; empty: it takes nothing either
std::string rescuePicture(const Image& image, const std::string& path, const std::string& request_json,
                          const RequestPictures& pictures, const PhotoOrigin& origin) {
  std::error_code code;
  const auto name = concat("p2l-", ::getpid(), "-", fs::path(path).filename().string());
  const auto place = (fs::temp_directory_path(code) / name).string();
  try {
    writePhoto(image, place, request_json, pictures, origin);
    return place;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

RunInputs readInputs(const RestoreRequest& request, bool quiet, RequestPictures stored, PhotoOrigin* origin,
                     const Photo* given) {
  RunInputs inputs;
  const auto say = [&](const std::string& path, const std::vector<std::string>& remarks) {
    for (const auto& remark : remarks) {
      if (!quiet) std::fprintf(stderr, "p2l: %s: %s\n", path.c_str(), remark.c_str());
    }
  };
  auto photo = given != nullptr ? *given : readPhoto(request.photo);
  say(request.photo, photo.remarks);
  inputs.photo = std::move(photo.image);
  if (origin) *origin = std::move(photo.origin);
  for (std::size_t i = 0, masks = 0, kernels = 0; i < request.degradations.size(); ++i) {
    const auto& [id, values, mask_file, kernel_file, turned] = request.degradations[i];
    if (!mask_file.empty()) {
      auto& mask = inputs.of(i).mask;
      if (masks < stored.masks.size()) mask = stored.masks[masks];
      ++masks;
      if (mask.empty()) {
        auto read = readMask(mask_file);
        say(mask_file, read.remarks);
        mask = std::move(read.image);
      }
    }
    if (!kernel_file.empty()) {
      auto& kernel = inputs.of(i).kernel;
      if (kernels < stored.kernels.size()) kernel = stored.kernels[kernels];
      ++kernels;
      if (kernel.empty()) kernel = readKernel(kernel_file);
    }
  }
  return inputs;
}

RequestPictures picturesOf(const RestoreRequest& request, const RunInputs& inputs) {
  RequestPictures pictures;
  for (std::size_t i = 0; i < request.degradations.size(); ++i) {
    if (!request.degradations[i].mask.empty()) pictures.masks.push_back(inputs.of(i).mask);
    if (!request.degradations[i].kernel.empty()) pictures.kernels.push_back(inputs.of(i).kernel);
  }
  return pictures;
}

OutputCheck inputsToKeep(const RestoreRequest& request, const Catalogue& catalogue) {
  OutputCheck check;
  check.reads("the photo", request.photo);
  for (const auto& each : request.degradations) {
    check.reads("--mask", each.mask);
    check.reads("--kernel", each.kernel);
  }
  check.reads("--embedding", request.embedding);
  keepModel(check, catalogue, request.model, request.model_options);
  return check;
}

void keepModel(OutputCheck& check, const Catalogue& catalogue, const std::string& model, const ModelOptions& options) {
  const auto path = modelPath(catalogue, model);
  check.reads("--model", path, kModelFiles);
  if (fs::is_regular_file(path)) check.reads("--model", (fs::path(path).parent_path() / "tokenizer").string());
  for (const auto& part : pathsOf(options)) check.reads("a part of the model", part, kModelFiles);
}

void refuseLosses(const OutputCheck& check) {
  if (const auto problem = check.problem(); !problem.empty()) throw UsageError(problem);
}

CLI::Option* addOutput(CLI::App& command, const char* flag, std::string& path, const std::string& help,
                       const char* type) {
  const auto refuseEmpty = [type](const std::string& name) {
    return name.empty() ? concat("the name of the ", type == std::string("FILE") ? "file" : "folder", " is empty")
                        : std::string();
  };
  return command.add_option(flag, path, help)->type_name(type)->check(refuseEmpty, "")->group("Output");
}

void checkPictureOutput(const std::string& path) {
  if (!path.empty()) checkPictureWritable(path);
}

void checkFileOutput(const std::string& path) {
  if (!path.empty()) checkWritable(path);
}

void savePicture(const Image& image, const std::string& path, const std::string& request_json,
                 const RequestPictures& pictures, const PhotoOrigin& origin) {
  std::string remark;
  try {
    remark = writePhoto(image, path, request_json, pictures, origin);
  } catch (const Error& error) {
    const auto rescued = rescuePicture(image, path, request_json, pictures, origin);
    if (rescued.empty()) throw;
    throw Error(concat(error.what(), " The picture is in ", rescued, " instead."));
  }
  if (!remark.empty()) std::fprintf(stderr, "p2l: %s: %s\n", path.c_str(), remark.c_str());
}

void addMetadataOption(CLI::App& command, bool& drop) {
  command
      .add_flag("--drop-metadata", drop,
                "Leave the photo's EXIF data (date, camera, place) out of the pictures; the request stays in")
      ->group("Output");
}

}  // namespace p2l::cli
