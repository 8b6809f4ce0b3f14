// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace p2l {

/// CLIP's byte-pair tokenizer, token for token that of transformers' CLIPTokenizer: NFC, white space collapsed, lower
/// case, CLIP's split pattern, bytes as characters, merges by rank, `</w>` at the end of a word.
class ClipTokenizer {
 public:
  /// Reads vocab.json, merges.txt, tokenizer_config.json (and special_tokens_map.json) of a folder.
  /// @param pad_token in place of the one that the files state; empty: theirs
  /// @throws Error naming the file.
  static ClipTokenizer fromFolder(const std::string& folder, const std::string& pad_token = {});

  /// Start token, the text's tokens cut to fit, end token, padding: exactly maxLength() ids. Invalid UTF-8 is read as
  /// U+FFFD.
  std::vector<std::int64_t> encode(const std::string& text) const;
  std::int64_t maxLength() const { return max_length_; }
  /// How many tokens the text has, start and end included, before it is cut.
  std::int64_t tokenCount(const std::string& text) const;

 private:
  ClipTokenizer() = default;
  void appendWord(const std::string& bytes, std::vector<std::int64_t>& ids) const;
  std::vector<std::int64_t> tokens(const std::string& text) const;

  std::unordered_map<std::string, std::int64_t> vocabulary_;
  std::unordered_map<std::string, std::int64_t> merge_ranks_;  // "left right" -> rank
  std::vector<std::pair<std::string, std::int64_t>> special_;  // found in the raw text before anything else
  std::int64_t start_ = 0, end_ = 0, pad_ = 0, unknown_ = 0;
  std::int64_t max_length_ = 77;
};

}  // namespace p2l
