// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint64_t kMostTokens = 10'000'000;

Json readJson(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  require(in.good(), path.string(), ": is missing; a tokenizer needs it");
  auto json = Json::parse(in, nullptr, /*allow_exceptions=*/false);
  require(json.is_object(), path.string(), ": is not a JSON object; it is damaged");
  return json;
}

/// Null where there is none. No copy: a damaged file may nest lists deeper than one can go.
const Json& field(const Json& json, const char* name) {
  static const Json none;
  if (!json.is_object()) return none;
  const auto found = json.find(name);
  return found == json.end() ? none : *found;
}

bool isId(const Json& id) {
  return id.is_number_unsigned() && id.get<std::uint64_t>() < kMostTokens;
}

TokenizerFiles::Ids vocabularyFrom(const Json& json, const std::string& path) {
  TokenizerFiles::Ids vocabulary;
  for (const auto& [token, id] : json.items()) {
    require(isId(id), path, ": token ", token, " has the id ", shownJson(id), "; a number was expected");
    vocabulary.emplace(token, id.get<std::int64_t>());
  }
  return vocabulary;
}

void addMerge(TokenizerFiles& files, const std::string& merge, const std::string& path) {
  const auto rank = static_cast<std::int64_t>(files.merge_ranks.size());
  require(std::count(merge.begin(), merge.end(), ' ') == 1, path, ": merge ", rank + 1, " is \"", merge.substr(0, 80),
          "\"; two parts and one space were expected");
  files.merge_ranks.emplace(merge, rank);
}

void readMerges(TokenizerFiles& files, const fs::path& path) {
  std::ifstream merges(path, std::ios::binary);
  require(merges.good(), path.string(), ": is missing; a tokenizer needs it");
  std::string line;
  while (std::getline(merges, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty() && line.rfind("#version", 0) != 0) addMerge(files, line, path.string());
  }
}

void addToken(TokenizerFiles& files, const std::string& path, const std::string& text, const Json& id,
              bool is_normalised, bool is_single_word) {
  require(!text.empty() && isId(id), path, ": the added token \"", text.substr(0, 80), "\" has the id ", shownJson(id),
          "; a number was expected");
  const auto number = id.get<std::int64_t>();
  // The special ones are in the vocabulary, too.
  const auto known = files.vocabulary.find(text);
  if (known != files.vocabulary.end() && known->second == number) return;
  files.vocabulary[text] = number;
  files.added.push_back({text, number, is_normalised, is_single_word});
}

/// {"content": "<cat>", "normalized": true, ...}, as tokenizer.json and tokenizer_config.json have it.
void addDescribedToken(TokenizerFiles& files, const std::string& path, const Json& token, const Json& id) {
  const auto& content = field(token, "content");
  require(content.is_string(), path, ": the added token ", shownJson(id), " is ", shownJson(token),
          "; an object with its content was expected");
  const auto is = [&](const char* name, bool fallback) {
    const auto& flag = field(token, name);
    return flag.is_boolean() ? flag.get<bool>() : fallback;
  };
  addToken(files, path, content, id, is("normalized", !is("special", false)), is("single_word", false));
}

/// A merge is "ph o", or ["ph", "o"].
std::string mergeText(const Json& merge) {
  if (merge.is_string()) return merge;
  const bool pair = merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string();
  return pair ? merge[0].get<std::string>() + " " + merge[1].get<std::string>() : shownJson(merge);
}

/// The tokenizers library's one file. Of its steps the model alone is read: CLIP's others are always the same.
void readTokenizerJson(TokenizerFiles& files, const std::string& path) {
  const auto json = readJson(path);
  const auto& model = field(json, "model");
  const auto &type = field(model, "type"), &vocabulary = field(model, "vocab"), &merges = field(model, "merges");
  const bool is_clip = (type.is_null() || type == "BPE") && field(model, "end_of_word_suffix") == "</w>" &&
                       vocabulary.is_object() && merges.is_array();
  require(is_clip, path, ": is no tokenizer of CLIP, which has a model of the type BPE with the end_of_word_suffix ",
          "\"</w>\", a vocab and merges; take the tokenizer of a Stable Diffusion model");
  files.vocabulary = vocabularyFrom(vocabulary, path);
  for (const auto& merge : merges) addMerge(files, mergeText(merge), path);
  const auto& added = field(json, "added_tokens");
  require(added.is_null() || added.is_array(), path, ": added_tokens is ", shownJson(added), "; a list was expected");
  for (const auto& token : added) addDescribedToken(files, path, token, field(token, "id"));
}

void readAddedTokens(TokenizerFiles& files, const fs::path& root, const Json& config) {
  if (const auto path = root / "added_tokens.json"; fs::exists(path)) {
    const auto tokens = readJson(path);
    for (const auto& [text, id] : tokens.items()) addToken(files, path.string(), text, id, true, false);
  }
  const auto path = (root / "tokenizer_config.json").string();
  const auto& decoder = field(config, "added_tokens_decoder");
  if (decoder.is_null()) return;
  require(decoder.is_object(), path, ": added_tokens_decoder is ", shownJson(decoder),
          "; an object of tokens was expected");
  for (const auto& [id, token] : decoder.items())
    addDescribedToken(files, path, token, Json::parse(id, nullptr, /*allow_exceptions=*/false));
}

/// A special token is written as a text or as {"content": text}.
void readName(const Json& config, const char* name, std::string& text) {
  const auto& value = field(config, name);
  const auto& content = value.is_object() ? field(value, "content") : value;
  if (content.is_string()) text = content;
}

void readConfig(TokenizerFiles& files, const Json& config, const fs::path& root) {
  readName(config, "bos_token", files.start);
  readName(config, "eos_token", files.end);
  readName(config, "unk_token", files.unknown);
  readName(config, "pad_token", files.pad);
  const auto& length = field(config, "model_max_length");
  if (!config.contains("model_max_length")) return;
  require(length.is_number() && length.get<double>() >= 2, (root / "tokenizer_config.json").string(),
          ": model_max_length is ", shownJson(length), "; at least 2 was expected");
  // Saved without a limit it is a huge number; then the usual 77 stands.
  if (length.get<double>() <= 4096) files.max_length = static_cast<std::int64_t>(length.get<double>());
}

}  // namespace

const std::vector<std::string>& tokenizerFileNames() {
  static const std::vector<std::string> names = {"vocab.json",        "merges.txt",
                                                 "tokenizer.json",    "tokenizer_config.json",
                                                 "added_tokens.json", "special_tokens_map.json"};
  return names;
}

TokenizerFiles readTokenizerFiles(const std::string& folder) {
  const fs::path root(folder);
  TokenizerFiles files;
  if (!fs::exists(root / "vocab.json") && fs::exists(root / "tokenizer.json")) {
    files.vocabulary_file = (root / "tokenizer.json").string();
    readTokenizerJson(files, files.vocabulary_file);
  } else {
    files.vocabulary_file = (root / "vocab.json").string();
    files.vocabulary = vocabularyFrom(readJson(files.vocabulary_file), files.vocabulary_file);
    readMerges(files, root / "merges.txt");
  }
  auto config = Json::object();
  if (fs::exists(root / "tokenizer_config.json")) config = readJson(root / "tokenizer_config.json");
  readAddedTokens(files, root, config);
  auto names = Json::object();
  if (fs::exists(root / "special_tokens_map.json")) names = readJson(root / "special_tokens_map.json");
  names.update(config);
  readConfig(files, names, root);
  return files;
}

}  // namespace p2l
