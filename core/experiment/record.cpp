// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/record.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/base/sha256.h"
#include "core/experiment/variant.h"
#include "core/types/error.h"

namespace p2l {

using Json = nlohmann::ordered_json;

std::string fileSha256(const std::string& path) {
  std::error_code problem;  // a device or a pipe, which a stranger's project may name, has no end
  if (!std::filesystem::is_regular_file(path, problem)) return {};
  try {
    return sha256OfFile(path);
  } catch (const Error&) {
    return {};
  }
}

std::uint64_t measurementSeed(std::uint64_t seed, const std::string& photo_sha256, int measurement) {
  Sha256 sha;
  sha.update(concat("measurement ", measurement, " of ", photo_sha256, " with seed ", seed));
  constexpr std::uint64_t kMask = 0x7fffffff;  // every tool reads it, JSON's numbers included
  return std::stoull(sha.hex().substr(0, 8), nullptr, 16) & kMask;
}

std::string photoId(const std::string& path, const std::string& sha256) {
  constexpr std::size_t kDigits = 8;
  constexpr std::size_t kLongest = 80;  // file systems take 255 bytes, and task and method come after it
  const auto stem = fileNameFrom(std::filesystem::path(path).stem().string()).substr(0, kLongest);
  return stem + "-" + (sha256.empty() ? "unreadable" : sha256.substr(0, kDigits));
}

RestoreRequest requestOf(const std::string& method, RestoreRequest request) {
  if (method != kPlain && method != kAutoencoder) return request;
  request.preset.clear();
  request.solver.clear();
  request.solver_values.clear();
  request.sampler_values.clear();
  request.prompt.clear();
  request.embedding.clear();
  request.measurement_seed = request.measurement_seed.value_or(request.seed);
  request.seed = 0;
  if (method == kPlain) {
    request.model.clear();
    request.model_options = {};
    request.memory.clear();
  }
  return request;
}

std::string differenceOf(const RestoreRequest& there, const RestoreRequest& here) {
  auto a = Json::parse(jsonFromRequest(there)).flatten();
  auto b = Json::parse(jsonFromRequest(here)).flatten();
  const bool chosen = !there.memory.empty() && there.memory == here.memory;  // by each run, to fit
  for (auto* json : {&a, &b}) {
    for (const char* option : {"/precision", "/checkpointing", "/vae_tiling"}) {
      if (chosen) json->erase(option);
    }
    json->erase("/photo");
    json->erase("/device");
    json->erase("/model");  // a name or a folder: the weights' hash tells models apart
    json->erase("/lora_digest");
  }
  const auto text = [](const Json& json, const std::string& field) {
    return json.contains(field) ? json[field].dump(-1, ' ', false, Json::error_handler_t::replace) : "not set";
  };
  for (const auto* json : {&a, &b}) {
    for (const auto& [field, value] : json->items()) {
      if (text(a, field) == text(b, field)) continue;
      const auto name = field == "/noise/values/sigma" ? "noise" : field.substr(field.rfind('/') + 1);
      return concat(name, " is ", text(a, field), " there and ", text(b, field), " here");
    }
  }
  return {};
}

}  // namespace p2l
