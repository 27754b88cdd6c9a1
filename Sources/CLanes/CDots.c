#include "Blocks.h"

INLINE void put(double *out, double sum, int goes_on) { *out = goes_on ? *out + sum : sum; }

// One block of U units × 8 inputs, or of up to eight units × 1: eight sums are folded into a
// vector.
INLINE void block(const int U, const int I, const GlissadeDots *p, long u, long i) {
  GlissadeLanes s[16];
  UNROLL for (int n = 0; n < (U * I < 8 ? 8 : U * I); n++) s[n] = 0;
  const double *delta = p->delta + u * p->delta_stride;
  const double *x = p->x + i * p->x_stride;
  for (long k = 0; k < p->lanes; k++) {
    GlissadeLanes a[8];
    UNROLL for (int n = 0; n < U; n++) a[n] = *(const Loose *)(delta + n * p->delta_stride + 8 * k);
    UNROLL for (int m = 0; m < I; m++) {
      const GlissadeLanes y = *(const Loose *)(x + m * p->x_stride + 8 * k);
      UNROLL for (int n = 0; n < U; n++) s[n * I + m] =
          __builtin_elementwise_fma(a[n], y, s[n * I + m]);
    }
  }
  double *out = p->out + u * p->inputs + i;
  if (I == 8) {
    UNROLL for (int n = 0; n < U; n++) {
      Loose *row = (Loose *)(out + n * p->inputs);
      const GlissadeLanes sums = fold(s + n * I);
      *row = p->goes_on ? *row + sums : sums;
    }
  } else {
    const GlissadeLanes sums = fold(s);
    UNROLL for (int n = 0; n < U; n++) put(out + n * p->inputs, sums[n], p->goes_on);
  }
}

// Blocks of eight inputs, as many as there are, for U units.
#define ROW(U)                                                                                     \
  static __attribute__((noinline)) void row_##U(const GlissadeDots *p, long u) {                   \
    for (long i = 0; i + 8 <= p->inputs; i += 8) block(U, 8, p, u, i);                             \
  }

#if WIDE_BLOCKS
ROW(2)
#endif
ROW(1)

// A single product.
static __attribute__((noinline)) double dot(const double *delta, const double *x, long lanes) {
  GlissadeLanes s = 0;
  for (long k = 0; k < lanes; k++) {
    s = __builtin_elementwise_fma(
        ((const Loose *)delta)[k], ((const Loose *)x)[k], s);
  }
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

void glissade_dots(const GlissadeDots *p, long units) {
  long u = 0;
#if WIDE_BLOCKS
  for (; u + 2 <= units; u += 2) row_2(p, u);
#endif
  for (; u < units; u++) row_1(p, u);
  // What is left of the inputs.
  for (long i = p->inputs & ~7L; i < p->inputs; i++) {
    u = 0;
    for (; u + 8 <= units; u += 8) block(8, 1, p, u, i);
    for (; u + 4 <= units; u += 4) block(4, 1, p, u, i);
    for (; u < units; u++) {
      const double sum = dot(p->delta + u * p->delta_stride, p->x + i * p->x_stride, p->lanes);
      put(p->out + u * p->inputs + i, sum, p->goes_on);
    }
  }
}
