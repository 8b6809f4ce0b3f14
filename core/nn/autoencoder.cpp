// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder.h"

#include "core/nn/tiled_autoencoder.h"

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
                                             bool tiling) {
  auto whole = makeWhole(json, scope, checkpointing);
  return tiling ? std::make_unique<TiledAutoencoder>(std::move(whole)) : std::move(whole);
}

}  // namespace p2l
