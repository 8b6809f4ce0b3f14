// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder/autoencoder.h"

#include "core/nn/autoencoder/refined_autoencoder.h"
#include "core/nn/autoencoder/tiled_autoencoder.h"

namespace p2l {

at::Tensor Autoencoder::encodeTile(const at::Tensor& x, NormStatistics*) const {
  return encode(x);
}

at::Tensor Autoencoder::decodeTile(const at::Tensor& features, NormStatistics*) const {
  return decode(features);
}

namespace {

std::unique_ptr<Autoencoder> makeWhole(const JsonConfig& json, const WeightScope& scope, bool checkpointing) {
  const auto name = json.text("_class_name", "");
  if (name == "AutoencoderKL") return makeAutoencoderKL(json, scope, checkpointing);
  if (name == "AutoencoderTiny") return makeAutoencoderTiny(json, scope);
  if (name == "AutoencoderShuffle") return makeAutoencoderShuffle(json, scope);
  json.refuse("_class_name", "\"AutoencoderKL\", \"AutoencoderTiny\" or \"AutoencoderShuffle\"");
}

}  // namespace

std::unique_ptr<Autoencoder> makeAutoencoder(const JsonConfig& json, const WeightScope& scope, bool checkpointing,
                                             bool tiling, int refinements) {
  auto result = makeWhole(json, scope, checkpointing);
  if (tiling) result = std::make_unique<TiledAutoencoder>(std::move(result));
  return refinements > 0 ? refined(std::move(result), refinements) : std::move(result);
}

}  // namespace p2l
