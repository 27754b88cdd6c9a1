// The gradients of four networks of two inputs, four tanh units and one logit: what NetBundle.h does for all shapes, without going
// through memory on the way. Sums have two chains, of even samples and of odd ones.
//
// Parameters are four doubles apart. Vectors hold two units, 2 h and 2 h + 1, of four networks.
#pragma once

#include "Blocks.h"

typedef double Four __attribute__((ext_vector_type(4), aligned(8)));
#define FOUR(p) (*(Four *)(p))
#define EIGHT(p) (*(Loose *)(p))
#define FUSED __builtin_elementwise_fma

INLINE GlissadeLanes both(Four x, Four y) {
  return __builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7);
}
INLINE GlissadeLanes same(Four x) { return both(x, x); }
// One unit's numbers.
INLINE Four unit(const GlissadeLanes *a, int u) {
  return u & 1 ? __builtin_shufflevector(a[u / 2], a[u / 2], 4, 5, 6, 7)
               : __builtin_shufflevector(a[u / 2], a[u / 2], 0, 1, 2, 3);
}

// Whether a net is such a one, its layers one after the other.
INLINE int is_gate(const GlissadeNetBundle *net) {
  const GlissadeBundleLayer *a = net->layers, *b = a + 1;
  return net->depth == 2 && net->stride == 4 && a->inputs == 2 && a->units == 4 && b->units == 1 &&
         a->weights == 0 && a->biases == 8 && b->weights == 12 && b->biases == 16 &&
         a->activation == GLISSADE_BY_TANH && net->loss == GLISSADE_CROSS_ENTROPY &&
         a->weight_chains == 2 && a->bias_chains == 2 && b->weight_chains == 2 && b->bias_chains == 2;
}

// Vectors of its parameters; of the last, half.
#define GATE_VECTORS 9

typedef struct {
  GlissadeLanes w[2][2], b[2], v[2];
  Four start;
} Gate;

// Sums of both chains: of the weights, the biases, the output's weights and its bias.
typedef struct {
  GlissadeLanes w[2][2][2], b[2][2], v[2][2];
  Four s[2];
} GateSums;

// Takes S samples, 2 or 4, from s on into the sums; 0 where a logit is too large.
INLINE int gate_samples(const int S, const GlissadeNetBundle *net, const Gate *gate, long s, GateSums *sums) {
  const long n = net->samples;
  GlissadeLanes a[4][2], x[4][2];
  Four z[4], t[4], d[4];
  UNROLL for (int j = 0; j < S; j++) {
    // Behind the last sample it is taken again, and left out below.
    const long at = (s + j < n ? s + j : n - 1) * 8;
    GlissadeLanes sum[2];
    UNROLL for (int h = 0; h < 2; h++) sum[h] = gate->b[h];
    UNROLL for (int c = 0; c < 2; c++) {
      x[j][c] = same(FOUR(net->inputs + c * n * 8 + at));
      UNROLL for (int h = 0; h < 2; h++) sum[h] = FUSED(gate->w[c][h], x[j][c], sum[h]);
    }
    const GlissadeWide y = glissade_tanh(glissade_join(sum[0], sum[1]));
    a[j][0] = glissade_first(y);
    a[j][1] = glissade_second(y);
    t[j] = FOUR(net->targets + at);
    z[j] = gate->start;
    UNROLL for (int u = 0; u < 4; u++) z[j] = FUSED(unit(gate->v, u), unit(a[j], u), z[j]);
  }
  // Two samples are taken twice, which the compiler leaves out.
#define JOINED(x) glissade_join(both(x[0], x[1]), S == 4 ? both(x[2], x[3]) : both(x[0], x[1]))
  const GlissadeWide logits = JOINED(z);
  if (!glissade_within(logits, 708)) return 0;
  const GlissadeWide e =
      (glissade_sigmoid(logits, glissade_fall(logits)) - JOINED(t)) * (GlissadeWide)net->scale;
#undef JOINED
  d[0] = __builtin_shufflevector(e, e, 0, 1, 2, 3);
  d[1] = __builtin_shufflevector(e, e, 4, 5, 6, 7);
  d[2] = __builtin_shufflevector(e, e, 8, 9, 10, 11);
  d[3] = __builtin_shufflevector(e, e, 12, 13, 14, 15);
  UNROLL for (int j = 0; j < S; j++) {
    if (s + j >= n) break;
    const int r = j & 1;
    const GlissadeLanes g = same(d[j]);
    sums->s[r] += d[j];
    UNROLL for (int h = 0; h < 2; h++) {
      sums->v[r][h] = FUSED(g, a[j][h], sums->v[r][h]);
      GlissadeLanes delta = FUSED(gate->v[h], g, (GlissadeLanes)0);
      delta = FUSED(-(delta * a[j][h]), a[j][h], delta);
      sums->b[r][h] += delta;
      UNROLL for (int c = 0; c < 2; c++) sums->w[r][c][h] = FUSED(delta, x[j][c], sums->w[r][c][h]);
    }
  }
  return 1;
}

// The gradients, in the parameters' order; the last vector's high half is 0. Returns 0, and none, where an output is too large.
INLINE int gate_slopes(const GlissadeNetBundle *net, GlissadeLanes slopes[GATE_VECTORS]) {
  const double *p = net->parameters;
  // A unit's two weights make a vector, and so does what two units have one of each.
  Gate gate;
  UNROLL for (int h = 0; h < 2; h++) {
    const GlissadeLanes first = EIGHT(p + 16 * h), second = EIGHT(p + 16 * h + 8);
    gate.w[0][h] = glissade_low_halves(first, second);
    gate.w[1][h] = glissade_high_halves(first, second);
    gate.b[h] = EIGHT(p + 32 + 8 * h);
    gate.v[h] = EIGHT(p + 48 + 8 * h);
  }
  gate.start = FOUR(p + 64);
  GateSums sums;
  UNROLL for (int r = 0; r < 2; r++) {
    UNROLL for (int h = 0; h < 2; h++)
      sums.w[r][0][h] = sums.w[r][1][h] = sums.b[r][h] = sums.v[r][h] = (GlissadeLanes)0;
    sums.s[r] = (Four)0;
  }
  long s = 0;
  for (; s + 2 < net->samples; s += 4)
    if (!gate_samples(4, net, &gate, s, &sums)) return 0;
  if (s < net->samples && !gate_samples(2, net, &gate, s, &sums)) return 0;
  UNROLL for (int h = 0; h < 2; h++) {
    const GlissadeLanes x = sums.w[0][0][h] + sums.w[1][0][h], y = sums.w[0][1][h] + sums.w[1][1][h];
    slopes[2 * h] = glissade_low_halves(x, y);
    slopes[2 * h + 1] = glissade_high_halves(x, y);
    slopes[4 + h] = sums.b[0][h] + sums.b[1][h];
    slopes[6 + h] = sums.v[0][h] + sums.v[1][h];
  }
  slopes[8] = both(sums.s[0] + sums.s[1], (Four)0);
  return 1;
}
