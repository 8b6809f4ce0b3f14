// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/clip_tokenizer.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <queue>
#include <tuple>

#include "core/base/error.h"
#include "core/weights/json_text.h"

namespace p2l {
namespace {

constexpr std::size_t kLongestText = 100'000;  // bytes; only the first tokens count anyway

/// GPT-2's byte alphabet: printable bytes stand for themselves, the others for U+0100 onwards. As UTF-8.
const std::array<std::string, 256>& byteAlphabet() {
  static const auto alphabet = [] {
    std::array<std::string, 256> table;
    UChar32 next = 0x100;
    for (int byte = 0; byte < 256; ++byte) {
      const bool printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
      icu::UnicodeString(printable ? static_cast<UChar32>(byte) : next++).toUTF8String(table[byte]);
    }
    return table;
  }();
  return alphabet;
}

/// NFC, then lower case character by character (no context, as Rust's char::to_lowercase).
icu::UnicodeString normalised(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  require(U_SUCCESS(status), "The Unicode library offers no NFC normalisation (", u_errorName(status), ")");
  const auto composed = nfc->normalize(icu::UnicodeString::fromUTF8(text), status);
  require(U_SUCCESS(status), "The prompt cannot be normalised (", u_errorName(status), ")");
  icu::UnicodeString lower;
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    lower.append(icu::UnicodeString(composed.char32At(i)).toLower(icu::Locale::getRoot()));
  }
  return lower;
}

enum class CharClass { Space, Letter, Number, Other };

CharClass classOf(UChar32 c) {
  if (u_isUWhiteSpace(c)) return CharClass::Space;
  const auto mask = U_GET_GC_MASK(c);
  if (mask & U_GC_L_MASK) return CharClass::Letter;
  if (mask & U_GC_N_MASK) return CharClass::Number;
  return CharClass::Other;
}

/// Length of the contraction or special token that starts at i, or 0.
std::int32_t fixedPiece(const icu::UnicodeString& text, std::int32_t i) {
  static const std::array<icu::UnicodeString, 9> pieces = {
      "<|startoftext|>", "<|endoftext|>", "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
  for (const auto& piece : pieces) {
    if (text.compare(i, piece.length(), piece) == 0) return piece.length();
  }
  return 0;
}

/// CLIP's split: contractions | letters+ | one number | others+. White space separates.
std::vector<std::string> words(const icu::UnicodeString& text) {
  std::vector<std::string> result;
  auto append = [&](std::int32_t begin, std::int32_t end) {
    std::string word;
    text.tempSubStringBetween(begin, end).toUTF8String(word);
    result.push_back(std::move(word));
  };
  for (std::int32_t i = 0; i < text.length();) {
    if (const auto length = fixedPiece(text, i); length > 2 && text[i] == u'<') {
      // A special token typed in other letters: its parts are words of their own.
      append(i, i + 2);
      append(i + 2, i + length - 2);
      append(i + length - 2, i + length);
      i += length;
      continue;
    } else if (length > 0) {
      append(i, i + length);
      i += length;
      continue;
    }
    const auto kind = classOf(text.char32At(i));
    auto end = text.moveIndex32(i, 1);
    if (kind == CharClass::Letter || kind == CharClass::Other) {
      while (end < text.length() && classOf(text.char32At(end)) == kind) end = text.moveIndex32(end, 1);
    }
    if (kind != CharClass::Space) append(i, end);
    i = end;
  }
  return result;
}

nlohmann::json readJson(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  require(in.good(), path.string(), ": is missing; a tokenizer needs it");
  auto json = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  require(json.is_object(), path.string(), ": is not a JSON object; it is damaged");
  return json;
}

/// A special token is written as a text or as {"content": text}.
std::string tokenText(const nlohmann::json& config, const char* name, const char* fallback) {
  if (!config.contains(name)) return fallback;
  const auto& value = config[name];
  if (value.is_string()) return value;
  if (value.is_object() && value.contains("content") && value["content"].is_string()) return value["content"];
  return fallback;
}

}  // namespace

ClipTokenizer ClipTokenizer::fromFolder(const std::string& folder, const std::string& pad_token) {
  const std::filesystem::path root(folder);
  ClipTokenizer tokenizer;
  const auto vocabulary_path = root / "vocab.json";
  const auto vocabulary = readJson(vocabulary_path);
  for (const auto& [token, id] : vocabulary.items()) {
    require(id.is_number_unsigned() && id.get<std::uint64_t>() < 10'000'000, vocabulary_path.string(), ": token ",
            token, " has the id ", shownJson(id), "; a number was expected");
    tokenizer.vocabulary_.emplace(token, id.get<std::int64_t>());
  }

  const auto merges_path = root / "merges.txt";
  std::ifstream merges(merges_path, std::ios::binary);
  require(merges.good(), merges_path.string(), ": is missing; a tokenizer needs it");
  std::string line;
  std::int64_t rank = 0;
  while (std::getline(merges, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.rfind("#version", 0) == 0) continue;
    require(std::count(line.begin(), line.end(), ' ') == 1, merges_path.string(), ": merge ", rank + 1, " is \"",
            line.substr(0, 80), "\"; two parts and one space were expected");
    tokenizer.merge_ranks_.emplace(line, rank++);
  }

  nlohmann::json config = nlohmann::json::object();
  for (const char* name : {"special_tokens_map.json", "tokenizer_config.json"}) {  // the later one wins
    if (std::filesystem::exists(root / name)) config.update(readJson(root / name));
  }
  if (!pad_token.empty()) config["pad_token"] = pad_token;
  auto special = [&](const char* name, const char* fallback) {
    const auto text = tokenText(config, name, fallback);
    const auto found = tokenizer.vocabulary_.find(text);
    require(found != tokenizer.vocabulary_.end(), vocabulary_path.string(), ": has no token \"", text,
            "\", which is the ", name);
    // SD 2 pads with "!": transformers then reads every "!" of a prompt as padding too.
    if (!text.empty()) tokenizer.special_.emplace_back(text, found->second);
    return found->second;
  };
  tokenizer.start_ = special("bos_token", "<|startoftext|>");
  tokenizer.end_ = special("eos_token", "<|endoftext|>");
  tokenizer.unknown_ = special("unk_token", "<|endoftext|>");
  tokenizer.pad_ = special("pad_token", "<|endoftext|>");
  if (config.contains("model_max_length")) {
    const auto& length = config["model_max_length"];
    require(length.is_number() && length.get<double>() >= 2, (root / "tokenizer_config.json").string(),
            ": model_max_length is ", shownJson(length), "; at least 2 was expected");
    // Saved without a limit it is a huge number; then the usual 77 stands.
    if (length.get<double>() <= 4096) tokenizer.max_length_ = static_cast<std::int64_t>(length.get<double>());
  }
  return tokenizer;
}

void ClipTokenizer::appendWord(const std::string& bytes, std::vector<std::int64_t>& ids) const {
  std::vector<std::string> symbols;
  for (const unsigned char byte : bytes) symbols.push_back(byteAlphabet()[byte]);
  symbols.back() += "</w>";
  const auto count = static_cast<std::ptrdiff_t>(symbols.size());
  std::vector<std::ptrdiff_t> before(symbols.size()), after(symbols.size());  // neighbours; -1 and count: none
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    before[i] = i - 1;
    after[i] = i + 1;
  }

