// A step of gradient descent on x sin(x^2 + 1), with the bits of sine, cosine and a slope that are computed one after the other.
//
// Included by CLanes.h after CElementary.h, whose rules hold.
#pragma once

// x - rate (sin u + 2 x (x cos u)), u = x^2 + 1, and the margin of the angle: where it is below GLISSADE_LEAST_MARGIN the
// step cannot be trusted.
//
// Signs are turned where nobody waits for them. Sine and cosine have one in common, which goes to the rate; the other goes to
// the x that the cosine is multiplied by. An angle of no size at all has no margin, so that the sine's zero needs no care.
#define GLISSADE_DESCENT(Vector, Bits, Mask, suffix)                                               \
  GLISSADE_LANES Vector glissade_xsin##suffix(Vector x, double rate, Mask *margin) {               \
    Vector s, c, h;                                                                                \
    Vector u = GLISSADE_FUSED(x, x, (Vector)1.0);                                                  \
    Bits quarters = glissade_near##suffix(u, &s, &c, &h, margin);                                  \
    Bits odd = quarters << 63;                                                                     \
    Bits other = ((Bits)s ^ (Bits)c) & (Bits)((Mask)odd >> 63);                                    \
    Vector sine = (Vector)((Bits)s ^ other);                                                       \
    Vector cosine = (Vector)((Bits)c ^ other);                                                     \
    Vector steep = (Vector)((Bits)x ^ odd) * cosine;                                               \
    Vector slope = GLISSADE_FUSED(x + x, steep, sine);                                             \
    Bits sign = (quarters << 62) & GLISSADE_SIGNS;                                                 \
    return x - slope * (Vector)((Bits)(Vector)rate ^ sign);                                        \
  }                                                                                                \
  GLISSADE_LANES Vector glissade_xsin_step##suffix(Vector x, double rate) {                        \
    Mask margin;                                                                                   \
    return glissade_xsin##suffix(x, rate, &margin);                                                \
  }                                                                                                \
  GLISSADE_LANES Mask glissade_xsin_margin##suffix(Vector x) {                                     \
    Mask margin;                                                                                   \
    glissade_xsin##suffix(x, 0, &margin);                                                          \
    return margin;                                                                                 \
  }                                                                                                \
  GLISSADE_LANES Mask glissade_least##suffix(Mask a, Mask b) {                                     \
    return __builtin_elementwise_min(a, b);                                                        \
  }                                                                                                \
  GLISSADE_LANES int glissade_is_marginal##suffix(Mask margin) {                                   \
    return __builtin_reduce_min(margin) < GLISSADE_LEAST_MARGIN;                                   \
  }
GLISSADE_DESCENT(GlissadeWide, GlissadeWideBits, GlissadeWideMask, )
GLISSADE_DESCENT(GlissadeLanes, GlissadeBits, GlissadeMask, _lanes)
