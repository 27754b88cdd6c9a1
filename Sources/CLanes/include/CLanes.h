// Vector operations as single instructions of the compiler's intermediate language.
//
// Swift's standard library computes many operations on SIMD8 lane by lane and leaves it to the optimiser to find the vector
// again, which it does only sometimes. These are vectors from the start, on every processor: the extensions used are the
// compiler's own, not one processor's.
#pragma once

typedef double GlissadeLanes __attribute__((ext_vector_type(8)));
typedef unsigned long long GlissadeBits __attribute__((ext_vector_type(8)));
typedef long long GlissadeMask __attribute__((ext_vector_type(8)));
// Two vectors at once, for long chains of operations.
typedef double GlissadeWide __attribute__((ext_vector_type(16)));
typedef unsigned long long GlissadeWideBits __attribute__((ext_vector_type(16)));
typedef long long GlissadeWideMask __attribute__((ext_vector_type(16)));

#define GLISSADE_LANES static inline __attribute__((always_inline))
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
// A product and a sum must round separately unless fused explicitly.
#pragma clang fp contract(off)
#endif

// Arithmetic for one type of vector, its functions' names ending in `suffix`. Choosing takes b where the mask is set.
#define GLISSADE_ARITHMETIC(Vector, Mask, suffix)                                                  \
  GLISSADE_LANES Vector glissade_add##suffix(Vector a, Vector b) { return a + b; }                 \
  GLISSADE_LANES Vector glissade_subtract##suffix(Vector a, Vector b) { return a - b; }            \
  GLISSADE_LANES Vector glissade_multiply##suffix(Vector a, Vector b) { return a * b; }            \
  GLISSADE_LANES Vector glissade_divide##suffix(Vector a, Vector b) { return a / b; }              \
  GLISSADE_LANES Vector glissade_fma##suffix(Vector a, Vector b, Vector c) {                       \
    return __builtin_elementwise_fma(a, b, c);                                                     \
  }                                                                                                \
  GLISSADE_LANES Vector glissade_sqrt##suffix(Vector a) { return __builtin_elementwise_sqrt(a); }  \
  GLISSADE_LANES Vector glissade_choose##suffix(Mask mask, Vector a, Vector b) {                   \
    return mask ? b : a;                                                                           \
  }
GLISSADE_ARITHMETIC(GlissadeLanes, GlissadeMask, )
GLISSADE_ARITHMETIC(GlissadeWide, GlissadeWideMask, _wide)

GLISSADE_LANES GlissadeWideBits glissade_and(GlissadeWideBits a, GlissadeWideBits b) { return a & b; }
GLISSADE_LANES GlissadeWideBits glissade_or(GlissadeWideBits a, GlissadeWideBits b) { return a | b; }
GLISSADE_LANES GlissadeWideBits glissade_xor(GlissadeWideBits a, GlissadeWideBits b) { return a ^ b; }
GLISSADE_LANES GlissadeWideBits glissade_plus(GlissadeWideBits a, GlissadeWideBits b) { return a + b; }
GLISSADE_LANES GlissadeWideBits glissade_minus(GlissadeWideBits a, GlissadeWideBits b) { return a - b; }
GLISSADE_LANES GlissadeWideBits glissade_left(GlissadeWideBits a, unsigned int n) { return a << n; }
GLISSADE_LANES GlissadeWideBits glissade_right(GlissadeWideBits a, unsigned int n) { return a >> n; }

// Two vectors side by side, and one of them.
GLISSADE_LANES GlissadeWide glissade_join(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
GLISSADE_LANES GlissadeLanes glissade_first(GlissadeWide a) {
  return __builtin_shufflevector(a, a, 0, 1, 2, 3, 4, 5, 6, 7);
}
GLISSADE_LANES GlissadeLanes glissade_second(GlissadeWide a) {
  return __builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15);
}

// Lanes 0 … 3 of a and of b side by side, and so on: the steps of transposing and of summing pairs.
GLISSADE_LANES GlissadeLanes glissade_low_halves(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
}
GLISSADE_LANES GlissadeLanes glissade_high_halves(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
}
GLISSADE_LANES GlissadeLanes glissade_low_pairs(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
}
GLISSADE_LANES GlissadeLanes glissade_high_pairs(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
}
GLISSADE_LANES GlissadeLanes glissade_even(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
}
GLISSADE_LANES GlissadeLanes glissade_odd(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}

