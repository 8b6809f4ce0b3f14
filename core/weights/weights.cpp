// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weights.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/sum.h>

#include <cmath>

#include "core/base/error.h"

namespace p2l {
namespace {

bool allFinite(const at::Tensor& tensor) {
  // A finite sum proves finite terms; only an overflow of the sum needs the slow look.
  return std::isfinite(tensor.sum().item<double>()) || at::isfinite(tensor).all().item<bool>();
}

}  // namespace

Weights::Weights(std::vector<std::shared_ptr<SafetensorsFile>> files, at::Device device, std::set<std::string> ignored)
    : files_(std::move(files)), device_(device), ignored_(std::move(ignored)) {}

const SafetensorsFile* Weights::fileOf(const std::string& key) const {
  for (const auto& file : files_) {
    if (file->has(key)) return file.get();
  }
  return nullptr;
}

bool Weights::has(const std::string& key) const {
  return fileOf(key) != nullptr;
}

at::Tensor Weights::take(const std::string& key, at::IntArrayRef shape) {
  const SafetensorsFile* file = fileOf(key);
  if (file == nullptr) {
    std::string names;
    for (const auto& each : files_) names += (names.empty() ? "" : ", ") + each->path();
    throw Error(
        concat(names, ": tensor ", key, " of shape ", shape, " is missing; the weights do not belong to this config"));
  }
  const auto stored = file->tensor(key);
  require(stored.sizes() == shape, file->path(), ": tensor ", key, " has shape ", stored.sizes(),
          "; the config asks for ", shape);
  require(stored.is_floating_point(), file->path(), ": tensor ", key, " holds integers; numbers were expected");
  const auto values = stored.to(device_, at::kFloat);
  require(allFinite(values), file->path(), ": tensor ", key, " holds NaN or infinite values; the file is damaged");
  taken_.insert(key);
  taken_numbers_ += values.numel();
  return values;
}

void Weights::finish() const {
  for (const auto& file : files_) {
    for (const auto& [key, entry] : file->entries()) {
      require(taken_.count(key) != 0 || ignored_.count(key) != 0, file->path(), ": tensor ", key,
              " belongs to no part of the network that the config describes; is it another architecture?");
    }
  }
}

}  // namespace p2l
