// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/lora.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/mm.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/sha256.h"
#include "core/models/lora_keys.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"
#include "core/weights/model_family.h"
#include "core/weights/safetensors.h"
#include "core/weights/weight_hash.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

using FilePointer = std::shared_ptr<const SafetensorsFile>;
using Part = LoraKey::Part;
using Role = LoraKey::Role;
using Shape = std::vector<std::int64_t>;

constexpr const char* kWeight = ".weight";
constexpr const char* kTextModel = "text_model.";

/// The layers of a network: by their names, and by those with _ in place of the dots, what their weights are called.
class Layers {
 public:
  explicit Layers(const TensorMap& tensors) : tensors_(tensors) {
    for (const auto& [name, tensor] : tensors) {
      if (!name.ends_with(kWeight)) continue;
      auto layer = name.substr(0, name.size() - std::string(kWeight).size());
      if (layer.starts_with(kTextModel)) layer.erase(0, std::string(kTextModel).size());
      names_[layer] = name;
      std::replace(layer.begin(), layer.end(), '.', '_');
      joined_[layer] = name;
    }
  }
  /// Null: there is no such layer.
  const std::string* weightOf(const LoraKey& key) const {
    const auto& names = key.joined ? joined_ : names_;
    const auto found = names.find(key.layer);
    return found == names.end() ? nullptr : &found->second;
  }
  Shape shapeOf(const std::string& weight) const { return tensors_.at(weight).shape(); }

 private:
  const TensorMap& tensors_;
  std::map<std::string, std::string> names_, joined_;
};

/// The tensors of one layer in the file, by their names there.
struct Factors {
  std::string down, up, alpha;
};

FilePointer openLora(const std::string& path) {
  const auto ending = fs::path(path).extension().string();
  for (const char* pickle : {".ckpt", ".bin", ".pt", ".pth"})
    require(ending != pickle, path, ": is ", pickleAdvice(path));
  return SafetensorsFile::open(path);
}

/// Of a folder as diffusers saves it the file in it.
std::vector<LoraChoice> chosenFiles(const ModelOptions& options) {
  constexpr const char* kFile = "pytorch_lora_weights.safetensors";
  auto choices = lorasOf(options);
  for (auto& choice : choices) {
    std::error_code problem;
    if (!fs::is_directory(choice.file, problem)) continue;
    const auto inside = fs::path(choice.file) / kFile;
    require(fs::is_regular_file(inside, problem), choice.file, ": is a folder without ", kFile,
            "; a LoRA's .safetensors file, or a folder with that one, was expected");
    choice.file = inside.string();
  }
  return choices;
}

const Shape& shapeIn(const FilePointer& file, const std::string& tensor) {
  return file->entries().at(tensor).shape;
}

/// PEFT's lora_alpha of a part, where the header has it and no tensor says otherwise; 0: it has none.
double alphaOfHeader(const FilePointer& file, Part part, std::int64_t rank) {
  const auto found = file->metadata().find("lora_adapter_metadata");
  if (found == file->metadata().end()) return 0.0;
  const auto json = parsedJson<nlohmann::json>(found->second);
  if (!json.is_object()) return 0.0;
  const std::string prefix = part == Part::UNet ? "unet." : "text_encoder.";
  const auto number = [&](const char* key) {
    const auto value = json.find(prefix + key);
    return value != json.end() && value->is_number() ? value->get<double>() : 0.0;
  };
  for (const char* key : {"use_dora", "use_rslora", "alpha_pattern", "lora_bias"}) {
    const auto value = json.find(prefix + key);
    const bool set = value != json.end() && (*value == true || (value->is_object() && !value->empty()));
    require(!set, file->path(), ": its header asks for ", key, ", which is not supported; a plain LoRA was expected");
  }
  const double r = number("r");
  return r > 0.0 ? number("lora_alpha") / r * static_cast<double>(rank) : 0.0;
}

double alphaOf(const FilePointer& file, const Factors& factors, Part part, std::int64_t rank) {
  if (factors.alpha.empty()) {
    const double alpha = alphaOfHeader(file, part, rank);
    return alpha > 0.0 ? alpha : static_cast<double>(rank);
  }
  const auto alpha = file->tensor(factors.alpha);
  require(alpha.numel() == 1, file->path(), ": tensor ", factors.alpha, " has shape ", alpha.sizes(),
          "; one number was expected");
  const double value = alpha.to(at::kDouble).item<double>();
  require(std::isfinite(value), file->path(), ": tensor ", factors.alpha, " is no finite number; the file is damaged");
  return value;
}

std::string advice(const Shape& shape, const Shape& found) {
  if (shape.size() != 2 || found.size() < 2 || found[1] == shape[1]) return {};
  return "; it was made for another model (the text of Stable Diffusion 1 is 768 wide, of 2 1024)";
}

/// Checks that up [o, r, 1, 1] and down [r, i, h, w] make the layer's weight [o, i, h, w]. @return r
std::int64_t rankOf(const FilePointer& file, const Factors& factors, const Layers& layers, const std::string& weight) {
  const auto shape = layers.shapeOf(weight);
  const auto down = shapeIn(file, factors.down), up = shapeIn(file, factors.up);
  const auto plain = [](Shape sides) {  // a matrix, where it is one
    while (sides.size() > 2 && sides.back() == 1) sides.pop_back();
    return sides;
  };
  const auto rank = down.empty() ? 0 : down[0];
  auto wanted = shape;
  wanted[0] = rank;
  require(rank > 0 && plain(down) == plain(wanted), file->path(), ": tensor ", factors.down, " has shape ",
          at::IntArrayRef(down), "; for the layer ", weight, " of shape ", at::IntArrayRef(shape),
          " its first side may "
          "be any and the others must be the layer's",
          advice(shape, down));
  require(plain(up) == Shape{shape[0], rank}, file->path(), ": tensor ", factors.up, " has shape ", at::IntArrayRef(up),
          "; for the layer ", weight, " of shape ", at::IntArrayRef(shape), " and the rank ", rank, ", [", shape[0],
          ", ", rank, "] was expected");
  return rank;
}

