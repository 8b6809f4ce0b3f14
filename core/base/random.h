// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>

namespace p2l {

/// What random numbers are drawn for. Streams of one seed are independent, so that a change in one place (a mask with
/// more strokes, say) leaves the others as they are.
enum class RandomStream : std::uint64_t {
  InitialLatent = 0,
  SamplerNoise = 1,
  MeasurementNoise = 2,
  Kernel = 3,
  Mask = 4,
  Training = 5
};

/// A generator on the CPU, so that a seed means the same on every device.
/// The initial latent's stream is the seed itself: z_T equals torch.randn with torch.Generator().manual_seed(seed).
at::Generator makeGenerator(std::uint64_t seed, RandomStream stream);

/// Standard normal numbers of that shape, float32 on the CPU.
at::Tensor randomNormal(at::IntArrayRef shape, at::Generator& generator);
/// One number in [0, 1).
double randomUniform(at::Generator& generator);
/// One standard normal number.
double randomNormal(at::Generator& generator);

}  // namespace p2l
