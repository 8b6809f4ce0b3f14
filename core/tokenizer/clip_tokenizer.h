// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace p2l {

/// CLIP's byte-pair tokenizer, token for token that of transformers' CLIPTokenizer: NFC, white space collapsed, lower
/// case, CLIP's split pattern, bytes as characters, merges by rank, `</w>` at the end of a word.
class ClipTokenizer {
 public:
  /// Of what readTokenizerFiles reads in the folder.
  /// @param pad_token in place of the one that the files state; empty: theirs
  /// @throws Error naming the file.
  static ClipTokenizer fromFolder(const std::string& folder, const std::string& pad_token = {});

  /// Start token, the text's tokens cut to fit, end token, padding: exactly maxLength() ids. Invalid UTF-8 is read as
  /// U+FFFD.
  std::vector<std::int64_t> encode(const std::string& text) const;
  std::int64_t maxLength() const { return max_length_; }
  /// How many tokens the text has, start and end included, before it is cut.
  std::int64_t tokenCount(const std::string& text) const;
  /// The text from the first word on that does not fit as a whole; empty: all of it fits.
  std::string beyondLength(const std::string& text) const;
  /// The same with one more word, in whatever letters it is typed, that stands for these ids.
  ClipTokenizer withWord(const std::string& word, std::vector<std::int64_t> ids) const;
  bool holds(const std::string& text, const std::string& word) const;

 private:
  ClipTokenizer() = default;
  void appendWord(const std::string& bytes, std::vector<std::int64_t>& ids) const;
  std::vector<std::int64_t> tokens(const std::string& text) const;
  void appendNormalised(const std::string& text, std::vector<std::int64_t>& ids) const;

  std::unordered_map<std::string, std::int64_t> vocabulary_;
  std::unordered_map<std::string, std::int64_t> merge_ranks_;  // "left right" -> rank
  /// One that is found in the text before it is split into words.
  struct AddedToken {
    std::string text;
    std::vector<std::int64_t> ids;
    bool single_word = false;  // not inside of another word
    bool isAt(std::size_t place, const std::string& in) const;
  };
  using AddedTokens = std::vector<AddedToken>;
  static void add(AddedTokens& tokens, AddedToken token);
  template <class Plain>
  static void split(const std::string& text, const AddedTokens& tokens, std::vector<std::int64_t>& ids, Plain plain);

  AddedTokens raw_, normalised_;  // found in the raw and in the normalised text; the longest first
  std::int64_t start_ = 0, end_ = 0, pad_ = 0, unknown_ = 0;
  std::int64_t max_length_ = 77;
};

}  // namespace p2l
