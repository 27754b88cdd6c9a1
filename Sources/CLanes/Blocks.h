// What register blocks are written with.
#pragma once

#include "CLanes.h"

// Explicit fused multiply-adds only, as everywhere; and vectors are handed to functions that become
// part of their callers.
#pragma clang fp contract(off)
#pragma clang diagnostic ignored "-Wpsabi"

// Eight doubles anywhere in memory.
typedef double Loose __attribute__((ext_vector_type(8), aligned(8)));

// A function that is part of whatever calls it, so that its constants are known; a loop over
// constants that leaves no loop.
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Keeps a loop over a pointer as it is written: two turns made into one take more registers for
// addresses than there are.
#define STEP_BY_STEP(pointer) __asm__ volatile("" : "+r"(pointer))

// The sums across lanes of eight vectors, as one vector.
INLINE GlissadeLanes fold(const GlissadeLanes *s) {
  // Lanes l and l + 4 of two vectors, side by side; then l and l + 2 of four; then l and l + 1 of
  // eight.
  const GlissadeLanes a = glissade_low_halves(s[0], s[4]) + glissade_high_halves(s[0], s[4]);
  const GlissadeLanes b = glissade_low_halves(s[2], s[6]) + glissade_high_halves(s[2], s[6]);
  const GlissadeLanes c = glissade_low_halves(s[1], s[5]) + glissade_high_halves(s[1], s[5]);
  const GlissadeLanes d = glissade_low_halves(s[3], s[7]) + glissade_high_halves(s[3], s[7]);
  const GlissadeLanes ab = glissade_low_pairs(a, b) + glissade_high_pairs(a, b);
  const GlissadeLanes cd = glissade_low_pairs(c, d) + glissade_high_pairs(c, d);
  return glissade_even(ab, cd) + glissade_odd(ab, cd);
}

// Whether 32 registers hold eight doubles each. Elsewhere blocks are smaller, or they would spill;
// results are the same.
#if defined(__AVX512F__)
#define WIDE_BLOCKS 1
#else
#define WIDE_BLOCKS 0
#endif
