// The gradients of WIDTH networks in lanes, as CNetBundle.h states them. Included once a width;
// NAMED(x) is x with the width.
//
// Rows of scratch hold one unit's numbers, sample after sample, WIDTH doubles each, and are a whole
// number of sixteens long.

typedef double NAMED(V) __attribute__((ext_vector_type(WIDTH), aligned(8)));
#define V NAMED(V)
#define AT(p) (*(const V *)(p))
#define TO(p) (*(V *)(p))
#define FUSED __builtin_elementwise_fma

// Sums of U units at S samples, from their biases on (zero): `w` steps by `unit` and `step`, `x` by
// `sample` and `row`.
INLINE void NAMED(sums)(
    const int U, const int S, const double *w, long unit, long step, const double *b, long b_unit,
    const double *x, long sample, long row, long depth, V s[U_MOST][4]) {
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < S; j++)
    s[i][j] = b ? AT(b + i * b_unit) : (V)0;
  for (long k = depth; k > 0; k--) {
    V a[U_MOST];
    STEP_BY_STEP(w);
    UNROLL for (int i = 0; i < U; i++) a[i] = AT(w + i * unit);
    UNROLL for (int j = 0; j < S; j++) {
      const V c = AT(x + j * sample);
      UNROLL for (int i = 0; i < U; i++) s[i][j] = FUSED(a[i], c, s[i][j]);
    }
    w += step;
    x += row;
  }
}

typedef struct {
  const double *w;
  long unit, step;
  const double *b;
  long b_unit;
  const double *x;
  long sample, row, depth;
  double *z;
  long z_row, samples;
  // For gradients by activations: these, as they stand in z, and what they are.
  const double *through;
  GlissadeActivation activation;
} NAMED(Rows);

INLINE void NAMED(rows)(const int U, const int S, const NAMED(Rows) *p, long u, long s0) {
  V s[U_MOST][4];
  NAMED(sums)
  (U, S, p->w + u * p->unit, p->unit, p->step, p->b ? p->b + u * p->b_unit : p->b, p->b_unit,
   p->x + s0 * p->sample, p->sample, p->row, p->depth, s);
  const long at = u * p->z_row + s0 * WIDTH;
  if (p->through) {
    const double *a = p->through + at;
    if (p->activation == GLISSADE_BY_TANH) {
      UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < S; j++) {
        const V h = AT(a + i * p->z_row + j * WIDTH);
        s[i][j] = FUSED(-(s[i][j] * h), h, s[i][j]);
      }
    } else if (p->activation == GLISSADE_BY_RECTIFIER) {
      UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < S; j++)
        s[i][j] = AT(a + i * p->z_row + j * WIDTH) <= 0.0 ? (V)0 : s[i][j];
    }
  } else if (p->activation == GLISSADE_BY_RECTIFIER) {
    UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < S; j++)
      s[i][j] = s[i][j] <= 0.0 ? (V)0 : s[i][j];
  }
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < S; j++)
    TO(p->z + at + i * p->z_row + j * WIDTH) = s[i][j];
}

static __attribute__((noinline)) void NAMED(multiply)(const NAMED(Rows) *p, long units) {
  const long n = p->samples;
  long u = 0;
#if WIDE_BLOCKS
  for (; u + 4 <= units; u += 4) {
    long s = 0;
    for (; s + 4 <= n; s += 4) NAMED(rows)(4, 4, p, u, s);
    for (; s + 2 <= n; s += 2) NAMED(rows)(4, 2, p, u, s);
    for (; s < n; s++) NAMED(rows)(4, 1, p, u, s);
  }
  for (; u + 2 <= units; u += 2) {
    long s = 0;
    for (; s + 4 <= n; s += 4) NAMED(rows)(2, 4, p, u, s);
    for (; s < n; s++) NAMED(rows)(2, 1, p, u, s);
  }
#endif
  for (; u < units; u++) {
    long s = 0;
    for (; s + 4 <= n; s += 4) NAMED(rows)(1, 4, p, u, s);
    for (; s < n; s++) NAMED(rows)(1, 1, p, u, s);
  }
}

// Sixteen numbers, read as they were stored a moment ago: a wider load would wait for the stores to
// end.
INLINE GlissadeWide NAMED(sixteen)(const double *z) {
#if WIDTH == 4
  const V a = AT(z), b = AT(z + 4), c = AT(z + 8), d = AT(z + 12);
  return glissade_join(__builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7),
                       __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7));
#else
  return glissade_join(AT(z), AT(z + 8));
#endif
}

// The hyperbolic tangent of `count` doubles, a whole number of sixteens, in place.
INLINE void NAMED(tanh)(double *z, long count) {
  for (long i = 0; i < count; i += 16) {
    const GlissadeWide y = glissade_tanh(NAMED(sixteen)(z + i));
    *(Loose *)(z + i) = glissade_first(y);
    *(Loose *)(z + i + 8) = glissade_second(y);
  }
}

