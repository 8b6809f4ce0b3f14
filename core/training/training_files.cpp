// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/training_files.h"

#include <cstdio>
#include <filesystem>
#include <map>

#include "core/base/device.h"
#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/types/error.h"
#include "core/weights/weight_hash.h"

namespace p2l {
namespace fs = std::filesystem;

TrainableWeights trainableWeights(const PartFiles& part, const TrainingRequest& request) {
  const auto device = deviceFromName(request.device);
  if (request.fresh) return TrainableWeights(makeGenerator(request.seed, RandomStream::Training), device);
  if (request.widen)
    return TrainableWeights::widened(part.tensors(), makeGenerator(request.seed, RandomStream::Training), device);
  return TrainableWeights(part.tensors(), device);
}

std::string digestOfModel(const TrainingRequest& request) {
  require(fs::is_directory(request.from), request.from,
          ": is a single file; training starts from a folder in diffusers layout");
  Sha256 hash;
  const bool weightless = request.fresh && request.part == TrainingRequest::Part::Pixel;
  if (!weightless) hash.update(hashOfWeights(findModelFiles(request.from, {}).weightFiles()));
  std::map<std::string, std::string> texts;  // in an order that is not the disk's
  for (const auto& entry : fs::recursive_directory_iterator(request.from)) {
    const auto& path = entry.path();
    if (entry.is_regular_file() && (path.extension() == ".json" || path.filename() == "merges.txt"))
      texts[path.lexically_relative(request.from).generic_string()] = path.string();
  }
  for (const auto& [name, path] : texts) hash.update(concat(name, ' ', sha256OfFile(path), '\n'));
  return hash.hex();
}

void copyModelFolder(const std::string& from, const std::string& to) {
  std::error_code problem;
  fs::create_directories(to, problem);
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing, problem);
  require(!problem, to, ": the model cannot be written there (", problem.message(), ")");
}

void writePart(const PartFiles& part, const std::string& model_folder, const std::string& copy,
               const NamedTensors& values) {
  require(part.files.size() == 1, model_folder, ": the weights of one network lie in ", part.files.size(),
          " files; training writes networks of one file only");
  const auto stored = part.tensors();
  NamedTensors typed;  // what is not trained, such as stored buffers, is kept
  for (const auto& [name, tensor] : stored) typed[name] = tensor.values();
  for (const auto& [name, value] : values) {
    const auto found = stored.find(name);
    // Fresh weights are written as p2l-tiny's are.
    typed[name] =
        value.to(found == stored.end() ? at::kHalf : found->second.file->entries().at(found->second.key).type);
  }
  const auto place = fs::path(copy) / fs::path(part.files.front()).lexically_relative(model_folder);
  writeSafetensors(place.string(), typed);
}

std::string decibels(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f dB", value);
  return text;
}

}  // namespace p2l
