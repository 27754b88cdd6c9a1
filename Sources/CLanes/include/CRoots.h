// Square roots of many vectors, and Adam's step, which waits for little else.
//
// Included by CLanes.h.
#pragma once

// √x of each lane, rounded as the processor's own root is: the same bits.
//
// A root of eight numbers keeps the divider of today's processors busy for some 18 cycles (Zen 4)
// to 32 (Intel), and Adam needs the divider for its quotient too. Where the processor has an
// estimate of 1/√x to 14 bits, two steps of Goldschmidt's iteration and Markstein's correction (P.
// Markstein, IA-64 and Elementary Functions, 2000) make the rounded root of it by multiplications
// that other units do meanwhile. The correction errs by less than 2^-52 of a unit in the last
// place, so that only roots that lie as near to the middle of two numbers could come out wrong;
// `RootTests` goes through all of these.
//
// What is not between 2^-900 and 2^900 (zeros, NaN) is left to the divider. Alone a root comes
// faster from there; this is for rows.
GLISSADE_LANES GlissadeLanes glissade_root(GlissadeLanes x) {
#if defined(__AVX512F__)
  typedef double Eight __attribute__((vector_size(64)));
  typedef long long Numbers __attribute__((vector_size(64)));
  const GlissadeBits above = (GlissadeBits)x - (123ULL << 52);
  const unsigned char outside = (unsigned char)__builtin_ia32_ucmpq512_mask(
      (Numbers)above, (Numbers)(GlissadeBits)(1800ULL << 52), 6, 0xff);
  if (__builtin_expect(outside != 0, 0)) return __builtin_elementwise_sqrt(x);
  const GlissadeLanes y =
      (GlissadeLanes)__builtin_ia32_rsqrt14pd512_mask((Eight)x, (Eight)x, 0xff);
  GlissadeLanes g = x * y;
  GlissadeLanes h = y * 0.5;
  for (int i = 0; i < 2; i++) {
    const GlissadeLanes r = __builtin_elementwise_fma(-g, h, (GlissadeLanes)0.5);
    g = __builtin_elementwise_fma(g, r, g);
    h = __builtin_elementwise_fma(h, r, h);
  }
  return __builtin_elementwise_fma(__builtin_elementwise_fma(-g, g, x), h, g);
#else
  return __builtin_elementwise_sqrt(x);
#endif
}

// What Adam's step reads and writes, `vectors` vectors each: the gradient, the change, and both
// moments.
typedef struct {
  const double *gradient;
  double *change;
  double *mean;
  double *square;
  // η √c₂/c₁ of each lane.
  const double *rate;
  double take1;
  double keep2;
  double take2;
  // ε √c₂, or ε̂.
  double offset;
} GlissadeAdam;

// m ← m + take1 (g - m), v ← keep2 v + take2 g², change = rate m / (√v + offset), 0 where m is 0;
// each as `AdamLaw` takes it.
void glissade_adam(const GlissadeAdam *adam, long vectors);
