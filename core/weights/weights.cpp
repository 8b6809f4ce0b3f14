// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weights.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/sum.h>

#include <algorithm>
#include <cmath>

#include "core/types/error.h"

namespace p2l {
namespace {

using Form = StoredTensor::Form;

constexpr std::uint64_t kReleaseEvery = 128 << 20;  // bytes

bool allFinite(const at::Tensor& tensor) {
  // A finite sum proves finite terms; only an overflow of the sum needs the slow look.
  return std::isfinite(tensor.sum().item<double>()) || at::isfinite(tensor).all().item<bool>();
}

bool isThird(Form form) {
  return form == Form::FirstThird || form == Form::SecondThird || form == Form::LastThird;
}

}  // namespace

std::vector<std::int64_t> StoredTensor::shape() const {
  auto sides = file->entries().at(key).shape;
  if (form == Form::Matrix) {
    while (sides.size() > 2 && sides.back() == 1) sides.pop_back();
  } else if (isThird(form)) {
    require(!sides.empty() && sides[0] % 3 == 0, file->path(), ": tensor ", key, " has shape ", at::IntArrayRef(sides),
            "; query, key and value in one were expected, so a first side that is a multiple of 3");
    sides[0] /= 3;
  }
  return sides;
}

at::Tensor StoredTensor::values() const {
  const auto stored = file->tensor(key);
  if (form == Form::AsIs) return stored;
  const auto sides = shape();
  if (form == Form::Matrix) return stored.view(sides);
  const auto third = form == Form::FirstThird ? 0 : form == Form::SecondThird ? 1 : 2;
  return stored.narrow(0, third * sides[0], sides[0]);
}

TensorMap tensorsOf(const std::vector<std::shared_ptr<const SafetensorsFile>>& files) {
  TensorMap tensors;
  for (const auto& file : files) {
    for (const auto& [key, entry] : file->entries()) {
      const auto added = tensors.emplace(key, StoredTensor{file, key});
      require(added.second, file->path(), ": tensor ", key, " is also in ", added.first->second.file->path(),
              "; the shards do not belong together");
    }
  }
  return tensors;
}

Weights::Weights(TensorMap tensors, at::Device device, at::ScalarType type, std::set<std::string> ignored)
    : tensors_(std::move(tensors)), device_(device), type_(type), ignored_(std::move(ignored)) {}

at::Tensor Weights::take(const std::string& name, at::IntArrayRef shape) {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    std::set<std::string> paths;
    for (const auto& [other, tensor] : tensors_) paths.insert(tensor.file->path());
    std::string names;
    for (const auto& path : paths) names += (names.empty() ? "" : ", ") + path;
    throw Error(
        concat(names, ": tensor ", name, " of shape ", shape, " is missing; the weights do not belong to this config"));
  }
  const StoredTensor& tensor = found->second;
  const auto& path = tensor.file->path();
  require(tensor.shape() == shape.vec(), path, ": tensor ", tensor.key, " has shape ", at::IntArrayRef(tensor.shape()),
          "; the config asks for ", shape);
  const auto stored = tensor.values();
  require(stored.is_floating_point(), path, ": tensor ", tensor.key, " holds integers; numbers were expected");
  require(allFinite(stored), path, ": tensor ", tensor.key, " holds NaN or infinite values; the file is damaged");
  auto values = stored;
  for (auto [addition, end] = additions_.equal_range(name); addition != end; ++addition)
    values = addition->second().add_(values.to(at::kCPU));  // in place: a float32 copy of a large layer is enough
  values = values.to(device_, type_);
  if (type_ == at::kHalf) {
    require(allFinite(values), path, ": tensor ", tensor.key,
            " holds numbers beyond 65504, the largest of fp16; take bf16 or fp32");
  }
  if (!values.is_alias_of(stored)) {
    copied_bytes_ += stored.nbytes();
    if (copied_bytes_ > kReleaseEvery) {  // so that the file and the copies are never both in memory as a whole
      tensor.file->releasePages();
      copied_bytes_ = 0;
    }
  }
  taken_.insert(name);
  taken_numbers_ += values.numel();
  return values;
}

bool isLeftover(std::string_view name) {
  static const std::set<std::string_view> kParts = {"attn_mask",
                                                    "discriminator",
                                                    "ema",
                                                    "ema_model",
                                                    "global_step",
                                                    "logit_scale",
                                                    "loss",
                                                    "losses",
                                                    "lr_scheduler",
                                                    "lr_schedulers",
                                                    "model_ema",
                                                    "num_batches_tracked",
                                                    "optimizer",
                                                    "optimizers",
                                                    "position_ids",
                                                    "optimizer_state",
                                                    "optimizer_states",
                                                    "text_projection",
                                                    "visual_projection"};
  while (!name.empty()) {
    const auto end = std::min(name.find('.'), name.size());
    if (kParts.count(name.substr(0, end)) != 0) return true;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return false;
}

std::vector<std::string> Weights::finish() const {
  std::vector<std::string> leftovers;
  for (const auto& [name, tensor] : tensors_) {
    if (taken_.count(name) != 0 || ignored_.count(name) != 0) continue;
    if (isLeftover(name)) {
      leftovers.push_back(tensor.key);
      continue;
    }
    throw Error(concat(tensor.file->path(), ": tensor ", tensor.key,
                       " belongs to no part of the network that the config describes; is it another architecture?"));
  }
  return leftovers;
}

}  // namespace p2l
