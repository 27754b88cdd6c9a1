#include "Blocks.h"

// One block of U units × V vectors, the only place where products are taken. U and V are constants
// where it is used, so that all loops but that over k are unrolled and `s` is held in registers.
INLINE void block(const int U, const int V, const GlissadeProduct *p, long u, long v) {
  Loose *c[8];
  GlissadeLanes s[8][4];
  UNROLL for (int i = 0; i < U; i++) c[i] = (Loose *)(p->c + (u + i) * p->c_stride + 8 * v);
  switch (p->start) {
  case GLISSADE_START_ZERO:
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) s[i][j] = 0;
    break;
  case GLISSADE_START_BIAS:
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) s[i][j] = p->bias[u + i];
    break;
  default:
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) s[i][j] = c[i][j];
  }
  const double *w = p->w + u * p->unit;
  const double *x = p->x + 8 * v;
  for (long k = p->depth; k > 0; k--) {
    GlissadeLanes y[4];
    UNROLL for (int j = 0; j < V; j++) y[j] = ((const Loose *)x)[j];
    UNROLL for (int i = 0; i < U; i++) {
      const GlissadeLanes a = w[i * p->unit];
      UNROLL for (int j = 0; j < V; j++) s[i][j] = __builtin_elementwise_fma(a, y[j], s[i][j]);
    }
    w += p->step;
    x += p->x_stride;
  }
  switch (p->finish) {
  case GLISSADE_FINISH_PLAIN:
    break;
  case GLISSADE_FINISH_RELU:
    // A maximum, which no multiplier is kept busy with as with a comparison; NaN stays NaN, and the
    // sum turns -0 into 0.
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
      s[i][j] = (0 > s[i][j] ? (GlissadeLanes)0 : s[i][j]) + 0;
    break;
  default:
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) {
      const GlissadeLanes gate = ((const Loose *)(p->gates + (u + i) * p->gates_stride + 8 * v))[j];
      s[i][j] = gate <= 0 ? (GlissadeLanes)0 : s[i][j];
    }
  }
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) c[i][j] = s[i][j];
}

// Blocks one below the other, as many as fit from unit u; the first unit that is left.
#define COLUMN(U, V)                                                                               \
  static __attribute__((noinline)) long column_##U##x##V(                                          \
      const GlissadeProduct *p, long u, long units, long v) {                                      \
    for (; u + U <= units; u += U) block(U, V, p, u, v);                                           \
    return u;                                                                                      \
  }

#if WIDE_BLOCKS
// 32 registers of eight doubles: sixteen sums, four vectors of X, and a number of W.
COLUMN(4, 4)
COLUMN(2, 4)
COLUMN(1, 4)
COLUMN(4, 2)
COLUMN(2, 2)
COLUMN(1, 2)
COLUMN(8, 1)
#else
// A vector of eight takes two registers of 16, or four of 32.
COLUMN(6, 1)
#endif
COLUMN(4, 1)
COLUMN(2, 1)
COLUMN(1, 1)

void glissade_product(const GlissadeProduct *p, long units, long lanes) {
  long v = 0;
#if WIDE_BLOCKS
  for (; v + 4 <= lanes; v += 4) {
    long u = column_4x4(p, 0, units, v);
    if (u < units) u = column_2x4(p, u, units, v);
    if (u < units) column_1x4(p, u, units, v);
  }
  for (; v + 2 <= lanes; v += 2) {
    long u = column_4x2(p, 0, units, v);
    if (u < units) u = column_2x2(p, u, units, v);
    if (u < units) column_1x2(p, u, units, v);
  }
#endif
  for (; v < lanes; v++) {
#if WIDE_BLOCKS
    long u = column_8x1(p, 0, units, v);
#else
    long u = column_6x1(p, 0, units, v);
#endif
    if (u < units) u = column_4x1(p, u, units, v);
    if (u < units) u = column_2x1(p, u, units, v);
    if (u < units) column_1x1(p, u, units, v);
  }
}
