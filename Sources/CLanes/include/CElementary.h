// Bodies of elementary functions that are inlined into several Swift modules, or need a table in
// registers.
//
// Included by CLanes.h, whose types and rules hold: portable vectors, every operation rounded once,
// the same bits on every processor. What a function means, and how exact it is, is said beside its
// Swift form in the module Lanes.
#pragma once

#define GLISSADE_SIGNS 0x8000000000000000ULL
// Adding it rounds numbers below 2^51 to integers, which then stand in the low bits.
#define GLISSADE_ROUNDER 0x1.8p52

GLISSADE_LANES GlissadeWideBits glissade_bits(GlissadeWide x) { return (GlissadeWideBits)x; }
GLISSADE_LANES GlissadeWide glissade_number(GlissadeWideBits x) { return (GlissadeWide)x; }
GLISSADE_LANES GlissadeWide glissade_times_plus(GlissadeWide a, GlissadeWide b, double c) {
  return __builtin_elementwise_fma(a, b, (GlissadeWide)c);
}
GLISSADE_LANES GlissadeWide glissade_plus_times(GlissadeWide c, GlissadeWide a, double b) {
  return __builtin_elementwise_fma(a, (GlissadeWide)b, c);
}

GLISSADE_LANES GlissadeWide glissade_size(GlissadeWide x) {
  return glissade_number(glissade_bits(x) & ~GLISSADE_SIGNS);
}

// Whether a mask is set anywhere.
GLISSADE_LANES int glissade_any(GlissadeWideMask mask) { return __builtin_reduce_or(mask) != 0; }

// Whether no lane exceeds `limit` in size or is NaN.
GLISSADE_LANES int glissade_within(GlissadeWide x, double limit) {
  return !glissade_any((GlissadeWideMask) ~(glissade_size(x) <= (GlissadeWide)limit));
}

// Whether a sign bit is set anywhere.
GLISSADE_LANES int glissade_any_sign(GlissadeWideBits x) {
  return __builtin_reduce_or(x & GLISSADE_SIGNS) != 0;
}
// A mask of the sign bits.
GLISSADE_LANES GlissadeWideMask glissade_sign_mask(GlissadeWideBits x) {
  return (GlissadeWideMask)x >> 63;
}

// MARK: Sine and cosine

// Sine and cosine up to the sign and to which is which.
//
// x = n pi/2 + h + l. The first difference is exact: both sides are multiples of 2^-53 and the rest
// is below 1. h - first is exact where it does not exceed h in size, of which `margin` makes sure
// with a wide margin.
//
// cos h = 1 - z/2 + z^2 q - h l, the first difference in two parts; sin h = h + h z p + l cos h.
// The result holds n in its low bits.
#define GLISSADE_FUSED __builtin_elementwise_fma
GLISSADE_LANES GlissadeWideBits glissade_near(
    GlissadeWide x, GlissadeWide *sin, GlissadeWide *cos, GlissadeWide *angle,
    GlissadeWideMask *margin) {
  GlissadeWide sum =
      glissade_times_plus(x, (GlissadeWide)0x1.45f306dc9c883p-1, GLISSADE_ROUNDER);
  GlissadeWide n = sum - (GlissadeWide)GLISSADE_ROUNDER;
  GlissadeWide first = glissade_plus_times(x, n, -0x1.921fb54442d18p+0);
  GlissadeWide h = glissade_plus_times(first, n, -0x1.1a62633145c07p-54);
  GlissadeWide l = glissade_plus_times(first - h, n, -0x1.1a62633145c07p-54);
  GlissadeWide z = h * h;

  GlissadeWide p = (GlissadeWide)0x1.5d9380e6afc4fp-33;
  p = glissade_times_plus(p, z, -0x1.ae5e6831c9defp-26);
  p = glissade_times_plus(p, z, 0x1.71de357aa54efp-19);
  p = glissade_times_plus(p, z, -0x1.a01a019c15afdp-13);
  p = glissade_times_plus(p, z, 0x1.111111110f8a4p-7);
  p = glissade_times_plus(p, z, -0x1.5555555555549p-3);
  GlissadeWide q = (GlissadeWide) - 0x1.8fb10a3584763p-37;
  q = glissade_times_plus(q, z, 0x1.1ee9f110be7d3p-29);
  q = glissade_times_plus(q, z, -0x1.27e4f81265649p-22);
  q = glissade_times_plus(q, z, 0x1.a01a019cbf0d6p-16);
  q = glissade_times_plus(q, z, -0x1.6c16c16c1521dp-10);
  q = glissade_times_plus(q, z, 0x1.555555555554cp-5);

  GlissadeWide half = z * (GlissadeWide)0.5;
  GlissadeWide w = (GlissadeWide)1.0 - half;
  GlissadeWide lost = ((GlissadeWide)1.0 - w) - half;
  *cos = w + GLISSADE_FUSED(z * z, q, GLISSADE_FUSED(-l, h, lost));
  *sin = h + GLISSADE_FUSED(h * z, p, l * w);
  *angle = h;
  *margin = (GlissadeWideMask)(glissade_bits(glissade_size(h)) - glissade_bits(glissade_size(n)));
  return glissade_bits(sum);
}

