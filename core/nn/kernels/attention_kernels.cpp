// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled for AVX-512 BF16. No header with inline functions of our own or of the standard library's may be included
// here: the linker could keep a copy that the processor cannot run.
#include "core/nn/kernels/attention_kernels.h"

#include <immintrin.h>

#define P2L_INLINE inline __attribute__((always_inline))

namespace p2l::attention {
namespace {

using Index = std::int64_t;
typedef std::uint32_t Pair __attribute__((may_alias));  // two bfloat16 numbers

constexpr int kRows = 6;                       // queries in registers
constexpr int kVectors = 4;                    // beside them: 6 x 4 sums of 32 registers
constexpr int kGroups = kKeys / kKeysSide;     // of a block of keys
constexpr int kBlockVectors = kKeys / kLanes;  // of a row of scores
constexpr float kLowest = -1e30f, kLog2E = 1.44269504f;

P2L_INLINE __m512bh broadcast(const Pair* p) {
  return (__m512bh)_mm512_set1_epi32(static_cast<int>(*p));
}
P2L_INLINE __m512bh loadPairs(const Pair* p) {
  return (__m512bh)_mm512_loadu_si512(p);
}

/// sums[r, 0 .. 16 Vectors) += sum over i of a[r, i] b[i, .] for pairs a (rows `a_stride` apart) and b (`b_stride`).
template <int Rows, int Vectors>
P2L_INLINE void multiplyTile(const Pair* a, Index a_stride, const Pair* b, Index b_stride, Index count, float* sums,
                             Index stride, bool from_zero) {
  __m512 sum[Rows][Vectors];
  for (int r = 0; r < Rows; ++r) {
    for (int k = 0; k < Vectors; ++k)
      sum[r][k] = from_zero ? _mm512_setzero_ps() : _mm512_loadu_ps(sums + r * stride + k * kLanes);
  }
  for (Index i = 0; i < count; ++i) {
    __m512bh right[Vectors];
    for (int k = 0; k < Vectors; ++k) right[k] = loadPairs(b + i * b_stride + k * kLanes);
    for (int r = 0; r < Rows; ++r) {
      const __m512bh left = broadcast(a + r * a_stride + i);
      for (int k = 0; k < Vectors; ++k) sum[r][k] = _mm512_dpbf16_ps(sum[r][k], left, right[k]);
    }
  }
  for (int r = 0; r < Rows; ++r) {
    for (int k = 0; k < Vectors; ++k) _mm512_storeu_ps(sums + r * stride + k * kLanes, sum[r][k]);
  }
}

template <int Vectors>
P2L_INLINE void multiply(Index rows, const Pair* a, Index a_stride, const Pair* b, Index b_stride, Index count,
                         float* sums, Index stride, bool from_zero) {
  Index r = 0;
  for (; r + kRows <= rows; r += kRows)
    multiplyTile<kRows, Vectors>(a + r * a_stride, a_stride, b, b_stride, count, sums + r * stride, stride, from_zero);
  for (; r < rows; ++r)
    multiplyTile<1, Vectors>(a + r * a_stride, a_stride, b, b_stride, count, sums + r * stride, stride, from_zero);
}

/// 2^x for x <= 0: a polynomial on [-1/2, 1/2], to 4e-6, and the exponent.
P2L_INLINE __m512 exp2(__m512 x) {
  x = _mm512_max_ps(x, _mm512_set1_ps(-150.0f));
  const __m512 whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  const __m512 rest = _mm512_sub_ps(x, whole);
  constexpr float kTerms[] = {0.05550411f, 0.24022651f, 0.69314718f, 1.0f};
  __m512 power = _mm512_set1_ps(0.00961813f);
  for (const float next : kTerms) power = _mm512_fmadd_ps(power, rest, _mm512_set1_ps(next));
  return _mm512_scalef_ps(power, whole);
}

P2L_INLINE float exp2(float x) {
  return _mm512_cvtss_f32(exp2(_mm512_set1_ps(x)));
}

/// A row of scores becomes weights relative to the largest score so far. @return by what former sums are to be scaled
P2L_INLINE float weigh(const float* scores, Index keys, float scale, float* largest, float* total, Half* weights) {
  __m512 score[kBlockVectors], highest = _mm512_set1_ps(kLowest);
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (int k = 0; k < kBlockVectors; ++k) {
    score[k] = _mm512_mul_ps(_mm512_loadu_ps(scores + k * kLanes), _mm512_set1_ps(scale));
    const __mmask16 there = _mm512_cmplt_epi32_mask(lane, _mm512_set1_epi32(static_cast<int>(keys - k * kLanes)));
    score[k] = _mm512_mask_blend_ps(there, _mm512_set1_ps(kLowest), score[k]);
    highest = _mm512_max_ps(highest, score[k]);
  }
  const float before = *largest, now = _mm512_reduce_max_ps(highest);
  *largest = now > before ? now : before;
  const float kept = exp2(before - *largest);
  __m512 sum = _mm512_setzero_ps();
  for (int k = 0; k < kBlockVectors; ++k) {
    const __m256i weight = (__m256i)_mm512_cvtneps_pbh(exp2(_mm512_sub_ps(score[k], _mm512_set1_ps(*largest))));
    // The sum of the rounded weights, so that what they make of the values is an average.
    sum = _mm512_add_ps(sum, (__m512)_mm512_slli_epi32(_mm512_cvtepu16_epi32(weight), 16));
    _mm256_storeu_si256(reinterpret_cast<__m256i_u*>(weights + k * kLanes), weight);
  }
  *total = *total * kept + _mm512_reduce_add_ps(sum);
  return kept;
}

void pack(const Head& head, const Half* k, const Half* v, Half* packed_k, Half* packed_v) {
  const Index pairs = head.pairs(), wide = head.paddedWidth();
  Pair* const keys = reinterpret_cast<Pair*>(packed_k);  // [keys / 64, pairs, 64]
  for (Index key = 0; key < head.paddedKeys(); ++key) {
    const Pair* from = reinterpret_cast<const Pair*>(k + key * head.k_stride);
    Pair* to = keys + key / kKeysSide * pairs * kKeysSide + key % kKeysSide;
    for (Index i = 0; i < pairs; ++i) to[i * kKeysSide] = key < head.keys ? from[i] : 0;
  }
  for (Index key = 0; key < head.paddedKeys(); ++key) {  // [keys / 2, width] pairs
    Half* to = packed_v + key / 2 * 2 * wide + key % 2;
    for (Index i = 0; i < wide; ++i)
      to[2 * i] = key < head.keys && i < head.width ? v[key * head.v_stride + i] : Half{0};
  }
}

void attend(const Head& head, const Half* q, const Half* packed_k, const Half* packed_v, Index begin, Index end,
            float scale, float* scratch, Half* out) {
  const Index rows = end - begin, pairs = head.pairs(), wide = head.paddedWidth();
  float* const scores = scratch;
  Half* const weights = reinterpret_cast<Half*>(scores + kQueries * kKeys);
  float* const sums = scores + kQueries * (kKeys + kKeys / 2);
  float* const largest = sums + kQueries * wide;
  float* const total = largest + kQueries;
  for (Index r = 0; r < rows; ++r) {
    largest[r] = kLowest;
    total[r] = 0.0f;
    for (Index i = 0; i < wide; ++i) sums[r * wide + i] = 0.0f;
  }
  const Pair* const queries = reinterpret_cast<const Pair*>(q + begin * head.q_stride);
  const Pair* const keys = reinterpret_cast<const Pair*>(packed_k);
  const Pair* const values = reinterpret_cast<const Pair*>(packed_v);
  for (Index key = 0; key < head.keys; key += kKeys) {
    for (int g = 0; g < kGroups; ++g)
      multiply<kKeysSide / kLanes>(rows, queries, head.q_stride / 2, keys + (key / kKeysSide + g) * pairs * kKeysSide,
                                   kKeysSide, pairs, scores + g * kKeysSide, kKeys, /*from_zero=*/true);
    for (Index r = 0; r < rows; ++r) {
      const float kept =
          weigh(scores + r * kKeys, head.keys - key, scale * kLog2E, largest + r, total + r, weights + r * kKeys);
      if (kept == 1.0f) continue;
      for (Index i = 0; i < wide; i += kLanes)
        _mm512_storeu_ps(sums + r * wide + i,
                         _mm512_mul_ps(_mm512_loadu_ps(sums + r * wide + i), _mm512_set1_ps(kept)));
    }
    const Pair* const weight_pairs = reinterpret_cast<const Pair*>(weights);
    for (Index i = 0; i < wide; i += kVectors * kLanes) {
      const auto some = [&]<int Vectors>() {
        multiply<Vectors>(rows, weight_pairs, kKeys / 2, values + key / 2 * wide + i, wide, kKeys / 2, sums + i, wide,
                          /*from_zero=*/false);
      };
      switch ((wide - i) / kLanes) {
        case 1:
          some.template operator()<1>();
          break;
        case 2:
          some.template operator()<2>();
          break;
        case 3:
          some.template operator()<3>();
          break;
        default:
          some.template operator()<kVectors>();
      }
    }
  }
  for (Index r = 0; r < rows; ++r) {
    const __m512 share = _mm512_set1_ps(1.0f / total[r]);
    Half* const to = out + (begin + r) * head.out_stride;
    for (Index i = 0; i < head.width; i += kLanes) {
      const Index left = head.width - i;
      const __mmask16 there = static_cast<__mmask16>(left >= kLanes ? 0xffff : (1u << left) - 1u);
      const __m512 numbers = _mm512_mul_ps(_mm512_loadu_ps(sums + r * wide + i), share);
      _mm256_mask_storeu_epi16(to + i, there, (__m256i)_mm512_cvtneps_pbh(numbers));
    }
  }
}

}  // namespace

extern const Kernels avx512_bf16;
const Kernels avx512_bf16{pack, attend};

}  // namespace p2l::attention
