// What optimizers make of one vector of a gradient, as parts of the loops that call them.
#pragma once

#include "Blocks.h"

// Whether the divider has time for some of Adam's roots: on Zen 4 a quotient of eight keeps it busy for 9 cycles, a root for 16, and
// the multiplications that make a root otherwise (CRoots.h) and the rest of the step keep theirs busy for 15. Intel's dividers have
// none: 16 cycles and more for the quotient alone.
#if defined(__znver4__)
#define SPARE_DIVIDER 1
#else
#define SPARE_DIVIDER 0
#endif

// Adam, for vector `i`: m <- m + take1 (g - m), v <- keep2 v + take2 g^2, and rate m / (root v + offset), 0 where m is 0. Every other
// root comes from the divider where it has time; the bits are the same.
INLINE GlissadeLanes adam_change(
    const int by_divider, Loose *mean, Loose *square, GlissadeLanes g, GlissadeLanes rate,
    GlissadeLanes take1, GlissadeLanes keep2, GlissadeLanes take2, GlissadeLanes offset) {
  const GlissadeLanes m = __builtin_elementwise_fma(take1, g - *mean, *mean);
  *mean = m;
  const GlissadeLanes v = __builtin_elementwise_fma(keep2, *square, take2 * g * g);
  *square = v;
  const GlissadeLanes step = rate * m;
  const GlissadeLanes root =
      SPARE_DIVIDER && by_divider ? __builtin_elementwise_sqrt(v) : glissade_root(v);
  const GlissadeLanes quotient = step / (root + offset);
  // 0/0, of parameters that no gradient has reached where ε is 0, is no step.
  return step == 0.0 ? (GlissadeLanes)0 : quotient;
}

// The heavy ball, v <- keep v + fresh g and v out; Nesterov's variant looks ahead: (keep v + in g) out.
INLINE GlissadeLanes ball_change(
    const int looks_ahead, Loose *velocity, GlissadeLanes g, GlissadeLanes keep,
    GlissadeLanes fresh, GlissadeLanes in, GlissadeLanes out) {
  const GlissadeLanes v = __builtin_elementwise_fma(keep, *velocity, g * fresh);
  *velocity = v;
  return (looks_ahead ? __builtin_elementwise_fma(keep, v, g * in) : v) * out;
}
