#include "Blocks.h"

// A sum as it is stored; a is the activation for gradients by it. NaN is not below 0.
INLINE GlissadeLanes finished(const int finish, GlissadeLanes s, const Loose *a) {
  const GlissadeLanes zero = 0;
  if (finish == GLISSADE_RELU) return s <= zero ? zero : s;
  if (finish == GLISSADE_THROUGH_RELU) return *a <= zero ? zero : s;
  if (finish == GLISSADE_THROUGH_TANH) return __builtin_elementwise_fma(-(s * *a), *a, s);
  return s;
}

// One block of U units × V columns.
INLINE void block(
    const int U, const int V, const int finish, const GlissadeLaneProduct *p, long u, long v) {
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
    STEP_BY_STEP(w);
    UNROLL for (int i = 0; i < U; i++) a[i] = w[i * p->w_unit];
    UNROLL for (int j = 0; j < V; j++) {
      const GlissadeLanes b = x[j * p->x_unit];
      UNROLL for (int i = 0; i < U; i++) s[i][j] = __builtin_elementwise_fma(a[i], b, s[i][j]);
    }
    w += p->w_step;
    x += p->x_step;
  }
  const Loose *a = 0;
  if (finish >= GLISSADE_THROUGH_TANH)
    a = (const Loose *)p->activations + u * p->c_unit + v * p->c_step;
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) {
    const long at = i * p->c_unit + j * p->c_step;
    c[at] = finished(finish, s[i][j], a ? a + at : a);
  }
}

// Blocks of a row of units, as many as fit from column v; the first column that is left.
#define ROW(U, V)                                                                                  \
  INLINE long row_##U##x##V(                                                                       \
      const int finish, const GlissadeLaneProduct *p, long u, long v, long columns) {              \
    for (; v + V <= columns; v += V) block(U, V, finish, p, u, v);                                 \
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

INLINE void product(const int finish, const GlissadeLaneProduct *p, long units, long columns) {
  long u = 0;
#if WIDE_BLOCKS
  for (; u + 4 <= units; u += 4) {
    const long v = row_4x2(finish, p, u, row_4x4(finish, p, u, 0, columns), columns);
    row_4x1(finish, p, u, v, columns);
  }
  for (; u + 2 <= units; u += 2) {
    const long v = row_2x4(finish, p, u, 0, columns);
    row_1x1(finish, p, u, v, columns);
    row_1x1(finish, p, u + 1, v, columns);
  }
  for (; u < units; u++)
    row_1x1(finish, p, u, row_1x4(finish, p, u, 0, columns), columns);
#else
  for (; u < units; u++)
    row_1x1(finish, p, u, row_1x2(finish, p, u, 0, columns), columns);
#endif
}

// Chain `first` of every `stride`th k of a block.
INLINE void chain(
    const int U, const int V, const GlissadeLaneProduct *p, long u, long v, long first, long stride,
    GlissadeLanes s[4][2]) {
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) s[i][j] = (GlissadeLanes)0;
  const Loose *w = (const Loose *)p->w + u * p->w_unit + first * p->w_step;
  const Loose *x = (const Loose *)p->x + v * p->x_unit + first * p->x_step;
  for (long k = first; k < p->depth; k += stride) {
    GlissadeLanes a[4];
    STEP_BY_STEP(w);
    UNROLL for (int i = 0; i < U; i++) a[i] = w[i * p->w_unit];
    UNROLL for (int j = 0; j < V; j++) {
      const GlissadeLanes b = x[j * p->x_unit];
      UNROLL for (int i = 0; i < U; i++) s[i][j] = __builtin_elementwise_fma(a[i], b, s[i][j]);
    }
    w += stride * p->w_step;
    x += stride * p->x_step;
  }
}

// One block of U units × V columns whose sums are several chains.
INLINE void folded(const int U, const int V, const GlissadeLaneProduct *p, long u, long v) {
#define EACH UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
#define CHAIN(s, r) chain(U, V, p, u, v, r, p->chains, s)
  GlissadeLanes s[4][2], t[4][2];
  CHAIN(s, 0);
  if (p->chains == 2) {
    CHAIN(t, 1);
  } else {
    GlissadeLanes a[4][2], b[4][2];
    CHAIN(a, 4);
    EACH s[i][j] += a[i][j];
    CHAIN(a, 2);
    CHAIN(b, 6);
    EACH s[i][j] += a[i][j] + b[i][j];
    CHAIN(t, 1);
    CHAIN(a, 5);
    EACH t[i][j] += a[i][j];
    CHAIN(a, 3);
    CHAIN(b, 7);
    EACH t[i][j] += a[i][j] + b[i][j];
  }
  Loose *c = (Loose *)p->c + u * p->c_unit + v * p->c_step;
  EACH {
    GlissadeLanes sum = s[i][j] + t[i][j];
    if (p->goes_on) sum += c[i * p->c_unit + j * p->c_step];
    c[i * p->c_unit + j * p->c_step] = sum;
  }
}

