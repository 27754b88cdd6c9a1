// The gradients of four networks of two inputs, four tanh units and one logit: what NetBundle.h does for all shapes, without going
// through memory on the way. Sums have two chains, of even samples and of odd ones.
//
// Parameters are four doubles apart. Vectors hold two units, 2 h and 2 h + 1, of four networks.

typedef double Four __attribute__((ext_vector_type(4), aligned(8)));
#define FOUR(p) (*(const Four *)(p))
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

// Whether a net is such a one.
INLINE int is_gate(const GlissadeNetBundle *net) {
  const GlissadeBundleLayer *a = net->layers, *b = a + 1;
  return net->depth == 2 && net->stride == 4 && a->inputs == 2 && a->units == 4 && b->units == 1 &&
         a->activation == GLISSADE_BY_TANH && net->loss == GLISSADE_CROSS_ENTROPY &&
         a->weight_chains == 2 && a->bias_chains == 2 && b->weight_chains == 2 && b->bias_chains == 2;
}

static __attribute__((noinline)) int gate(const GlissadeNetBundle *net) {
  const GlissadeBundleLayer *hidden = net->layers, *output = hidden + 1;
  const long n = net->samples;
  // A unit's two weights make a vector, and so does what two units have one of each.
  const double *weights = net->parameters + 4 * hidden->weights, *biases = net->parameters + 4 * hidden->biases;
  const double *row = net->parameters + 4 * output->weights;
  GlissadeLanes w[2][2], b[2], v[2];
  UNROLL for (int h = 0; h < 2; h++) {
    const GlissadeLanes first = EIGHT(weights + 16 * h), second = EIGHT(weights + 16 * h + 8);
    w[0][h] = glissade_low_halves(first, second);
    w[1][h] = glissade_high_halves(first, second);
    b[h] = hidden->biases < 0 ? (GlissadeLanes)0 : EIGHT(biases + 8 * h);
    v[h] = EIGHT(row + 8 * h);
  }
  const Four start = output->biases < 0 ? (Four)0 : FOUR(net->parameters + 4 * output->biases);
  // Sums of both chains: of the weights, the biases, the output's weights and its bias.
  GlissadeLanes dw[2][2][2], db[2][2], dv[2][2];
  Four ds[2];
  UNROLL for (int r = 0; r < 2; r++) {
    UNROLL for (int h = 0; h < 2; h++)
      dw[r][0][h] = dw[r][1][h] = db[r][h] = dv[r][h] = (GlissadeLanes)0;
    ds[r] = (Four)0;
  }
  for (long s = 0; s < n; s += 4) {
    GlissadeLanes a[4][2], x[4][2];
    Four z[4], t[4], d[4];
    UNROLL for (int j = 0; j < 4; j++) {
      // Behind the last sample it is taken again, and left out below.
      const long at = (s + j < n ? s + j : n - 1) * 8;
      GlissadeLanes sum[2];
      UNROLL for (int h = 0; h < 2; h++) sum[h] = b[h];
      UNROLL for (int c = 0; c < 2; c++) {
        x[j][c] = same(FOUR(net->inputs + c * n * 8 + at));
        UNROLL for (int h = 0; h < 2; h++) sum[h] = FUSED(w[c][h], x[j][c], sum[h]);
      }
      const GlissadeWide y = glissade_tanh(glissade_join(sum[0], sum[1]));
      a[j][0] = glissade_first(y);
      a[j][1] = glissade_second(y);
      t[j] = FOUR(net->targets + at);
      z[j] = start;
      UNROLL for (int u = 0; u < 4; u++) z[j] = FUSED(unit(v, u), unit(a[j], u), z[j]);
    }
#define JOINED(x)                                                                                  \
  glissade_join(__builtin_shufflevector(x[0], x[1], 0, 1, 2, 3, 4, 5, 6, 7),                       \
                __builtin_shufflevector(x[2], x[3], 0, 1, 2, 3, 4, 5, 6, 7))
    const GlissadeWide logits = JOINED(z);
    if (!glissade_within(logits, 708)) return 0;
    const GlissadeWide e =
        (glissade_sigmoid(logits, glissade_fall(logits)) - JOINED(t)) * (GlissadeWide)net->scale;
    d[0] = __builtin_shufflevector(e, e, 0, 1, 2, 3);
    d[1] = __builtin_shufflevector(e, e, 4, 5, 6, 7);
    d[2] = __builtin_shufflevector(e, e, 8, 9, 10, 11);
    d[3] = __builtin_shufflevector(e, e, 12, 13, 14, 15);
#undef JOINED
    UNROLL for (int j = 0; j < 4; j++) {
      if (s + j >= n) break;
      const int r = j & 1;
      const GlissadeLanes g = same(d[j]);
      ds[r] += d[j];
      UNROLL for (int h = 0; h < 2; h++) {
        dv[r][h] = FUSED(g, a[j][h], dv[r][h]);
        GlissadeLanes delta = FUSED(v[h], g, (GlissadeLanes)0);
        delta = FUSED(-(delta * a[j][h]), a[j][h], delta);
        db[r][h] += delta;
        UNROLL for (int c = 0; c < 2; c++) dw[r][c][h] = FUSED(delta, x[j][c], dw[r][c][h]);
      }
    }
  }
  double *to = net->gradients;
  UNROLL for (int h = 0; h < 2; h++) {
    const GlissadeLanes x = dw[0][0][h] + dw[1][0][h], y = dw[0][1][h] + dw[1][1][h];
    EIGHT(to + 4 * hidden->weights + 16 * h) = glissade_low_halves(x, y);
    EIGHT(to + 4 * hidden->weights + 16 * h + 8) = glissade_high_halves(x, y);
    if (hidden->biases >= 0) EIGHT(to + 4 * hidden->biases + 8 * h) = db[0][h] + db[1][h];
    EIGHT(to + 4 * output->weights + 8 * h) = dv[0][h] + dv[1][h];
  }
  if (output->biases >= 0) *(Four *)(to + 4 * output->biases) = ds[0] + ds[1];
  return 1;
}

#undef FOUR
#undef EIGHT
#undef FUSED
