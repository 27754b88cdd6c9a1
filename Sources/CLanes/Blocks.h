// What register blocks are written with.
#pragma once

#include "CLanes.h"

// Explicit fused multiply-adds only, as everywhere; and vectors are handed to functions that become part of their callers.
#pragma clang fp contract(off)
#pragma clang diagnostic ignored "-Wpsabi"

// Eight doubles anywhere in memory.
typedef double Loose __attribute__((ext_vector_type(8), aligned(8)));

// A function that is part of whatever calls it, so that its constants are known; a loop over constants that leaves no loop.
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Whether 32 registers hold eight doubles each. Elsewhere blocks are smaller, or they would spill; results are the same.
#if defined(__AVX512F__)
#define WIDE_BLOCKS 1
#else
#define WIDE_BLOCKS 0
#endif
