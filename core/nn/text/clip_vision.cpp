// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/text/clip_vision.h"

#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/tensor.h>

#include <filesystem>
#include <vector>

#include "core/nn/text/clip_layer.h"
#include "core/types/error.h"
#include "core/weights/folder_files.h"

namespace p2l {

struct ClipVisionModel::Parts {
  Parts(const Config& config, const WeightScope& scope, std::int64_t positions)
      : class_embedding(scope.take("vision_model.embeddings.class_embedding", {config.hidden_size})),
        patch_embedding(scope.take("vision_model.embeddings.patch_embedding.weight",
                                   {config.hidden_size, 3, config.patch_size, config.patch_size})),
        position_embedding(
            scope.take("vision_model.embeddings.position_embedding.weight", {positions, config.hidden_size})),
        pre_norm(scope / "vision_model.pre_layrnorm", config.hidden_size, config.layer_norm_eps),  // spelled so
        layers(clipLayers(scope / "vision_model.encoder.layers", config)),
        post_norm(scope / "vision_model.post_layernorm", config.hidden_size, config.layer_norm_eps),
        projection(scope.take("visual_projection.weight", {config.projection_dim, config.hidden_size})) {}

  at::Tensor class_embedding, patch_embedding, position_embedding;
  LayerNorm pre_norm;
  std::vector<ClipLayer> layers;
  LayerNorm post_norm;
  at::Tensor projection;
};

ClipVisionModel::ClipVisionModel(const Config& config, const WeightScope& scope) : config_(config) {
  const auto side = config.image_size / config.patch_size;
  parts_ = std::make_unique<const Parts>(config, scope, side * side + 1);
}

ClipVisionModel::~ClipVisionModel() = default;

at::Tensor ClipVisionModel::project(const at::Tensor& pixels) const {
  require(pixels.dim() == 4 && pixels.size(1) == 3 && pixels.size(2) == config_.image_size &&
              pixels.size(3) == config_.image_size,
          "CLIP's image encoder takes pictures of ", config_.image_size, " x ", config_.image_size, ", found ",
          pixels.sizes());
  const auto patches = at::conv2d(pixels, parts_->patch_embedding, {}, config_.patch_size);  // [B, hidden, n, n]
  const auto first = parts_->class_embedding.expand({pixels.size(0), 1, config_.hidden_size});
  auto h =
      at::cat({first, patches.flatten(2).transpose(1, 2)}, 1) + parts_->position_embedding;  // [B, n n + 1, hidden]
  h = parts_->pre_norm(h);
  for (const ClipLayer& layer : parts_->layers) h = layer(h, /*causal=*/false);
  return at::linear(parts_->post_norm(h.select(1, 0)), parts_->projection);
}

at::Tensor ClipVisionModel::operator()(const at::Tensor& x) const {
  const auto size = config_.image_size;
  const auto resized = at::_upsample_bicubic2d_aa(x, {size, size}, /*align_corners=*/false);
  // transformers' OPENAI_CLIP_MEAN and OPENAI_CLIP_STD, on [0, 1].
  const auto channels = [&](std::initializer_list<float> values) {
    return at::tensor(at::ArrayRef<float>(values)).view({1, 3, 1, 1}).to(x.device());
  };
  const auto mean = channels({0.48145466f, 0.4578275f, 0.40821073f});
  const auto deviation = channels({0.26862954f, 0.26130258f, 0.27577711f});
  return project(((resized + 1.0) / 2.0 - mean) / deviation);
}

ClipVisionModel::Config ClipVisionModel::Config::fromJson(const JsonConfig& json) {
  if (json.text("model_type", "clip_vision_model") != "clip_vision_model")
    json.refuse("model_type", "\"clip_vision_model\" (save it as CLIPVisionModelWithProjection)");
  Config config;
  config.readLayers(json);
  config.projection_dim = json.integerIn("projection_dim", 512, 1, 16384);
  config.image_size = json.integerIn("image_size", 224, 1, 4096);
  config.patch_size = json.integerIn("patch_size", 32, 1, 4096);
  if (json.integer("num_channels", 3) != 3) json.refuse("num_channels", "3");
  if (config.image_size < config.patch_size) json.refuse("image_size", "at least patch_size");
  return config;
}

std::shared_ptr<const ClipVisionModel> loadImageEncoder(const std::string& model_folder, at::Device device) {
  if (!std::filesystem::is_directory(model_folder)) return nullptr;  // a single-file checkpoint
  const FolderFiles files(model_folder);
  if (!files.hasFolder("image_encoder")) return nullptr;
  const auto folder = files.folder("image_encoder");
  const auto config = ClipVisionModel::Config::fromJson(JsonConfig(folder.path("config.json")));
  // position_ids is a buffer that counts 0, 1, 2, ...; older folders store it.
  Weights weights(tensorsOf(folder.openWeights("model")), device, at::kFloat, {"vision_model.embeddings.position_ids"});
  auto model = std::make_shared<const ClipVisionModel>(config, WeightScope(weights));
  weights.finish();
  return model;
}

}  // namespace p2l