// The least margin, between bit patterns, of results that can be trusted: |h| >= |n| 2^-40. The
// others are beyond about 2^39, or so near to a multiple of pi/2 that two parts of pi/2 are too
// few; not NaN and infinities, for results are NaN there.
#define GLISSADE_LEAST_MARGIN (-(40LL << 52))

// Odd quarters exchange sine and cosine; quarters 2 and 3, 1 and 2 turn signs. What the sum in the
// sine makes of -0 is put right. The result says in its sign bits where it cannot be trusted.
//
// Swift takes no pointers to vectors, so that it calls for one result at a time. The compiler sees
// that they share their work.
GLISSADE_LANES GlissadeWideBits glissade_sincos(
    GlissadeWide x, GlissadeWide *sin, GlissadeWide *cos) {
  GlissadeWide s, c, h;
  GlissadeWideMask margin;
  GlissadeWideBits quarters = glissade_near(x, &s, &c, &h, &margin);
  GlissadeWideBits sine = glissade_bits(glissade_size(s)) | (glissade_bits(h) & GLISSADE_SIGNS);
  GlissadeWideBits cosine = glissade_bits(c);
  GlissadeWideBits odd = quarters << 63;
  GlissadeWideBits other = (sine ^ cosine) & (GlissadeWideBits)glissade_sign_mask(odd);
  GlissadeWideBits sign = (quarters >> 1) << 63;
  *sin = glissade_number(sine ^ other ^ sign);
  *cos = glissade_number(cosine ^ other ^ (sign ^ odd));
  return (GlissadeWideBits)margin - (GlissadeWideBits)(GlissadeWideMask)GLISSADE_LEAST_MARGIN;
}
GLISSADE_LANES GlissadeWide glissade_sin(GlissadeWide x) {
  GlissadeWide sin, cos;
  glissade_sincos(x, &sin, &cos);
  return sin;
}
GLISSADE_LANES GlissadeWide glissade_cos(GlissadeWide x) {
  GlissadeWide sin, cos;
  glissade_sincos(x, &sin, &cos);
  return cos;
}
GLISSADE_LANES GlissadeWideBits glissade_sincos_far(GlissadeWide x) {
  GlissadeWide sin, cos;
  return glissade_sincos(x, &sin, &cos);
}

// MARK: The exponential

// 2^(j/16) to double precision, and what it lacks.
static const double glissade_sixteenths[16] = {
    0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
    0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
    0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
    0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0,
};
static const double glissade_sixteenths_rest[16] = {
    0x0p+0,                 0x1.8a62e4adc610bp-54,  -0x1.19041b9d78a76p-55, 0x1.9b07eb6c70573p-54,
    0x1.6f46ad23182e4p-55,  0x1.ada0911f09ebcp-55,  0x1.d4397afec42e2p-56,  0x1.6324c054647adp-54,
    -0x1.bdd3413b26456p-54, -0x1.41577ee04992fp-55, 0x1.6e9f156864b27p-54,  0x1.c7c46b071f2bep-56,
    0x1.7a1cd345dcc81p-54,  0x1.11065895048ddp-55,  0x1.2ed02d75b3707p-55,  -0x1.e9c23179c2893p-54,
};

// Entries of a table of sixteen, by the four lowest bits of each index.
GLISSADE_LANES GlissadeLanes glissade_entries_lanes(const double *table, GlissadeBits index) {
#if defined(__AVX512F__)
  // A table of two registers, picked from by one instruction.
  typedef double Eight __attribute__((vector_size(64)));
  typedef long long Numbers __attribute__((vector_size(64)));
  Eight low, high;
  __builtin_memcpy(&low, table, 64);
  __builtin_memcpy(&high, table + 8, 64);
  return (GlissadeLanes)__builtin_ia32_vpermi2varpd512(low, (Numbers)index, high);
#else
  GlissadeLanes entries;
  for (int lane = 0; lane < 8; lane++) entries[lane] = table[index[lane] & 15];
  return entries;
#endif
}
GLISSADE_LANES GlissadeWide glissade_entries(const double *table, GlissadeWideBits index) {
  GlissadeBits first = __builtin_shufflevector(index, index, 0, 1, 2, 3, 4, 5, 6, 7);
  GlissadeBits second = __builtin_shufflevector(index, index, 8, 9, 10, 11, 12, 13, 14, 15);
  return glissade_join(
      glissade_entries_lanes(table, first), glissade_entries_lanes(table, second));
}

