#include "Blocks.h"

// One block of U kernels × V places of a row.
INLINE void places(const int U, const int V, const GlissadeConvolution *c, long m, long y, long x) {
  GlissadeLanes s[4][4];
  const long size = c->kernel * c->kernel;
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) s[i][j] = c->biases[m + i];
  const double *w = c->weights + m * size + (c->turned ? size - 1 : 0);
  const long next = c->turned ? -1 : 1;
  const Loose *row = (const Loose *)c->image + (y * c->stride * c->width + x * c->stride) * c->pixel;
  const long step = c->stride * c->pixel;
  for (long ky = 0; ky < c->kernel; ky++) {
    const Loose *at = row;
    for (long kx = 0; kx < c->kernel; kx++) {
      GlissadeLanes p[4];
      UNROLL for (int j = 0; j < V; j++) p[j] = at[j * step];
      UNROLL for (int i = 0; i < U; i++) {
        const GlissadeLanes a = w[i * size];
        UNROLL for (int j = 0; j < V; j++) s[i][j] = __builtin_elementwise_fma(a, p[j], s[i][j]);
      }
      w += next;
      at += c->pixel;
    }
    row += c->width * c->pixel;
  }
  const long area = c->rows * c->columns;
  Loose *out = (Loose *)c->maps + m * area + y * c->columns + x;
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++)
    out[i * area + j] = (0 > s[i][j] ? (GlissadeLanes)0 : s[i][j]) + 0;
}

#define PLACES(U, V)                                                                               \
  static __attribute__((noinline)) long places_##U##x##V(                                          \
      const GlissadeConvolution *c, long m, long y, long x) {                                      \
    for (; x + V <= c->columns; x += V) places(U, V, c, m, y, x);                                  \
    return x;                                                                                      \
  }

#if WIDE_BLOCKS
PLACES(4, 4)
PLACES(4, 2)
PLACES(4, 1)
PLACES(1, 4)
#endif
PLACES(1, 1)

void glissade_convolve(const GlissadeConvolution *c) {
  for (long y = 0; y < c->rows; y++) {
    long m = 0;
#if WIDE_BLOCKS
    for (; m + 4 <= c->kernels; m += 4) {
      long x = places_4x4(c, m, y, 0);
      x = places_4x2(c, m, y, x);
      places_4x1(c, m, y, x);
    }
#endif
    for (; m < c->kernels; m++) {
      long x = 0;
#if WIDE_BLOCKS
      x = places_1x4(c, m, y, x);
#endif
      places_1x1(c, m, y, x);
    }
  }
}

// One block of U kernels × V weights of a row of the kernel.
INLINE void weights(
    const int U, const int V, const GlissadeConvolution *c, double *gradient, long m, long ky,
    long kx) {
  GlissadeLanes s[16];
  UNROLL for (int n = 0; n < 16; n++) s[n] = 0;
  const long area = c->rows * c->columns;
  const long step = c->stride * c->pixel;
  const Loose *delta = (const Loose *)c->maps + m * area;
  const Loose *row = (const Loose *)c->image + (ky * c->width + kx) * c->pixel;
  for (long y = 0; y < c->rows; y++) {
    const Loose *at = row;
    for (long x = 0; x < c->columns; x++) {
      GlissadeLanes d[4];
      UNROLL for (int i = 0; i < U; i++) d[i] = delta[i * area];
      UNROLL for (int j = 0; j < V; j++) {
        const GlissadeLanes p = at[j * c->pixel];
        UNROLL for (int i = 0; i < U; i++) s[i * V + j] = __builtin_elementwise_fma(d[i], p, s[i * V + j]);
      }
      delta++;
      at += step;
    }
    row += c->stride * c->width * c->pixel;
  }
  const GlissadeLanes low = fold(s), high = fold(s + 8);
  const long size = c->kernel * c->kernel;
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) {
    const int n = i * V + j;
    const long w = ky * c->kernel + kx + j;
    gradient[(m + i) * size + (c->turned ? size - 1 - w : w)] += n < 8 ? low[n & 7] : high[n & 7];
  }
}