at::Tensor factorIn(const FilePointer& file, const std::string& name) {
  const auto stored = file->tensor(name);
  require(stored.is_floating_point(), file->path(), ": tensor ", name, " holds integers; numbers were expected");
  require(at::isfinite(stored).all().item<bool>(), file->path(), ": tensor ", name,
          " holds NaN or infinite values; the file is damaged");
  return stored.to(at::kFloat);
}

/// The factors of every layer by what its weight is called. @throws Error
std::map<std::string, Factors> factorsIn(const FilePointer& file, Part part, const Layers& layers) {
  std::map<std::string, Factors> all;
  for (const auto& [name, entry] : file->entries()) {
    const auto key = loraKeyFrom(name, file->path());
    if (key.part != part) continue;
    const auto* weight = layers.weightOf(key);
    require(weight != nullptr, file->path(), ": the tensor ", name, " is of a layer that the model's ",
            part == Part::UNet ? "UNet" : "text encoder",
            " does not have; a LoRA of this version of Stable Diffusion was expected");
    auto& factors = all[*weight];
    auto& place = key.role == Role::Down ? factors.down : key.role == Role::Up ? factors.up : factors.alpha;
    require(place.empty(), file->path(), ": the tensors ", place, " and ", name, " are of the same layer ", *weight);
    place = name;
  }
  for (const auto& [weight, factors] : all) {
    const auto& there = factors.down.empty() ? factors.up.empty() ? factors.alpha : factors.up : factors.down;
    require(!factors.down.empty() && !factors.up.empty(), file->path(), ": the layer ", weight, " has the tensor ",
            there, " and not both factors, down and up; the file is not whole");
  }
  return all;
}

int addPart(const FilePointer& file, Part part, const TensorMap& tensors, double scale, WeightAdditions& additions) {
  const Layers layers(tensors);
  const auto all = factorsIn(file, part, layers);
  for (const auto& [weight, factors] : all) {
    const auto shape = layers.shapeOf(weight);
    const auto rank = rankOf(file, factors, layers, weight);
    const double factor = scale * alphaOf(file, factors, part, rank) / static_cast<double>(rank);
    additions.emplace(weight, [file, factors = factors, shape, rank, factor] {
      const auto down = factorIn(file, factors.down).reshape({rank, -1});
      const auto up = factorIn(file, factors.up).reshape({shape[0], rank});
      const auto product = at::mm(up, down).mul_(factor).reshape(shape);
      file->releasePages();  // every layer is read once
      return product;
    });
  }
  return static_cast<int>(all.size());
}

/// The digests that the options ask for. @throws Error naming the file that is another one
void checkDigests(const ModelOptions& options, const std::vector<LoraInfo>& loras) {
  if (options.lora_digest.empty()) return;
  std::istringstream words(options.lora_digest);
  const std::vector<std::string> expected{std::istream_iterator<std::string>(words), {}};
  require(expected.size() == loras.size(), "lora_digest holds ", expected.size(), " digests for ", loras.size(),
          " LoRAs; one for each was expected, or none");
  for (std::size_t i = 0; i < loras.size(); ++i) {
    require(loras[i].sha256 == expected[i], loras[i].file, ": is another LoRA than the one of the request (SHA-256 ",
            loras[i].sha256, ", expected ", expected[i], "); give that file, or clear lora_digest to take this one");
  }
}

}  // namespace

LoraAdditions loraAdditions(const ModelFiles& files, const ModelOptions& options) {
  LoraAdditions result;
  const auto choices = chosenFiles(options);
  if (choices.empty()) return result;
  require(!files.isPixel(), files.path, ": is a model of pixels; LoRAs are for Stable Diffusion: leave --lora out");
  const auto unet = files.unet.tensors(), text_encoder = files.text_encoder.tensors();
  for (const auto& [path, scale] : choices) {
    const auto file = openLora(path);
    LoraInfo info{path, {}, scale, 0};
    info.tensors = addPart(file, Part::UNet, unet, scale, result.unet) +
                   addPart(file, Part::TextEncoder, text_encoder, scale, result.text_encoder);
    require(info.tensors > 0, path, ": holds no tensor of a LoRA");
    result.loras.push_back(info);
  }
  return result;
}

std::string hashOfModel(const ModelFiles& files, const ModelOptions& options, std::vector<LoraInfo>* loras) {
  const auto plain = hashOfWeights(files.weightFiles());
  std::vector<LoraInfo> merged;
  for (const auto& [path, scale] : chosenFiles(options)) merged.push_back({path, hashOfWeights({path}), scale, 0});
  checkDigests(options, merged);
  if (loras) {
    for (std::size_t i = 0; i < std::min(loras->size(), merged.size()); ++i) (*loras)[i].sha256 = merged[i].sha256;
  }
  if (merged.empty()) return plain;
  Sha256 hash;
  hash.update(plain + "\n");
  for (const auto& lora : merged) hash.update(concat("lora ", lora.sha256, ' ', lora.scale, '\n'));
  return hash.hex();
}

}  // namespace p2l
