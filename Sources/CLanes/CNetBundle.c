#include "Blocks.h"

// The most units of a block.
#define U_MOST 4
// Doubles of a row of n vectors of `width`.
#define ROW_LENGTH(n, width) (((n) * (width) + 15) & ~15L)

long glissade_bundle_scratch(long units, long samples) {
  // Activations and deltas; sixteen more, because rows begin anywhere between two lines.
  return 2 * units * ROW_LENGTH(samples, 8) + 16;
}

#include "NetBundleGate.h"

static __attribute__((noinline)) int gate(const GlissadeNetBundle *net) {
  GlissadeLanes slopes[GATE_VECTORS];
  if (!gate_slopes(net, slopes)) return 0;
  UNROLL for (int i = 0; i < GATE_VECTORS - 1; i++) EIGHT(net->gradients + 8 * i) = slopes[i];
  FOUR(net->gradients + 64) = __builtin_shufflevector(slopes[8], slopes[8], 0, 1, 2, 3);
  return 1;
}

#undef FUSED

#define WIDTH 8
#define NAMED(name) name##8
#include "NetBundle.h"
#undef WIDTH
#undef NAMED

#define WIDTH 4
#define NAMED(name) name##4
#include "NetBundle.h"
