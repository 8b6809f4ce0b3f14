// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/nn/autoencoder/autoencoder.h"

namespace p2l {

/// An autoencoder that encodes more exactly: the latent of a picture is not E(x) but what n steps of
///
///   z <- z + (E(x) - E(D(z))),  from z = E(x)
///
/// make of it. Where they converge, their limit solves E(D(z)) = E(x): what the decoder has made is encoded without
/// loss, and repeated round trips stay where they are. Each step decodes and encodes once more. @param refinements n, 1
/// or more
std::unique_ptr<Autoencoder> refined(std::unique_ptr<const Autoencoder> autoencoder, int refinements);

}  // namespace p2l
