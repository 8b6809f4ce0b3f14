// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <vector>

#include "core/types/error.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace p2l {
namespace {

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
constexpr std::array<std::uint32_t, 64> kRound = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t bigEndian(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

void compressPlain(std::array<std::uint32_t, 8>& state, const std::uint8_t* block) {
  std::array<std::uint32_t, 64> w;
  for (int t = 0; t < 16; ++t) w[t] = bigEndian(block + 4 * t);
  for (int t = 16; t < 64; ++t) {
    const std::uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ w[t - 15] >> 3;
    const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (int t = 0; t < 64; ++t) {
    const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t choose = (e & f) ^ (~e & g);
    const std::uint32_t t1 = h + sum1 + choose + kRound[t] + w[t];
    const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + sum0 + majority;
  }
  const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] += added[i];
}

#if defined(__x86_64__)
#define P2L_SHA_INSTRUCTIONS

/// The same by the processor's own SHA instructions, several times as fast. They keep the state as (a, b, e, f) and
/// (c, d, g, h), do two rounds at a time and make the message words in fours.
__attribute__((target("sha,sse4.1"))) void compressByInstructions(std::array<std::uint32_t, 8>& state,
                                                                  const std::uint8_t* bytes, std::size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // From the highest lane to the lowest.
  auto abef = _mm_set_epi32(static_cast<int>(state[0]), static_cast<int>(state[1]), static_cast<int>(state[4]),
                            static_cast<int>(state[5]));
  auto cdgh = _mm_set_epi32(static_cast<int>(state[2]), static_cast<int>(state[3]), static_cast<int>(state[6]),
                            static_cast<int>(state[7]));
  for (; count > 0; --count, bytes += 64) {
    const auto abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];  // the last sixteen message words
#pragma GCC unroll 16
    for (int four = 0; four < 16; ++four) {
      auto& next = w[four % 4];
      if (four < 4) {
        next = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * four)), swap);
      } else {  // w[t] = w[t-16] + s0(w[t-15]) + w[t-7] + s1(w[t-2])
        const auto seven_back = _mm_alignr_epi8(w[(four + 3) % 4], w[(four + 2) % 4], 4);
        const auto sum = _mm_add_epi32(_mm_sha256msg1_epu32(next, w[(four + 1) % 4]), seven_back);
        next = _mm_sha256msg2_epu32(sum, w[(four + 3) % 4]);
      }
      const auto constants = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kRound.data() + 4 * four));
      const auto words = _mm_add_epi32(next, constants);
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  std::array<std::uint32_t, 4> low{}, high{};
  _mm_storeu_si128(reinterpret_cast<__m128i*>(low.data()), abef);   // f, e, b, a
  _mm_storeu_si128(reinterpret_cast<__m128i*>(high.data()), cdgh);  // h, g, d, c
  state = {low[3], low[2], high[3], high[2], low[1], low[0], high[1], high[0]};
}

bool hasInstructions() {
  static const bool has = [] {
    unsigned a = 0, b = 0, c = 0, d = 0;
    const bool sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
    return sha && __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0;
  }();
  return has;
}
#endif

}  // namespace

void Sha256::update(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  const std::size_t filled = size_ % block_.size();
  size_ += size;
  if (filled > 0) {
    const std::size_t taken = std::min(size, block_.size() - filled);
    std::copy_n(bytes, taken, block_.data() + filled);
    bytes += taken;
    size -= taken;
    if (filled + taken < block_.size()) return;
    compress(block_.data(), 1);
  }
  compress(bytes, size / block_.size());
  bytes += size - size % block_.size();
  size %= block_.size();
  std::copy_n(bytes, size, block_.data());
}

void Sha256::updateFromFile(const std::string& path) {
  std::vector<char> block(1 << 20);
  std::ifstream in(path, std::ios::binary);
  require(in.good(), path, ": cannot be read");
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
    update(block.data(), static_cast<std::size_t>(in.gcount()));
  require(!in.bad(), path, ": cannot be read to its end");
}

std::string Sha256::hex() const {
  Sha256 last = *this;
  // A one bit, zeros, and the length in bits fill the last block (FIPS 180-4, 5.1.1).
  const std::uint64_t bits = size_ * 8;
  constexpr std::array<std::uint8_t, 64> kPadding = {0x80};
  const std::size_t filled = size_ % 64;
  last.update(kPadding.data(), filled < 56 ? 56 - filled : 120 - filled);
  std::array<std::uint8_t, 8> length{};
  for (int i = 0; i < 8; ++i) length[i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  last.update(length.data(), length.size());

  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint32_t word : last.state_) {
    for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[word >> shift & 15];
  }
  return text;
}

void Sha256::compress(const std::uint8_t* blocks, std::size_t count) {
#ifdef P2L_SHA_INSTRUCTIONS
  if (hasInstructions()) return compressByInstructions(state_, blocks, count);
#endif
  for (; count > 0; --count, blocks += block_.size()) compressPlain(state_, blocks);
}

std::string sha256OfFile(const std::string& path) {
  Sha256 hash;
  hash.updateFromFile(path);
  return hash.hex();
}

}  // namespace p2l
