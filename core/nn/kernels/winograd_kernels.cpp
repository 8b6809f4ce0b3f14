// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once per instruction set, with P2L_KERNELS naming the set and P2L_LANES the floats of its vector register.
// No header with inline functions may be included here: the linker could keep a copy that the processor cannot run.
#include "core/nn/kernels/winograd_kernels.h"

#define P2L_INLINE inline __attribute__((always_inline))

namespace p2l::winograd {
namespace {

using Index = std::int64_t;

constexpr int kLanes = P2L_LANES;
constexpr int kVectors = 2;                      // of a panel
constexpr int kPanel = kVectors * kLanes;        // output channels
constexpr int kRows = P2L_LANES == 16 ? 12 : 6;  // tiles in registers: 12 x 2 of AVX-512's 32, 6 x 2 of 16
constexpr int kSide = 6;                         // of a tile of inputs

typedef float Vector __attribute__((vector_size(P2L_LANES * sizeof(float))));
typedef float Unaligned __attribute__((vector_size(P2L_LANES * sizeof(float)), aligned(sizeof(float)), may_alias));

P2L_INLINE Vector load(const float* p) {
  return *reinterpret_cast<const Unaligned*>(p);
}
P2L_INLINE void store(float* p, Vector v) {
  *reinterpret_cast<Unaligned*>(p) = v;
}

// One dimension of each transform; the second dimension applies it again. The points are 0, a, -a, b, -b, infinity.
constexpr float a = 0.625f, b = 1.5f, a2 = a * a, b2 = b * b;

P2L_INLINE void inputSide(const Vector d[kSide], Vector v[kSide]) {
  const Vector even_a = d[4] - b2 * d[2], odd_a = a * (d[3] - b2 * d[1]);
  const Vector even_b = d[4] - a2 * d[2], odd_b = b * (d[3] - a2 * d[1]);
  v[0] = a2 * b2 * d[0] - (a2 + b2) * d[2] + d[4];
  v[1] = even_a + odd_a;
  v[2] = even_a - odd_a;
  v[3] = even_b + odd_b;
  v[4] = even_b - odd_b;
  v[5] = a2 * b2 * d[1] - (a2 + b2) * d[3] + d[5];
}

P2L_INLINE void weightSide(const Vector g[3], Vector u[kSide]) {
  constexpr float norm_a = 1.0f / (2 * a2 * (a2 - b2)), norm_b = 1.0f / (2 * b2 * (b2 - a2));
  const Vector even_a = norm_a * g[0] + norm_a * a2 * g[2], odd_a = norm_a * a * g[1];
  const Vector even_b = norm_b * g[0] + norm_b * b2 * g[2], odd_b = norm_b * b * g[1];
  u[0] = g[0] * (1.0f / (a2 * b2));
  u[1] = even_a + odd_a;
  u[2] = even_a - odd_a;
  u[3] = even_b + odd_b;
  u[4] = even_b - odd_b;
  u[5] = g[2];
}

P2L_INLINE void outputSide(const Vector m[kSide], Vector y[kTile]) {
  const Vector sum_a = m[1] + m[2], difference_a = a * (m[1] - m[2]);
  const Vector sum_b = m[3] + m[4], difference_b = b * (m[3] - m[4]);
  y[0] = m[0] + sum_a + sum_b;
  y[1] = difference_a + difference_b;
  y[2] = a2 * sum_a + b2 * sum_b;
  y[3] = a2 * difference_a + b2 * difference_b + m[5];
}

void transformWeight(const float* w, const WeightStrides& at, const Shape& shape, Index begin, Index end, Index stride,
                     float* u) {
  for (Index panel = begin; panel < end; panel += kPanel) {
    const Index width = end - panel < kPanel ? end - panel : kPanel;
    for (Index i = 0; i < shape.in; ++i) {
      for (Index o = 0; o < width; o += kLanes) {
        const float* first = w + at.first + (panel + o) * at.out + i * at.in;
        Vector half[3][kSide];  // [column of w][row of u]
        for (int x = 0; x < 3; ++x) {
          Vector g[3] = {};
          for (int y = 0; y < 3; ++y) {
            for (int lane = 0; lane < kLanes; ++lane) g[y][lane] = first[lane * at.out + y * at.row + x * at.column];
          }
          weightSide(g, half[x]);
        }
        for (int y = 0; y < kSide; ++y) {
          const Vector g[3] = {half[0][y], half[1][y], half[2][y]};
          Vector row[kSide];
          weightSide(g, row);
          for (int x = 0; x < kSide; ++x)
            store(u + (y * kSide + x) * stride + panel * shape.in + i * width + o, row[x]);
        }
      }
    }
  }
}

struct Place {
  Index n, y, x;  // picture, and the first result's row and column
};
P2L_INLINE Place placeOf(const Shape& shape, Index tile) {
  const Index across = shape.tilesAcross(), down = shape.tilesDown();
  return {tile / (across * down), tile / across % down * kTile, tile % across * kTile};
}

void transformInput(const float* x, const Shape& shape, Index begin, Index end, const float* zeros, Index stride,
                    float* v) {
  for (Index tile = begin; tile < end; ++tile) {
    const Place place = placeOf(shape, tile);
    const float* pixel[kSide][kSide];
    for (int row = 0; row < kSide; ++row) {
      for (int column = 0; column < kSide; ++column) {
        const Index py = place.y - 1 + row, px = place.x - 1 + column;
        const bool inside = py >= 0 && py < shape.h && px >= 0 && px < shape.w;
        pixel[row][column] = inside ? x + ((place.n * shape.h + py) * shape.w + px) * shape.in : zeros;
      }
    }
    float* target = v + (tile - begin) * shape.in;
    for (Index c = 0; c < shape.in; c += kLanes) {
      Vector half[kSide][kSide];  // [column of x][row of v]
      for (int column = 0; column < kSide; ++column) {
        Vector d[kSide];
        for (int row = 0; row < kSide; ++row) d[row] = load(pixel[row][column] + c);
        inputSide(d, half[column]);
      }
      for (int row = 0; row < kSide; ++row) {
        Vector d[kSide], result[kSide];
        for (int column = 0; column < kSide; ++column) d[column] = half[column][row];
        inputSide(d, result);
        for (int column = 0; column < kSide; ++column)
          store(target + (row * kSide + column) * stride + c, result[column]);
      }
    }
  }
}

template <int Rows, int Vectors>
P2L_INLINE void multiplyRows(const float* v, const float* u, Index in, Index out, float* m) {
  Vector sum[Rows][Vectors] = {};
  for (Index i = 0; i < in; ++i) {
    Vector panel[Vectors];
#pragma GCC unroll 2
    for (int k = 0; k < Vectors; ++k) panel[k] = load(u + (i * Vectors + k) * kLanes);
#pragma GCC unroll 12
    for (int row = 0; row < Rows; ++row) {
      const float factor = v[row * in + i];
#pragma GCC unroll 2
      for (int k = 0; k < Vectors; ++k) sum[row][k] += factor * panel[k];
    }
  }
#pragma GCC unroll 12
  for (int row = 0; row < Rows; ++row) {
#pragma GCC unroll 2
    for (int k = 0; k < Vectors; ++k) store(m + row * out + k * kLanes, sum[row][k]);
  }
}

/// The last rows, fewer than kRows: the template whose height fits.
template <int Rows, int Vectors>
void multiplyRest(const float* v, const float* u, Index rows, Index in, Index out, float* m) {
  if constexpr (Rows > 0) {
    if (rows == Rows) {
      multiplyRows<Rows, Vectors>(v, u, in, out, m);
    } else {
      multiplyRest<Rows - 1, Vectors>(v, u, rows, in, out, m);
    }
  }
}

template <int Vectors>
P2L_INLINE void multiplyPanel(const float* v, const float* u, Index tiles, Index in, Index out, float* m) {
  Index tile = 0;
  for (; tile + kRows <= tiles; tile += kRows) multiplyRows<kRows, Vectors>(v + tile * in, u, in, out, m + tile * out);
  multiplyRest<kRows - 1, Vectors>(v + tile * in, u, tiles - tile, in, out, m + tile * out);
}

void multiply(const float* v, const float* u, const Shape& shape, Index tiles, float* m) {
  const Index in = shape.in, out = shape.out;
  Index panel = 0;
  for (; panel + kPanel <= out; panel += kPanel) multiplyPanel<kVectors>(v, u + panel * in, tiles, in, out, m + panel);
  if (panel < out) multiplyPanel<1>(v, u + panel * in, tiles, in, out, m + panel);
}

void transformOutput(const float* m, const Shape& shape, Index begin, Index end, Index stride, const float* bias,
                     float* y) {
  for (Index tile = begin; tile < end; ++tile) {
    const Place place = placeOf(shape, tile);
    const Index rows = shape.h - place.y < kTile ? shape.h - place.y : kTile;
    const Index columns = shape.w - place.x < kTile ? shape.w - place.x : kTile;
    const float* source = m + (tile - begin) * shape.out;
    float* target = y + ((place.n * shape.h + place.y) * shape.w + place.x) * shape.out;
    for (Index c = 0; c < shape.out; c += kLanes) {
      Vector half[kSide][kTile];  // [column of m][row of y]
      for (int column = 0; column < kSide; ++column) {
        Vector d[kSide];
        for (int row = 0; row < kSide; ++row) d[row] = load(source + (row * kSide + column) * stride + c);
        outputSide(d, half[column]);
      }
      const Vector shift = bias ? load(bias + c) : Vector{};
      for (Index row = 0; row < rows; ++row) {
        Vector d[kSide], result[kTile];
        for (int column = 0; column < kSide; ++column) d[column] = half[column][row];
        outputSide(d, result);
        for (Index column = 0; column < columns; ++column)
          store(target + (row * shape.w + column) * shape.out + c, result[column] + shift);
      }
    }
  }
}

}  // namespace

#define P2L_TEXT_OF(name) #name
#define P2L_TEXT(name) P2L_TEXT_OF(name)
extern const Kernels P2L_KERNELS;
const Kernels P2L_KERNELS = {P2L_TEXT(P2L_KERNELS), kLanes,   kPanel,         transformWeight,
                             transformInput,        multiply, transformOutput};

}  // namespace p2l::winograd
