// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/randn.h>

#include <cmath>
#include <mutex>
#include <numbers>

namespace p2l {
namespace {

/// The splitmix64 step (Steele, Lea and Flood 2014): neighbouring inputs give unrelated outputs. The generator
/// underneath reads the low 32 bits only, so they have to depend on all bits of seed and stream.
std::uint64_t splitMix(std::uint64_t state) {
  state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
  state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
  return state ^ (state >> 31);
}

}  // namespace

at::Generator makeGenerator(std::uint64_t seed, RandomStream stream) {
  if (stream == RandomStream::InitialLatent) return at::detail::createCPUGenerator(seed);
  constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;
  return at::detail::createCPUGenerator(splitMix(seed + static_cast<std::uint64_t>(stream) * kGoldenRatio));
}

at::Tensor randomNormal(at::IntArrayRef shape, at::Generator& generator) {
  return at::randn(shape, generator, at::TensorOptions().dtype(at::kFloat).device(at::kCPU));
}

double randomUniform(at::Generator& generator) {
  auto* engine = at::check_generator<at::CPUGeneratorImpl>(generator);
  const std::lock_guard<std::mutex> lock(engine->mutex_);
  return static_cast<double>(engine->random64() >> 11) * 0x1.0p-53;  // the 53 bits that a double holds
}

double randomNormal(at::Generator& generator) {
  // Box and Muller 1958; the second number of the pair is not kept, so that a draw depends on nothing before it.
  const double radius = std::sqrt(-2.0 * std::log(1.0 - randomUniform(generator)));
  return radius * std::cos(2.0 * std::numbers::pi * randomUniform(generator));
}

}  // namespace p2l
