// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l {

/// A text embedding C as plain numbers: what P2L has tuned in a run, or what a file holds.
struct PromptEmbedding {
  std::string prompt;         ///< the text that it began with; empty: the null prompt, or another embedding
  std::string model;          ///< name of the model whose text encoder made the first of it
  std::string model_sha256;   ///< ModelInfo::sha256 of that model
  int tokens = 0;             ///< L
  int width = 0;              ///< D
  std::vector<float> values;  ///< [L, D], row by row

  bool empty() const { return values.empty(); }
};

}  // namespace p2l
