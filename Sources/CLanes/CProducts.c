#include "CLanes.h"

// Explicit fused multiply-adds only, as everywhere.
#pragma clang fp contract(off)

// Eight doubles anywhere in memory.
typedef double Loose __attribute__((ext_vector_type(8), aligned(8)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// A copy of vectors that goes along with the rows of a product: one vector each time k rises.
typedef struct {
  const double *from;
  double *to;
  long from_stride;
  long to_stride;
} Copy;

// One block of U units × V vectors, the only place where products are taken. U and V are constants where it is used, so that
// all loops but that over k are unrolled and `s` is held in registers.
INLINE void block(
    const int U, const int V, const GlissadeProduct *p, long u, long v, const Copy *copy) {
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
  const double *from = copy ? copy->from : 0;
  double *to = copy ? copy->to : 0;
  for (long k = p->depth; k > 0; k--) {
    GlissadeLanes y[4];
    UNROLL for (int j = 0; j < V; j++) y[j] = ((const Loose *)x)[j];
    UNROLL for (int i = 0; i < U; i++) {
      const GlissadeLanes a = w[i * p->unit];
      UNROLL for (int j = 0; j < V; j++) s[i][j] = __builtin_elementwise_fma(a, y[j], s[i][j]);
    }
    w += p->step;
    x += p->x_stride;
    if (copy) {
      *(Loose *)to = *(const Loose *)from;
      from += copy->from_stride;
      to += copy->to_stride;
    }
  }
  switch (p->finish) {
  case GLISSADE_FINISH_PLAIN:
    break;
  case GLISSADE_FINISH_RELU:
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
      s[i][j] = s[i][j] <= 0 ? (GlissadeLanes)0 : s[i][j];
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
    for (; u + U <= units; u += U) block(U, V, p, u, v, 0);                                        \
    return u;                                                                                      \
  }

#if defined(__AVX512F__)
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
#if defined(__AVX512F__)
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
#if defined(__AVX512F__)
    long u = column_8x1(p, 0, units, v);
#else
    long u = column_6x1(p, 0, units, v);
#endif
    if (u < units) u = column_4x1(p, u, units, v);
    if (u < units) u = column_2x1(p, u, units, v);
    if (u < units) column_1x1(p, u, units, v);
  }
}

// Four units of a panel, copying a column of the next along the way.
static __attribute__((noinline)) void block_with_copy(
    const GlissadeProduct *p, long u, const Copy *copy) {
#if defined(__AVX512F__)
  block(4, 4, p, u, 0, copy);
#else
  UNROLL for (int v = 0; v < 3; v++) block(4, 1, p, u, v, 0);
  block(4, 1, p, u, 3, copy);
#endif
}

static void copy_rows(Copy copy, long rows) {
  for (long k = 0; k < rows; k++) {
    *(Loose *)copy.to = *(const Loose *)copy.from;
    copy.from += copy.from_stride;
    copy.to += copy.to_stride;
  }
}

// Rows of X in the panel that starts at row `first`.
INLINE long height(const GlissadeProduct *p, long first) {
  const long left = p->depth - first;
  return left < GLISSADE_PANEL_DEPTH ? left : GLISSADE_PANEL_DEPTH;
}

void glissade_product_panels(const GlissadeProduct *p, long units, long lanes, double *space) {
  if (p->depth <= 0) {
    glissade_product(p, units, lanes);
    return;
  }
  double *panel = space;
  double *next = space + GLISSADE_PANEL_SPACE / 2;
  for (int j = 0; j < 4; j++) {
    copy_rows((Copy){p->x + 8 * j, panel + 8 * j, p->x_stride, 32}, height(p, 0));
  }
  long v = 0;
  long first = 0;
  while (v < lanes) {
    GlissadeProduct part = *p;
    part.c = p->c + 8 * v;
    part.w = p->w + first * p->step;
    part.x = panel;
    part.x_stride = 32;
    part.depth = height(p, first);
    if (first > 0) part.start = GLISSADE_START_SUM;
    const int is_last = first + part.depth >= p->depth;
    if (!is_last) part.finish = GLISSADE_FINISH_PLAIN;
    if (p->finish == GLISSADE_FINISH_GATED) part.gates = p->gates + 8 * v;
    // The next panel is below, or beside.
    const long next_v = is_last ? v + 4 : v;
    const long next_first = is_last ? 0 : first + part.depth;
    long u = 0;
    if (next_v < lanes) {
      const long rows = height(p, next_first);
      const double *from = p->x + next_first * p->x_stride + 8 * next_v;
      for (int j = 0; j < 4; j++) {
        Copy copy = {from + 8 * j, next + 8 * j, p->x_stride, 32};
        long done = 0;
        if (u + 4 <= units && part.depth <= rows) {
          block_with_copy(&part, u, &copy);
          u += 4;
          done = part.depth;
          copy.from += done * copy.from_stride;
          copy.to += done * copy.to_stride;
        }
        copy_rows(copy, rows - done);
      }
    }
    if (u < units) {
      // What is left of the units.
      part.c += u * p->c_stride;
      part.w += u * p->unit;
      if (p->start == GLISSADE_START_BIAS) part.bias += u;
      if (p->finish == GLISSADE_FINISH_GATED) part.gates += u * p->gates_stride;
      glissade_product(&part, units - u, 4);
    }
    double *const used = panel;
    panel = next;
    next = used;
    v = next_v;
    first = next_first;
  }
}