// k, the integer nearest to 16 x / ln 2, in the low bits; |x| < 2^40.
GLISSADE_LANES GlissadeWideBits glissade_exp_sixteenths(GlissadeWide x) {
  return glissade_bits(
      glissade_times_plus(x, (GlissadeWide)0x1.71547652b82fep+4, GLISSADE_ROUNDER));
}

// e^x without 2^(k/16 rounded down): a number in 0.97 ... 2.
GLISSADE_LANES GlissadeWide glissade_exp_mantissa(GlissadeWide x, GlissadeWideBits k) {
  // x = (k/16) ln 2 + r. The first difference is exact: both sides are multiples of 2^-57 and the
  // rest is below 2^-5.
  GlissadeWide n = glissade_number(k) - (GlissadeWide)GLISSADE_ROUNDER;
  GlissadeWide r = glissade_plus_times(x, n, -0x1.62e42fefa39efp-5);
  r = glissade_plus_times(r, n, -0x1.abc9e3b39803fp-60);
  GlissadeWide power = glissade_entries(glissade_sixteenths, k);
  GlissadeWide rest = glissade_entries(glissade_sixteenths_rest, k);
  GlissadeWide p = (GlissadeWide)0x1.6c181f96ff5bap-10;
  p = glissade_times_plus(p, r, 0x1.11120b68497a5p-7);
  p = glissade_times_plus(p, r, 0x1.55555554b92fep-5);
  p = glissade_times_plus(p, r, 0x1.55555554dcd7cp-3);
  p = glissade_times_plus(p, r, 0x1.0000000000001p-1);
  GlissadeWide q = __builtin_elementwise_fma(r * r, p, r);
  return power + __builtin_elementwise_fma(power, q, rest);
}

// e^x where neither it nor the mantissa is denormal: |x| <= 708.
GLISSADE_LANES GlissadeWide glissade_exp(GlissadeWide x) {
  GlissadeWideBits k = glissade_exp_sixteenths(x);
  GlissadeWide mantissa = glissade_exp_mantissa(x, k);
  return glissade_number(glissade_bits(mantissa) + ((k & ~15ULL) << 48));
}

// MARK: The hyperbolic tangent

// Entries of a table of eight, by the three lowest bits of each index.
GLISSADE_LANES GlissadeWide glissade_entries_of_eight(const double *table, GlissadeWideBits index) {
#if defined(__AVX512F__)
  // A table of one register, picked from by one instruction.
  typedef double Eight __attribute__((vector_size(64)));
  typedef long long Numbers __attribute__((vector_size(64)));
  Eight entries;
  __builtin_memcpy(&entries, table, 64);
  GlissadeLanes first = (GlissadeLanes)__builtin_ia32_permvardf512(
      entries, (Numbers)__builtin_shufflevector(index, index, 0, 1, 2, 3, 4, 5, 6, 7));
  GlissadeLanes second = (GlissadeLanes)__builtin_ia32_permvardf512(
      entries, (Numbers)__builtin_shufflevector(index, index, 8, 9, 10, 11, 12, 13, 14, 15));
  return glissade_join(first, second);
#elif defined(__AVX2__)
  // A table of two registers, one of the entries' low halves and one of their high halves.
  typedef int Halves __attribute__((vector_size(32)));
  Halves first, second, entries[4];
  __builtin_memcpy(&first, table, 32);
  __builtin_memcpy(&second, table + 4, 32);
  Halves low = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14);
  Halves high = __builtin_shufflevector(first, second, 1, 3, 5, 7, 9, 11, 13, 15);
  __builtin_memcpy(entries, &index, 128);
  for (int part = 0; part < 4; part++) {
    Halves both = __builtin_shufflevector(entries[part], entries[part], 0, 0, 2, 2, 4, 4, 6, 6);
    Halves lows = (Halves)__builtin_ia32_permvarsi256(low, both);
    Halves highs = (Halves)__builtin_ia32_permvarsi256(high, both);
    entries[part] = __builtin_shufflevector(lows, highs, 0, 9, 2, 11, 4, 13, 6, 15);
  }
  GlissadeWide result;
  __builtin_memcpy(&result, entries, 128);
  return result;
#else
  GlissadeWide entries;
  for (int lane = 0; lane < 16; lane++) entries[lane] = table[index[lane] & 7];
  return entries;
#endif
}