// Sums over samples of U deltas times I inputs, in `chains` chains; two of them at a time.
INLINE void NAMED(pair)(
    const int U, const int I, const double *d, long d_row, const double *x, long sample, long x_row,
    long first, long second, long stride, long n, V s[U_MOST][2]) {
  V t[U_MOST][2];
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < I; j++) s[i][j] = t[i][j] = (V)0;
  long k = first, l = second;
  for (; l < n; k += stride, l += stride) {
    V a[U_MOST], b[U_MOST];
    UNROLL for (int i = 0; i < U; i++) a[i] = AT(d + i * d_row + k * WIDTH);
    UNROLL for (int i = 0; i < U; i++) b[i] = AT(d + i * d_row + l * WIDTH);
    UNROLL for (int j = 0; j < I; j++) {
      const V y = AT(x + j * x_row + k * sample), z = AT(x + j * x_row + l * sample);
      UNROLL for (int i = 0; i < U; i++) {
        s[i][j] = FUSED(a[i], y, s[i][j]);
        t[i][j] = FUSED(b[i], z, t[i][j]);
      }
    }
  }
  if (k < n) {
    UNROLL for (int j = 0; j < I; j++) {
      const V y = AT(x + j * x_row + k * sample);
      UNROLL for (int i = 0; i < U; i++) s[i][j] = FUSED(AT(d + i * d_row + k * WIDTH), y, s[i][j]);
    }
  }
  UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < I; j++) s[i][j] += t[i][j];
}

typedef struct {
  const double *d;
  long d_row;
  const double *x;
  long sample, x_row, samples;
  double *c;
  long c_unit, c_step, chains;
} NAMED(Gradient);

INLINE void NAMED(weigh)(const int U, const int I, const NAMED(Gradient) *p, long u, long v) {
  V s[U_MOST][2];
  const double *d = p->d + u * p->d_row;
  const double *x = p->x + v * p->x_row;
#define PAIR(s, first, second, stride)                                                             \
  NAMED(pair)(U, I, d, p->d_row, x, p->sample, p->x_row, first, second, stride, p->samples, s)
#define EACH UNROLL for (int i = 0; i < U; i++) UNROLL for (int j = 0; j < I; j++)
  if (p->chains == 1) {
    EACH s[i][j] = (V)0;
    for (long k = 0; k < p->samples; k++) {
      UNROLL for (int j = 0; j < I; j++) {
        const V y = AT(x + j * p->x_row + k * p->sample);
        UNROLL for (int i = 0; i < U; i++)
          s[i][j] = FUSED(AT(d + i * p->d_row + k * WIDTH), y, s[i][j]);
      }
    }
  } else if (p->chains == 2) {
    PAIR(s, 0, 1, 2);
  } else {
    V t[U_MOST][2], r[U_MOST][2];
    PAIR(s, 0, 4, 8);
    PAIR(r, 2, 6, 8);
    EACH s[i][j] += r[i][j];
    PAIR(t, 1, 5, 8);
    PAIR(r, 3, 7, 8);
    EACH t[i][j] += r[i][j];
    EACH s[i][j] += t[i][j];
  }
  EACH TO(p->c + (u + i) * p->c_unit + (v + j) * p->c_step) = s[i][j];
#undef PAIR
#undef EACH
}

static __attribute__((noinline)) void NAMED(weights)(const NAMED(Gradient) * p, long units,
                                                     long inputs) {
  long u = 0;
#if WIDE_BLOCKS
  for (; u + 4 <= units; u += 4) {
    long v = 0;
    for (; v + 2 <= inputs; v += 2) NAMED(weigh)(4, 2, p, u, v);
    for (; v < inputs; v++) NAMED(weigh)(4, 1, p, u, v);
  }
#endif
  for (; u < units; u++) {
    long v = 0;
    for (; v + 2 <= inputs; v += 2) NAMED(weigh)(1, 2, p, u, v);
    for (; v < inputs; v++) NAMED(weigh)(1, 1, p, u, v);
  }
}

