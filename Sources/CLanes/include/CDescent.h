// The derivative of x sin(x^2 + 1), and a step of gradient descent with its bits.
//
// Included by CLanes.h after CElementary.h, whose rules hold.
#pragma once

// sin and cos of k pi/16 to double precision.
static const double glissade_sines[16] = {
    0x0.0000000000000p+0, 0x1.8f8b83c69a60bp-3, 0x1.87de2a6aea963p-2, 0x1.1c73b39ae68c8p-1,
    0x1.6a09e667f3bcdp-1, 0x1.a9b66290ea1a3p-1, 0x1.d906bcf328d46p-1, 0x1.f6297cff75cb0p-1,
    0x1.0000000000000p+0, 0x1.f6297cff75cb0p-1, 0x1.d906bcf328d46p-1, 0x1.a9b66290ea1a3p-1,
    0x1.6a09e667f3bcdp-1, 0x1.1c73b39ae68c8p-1, 0x1.87de2a6aea963p-2, 0x1.8f8b83c69a60bp-3,
};
static const double glissade_cosines[16] = {
    0x1.0000000000000p+0,  0x1.f6297cff75cb0p-1,  0x1.d906bcf328d46p-1,  0x1.a9b66290ea1a3p-1,
    0x1.6a09e667f3bcdp-1,  0x1.1c73b39ae68c8p-1,  0x1.87de2a6aea963p-2,  0x1.8f8b83c69a60bp-3,
    0x0.0000000000000p+0,  -0x1.8f8b83c69a60bp-3, -0x1.87de2a6aea963p-2, -0x1.1c73b39ae68c8p-1,
    -0x1.6a09e667f3bcdp-1, -0x1.a9b66290ea1a3p-1, -0x1.d906bcf328d46p-1, -0x1.f6297cff75cb0p-1,
};

// The largest angle whose derivative can be trusted: two parts of pi/16 are enough up to here.
#define GLISSADE_FARTHEST 0x1p24

// u = x^2 + 1, rounded once.
GLISSADE_LANES GlissadeLanes glissade_xsin_angle(GlissadeLanes x) {
  return GLISSADE_FUSED(x, x, (GlissadeLanes)1.0);
}

// sin u + 2 (u - 1) cos u without its sign, which is `sign`; the differences in 2 (u - 1) are
// exact.
//
// u = n pi/16 + h, |h| <= pi/32. The first difference is exact: both sides are multiples of 2^-52
// and the rest is below 1. With s and c, sine and cosine of the table's angle, w = 2 (u - 1), a = s
// + w c and b = c - w s the derivative is a cos h + b sin h. The table holds half a period; an odd
// number of those turns the sign.
//
// Seventeen products and fused sums, which fill a processor's multipliers while everything else
// goes elsewhere.
GLISSADE_LANES GlissadeLanes glissade_xsin_size(GlissadeLanes x, GlissadeBits *sign) {
  GlissadeLanes u = glissade_xsin_angle(x);
  GlissadeLanes sum =
      GLISSADE_FUSED(u, (GlissadeLanes)0x1.45f306dc9c883p+2, (GlissadeLanes)GLISSADE_ROUNDER);
  GlissadeLanes n = sum - (GlissadeLanes)GLISSADE_ROUNDER;
  GlissadeLanes h = GLISSADE_FUSED(n, (GlissadeLanes) - 0x1.921fb54442d18p-3, u);
  h = GLISSADE_FUSED(n, (GlissadeLanes) - 0x1.1a62633145c07p-57, h);
  GlissadeLanes z = h * h;

  GlissadeLanes s = glissade_entries_lanes(glissade_sines, (GlissadeBits)sum);
  GlissadeLanes c = glissade_entries_lanes(glissade_cosines, (GlissadeBits)sum);
  GlissadeLanes w = (u + u) - (GlissadeLanes)2.0;
  GlissadeLanes a = GLISSADE_FUSED(w, c, s);
  GlissadeLanes b = GLISSADE_FUSED(-w, s, c);

  // sin h = h + h z p and cos h = 1 + z q.
  GlissadeLanes p = (GlissadeLanes)0x1.71cad6f89746bp-19;
  p = GLISSADE_FUSED(p, z, (GlissadeLanes) - 0x1.a01a01098fbeep-13);
  p = GLISSADE_FUSED(p, z, (GlissadeLanes)0x1.111111110f5b5p-7);
  p = GLISSADE_FUSED(p, z, (GlissadeLanes) - 0x1.5555555555555p-3);
  GlissadeLanes q = (GlissadeLanes)0x1.9ffe2cf304e19p-16;
  q = GLISSADE_FUSED(q, z, (GlissadeLanes) - 0x1.6c16c08514b9ap-10);
  q = GLISSADE_FUSED(q, z, (GlissadeLanes)0x1.555555554f6e2p-5);
  q = GLISSADE_FUSED(q, z, (GlissadeLanes) - 0x1.ffffffffffffdp-2);

  GlissadeLanes first = b * h;
  GlissadeLanes rest = GLISSADE_FUSED(first, p, a * q);
  *sign = ((GlissadeBits)sum << 59) & GLISSADE_SIGNS;
  return a + GLISSADE_FUSED(z, rest, first);
}

// The derivative where the angle is at most GLISSADE_FARTHEST.
GLISSADE_LANES GlissadeLanes glissade_xsin_derivative(GlissadeLanes x) {
  GlissadeBits sign;
  GlissadeLanes size = glissade_xsin_size(x, &sign);
  return (GlissadeLanes)((GlissadeBits)size ^ sign);
}

// x - rate derivative. The sign goes to the rate, where nobody waits for it.
GLISSADE_LANES GlissadeLanes glissade_xsin_step(GlissadeLanes x, GlissadeLanes rate) {
  GlissadeBits sign;
  GlissadeLanes size = glissade_xsin_size(x, &sign);
  return x - size * (GlissadeLanes)((GlissadeBits)rate ^ sign);
}

// The larger of two numbers each, `most` where `u` is NaN.
GLISSADE_LANES GlissadeLanes glissade_farther(GlissadeLanes u, GlissadeLanes most) {
  return u > most ? u : most;
}

// A mask of the angles beyond GLISSADE_FARTHEST, and whether there are any. NaN is none: its
// derivative is NaN in any case.
GLISSADE_LANES GlissadeMask glissade_far_mask(GlissadeLanes u) {
  return (GlissadeMask)(u > (GlissadeLanes)GLISSADE_FARTHEST);
}
GLISSADE_LANES int glissade_any_far(GlissadeLanes u) {
  return __builtin_reduce_or(glissade_far_mask(u)) != 0;
}
