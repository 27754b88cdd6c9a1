// Logarithms, and what logistic losses are made of.
//
// Included by CLanes.h after CElementary.h, whose rules hold.
#pragma once

// x = 2^k m with sqrt(1/2) <= m < sqrt(2), for positive normal x. Adding 1 - sqrt(1/2) to the
// pattern makes the exponent's field step at sqrt(2) instead of at 2.
#define GLISSADE_ROOT_HALF 0x3FE6A09E667F3BCDULL
GLISSADE_LANES GlissadeWideBits glissade_stepped(GlissadeWide x) {
  return glissade_bits(x) + (0x3FF0000000000000ULL - GLISSADE_ROOT_HALF);
}
// k + 1023.
GLISSADE_LANES GlissadeWideBits glissade_exponent_field(GlissadeWide x) {
  return glissade_stepped(x) >> 52;
}
// k: 2^52 + b has the pattern of 2^52 with b in its low bits.
GLISSADE_LANES GlissadeWide glissade_exponent(GlissadeWide x) {
  return glissade_number(glissade_exponent_field(x) | 0x4330000000000000ULL)
         - (GlissadeWide)(0x1p52 + 1023);
}
// m.
GLISSADE_LANES GlissadeWide glissade_mantissa(GlissadeWide x) {
  return glissade_number((glissade_stepped(x) & 0x000FFFFFFFFFFFFFULL) + GLISSADE_ROOT_HALF);
}

// a + b x + c x^2 + d x^3, in Estrin's order, which waits less than Horner's.
GLISSADE_LANES GlissadeWide glissade_cubic(
    double a, double b, double c, double d, GlissadeWide x, GlissadeWide x2) {
  GlissadeWide low = glissade_plus_times((GlissadeWide)a, x, b);
  GlissadeWide high = glissade_plus_times((GlissadeWide)c, x, d);
  return __builtin_elementwise_fma(high, x2, low);
}

GLISSADE_LANES GlissadeWide glissade_logarithm_ratio(GlissadeWide f) {
  return f / ((GlissadeWide)2.0 + f);
}

// What f lacks of log(1 + f) for 1 + f in sqrt(1/2) ... sqrt(2), plus k times ln 2's low part.
//
// With s = f/(2 + f), log(1 + f) = f - (f^2/2 - s (f^2/2 + R(s^2))), as in fdlibm's e_log.c.
GLISSADE_LANES GlissadeWide glissade_logarithm_tail(GlissadeWide f, GlissadeWide k,
                                                    GlissadeWide s) {
  GlissadeWide z = s * s;
  GlissadeWide z2 = z * z;
  GlissadeWide z4 = z2 * z2;
  GlissadeWide p0 = glissade_cubic(0x1.5555555555593p-1, 0x1.999999997f9f8p-2, 0x1.249249422a46bp-2,
                                   0x1.c71c51d7cdd81p-3, z, z2);
  GlissadeWide p4 =
      glissade_plus_times((GlissadeWide)0x1.746649aff21edp-3, z, 0x1.39a0957b9ed6fp-3);
  p4 = glissade_plus_times(p4, z2, 0x1.2f118051bcf1fp-3);
  GlissadeWide p = __builtin_elementwise_fma(p4, z4, p0);
  GlissadeWide half = f * f * (GlissadeWide)0.5;
  GlissadeWide inner = __builtin_elementwise_fma(p, z, half);
  GlissadeWide low = __builtin_elementwise_fma(s, inner, k * (GlissadeWide)0x1.abc9e3b39803fp-56);
  return low - half;
}

// log(1 + x) for -1 < x <= 2^1000.
GLISSADE_LANES GlissadeWide glissade_log1p(GlissadeWide x) {
  GlissadeWide one = (GlissadeWide)1.0;
  GlissadeWide u = one + x;
  // What the sum lost (Knuth's two-sum: either may be the larger).
  GlissadeWide second = u - one;
  GlissadeWide lost = (one - (u - second)) + (x - second);
  GlissadeWide k = glissade_exponent(u);
  GlissadeWideMask whole = (GlissadeWideMask)(k == (GlissadeWide)0.0);
  GlissadeWide inverse =
      glissade_number(((GlissadeWideBits)2046 - glissade_exponent_field(u)) << 52);
  GlissadeWide f = whole ? x : glissade_mantissa(u) - one;
  GlissadeWide c = whole ? (GlissadeWide)0.0 : lost * inverse;
  GlissadeWide s = glissade_logarithm_ratio(f);
  GlissadeWide tail = glissade_logarithm_tail(f, k, s);
  // c/m, which is tiny, with 1/m = (1 - s)/(1 + s) to half a per cent.
  GlissadeWide g = one - s;
  GlissadeWide correction = c * g * __builtin_elementwise_fma(s, s, g);
  GlissadeWide y = glissade_plus_times(f + (tail + correction), k, 0x1.62e42fefa39efp-1);
  return glissade_number(glissade_bits(y) | (glissade_bits(x) & GLISSADE_SIGNS));
}

// e^-|x| for |x| <= 708, which never overflows.
GLISSADE_LANES GlissadeWide glissade_fall(GlissadeWide x) {
  return glissade_exp(glissade_number(glissade_bits(x) | GLISSADE_SIGNS));
}
// 1/(1 + e^-x), given e^-|x|: small results keep their precision.
GLISSADE_LANES GlissadeWide glissade_sigmoid(GlissadeWide x, GlissadeWide fall) {
  GlissadeWide above = x >= (GlissadeWide)0.0 ? (GlissadeWide)1.0 : fall;
  return above / ((GlissadeWide)1.0 + fall);
}