// Sums of a row of n numbers, in `chains` chains.
INLINE V NAMED(row_sum)(const double *d, long n, long chains) {
  V s[8];
  UNROLL for (int i = 0; i < 8; i++) s[i] = (V)0;
  if (chains == 1) {
    for (long k = 0; k < n; k++) s[0] += AT(d + k * WIDTH);
    return s[0];
  }
  long k = 0;
  if (chains == 2) {
    for (; k + 2 <= n; k += 2) {
      s[0] += AT(d + k * WIDTH);
      s[1] += AT(d + (k + 1) * WIDTH);
    }
    if (k < n) s[0] += AT(d + k * WIDTH);
    return s[0] + s[1];
  }
  for (; k + 8 <= n; k += 8) UNROLL for (int i = 0; i < 8; i++) s[i] += AT(d + (k + i) * WIDTH);
  for (; k < n; k++) {
    // A number of a chain is not known here; the compiler is.
    UNROLL for (int i = 0; i < 8; i++) if ((k & 7) == i) s[i] += AT(d + k * WIDTH);
  }
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

// Derivatives by the outputs, in place of nothing: z stays. Says whether all outputs are such as
// can be taken here.
INLINE int NAMED(differentiate)(
    const GlissadeNetBundle *net, long outputs, double *z, double *d, long row) {
  const long n = net->samples;
  const V scale = (V)net->scale;
  for (long k = 0; k < outputs; k++) {
    const double *t = net->targets + k * n * 8;
    double *y = z + k * row;
    double *e = d + k * row;
    // What stands behind the samples may be anything.
    for (long i = n * WIDTH; i < row; i += WIDTH) TO(y + i) = (V)0;
    if (net->loss == GLISSADE_CROSS_ENTROPY) {
      for (long i = 0; i < row; i += 16) {
        const GlissadeWide x = NAMED(sixteen)(y + i);
        if (!glissade_within(x, 708)) return 0;
        const GlissadeWide p = glissade_sigmoid(x, glissade_fall(x));
        *(Loose *)(e + i) = glissade_first(p);
        *(Loose *)(e + i + 8) = glissade_second(p);
      }
      for (long s = 0; s < n; s++)
        TO(e + s * WIDTH) = (AT(e + s * WIDTH) - AT(t + s * 8)) * scale;
    } else {
      V squares = (V)0;
      for (long s = 0; s < n; s++) {
        const V value = AT(y + s * WIDTH);
        squares = FUSED(value, value, squares);
        V error = value - AT(t + s * 8);
        if (net->loss == GLISSADE_SQUARED) error += error;
        TO(e + s * WIDTH) = error * scale;
      }
      int within = 1;
      UNROLL for (int l = 0; l < WIDTH; l++) within &= squares[l] < 1e199;
      if (!within) return 0;
    }
  }
  return 1;
}

int NAMED(glissade_bundle_gradients_)(const GlissadeNetBundle *net) {
#if WIDTH == 4
  if (is_gate(net)) return gate(net);
#endif
  const long n = net->samples, q = net->stride;
  const long row = ROW_LENGTH(n, WIDTH);
  // Activations of each layer, and their deltas.
  double *space = net->scratch;
  NAMED(Rows) rows = {.step = q, .b_unit = q, .z_row = row, .samples = n};
  rows.x = net->inputs;
  rows.sample = 8;
  rows.row = 8 * n;
  for (long l = 0; l < net->depth; l++) {
    const GlissadeBundleLayer *layer = net->layers + l;
    rows.w = net->parameters + layer->weights * q;
    rows.unit = layer->inputs * q;
    rows.b = layer->biases < 0 ? 0 : net->parameters + layer->biases * q;
    rows.depth = layer->inputs;
    rows.z = space;
    rows.activation = layer->activation;
    NAMED(multiply)(&rows, layer->units);
    if (layer->activation == GLISSADE_BY_TANH) NAMED(tanh)(space, layer->units * row);
    rows.x = space;
    rows.sample = WIDTH;
    rows.row = row;
    space += 2 * layer->units * row;
  }
  const long outputs = net->layers[net->depth - 1].units;
  double *delta = space - outputs * row;
  if (!NAMED(differentiate)(net, outputs, delta - outputs * row, delta, row)) return 0;
  for (long l = net->depth - 1; l >= 0; l--) {
    const GlissadeBundleLayer *layer = net->layers + l;
    const long below = l > 0 ? net->layers[l - 1].units : 0;
    // The layer before: activations, then deltas, then this layer's activations.
    double *before = delta - (layer->units + 2 * below) * row;
    const NAMED(Gradient) gradient = {
        .d = delta, .d_row = row, .x = l > 0 ? before : net->inputs, .sample = l > 0 ? WIDTH : 8,
        .x_row = l > 0 ? row : 8 * n, .samples = n, .c = net->gradients + layer->weights * q,
        .c_unit = layer->inputs * q, .c_step = q, .chains = layer->weight_chains};
    NAMED(weights)(&gradient, layer->units, layer->inputs);
    if (layer->biases >= 0) {
      for (long u = 0; u < layer->units; u++)
        TO(net->gradients + (layer->biases + u) * q) =
            NAMED(row_sum)(delta + u * row, n, layer->bias_chains);
    }
    if (l == 0) break;
    double *back = before + below * row;
    const NAMED(Rows) product = {
        .w = net->parameters + layer->weights * q, .unit = q, .step = layer->inputs * q, .x = delta,
        .sample = WIDTH, .row = row, .depth = layer->units, .z = back, .z_row = row, .samples = n,
        .through = before, .activation = net->layers[l - 1].activation};
    NAMED(multiply)(&product, below);
    delta = back;
  }
  return 1;
}

#undef V
#undef AT
#undef TO
#undef FUSED
