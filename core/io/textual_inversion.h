// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace p2l {

/// A textual inversion (Gal et al. 2023): a word with vectors of its own instead of token embeddings.
struct TextualInversion {
  std::string word;    ///< as it is written in a prompt
  std::string tensor;  ///< name of its vectors in the file, [n, D] or [D]
};

/// What the header of a safetensors file says. Known are AUTOMATIC1111's layout (`emb_params`, or `*` of a converted
/// pickle: the word is the file's name) and diffusers' (the word is the tensor's name). None: the file is another one,
/// or cannot be read.
std::optional<TextualInversion> textualInversionIn(const std::string& path);

}  // namespace p2l
