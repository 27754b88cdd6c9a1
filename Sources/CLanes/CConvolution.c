#include "Blocks.h"

// One block of U kernels × V places of a row.
INLINE void places(
    const int U, const int V, const long kernel, const GlissadeConvolution *c, long m, long y,
    long x) {
  GlissadeLanes s[4][4];
  const long size = kernel * kernel;
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < V; j++) s[i][j] = c->biases[m + i];
  const double *w = c->weights + m * size + (c->turned ? size - 1 : 0);
  const long next = c->turned ? -1 : 1;
  const Loose *row =
      (const Loose *)c->image + (y * c->stride * c->width + x * c->stride) * c->pixel;
  const long step = c->stride * c->pixel;
  for (long ky = 0; ky < kernel; ky++) {
    const Loose *at = row;
    for (long kx = 0; kx < kernel; kx++) {
      GlissadeLanes p[4];
      STEP_BY_STEP(w);
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
    for (; x + V <= c->columns; x += V) places(U, V, c->kernel, c, m, y, x);                       \
    return x;                                                                                      \
  }

#if WIDE_BLOCKS
PLACES(4, 4)
PLACES(4, 3)
PLACES(4, 2)
PLACES(4, 1)
PLACES(1, 4)
#endif
PLACES(1, 1)

void glissade_convolve(const GlissadeConvolution *c) {
#if WIDE_BLOCKS
  // Threes are better where fours would leave two.
  const int inFours = c->columns % 4 != 2;
#endif
  for (long y = 0; y < c->rows; y++) {
    long m = 0;
#if WIDE_BLOCKS
    for (; m + 4 <= c->kernels; m += 4) {
      long x = inFours ? places_4x4(c, m, y, 0) : 0;
      x = places_4x3(c, m, y, x);
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

// One block of U kernels × V weights of a row of the kernel; with the kernels' biases if that is
// said.
INLINE void weights(
    const int U, const int V, const int biases, const GlissadeConvolution *c, double *gradient,
    long m, long ky, long kx) {
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
      STEP_BY_STEP(delta);
      UNROLL for (int i = 0; i < U; i++) d[i] = delta[i * area];
      UNROLL for (int j = 0; j < V; j++) {
        const GlissadeLanes p = at[j * c->pixel];
        UNROLL for (int i = 0; i < U; i++) s[i * V + j] =
            __builtin_elementwise_fma(d[i], p, s[i * V + j]);
      }
      // Behind the weights, of which there are twelve at most.
      if (biases) UNROLL for (int i = 0; i < U; i++) s[12 + i] += d[i];
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
  if (biases) UNROLL for (int i = 0; i < U; i++) gradient[c->kernels * size + m + i] += high[4 + i];
}

#define WEIGHTS(U, V)                                                                              \
  static __attribute__((noinline)) long weights_##U##x##V(                                         \
      const GlissadeConvolution *c, double *gradient, long m, long ky, long kx) {                  \
    if (ky == 0 && kx == 0 && V <= c->kernel) {                                                    \
      weights(U, V, 1, c, gradient, m, 0, 0);                                                      \
      kx = V;                                                                                      \
    }                                                                                              \
    for (; kx + V <= c->kernel; kx += V) weights(U, V, 0, c, gradient, m, ky, kx);                 \
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

// Calls BODY for each window: `map` begins it, `high` × `wide` vectors of it are there, and `n` is
// its number.
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

// One window of `high` × `wide`.
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

// Whether all windows are two by two.
INLINE int are_squares_of_two(const GlissadePooling *p) {
  return p->size == 2 && p->height >= 2 && p->width >= 2;
}

// The two rows of each row of such windows, map by map: with nothing to be read from `p` between
// stores.
#define EACH_ROW_OF_TWO(BODY)                                                                      \
  const long count = p->count, rows = p->rows, columns = p->columns;                               \
  const long width = p->width, area = p->height * p->width, stride = p->stride;                    \
  for (long m = 0; m < count; m++) {                                                               \
    Loose *row = (Loose *)p->maps + m * area;                                                      \
    for (long y = 0; y < rows; y++, row += 2 * width, n += columns) {                              \
      for (long x = 0; x < columns; x++) {                                                         \
        Loose *above = row + 2 * x, *below = above + width;                                        \
        const long at = (n + x) * stride;                                                          \
        BODY                                                                                       \
      }                                                                                            \
    }                                                                                              \
  }

static void pool_two(const GlissadePooling *p) {
  long n = 0;
  Loose *values = (Loose *)p->values;
  EACH_ROW_OF_TWO({
    GlissadeLanes best = above[0];
    best = above[1] > best ? above[1] : best;
    best = below[0] > best ? below[0] : best;
    values[at] = below[1] > best ? below[1] : best;
  })
}

static void unpool_two(const GlissadePooling *p) {
  long n = 0;
  const Loose *values = (const Loose *)p->values;
  const Loose *gradients = (const Loose *)p->gradients;
  EACH_ROW_OF_TWO({
    const GlissadeLanes value = values[at];
    const GlissadeLanes zero = 0;
    GlissadeLanes left = value > 0 ? gradients[at] : zero;
    const GlissadeMask a = (GlissadeMask)(above[0] == value);
    const GlissadeMask b = (GlissadeMask)(above[1] == value);
    const GlissadeMask c = (GlissadeMask)(below[0] == value);
    const GlissadeMask d = (GlissadeMask)(below[1] == value);
    above[0] = a ? left : zero;
    left = a ? zero : left;
    above[1] = b ? left : zero;
    left = b ? zero : left;
    below[0] = c ? left : zero;
    left = c ? zero : left;
    below[1] = d ? left : zero;
  })
}

void glissade_pool(const GlissadePooling *p) {
  if (are_squares_of_two(p)) return pool_two(p);
  EACH_WINDOW({
    ((Loose *)p->values)[n * p->stride] = largest(map, p->width, high, wide);
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
  if (are_squares_of_two(p)) return unpool_two(p);
  EACH_WINDOW({
    const GlissadeLanes value = ((const Loose *)p->values)[n * p->stride];
    GlissadeLanes gradient = ((const Loose *)p->gradients)[n * p->stride];
    gradient = value > 0 ? gradient : (GlissadeLanes)0;
    give(map, p->width, high, wide, value, gradient);
  })
}
