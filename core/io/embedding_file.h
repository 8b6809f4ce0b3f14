// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/types/prompt_embedding.h"

namespace p2l {

/// Writes C as a safetensors file with one tensor `C` [1, L, D], float32; prompt, model and model_sha256 go into its
/// metadata. @throws Error naming the file
void writeEmbedding(const PromptEmbedding& embedding, const std::string& path);
/// Reads such a file; [L, D] and other float types are taken too, and texts may be missing.
/// @throws Error naming the file, what was expected and what was found
PromptEmbedding readEmbedding(const std::string& path);

}  // namespace p2l