// Four numbers twice: lane i and lane 4 + i, each in all four places of its half.
#define GLISSADE_SPREAD(i)                                                                         \
  GLISSADE_LANES GlissadeLanes glissade_spread##i(GlissadeLanes a) {                               \
    return __builtin_shufflevector(a, a, i, i, i, i, 4 + i, 4 + i, 4 + i, 4 + i);                  \
  }                                                                                                \
  /* Lane i of the four halves of a and b, twice. */                                               \
  GLISSADE_LANES GlissadeLanes glissade_column##i(GlissadeLanes a, GlissadeLanes b) {              \
    return __builtin_shufflevector(a, b, i, 4 + i, 8 + i, 12 + i, i, 4 + i, 8 + i, 12 + i);        \
  }
GLISSADE_SPREAD(0)
GLISSADE_SPREAD(1)
GLISSADE_SPREAD(2)
GLISSADE_SPREAD(3)

// Lanes 2 i and 2 i + 1, each in all four places of a half.
#define GLISSADE_HALVES(i)                                                                         \
  GLISSADE_LANES GlissadeLanes glissade_halves##i(GlissadeLanes a) {                               \
    return __builtin_shufflevector(                                                                \
        a, a, 2 * i, 2 * i, 2 * i, 2 * i, 2 * i + 1, 2 * i + 1, 2 * i + 1, 2 * i + 1);             \
  }
GLISSADE_HALVES(0)
GLISSADE_HALVES(1)
GLISSADE_HALVES(2)
GLISSADE_HALVES(3)

// Lanes l and l + 4 added up, in both places.
GLISSADE_LANES GlissadeLanes glissade_fold(GlissadeLanes a) {
  return a + __builtin_shufflevector(a, a, 4, 5, 6, 7, 0, 1, 2, 3);
}

// Even numbers of sixteen, and odd ones; and two vectors' numbers in turn, the first eight and the last.
GLISSADE_LANES GlissadeLanes glissade_evens(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}
GLISSADE_LANES GlissadeLanes glissade_odds(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}
GLISSADE_LANES GlissadeLanes glissade_zip_low(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
GLISSADE_LANES GlissadeLanes glissade_zip_high(GlissadeLanes a, GlissadeLanes b) {
  return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// The lanes of `a` (0 ... 7) and of `b` (8 ... 15) that `index` names.
GLISSADE_LANES GlissadeLanes glissade_pick(GlissadeLanes a, GlissadeLanes b, GlissadeMask index) {
#if defined(__AVX512F__)
  typedef double Eight __attribute__((vector_size(64)));
  typedef long long Numbers __attribute__((vector_size(64)));
  return (GlissadeLanes)__builtin_ia32_vpermi2varpd512((Eight)a, (Numbers)index, (Eight)b);
#else
  GlissadeWide both = glissade_join(a, b);
  GlissadeLanes picked;
  for (int lane = 0; lane < 8; lane++) picked[lane] = both[index[lane] & 15];
  return picked;
#endif
}

#include "CElementary.h"
#include "CLogarithm.h"
#include "CRoots.h"
#include "CDots.h"
#include "CLaneProducts.h"
#include "CNetBundle.h"
#include "CBundleSteps.h"
#include "CProducts.h"
#include "CRandom.h"
#include "CConvolution.h"
#include "CDescent.h"

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

// What the numeric targets were compiled for: one bit for each processor feature that the compiler was allowed to use.
enum GlissadeFeature {
  GLISSADE_SSE4_2 = 1 << 0,
  GLISSADE_POPCNT = 1 << 1,
  GLISSADE_AVX = 1 << 2,
  GLISSADE_AVX2 = 1 << 3,
  GLISSADE_FMA = 1 << 4,
  GLISSADE_BMI = 1 << 5,
  GLISSADE_BMI2 = 1 << 6,
  GLISSADE_AVX512F = 1 << 7,
  GLISSADE_AVX512CD = 1 << 8,
  GLISSADE_AVX512BW = 1 << 9,
  GLISSADE_AVX512DQ = 1 << 10,
  GLISSADE_AVX512VL = 1 << 11,
  GLISSADE_AVX512VBMI = 1 << 12,
  GLISSADE_AVX512VBMI2 = 1 << 13,
  GLISSADE_AVX512IFMA = 1 << 14,
  GLISSADE_AVX512VNNI = 1 << 15,
  GLISSADE_AVX512BITALG = 1 << 16,
  GLISSADE_AVX512VPOPCNTDQ = 1 << 17,
  GLISSADE_GFNI = 1 << 18,
  GLISSADE_SVE = 1 << 19,
};

// The features of this build, recorded by code that is compiled as the numeric targets are.
extern const unsigned int glissade_needed_features;

// The processor that the numeric targets were built for, as `GLISSADE_MARCH` has it, and bits of the vectors they work with.
const char *glissade_build_march(void);
int glissade_build_vector_bits(void);
