// Vector operations as single instructions of the compiler's intermediate language.
//
// Swift's standard library computes many operations on SIMD8 lane by lane and leaves it to the optimiser to find the vector
// again, which it does only sometimes. These are vectors from the start, on every processor: the extensions used are the
// compiler's own, not one processor's.
#pragma once

typedef double GlissadeLanes __attribute__((ext_vector_type(8)));
typedef unsigned long long GlissadeBits __attribute__((ext_vector_type(8)));
typedef long long GlissadeMask __attribute__((ext_vector_type(8)));

#define GLISSADE_LANES static inline __attribute__((always_inline))
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
// A product and a sum must round separately unless fused explicitly.
#pragma clang fp contract(off)
#endif

GLISSADE_LANES GlissadeLanes glissade_add(GlissadeLanes a, GlissadeLanes b) { return a + b; }
GLISSADE_LANES GlissadeLanes glissade_subtract(GlissadeLanes a, GlissadeLanes b) { return a - b; }
GLISSADE_LANES GlissadeLanes glissade_multiply(GlissadeLanes a, GlissadeLanes b) { return a * b; }
GLISSADE_LANES GlissadeLanes glissade_divide(GlissadeLanes a, GlissadeLanes b) { return a / b; }
// a·b + c, rounded once.
GLISSADE_LANES GlissadeLanes glissade_fma(GlissadeLanes a, GlissadeLanes b, GlissadeLanes c) {
  return __builtin_elementwise_fma(a, b, c);
}
GLISSADE_LANES GlissadeLanes glissade_sqrt(GlissadeLanes a) { return __builtin_elementwise_sqrt(a); }
// b where the mask is set (all ones), a elsewhere.
GLISSADE_LANES GlissadeLanes glissade_choose(GlissadeMask mask, GlissadeLanes a, GlissadeLanes b) {
  return mask ? b : a;
}

GLISSADE_LANES GlissadeBits glissade_and(GlissadeBits a, GlissadeBits b) { return a & b; }
GLISSADE_LANES GlissadeBits glissade_or(GlissadeBits a, GlissadeBits b) { return a | b; }
GLISSADE_LANES GlissadeBits glissade_xor(GlissadeBits a, GlissadeBits b) { return a ^ b; }
GLISSADE_LANES GlissadeBits glissade_plus(GlissadeBits a, GlissadeBits b) { return a + b; }
GLISSADE_LANES GlissadeBits glissade_minus(GlissadeBits a, GlissadeBits b) { return a - b; }
GLISSADE_LANES GlissadeBits glissade_left(GlissadeBits a, unsigned int count) { return a << count; }
GLISSADE_LANES GlissadeBits glissade_right(GlissadeBits a, unsigned int count) { return a >> count; }

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