  // Merge the pair of lowest rank, the leftmost of equals. A pair whose halves have grown since is out of date.
  struct Pair {
    std::int64_t rank;
    std::ptrdiff_t left;
    std::size_t left_size, right_size;
    bool operator>(const Pair& other) const { return std::tie(rank, left) > std::tie(other.rank, other.left); }
  };
  std::priority_queue<Pair, std::vector<Pair>, std::greater<>> pairs;
  const auto offer = [&](std::ptrdiff_t left) {
    if (left < 0 || after[left] >= count) return;
    const auto& right = symbols[after[left]];
    const auto found = merge_ranks_.find(symbols[left] + " " + right);
    if (found != merge_ranks_.end()) pairs.push({found->second, left, symbols[left].size(), right.size()});
  };
  for (std::ptrdiff_t i = 0; i < count; ++i) offer(i);
  while (!pairs.empty()) {
    const Pair pair = pairs.top();
    pairs.pop();
    const auto left = pair.left;
    if (symbols[left].size() != pair.left_size || after[left] >= count) continue;
    const auto right = after[left];
    if (symbols[right].size() != pair.right_size) continue;
    symbols[left] += symbols[right];
    symbols[right].clear();  // gone
    after[left] = after[right];
    if (after[left] < count) before[after[left]] = left;
    offer(before[left]);
    offer(left);
  }
  for (std::ptrdiff_t i = 0; i < count; i = after[i]) {
    const auto found = vocabulary_.find(symbols[i]);
    ids.push_back(found != vocabulary_.end() ? found->second : unknown_);
  }
}

std::vector<std::int64_t> ClipTokenizer::tokens(const std::string& text) const {
  std::vector<std::int64_t> ids;
  const std::string raw = text.substr(0, kLongestText);
  std::size_t begin = 0;
  auto appendPlain = [&](std::size_t end) {
    for (const auto& word : words(normalised(raw.substr(begin, end - begin)))) appendWord(word, ids);
  };
  for (std::size_t i = 0; i < raw.size();) {
    const auto found = std::find_if(special_.begin(), special_.end(), [&](const auto& token) {
      return raw.compare(i, token.first.size(), token.first) == 0;
    });
    if (found == special_.end()) {
      ++i;
      continue;
    }
    appendPlain(i);
    ids.push_back(found->second);
    i += found->first.size();
    begin = i;
  }
  appendPlain(raw.size());
  return ids;
}

std::int64_t ClipTokenizer::tokenCount(const std::string& text) const {
  return static_cast<std::int64_t>(tokens(text).size()) + 2;
}

std::vector<std::int64_t> ClipTokenizer::encode(const std::string& text) const {
  auto body = tokens(text);
  body.resize(std::min<std::size_t>(body.size(), static_cast<std::size_t>(max_length_) - 2));
  std::vector<std::int64_t> ids{start_};
  ids.insert(ids.end(), body.begin(), body.end());
  ids.push_back(end_);
  ids.resize(static_cast<std::size_t>(max_length_), pad_);
  return ids;
}

}  // namespace p2l
