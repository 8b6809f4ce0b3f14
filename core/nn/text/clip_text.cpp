// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/text/clip_text.h"

#include <ATen/ops/embedding.h>
#include <ATen/ops/where.h>

#include "core/nn/text/clip_layer.h"
#include "core/types/error.h"

namespace p2l {

struct ClipTextModel::Parts {
  Parts(const Config& config, const WeightScope& scope)
      : token_embedding(scope.take("embeddings.token_embedding.weight", {config.vocab_size, config.hidden_size})),
        position_embedding(scope.take("embeddings.position_embedding.weight", {config.positions, config.hidden_size})),
        layers(clipLayers(scope / "encoder.layers", config)),
        final_layer_norm(scope / "final_layer_norm", config.hidden_size, config.layer_norm_eps) {}

  at::Tensor token_embedding, position_embedding;
  std::vector<ClipLayer> layers;
  LayerNorm final_layer_norm;
};

ClipTextModel::ClipTextModel(const Config& config, const WeightScope& scope)
    : config_(config),
      parts_(std::make_unique<const Parts>(
          config, scope.has("text_model.final_layer_norm.weight") ? scope / "text_model" : scope)) {}

ClipTextModel::~ClipTextModel() = default;

at::Tensor ClipTextModel::operator()(const at::Tensor& ids, const at::Tensor& added) const {
  const auto length = ids.size(-1);
  require(length <= config_.positions, "The prompt has ", length, " tokens; the text encoder takes ",
          config_.positions);
  const auto known = config_.vocab_size + (added.defined() ? added.size(0) : 0);
  require(ids.numel() > 0 && ids.min().item<std::int64_t>() >= 0 && ids.max().item<std::int64_t>() < known,
          "The tokenizer gives ids outside the text encoder's vocabulary of ", config_.vocab_size,
          "; do the tokenizer and the text encoder belong together?");
  auto h = at::embedding(parts_->token_embedding, ids.clamp_max(config_.vocab_size - 1));
  if (added.defined()) {
    const auto of_added = at::embedding(added.to(h.options()), (ids - config_.vocab_size).clamp_min(0));
    h = at::where((ids >= config_.vocab_size).unsqueeze(-1), of_added, h);
  }
  h = h + parts_->position_embedding.narrow(0, 0, length);
  for (const ClipLayer& layer : parts_->layers) h = layer(h, /*causal=*/true);
  return parts_->final_layer_norm(h);
}

ClipTextModel::Config ClipTextModel::Config::fromJson(const JsonConfig& json) {
  if (json.text("model_type", "clip_text_model") != "clip_text_model") json.refuse("model_type", "\"clip_text_model\"");
  Config config;
  config.vocab_size = json.integerIn("vocab_size", 49408, 1, 10'000'000);
  config.hidden_size = 512;  // transformers' defaults of CLIPTextConfig
  config.intermediate_size = 2048;
  config.heads = 8;
  config.readLayers(json);
  config.positions = json.integerIn("max_position_embeddings", 77, 1, 4096);
  return config;
}

}  // namespace p2l
