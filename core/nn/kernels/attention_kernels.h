// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace p2l::attention {

// softmax(q k^T / sqrt(d)) v for one head in bfloat16 with sums in float32, without the matrix of scores: a block of
// queries meets the keys block by block, and what was summed is scaled anew when a larger score turns up. Dao et al.,
// "FlashAttention", NeurIPS 2022.

constexpr std::int64_t kQueries = 48;   ///< of a block
constexpr std::int64_t kKeys = 128;     ///< of a block
constexpr std::int64_t kKeysSide = 64;  ///< keys that lie side by side
constexpr std::int64_t kLanes = 16;     ///< floats of a vector register

/// One head: rows of `width` bfloat16 numbers (even), `..._stride` numbers apart.
struct Head {
  std::int64_t queries, keys, width;
  std::int64_t q_stride, k_stride, v_stride, out_stride;
  std::int64_t pairs() const { return width / 2; }
  std::int64_t paddedKeys() const { return (keys + kKeys - 1) / kKeys * kKeys; }
  std::int64_t paddedWidth() const { return (width + kLanes - 1) / kLanes * kLanes; }
  /// Numbers that pack() writes.
  std::int64_t packedKeys() const { return paddedKeys() * width; }
  std::int64_t packedValues() const { return paddedKeys() * paddedWidth(); }
  /// Floats that attend() needs.
  std::int64_t scratch() const { return kQueries * (kKeys + kKeys / 2 + paddedWidth() + 2); }
};

using Half = std::uint16_t;  ///< a bfloat16 number's bits

struct Kernels {
  /// Brings keys and values into the order in which attend() multiplies them, pairs side by side.
  void (*pack)(const Head& head, const Half* k, const Half* v, Half* packed_k, Half* packed_v);
  /// The queries [begin, end), at most kQueries of them.
  void (*attend)(const Head& head, const Half* q, const Half* packed_k, const Half* packed_v, std::int64_t begin,
                 std::int64_t end, float scale, float* scratch, Half* out);
};

/// Those for a processor that multiplies bfloat16 numbers (AVX-512 BF16), or null where this one does not.
const Kernels* availableKernels();

}  // namespace p2l::attention
