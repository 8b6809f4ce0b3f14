// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"

#include <cstdio>
#include <filesystem>
#include <utility>

#include "app/cli/command.h"
#include "core/base/error.h"

namespace p2l::cli {
namespace {

bool isSameFile(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return !a.empty() && !b.empty() && std::filesystem::equivalent(a, b, ignored);
}

}  // namespace

RunInputs readInputs(const RestoreRequest& request, bool quiet, RequestPictures stored, PhotoOrigin* origin) {
  RunInputs inputs;
  auto photo = readPhoto(request.photo);
  for (const auto& remark : photo.remarks) {
    if (!quiet) std::fprintf(stderr, "p2l: %s: %s\n", request.photo.c_str(), remark.c_str());
  }
  inputs.photo = std::move(photo.image);
  if (origin) *origin = std::move(photo.origin);
  inputs.mask = std::move(stored.mask);
  inputs.kernel = std::move(stored.kernel);
  if (inputs.mask.empty() && !request.mask.empty()) inputs.mask = readGrey(request.mask);
  if (inputs.kernel.empty() && !request.kernel.empty()) inputs.kernel = readKernel(request.kernel);
  return inputs;
}

void checkPictureOutput(const std::string& path, const RestoreRequest& request) {
  if (path.empty()) return;
  for (const auto* input : {&request.photo, &request.mask, &request.kernel}) {
    if (isSameFile(path, *input)) throw UsageError(concat(path, " is an input of this command: give another name."));
  }
  checkPictureWritable(path);
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