// 2^(j/4), j = k mod 4, its pattern lessened by j << 50: adding k << 50 makes it 2^(k/4).
static const double glissade_tanh_powers[8] = {
    0x1.0000000000000p+0, 0x1.f06fe0a31b715p-1, 0x1.ea09e667f3bcdp-1, 0x1.ee89f995ad3adp-1,
    0x1.0000000000000p+0, 0x1.f06fe0a31b715p-1, 0x1.ea09e667f3bcdp-1, 0x1.ee89f995ad3adp-1,
};
// t = tanh(k ln2/8); 4W/(W + 1), W = 2^(k/4); what the entry for t lacks, times W + 1. The last
// entries are for all k from 7 on.
static const double glissade_tanh_knots[8] = {
    0x0.0000000000000p+0, 0x1.620185e562140p-4, 0x1.5f619980c4337p-3, 0x1.0454ee7d7bf88p-2,
    0x1.5555555555555p-2, 0x1.a1cc661beae5ap-2, 0x1.e90df15b89be3p-2, 1,
};
static const double glissade_tanh_derivatives[8] = {
    0x1.0000000000000p+1, 0x1.1620185e56214p+1, 0x1.2bec333018867p+1, 0x1.41153b9f5efe2p+1,
    0x1.5555555555555p+1, 0x1.68731986fab96p+1, 0x1.7a437c56e26f9p+1, 2,
};
static const double glissade_tanh_rests[8] = {
    0x0.0000000000000p+0,  0x1.56e9c4ba291c4p-57,  -0x1.249890c521a74p-56, -0x1.0c84ebd7a3515p-56,
    0x1.c59d7b108aa56p-56, -0x1.210b09ddf736ep-55, 0x1.31d2d30e8cf55p-57,  -2,
};

// The hyperbolic tangent.
//
// With |x| = k ln2/8 + s, W = 2^(k/4), t = (W - 1)/(W + 1) = tanh(k ln2/8) and r = tanh s, it is
//
//     (t + r)/(1 + t r)  =  t + 4W/(W + 1) r/((W + 1) + (W - 1) r)  =  1 - 2(1 - r)/((W + 1) + (W -
//     1) r).
//
// The second form, for k < 7, adds a correction to a table's entry, so that little of the
// correction's error shows, and none of the division's at k = 0, where it divides 2r by 2; the
// third, for results above a half, takes a number below a half from 1. Both are one formula with
// three constants. k changes a quarter later than the nearest integer would: where the correction
// is negative it stays small against the result.
GLISSADE_LANES GlissadeWide glissade_tanh(GlissadeWide x) {
  // From 22 on it is 1. NaN stays NaN.
  GlissadeWide size = glissade_size(x);
  GlissadeWide a = size > (GlissadeWide)22.0 ? (GlissadeWide)22.0 : size;
  GlissadeWide sum = glissade_times_plus(a, (GlissadeWide)0x1.71547652b82fep+3, -0.25) +
                     (GlissadeWide)GLISSADE_ROUNDER;
  GlissadeWide n = sum - (GlissadeWide)GLISSADE_ROUNDER;
  GlissadeWide s = glissade_plus_times(a, n, -0x1.62e42fefa39efp-4);
  GlissadeWideBits k = glissade_bits(sum);
  GlissadeWide last = (GlissadeWide)(GLISSADE_ROUNDER + 7);
  GlissadeWideBits entry = glissade_bits(sum > last ? last : sum);
  GlissadeWide knot = glissade_entries_of_eight(glissade_tanh_knots, entry);
  GlissadeWide derivative = glissade_entries_of_eight(glissade_tanh_derivatives, entry);
  GlissadeWide rest = glissade_entries_of_eight(glissade_tanh_rests, entry);
  GlissadeWideBits power = glissade_bits(glissade_entries_of_eight(glissade_tanh_powers, k));
  GlissadeWide w = glissade_number(power + (k << 50));

  GlissadeWide z = s * s;
  GlissadeWide p = (GlissadeWide) - 0x1.20f17b0dc9707p-7;
  p = glissade_times_plus(p, z, 0x1.664e62f49fc0dp-6);
  p = glissade_times_plus(p, z, -0x1.ba1ba17b3f2f8p-5);
  p = glissade_times_plus(p, z, 0x1.111111110d4f5p-3);
  p = glissade_times_plus(p, z, -0x1.5555555555553p-2);
  GlissadeWide r = __builtin_elementwise_fma(s * z, p, s);
  GlissadeWide above = __builtin_elementwise_fma(derivative, r, rest);
  GlissadeWide below = __builtin_elementwise_fma(w - (GlissadeWide)1.0, r, w + (GlissadeWide)1.0);
  GlissadeWide result = knot + above / below;
  return glissade_number(glissade_bits(result) | (glissade_bits(x) & GLISSADE_SIGNS));
}
