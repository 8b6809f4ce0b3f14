// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/api/catalogue.h"
#include "core/api/files.h"
#include "core/request/request.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace p2l::cli {

/// The pictures that the request names: photo, mask and kernel. Those that were stored with the request are taken
/// instead of files. What a person should know of them goes to the standard error stream. `origin`: takes what the
/// photo's file tells for pictures made from it. `photo`: what is taken instead of its file. @throws Error
RunInputs readInputs(const RestoreRequest& request, bool quiet, RequestPictures stored, PhotoOrigin* origin,
                     const Photo* photo);

/// Masks and kernels of the degradations that name one, as files keep them.
RequestPictures picturesOf(const RestoreRequest& request, const RunInputs& inputs);

/// What the request reads, to which a command adds its outputs. @throws Error on an unknown model
OutputCheck inputsToKeep(const RestoreRequest& request, const Catalogue& catalogue);
/// Adds the model's folder or file with what its options name. @throws Error on an unknown model
void keepModel(OutputCheck& check, const Catalogue& catalogue, const std::string& model, const ModelOptions& options);
/// @throws UsageError where an output is an input, or another output
void refuseLosses(const OutputCheck& check);

/// The option of something that the command writes: of the type FILE or FOLDER, and not empty.
CLI::Option* addOutput(CLI::App& command, const char* flag, std::string& path, const std::string& help,
                       const char* type = "FILE");

/// An output option: checked before the run, so that an hour's work is not lost to a missing folder.
/// @throws Error when it cannot be written.
void checkPictureOutput(const std::string& path);
void checkFileOutput(const std::string& path);

/// Writes the picture and says what a person should know. @throws Error; where its place is full or gone, the picture
/// lies in the folder for temporary files then, and the sentence says so
void savePicture(const Image& image, const std::string& path, const std::string& request_json,
                 const RequestPictures& pictures = {}, const PhotoOrigin& origin = {});

/// --drop-metadata, which sets `drop`.
void addMetadataOption(CLI::App& command, bool& drop);

}  // namespace p2l::cli