#define FOLDED(U, V)                                                                               \
  static __attribute__((noinline)) long folded_##U##x##V(                                          \
      const GlissadeLaneProduct *p, long u, long v, long columns) {                                \
    for (; v + V <= columns; v += V) folded(U, V, p, u, v);                                        \
    return v;                                                                                      \
  }
FOLDED(4, 2)
FOLDED(4, 1)
FOLDED(1, 2)
FOLDED(1, 1)

static void folded_product(const GlissadeLaneProduct *p, long units, long columns) {
  long u = 0;
#if WIDE_BLOCKS
  for (; u + 4 <= units; u += 4) folded_4x1(p, u, folded_4x2(p, u, 0, columns), columns);
#endif
  for (; u < units; u++) folded_1x1(p, u, folded_1x2(p, u, 0, columns), columns);
}

#define FINISHED(name, finish)                                                                     \
  static __attribute__((noinline)) void name(                                                      \
      const GlissadeLaneProduct *p, long units, long columns) {                                    \
    product(finish, p, units, columns);                                                            \
  }
FINISHED(plain_product, GLISSADE_PLAIN)
FINISHED(relu_product, GLISSADE_RELU)
FINISHED(through_tanh_product, GLISSADE_THROUGH_TANH)
FINISHED(through_relu_product, GLISSADE_THROUGH_RELU)

void glissade_lane_product(const GlissadeLaneProduct *p, long units, long columns) {
  if (p->chains > 1) return folded_product(p, units, columns);
  switch (p->finish) {
  case GLISSADE_PLAIN: return plain_product(p, units, columns);
  case GLISSADE_RELU: return relu_product(p, units, columns);
  case GLISSADE_THROUGH_TANH: return through_tanh_product(p, units, columns);
  case GLISSADE_THROUGH_RELU: return through_relu_product(p, units, columns);
  }
}

// Chain `first` of every `stride`th k of U rows, from s on.
INLINE void add_chain(
    const int U, const GlissadeLaneProduct *p, long u, long first, long stride, GlissadeLanes *s) {
  const Loose *w = (const Loose *)p->w + u * p->w_unit + first * p->w_step;
  for (long k = first; k < p->depth; k += stride) {
    UNROLL for (int i = 0; i < U; i++) s[i] += w[i * p->w_unit];
    w += stride * p->w_step;
  }
}

// Sums of U rows.
INLINE void sums(const int U, const GlissadeLaneProduct *p, long u) {
  GlissadeLanes s[4], t[4], a[4], b[4];
  Loose *c = (Loose *)p->c + u * p->c_unit;
#define ROWS UNROLL for (int i = 0; i < U; i++)
#define ZERO(x) ROWS x[i] = (GlissadeLanes)0
#define ADD(x, r) ZERO(x); add_chain(U, p, u, r, p->chains, x)
  if (p->chains <= 1) {
    ROWS s[i] = p->goes_on ? c[i * p->c_unit] : (GlissadeLanes)0;
    add_chain(U, p, u, 0, 1, s);
    ROWS c[i * p->c_unit] = s[i];
    return;
  }
  ADD(s, 0);
  if (p->chains == 2) {
    ADD(t, 1);
  } else {
    ADD(a, 4);
    ROWS s[i] += a[i];
    ADD(a, 2);
    ADD(b, 6);
    ROWS s[i] += a[i] + b[i];
    ADD(t, 1);
    ADD(a, 5);
    ROWS t[i] += a[i];
    ADD(a, 3);
    ADD(b, 7);
    ROWS t[i] += a[i] + b[i];
  }
  ROWS {
    GlissadeLanes sum = s[i] + t[i];
    if (p->goes_on) sum += c[i * p->c_unit];
    c[i * p->c_unit] = sum;
  }
}

void glissade_lane_sums(const GlissadeLaneProduct *p, long units) {
  long u = 0;
  for (; u + 4 <= units; u += 4) sums(4, p, u);
  for (; u < units; u++) sums(1, p, u);
}
