// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/nn/unet/adm_unet.h"
#include "core/nn/unet/unet.h"
#include "core/nn/unet/unet2d.h"
#include "core/weights/json_config.h"

namespace p2l {

/// What evaluating a network takes beside its weights, counted in numbers of the network's precision.
struct Footprint {
  double kept = 0.0;   ///< for the gradient, after the evaluation
  double peak = 0.0;   ///< most at any time of the evaluation or of its gradient, `kept` included
  double plain = 0.0;  ///< most at any time of an evaluation without a gradient
};

/// How a network is evaluated.
struct FootprintOptions {
  bool checkpointing = false;
  bool tiling = false;    ///< of the autoencoder, as TiledAutoencoder does it by default
  bool winograd = false;  ///< float32 on the CPU: convolutions transform their weights (core/nn/layers/convolution.h)
  bool widened = false;   ///< half precision on a CPU, whose convolutions compute in float32 inside
};

/// Counted from the config layer by layer, with what each layer's autograd formula keeps: the input of every norm and
/// activation, queries, keys, values and result of attentions, and nothing of convolutions and matrix products, whose
/// weights are frozen. What passes in the backward pass is not counted but measured (tests/memory,
/// tests/app/cli/commands/memory_test.cpp).
/// @param height, width of the latent
Footprint unetFootprint(const UNet2DConditionModel::Config& config, std::int64_t height, std::int64_t width,
                        const FootprintOptions& options);
/// The same of the UNets of pixel models; height and width of the picture.
Footprint unetFootprint(const UNet2DModel::Config& config, std::int64_t height, std::int64_t width,
                        const FootprintOptions& options);
Footprint unetFootprint(const AdmUNet::Config& config, std::int64_t height, std::int64_t width,
                        const FootprintOptions& options);

/// The same of both halves of an autoencoder of any of the three classes.
struct AutoencoderFootprint {
  Footprint decode, encode;
};
AutoencoderFootprint autoencoderFootprint(const JsonConfig& config, std::int64_t height, std::int64_t width,
                                          const FootprintOptions& options);

/// Pixels per latent of an autoencoder by its config. @throws Error
std::int64_t pixelsPerLatent(const JsonConfig& autoencoder);

/// False when tiles change what comes out (AutoencoderKL, whose norms and attention see the whole picture).
bool tilesAreExact(const JsonConfig& autoencoder);

}  // namespace p2l
