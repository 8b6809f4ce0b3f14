// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/textual_inversion.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/types/json_nesting.h"

namespace p2l {
namespace {

using Json = nlohmann::json;

/// The header: 8 bytes of length, little-endian, and a JSON object.
Json headerOf(const std::string& path) {
  constexpr std::uint64_t kLongest = 1 << 20;
  std::ifstream file(path, std::ios::binary);
  std::uint64_t length = 0;
  for (int i = 0; i < 8; ++i) length |= static_cast<std::uint64_t>(file.get() & 0xff) << (8 * i);
  if (!file || length > kLongest) return {};
  std::string text(length, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(length))) return {};
  return parsedJson<Json>(text);
}

bool holdsVectors(const Json& tensor) {
  if (!tensor.is_object() || !tensor.contains("dtype") || !tensor["dtype"].is_string()) return false;
  const auto type = tensor["dtype"].get<std::string>();
  const auto rank = tensor.value("shape", Json::array()).size();
  return (type.starts_with("F") || type == "BF16") && (rank == 1 || rank == 2);
}

}  // namespace

std::optional<TextualInversion> textualInversionIn(const std::string& path) {
  const auto header = headerOf(path);
  if (!header.is_object()) return std::nullopt;
  const auto of_file = std::filesystem::path(path).stem().string();
  std::optional<TextualInversion> found;
  for (const auto& [name, tensor] : header.items()) {
    if (name == "C" || name == "clip_l" || name == "clip_g") return std::nullopt;  // an embedding; SDXL's two encoders
    if (name == "__metadata__" || !holdsVectors(tensor)) continue;
    if (name == "emb_params") return TextualInversion{of_file, name};
    if (found) return std::nullopt;
    const std::string before = "string_to_param.";
    const auto word = name.starts_with(before) ? name.substr(before.size()) : name;
    found = TextualInversion{word.empty() || word == "*" ? of_file : word, name};
  }
  return found;
}

}  // namespace p2l
