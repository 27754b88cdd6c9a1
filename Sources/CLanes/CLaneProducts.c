#include "Blocks.h"

// One block of U units × V columns.
INLINE void block(const int U, const int V, const GlissadeLaneProduct *p, long u, long v) {
  GlissadeLanes s[4][4];
  const Loose *start = (const Loose *)p->start;
  Loose *c = (Loose *)p->c + u * p->c_unit + v * p->c_step;
  if (p->goes_on) {
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
      s[i][j] = c[i * p->c_unit + j * p->c_step];
  } else {
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
      s[i][j] = start ? start[(u + i) * p->start_unit] : (GlissadeLanes)0;
  }
  const Loose *w = (const Loose *)p->w + u * p->w_unit;
  const Loose *x = (const Loose *)p->x + v * p->x_unit;
  for (long k = p->depth; k > 0; k--) {
    GlissadeLanes a[4];
    UNROLL for (int i = 0; i < U; i++) a[i] = w[i * p->w_unit];
    UNROLL for (int j = 0; j < V; j++) {
      const GlissadeLanes b = x[j * p->x_unit];
      UNROLL for (int i = 0; i < U; i++) s[i][j] = __builtin_elementwise_fma(a[i], b, s[i][j]);
    }
    w += p->w_step;
    x += p->x_step;
  }
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
    c[i * p->c_unit + j * p->c_step] = s[i][j];
}

// Blocks of a row of units, as many as fit from column v; the first column that is left.
#define ROW(U, V)                                                                                  \
  static __attribute__((noinline)) long row_##U##x##V(                                             \
      const GlissadeLaneProduct *p, long u, long v, long columns) {                                \
    for (; v + V <= columns; v += V) block(U, V, p, u, v);                                         \
    return v;                                                                                      \
  }

#if WIDE_BLOCKS
ROW(4, 4)
ROW(4, 2)
ROW(4, 1)
ROW(2, 4)
ROW(1, 4)
#else
ROW(1, 2)
#endif
ROW(1, 1)

void glissade_lane_product(const GlissadeLaneProduct *p, long units, long columns) {
  long u = 0;
#if WIDE_BLOCKS
  for (; u + 4 <= units; u += 4) {
    const long v = row_4x2(p, u, row_4x4(p, u, 0, columns), columns);
    row_4x1(p, u, v, columns);
  }
  for (; u + 2 <= units; u += 2) {
    const long v = row_2x4(p, u, 0, columns);
    row_1x1(p, u, v, columns);
    row_1x1(p, u + 1, v, columns);
  }
  for (; u < units; u++) row_1x1(p, u, row_1x4(p, u, 0, columns), columns);
#else
  for (; u < units; u++) row_1x1(p, u, row_1x2(p, u, 0, columns), columns);
#endif
}
