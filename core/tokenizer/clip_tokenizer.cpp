// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/clip_tokenizer.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <queue>
#include <tuple>

#include "core/tokenizer/tokenizer_files.h"
#include "core/types/error.h"

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

std::string utf8From(const icu::UnicodeString& text) {
  std::string result;
  return text.toUTF8String(result);
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

}  // namespace

ClipTokenizer ClipTokenizer::fromFolder(const std::string& folder, const std::string& pad_token) {
  auto files = readTokenizerFiles(folder);
  if (!pad_token.empty()) files.pad = pad_token;
  ClipTokenizer tokenizer;
  tokenizer.vocabulary_ = std::move(files.vocabulary);
  tokenizer.merge_ranks_ = std::move(files.merge_ranks);
  tokenizer.max_length_ = files.max_length;
  for (const auto& token : files.added) {
    add(token.is_normalised ? tokenizer.normalised_ : tokenizer.raw_,
        {token.is_normalised ? utf8From(normalised(token.text)) : token.text, {token.id}, token.is_single_word});
  }
  const auto special = [&](const char* name, const std::string& text) {
    const auto found = tokenizer.vocabulary_.find(text);
    require(found != tokenizer.vocabulary_.end(), files.vocabulary_file, ": has no token \"", text, "\", which is the ",
            name);
    // SD 2 pads with "!": transformers then reads every "!" of a prompt as padding too.
    if (!text.empty()) add(tokenizer.raw_, {text, {found->second}});
    return found->second;
  };
  tokenizer.start_ = special("bos_token", files.start);
  tokenizer.end_ = special("eos_token", files.end);
  tokenizer.unknown_ = special("unk_token", files.unknown);
  tokenizer.pad_ = special("pad_token", files.pad);
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

void ClipTokenizer::add(AddedTokens& tokens, AddedToken token) {
  const auto place = std::find_if(tokens.begin(), tokens.end(),
                                  [&](const AddedToken& each) { return each.text.size() < token.text.size(); });
  tokens.insert(place, std::move(token));
}

bool ClipTokenizer::AddedToken::isAt(std::size_t place, const std::string& in) const {
  if (in.compare(place, text.size(), text) != 0) return false;
  const auto of_word = [&](std::size_t i) {
    const auto c = static_cast<unsigned char>(in[i]);
    return c == '_' || c >= 0x80 || std::isalnum(c) != 0;
  };
  const auto end = place + text.size();
  return !single_word || !((place > 0 && of_word(place - 1)) || (end < in.size() && of_word(end)));
}

/// Calls `plain` for what lies between the tokens.
template <class Plain>
void ClipTokenizer::split(const std::string& text, const AddedTokens& tokens, std::vector<std::int64_t>& ids,
                          Plain plain) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto found =
        std::find_if(tokens.begin(), tokens.end(), [&](const AddedToken& token) { return token.isAt(i, text); });
    if (found == tokens.end()) {
      ++i;
      continue;
    }
    plain(text.substr(begin, i - begin));
    ids.insert(ids.end(), found->ids.begin(), found->ids.end());
    i += found->text.size();
    begin = i;
  }
  plain(text.substr(begin));
}

void ClipTokenizer::appendNormalised(const std::string& text, std::vector<std::int64_t>& ids) const {
  const auto append = [&](const icu::UnicodeString& plain) {
    for (const auto& word : words(plain)) appendWord(word, ids);
  };
  const auto normal = normalised(text);
  if (normalised_.empty()) return append(normal);
  split(utf8From(normal), normalised_, ids,
        [&](const std::string& plain) { append(icu::UnicodeString::fromUTF8(plain)); });
}

std::vector<std::int64_t> ClipTokenizer::tokens(const std::string& text) const {
  std::vector<std::int64_t> ids;
  split(text.substr(0, kLongestText), raw_, ids, [&](const std::string& plain) { appendNormalised(plain, ids); });
  return ids;
}

ClipTokenizer ClipTokenizer::withWord(const std::string& word, std::vector<std::int64_t> ids) const {
  auto tokenizer = *this;
  // Between brackets it may stand inside of other words, as diffusers has it.
  const bool single_word = !word.starts_with("<") || !word.ends_with(">");
  add(tokenizer.normalised_, {utf8From(normalised(word)), std::move(ids), single_word});
  return tokenizer;
}

bool ClipTokenizer::holds(const std::string& text, const std::string& word) const {
  constexpr std::int64_t kMark = -1;
  const auto ids = withWord(word, {kMark}).tokens(text);
  return std::find(ids.begin(), ids.end(), kMark) != ids.end();
}

std::string ClipTokenizer::beyondLength(const std::string& text) const {
  if (tokenCount(text) <= max_length_) return {};
  std::vector<std::pair<std::size_t, std::size_t>> places;  // of the words, which white space separates
  constexpr const char* kSpace = " \t\r\n";
  for (auto begin = text.find_first_not_of(kSpace); begin != std::string::npos;) {
    const auto end = std::min(text.find_first_of(kSpace, begin), text.size());
    places.emplace_back(begin, end);
    begin = text.find_first_not_of(kSpace, end);
  }
  const auto first = std::partition_point(places.begin(), places.end(), [&](const auto& place) {
    return tokenCount(text.substr(0, place.second)) <= max_length_;
  });
  return first == places.end() ? std::string() : text.substr(first->first);
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
