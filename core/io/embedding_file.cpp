// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/embedding_file.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/isfinite.h>

#include "core/types/error.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

const char* const kTensor = "C";

std::string textOf(const SafetensorsFile& file, const char* name) {
  const auto found = file.metadata().find(name);
  return found == file.metadata().end() ? std::string() : found->second;
}

}  // namespace

void writeEmbedding(const PromptEmbedding& embedding, const std::string& path) {
  require(!embedding.empty(), path, ": there is no embedding to write");
  const auto C =
      at::from_blob(const_cast<float*>(embedding.values.data()), {1, embedding.tokens, embedding.width}, at::kFloat);
  writeSafetensors(
      path, {{kTensor, C}},
      {{"prompt", embedding.prompt}, {"model", embedding.model}, {"model_sha256", embedding.model_sha256}});
}

PromptEmbedding readEmbedding(const std::string& path) {
  const auto file = SafetensorsFile::open(path);
  require(file->has(kTensor), path, ": holds no tensor C; a prompt embedding was expected, as --save-embedding writes");
  const auto stored = file->tensor(kTensor);
  const bool fits = at::isFloatingType(stored.scalar_type()) && stored.numel() > 0 &&
                    (stored.dim() == 2 || (stored.dim() == 3 && stored.size(0) == 1));
  require(fits, path, ": C is of type ", stored.scalar_type(), " and shape ", stored.sizes(),
          "; numbers of shape [1, tokens, width] were expected");
  const auto C = stored.to(at::kFloat).contiguous();
  require(at::isfinite(C).all().item<bool>(), path, ": C holds NaN or infinite values");
  PromptEmbedding embedding;
  embedding.prompt = textOf(*file, "prompt");
  embedding.model = textOf(*file, "model");
  embedding.model_sha256 = textOf(*file, "model_sha256");
  embedding.tokens = static_cast<int>(C.size(-2));
  embedding.width = static_cast<int>(C.size(-1));
  embedding.values.assign(C.const_data_ptr<float>(), C.const_data_ptr<float>() + C.numel());
  return embedding;
}

}  // namespace p2l
