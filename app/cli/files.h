// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "core/api/catalogue.h"
#include "core/api/files.h"
#include "core/types/request.h"

namespace p2l::cli {

/// The pictures that the request names: photo, mask and kernel. Those that were stored with the request are taken
/// instead of files. What a person should know of them goes to the standard error stream. `origin`: takes what the
/// photo's file tells for pictures made from it. @throws Error
RunInputs readInputs(const RestoreRequest& request, bool quiet, RequestPictures stored = {},
                     PhotoOrigin* origin = nullptr);

/// What the request reads, to which a command adds its outputs. @throws Error on an unknown model
OutputCheck inputsToKeep(const RestoreRequest& request, const Catalogue& catalogue);
/// Adds the model's folder or file with what its options name. @throws Error on an unknown model
void keepModel(OutputCheck& check, const Catalogue& catalogue, const std::string& model, const ModelOptions& options);
/// @throws UsageError where an output is an input, or another output
void refuseLosses(const OutputCheck& check);

/// An output option: checked before the run, so that an hour's work is not lost to a missing folder.
/// @throws Error when it cannot be written.
void checkPictureOutput(const std::string& path);
void checkFileOutput(const std::string& path);

/// Writes the picture and says what a person should know. @throws Error
void savePicture(const Image& image, const std::string& path, const std::string& request_json,
                 const RequestPictures& pictures = {}, const PhotoOrigin& origin = {});

/// --drop-metadata, which sets `drop`.
void addMetadataOption(CLI::App& command, bool& drop);

}  // namespace p2l::cli
