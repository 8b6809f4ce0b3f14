// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace p2l {

/// What a folder says of CLIP's tokenizer.
struct TokenizerFiles {
  using Ids = std::unordered_map<std::string, std::int64_t>;
  /// A token that is found in the text before it is split into words.
  struct AddedToken {
    std::string text;
    std::int64_t id = 0;
    bool is_normalised = false;  ///< found in the normalised text
    bool is_single_word = false;
  };

  Ids vocabulary;   ///< with the added tokens
  Ids merge_ranks;  ///< "left right" -> rank
  std::string start = "<|startoftext|>", end = "<|endoftext|>", unknown = end, pad = end;
  std::vector<AddedToken> added;  ///< those that are not in the vocabulary by themselves
  std::int64_t max_length = 77;
  std::string vocabulary_file;  ///< for sentences
};

/// Names of the files that a tokenizer's folder may hold.
const std::vector<std::string>& tokenizerFileNames();

/// Reads vocab.json, merges.txt and added_tokens.json, or tokenizer.json where vocab.json is not there (as transformers
/// 5 saves it), and special_tokens_map.json and tokenizer_config.json. @throws Error naming the file
TokenizerFiles readTokenizerFiles(const std::string& folder);

}  // namespace p2l