#define WEIGHTS(U, V)                                                                              \
  static __attribute__((noinline)) long weights_##U##x##V(                                         \
      const GlissadeConvolution *c, double *gradient, long m, long ky, long kx) {                  \
    for (; kx + V <= c->kernel; kx += V) weights(U, V, c, gradient, m, ky, kx);                    \
    return kx;                                                                                     \
  }

#if WIDE_BLOCKS
WEIGHTS(4, 3)
WEIGHTS(4, 2)
#endif
WEIGHTS(4, 1)
WEIGHTS(1, 3)
WEIGHTS(1, 1)

void glissade_convolution_gradient(const GlissadeConvolution *c, double *gradient) {
  for (long ky = 0; ky < c->kernel; ky++) {
    long m = 0;
    for (; m + 4 <= c->kernels; m += 4) {
      long kx = 0;
#if WIDE_BLOCKS
      kx = weights_4x3(c, gradient, m, ky, kx);
      kx = weights_4x2(c, gradient, m, ky, kx);
#endif
      weights_4x1(c, gradient, m, ky, kx);
    }
    for (; m < c->kernels; m++) {
      const long kx = weights_1x3(c, gradient, m, ky, 0);
      weights_1x1(c, gradient, m, ky, kx);
    }
  }
}

// Calls BODY for each window: `map` begins it, `high` × `wide` vectors of it are there, and `n` is its number.
#define EACH_WINDOW(BODY)                                                                          \
  long n = 0;                                                                                      \
  for (long m = 0; m < p->count; m++) {                                                            \
    for (long y = 0; y < p->rows; y++) {                                                           \
      const long high = p->height - y * p->size < p->size ? p->height - y * p->size : p->size;     \
      for (long x = 0; x < p->columns; x++, n++) {                                                 \
        const long wide = p->width - x * p->size < p->size ? p->width - x * p->size : p->size;     \
        Loose *map = (Loose *)p->maps + (m * p->height + y * p->size) * p->width + x * p->size;    \
        BODY                                                                                       \
      }                                                                                            \
    }                                                                                              \
  }

// One window of `high` × `wide`, which are constants where they can be.
INLINE GlissadeLanes largest(const Loose *map, long width, const long high, const long wide) {
  GlissadeLanes best = map[0];
  for (long i = 0; i < high; i++) {
    for (long j = 0; j < wide; j++) {
      const GlissadeLanes value = map[i * width + j];
      best = value > best ? value : best;
    }
  }
  return best;
}

INLINE void give(
    Loose *map, long width, const long high, const long wide, GlissadeLanes value,
    GlissadeLanes gradient) {
  for (long i = 0; i < high; i++) {
    for (long j = 0; j < wide; j++) {
      Loose *pixel = map + i * width + j;
      const GlissadeMask is = (GlissadeMask)(*pixel == value);
      *pixel = is ? gradient : (GlissadeLanes)0;
      // Given away once.
      gradient = is ? (GlissadeLanes)0 : gradient;
    }
  }
}

void glissade_pool(const GlissadePooling *p) {
  EACH_WINDOW({
    ((Loose *)p->values)[n * p->stride] =
        high == 2 && wide == 2 ? largest(map, p->width, 2, 2) : largest(map, p->width, high, wide);
  })
}

void glissade_unpool(const GlissadePooling *p) {
  // Pixels that no window covers are not visited below, and would keep their values.
  for (long m = 0; m < p->count; m++) {
    for (long y = 0; y < p->height; y++) {
      const long begin = y < p->rows * p->size ? p->columns * p->size : 0;
      for (long x = begin; x < p->width; x++) {
        ((Loose *)p->maps)[(m * p->height + y) * p->width + x] = 0;
      }
    }
  }
  EACH_WINDOW({
    const GlissadeLanes value = ((const Loose *)p->values)[n * p->stride];
    GlissadeLanes gradient = ((const Loose *)p->gradients)[n * p->stride];
    gradient = value > 0 ? gradient : (GlissadeLanes)0;
    if (high == 2 && wide == 2) {
      give(map, p->width, 2, 2, value, gradient);
    } else {
      give(map, p->width, high, wide, value, gradient);
    }
  })
}
