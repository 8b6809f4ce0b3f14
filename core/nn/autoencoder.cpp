// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder.h"

namespace p2l {

std::unique_ptr<Autoencoder> makeAutoencoder(const JsonConfig& json, const WeightScope& scope, bool checkpointing) {
  const auto name = json.text("_class_name", "");
  if (name == "AutoencoderKL") return makeAutoencoderKL(json, scope, checkpointing);
  if (name == "AutoencoderTiny") return makeAutoencoderTiny(json, scope);
  if (name == "AutoencoderShuffle") return makeAutoencoderShuffle(json, scope);
  json.refuse("_class_name", "\"AutoencoderKL\", \"AutoencoderTiny\" or \"AutoencoderShuffle\"");
}

}  // namespace p2l
