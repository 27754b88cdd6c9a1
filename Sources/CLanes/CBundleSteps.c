#include "NetBundleGate.h"
#include "Rules.h"

// One block's rates of a step.
typedef struct {
  GlissadeLanes rate, in, out, fresh, offset;
} Rates;

typedef struct {
  Loose *first, *second;
  GlissadeLanes keep, take, keep2, take2;
} Remembered;

INLINE GlissadeLanes change(
    const GlissadeRuleKind kind, const int by_divider, const Remembered *m, const Rates *r, long i, GlissadeLanes g) {
  if (kind == GLISSADE_DESCENT) return g * r->rate;
  if (kind == GLISSADE_ADAM)
    return adam_change(by_divider, m->first + i, m->second + i, g, r->rate, m->take, m->keep2, m->take2, r->offset);
  return ball_change(kind == GLISSADE_NESTEROV, m->first + i, g, m->keep, r->fresh, r->in, r->out);
}

INLINE Remembered remembered(const GlissadeRule *rule) {
  return (Remembered){.first = (Loose *)rule->first, .second = (Loose *)rule->second, .keep = rule->keep,
                      .take = rule->take, .keep2 = rule->keep2, .take2 = rule->take2};
}

INLINE Rates rates(const GlissadeBundleSteps *s, const GlissadeRule *rule, long b, long step) {
  const GlissadeLanes one = (GlissadeLanes)1;
  Rates r;
  r.rate = *(const Loose *)(rule->rates + (step * s->blocks + b) * 8);
  r.in = rule->rate_inside ? r.rate : one;
  r.out = rule->rate_inside ? one : r.rate;
  r.fresh = r.in * (GlissadeLanes)rule->take;
  r.offset = (GlissadeLanes)(rule->offsets ? rule->offsets[step] : 0);
  return r;
}

// Moves a block's parameters; not 0 where they are not finite any more.
INLINE GlissadeLanes move(
    const GlissadeRuleKind kind, const GlissadeBundleSteps *s, const GlissadeRule *rule, long b, long step) {
  const Remembered m = remembered(rule);
  const Rates r = rates(s, rule, b, step);
  Loose *p = (Loose *)s->parameters;
  const Loose *g = (const Loose *)s->gradients;
  const long blocks = s->blocks, whole = s->vectors - (s->has_half ? 1 : 0);
  GlissadeLanes poison = (GlissadeLanes)0;
#define MOVE(by_divider, i)                                                                        \
  {                                                                                                \
    const GlissadeLanes moved = p[i] - change(kind, by_divider, &m, &r, i, g[i]);                  \
    p[i] = moved;                                                                                  \
    poison = FUSED(moved, (GlissadeLanes)0, poison);                                               \
  }
  long i = b;
  for (; i + blocks < whole; i += 2 * blocks) {
    MOVE(1, i);
    MOVE(0, i + blocks);
  }
  if (i < whole) MOVE(1, i);
#undef MOVE
  if (s->has_half) {
    // Some rules divide by what the other half has met.
    const GlissadeLanes c = change(kind, 1, &m, &r, whole, g[whole]);
    const GlissadeLanes moved = p[whole] - glissade_low_halves(c, (GlissadeLanes)0);
    p[whole] = moved;
    poison = FUSED(moved, (GlissadeLanes)0, poison);
  }
  return poison;
}

static __attribute__((noinline)) GlissadeLanes advance(
    const GlissadeBundleSteps *s, const GlissadeRule *rule, long b, long step) {
  switch (rule->kind) {
  case GLISSADE_DESCENT: return move(GLISSADE_DESCENT, s, rule, b, step);
  case GLISSADE_HEAVY_BALL: return move(GLISSADE_HEAVY_BALL, s, rule, b, step);
  case GLISSADE_NESTEROV: return move(GLISSADE_NESTEROV, s, rule, b, step);
  case GLISSADE_ADAM: return move(GLISSADE_ADAM, s, rule, b, step);
  }
}

// The same by Adam together with the gradients of four 2-4-1 nets, which stay in registers; 0 where these need more care.
static __attribute__((noinline)) int advance_gate(
    const GlissadeBundleSteps *s, const GlissadeRule *rule, const GlissadeNetBundle *net, long step,
    GlissadeLanes *poison) {
  GlissadeLanes slopes[GATE_VECTORS];
  if (!gate_slopes(net, slopes)) return 0;
  const Remembered m = remembered(rule);
  const Rates r = rates(s, rule, 0, step);
  Loose *p = (Loose *)s->parameters;
  GlissadeLanes sum = (GlissadeLanes)0;
  UNROLL for (int i = 0; i < GATE_VECTORS; i++) {
    GlissadeLanes c = change(GLISSADE_ADAM, !(i & 1), &m, &r, i, slopes[i]);
    if (i == GATE_VECTORS - 1) c = glissade_low_halves(c, (GlissadeLanes)0);
    const GlissadeLanes moved = p[i] - c;
    p[i] = moved;
    sum = FUSED(moved, (GlissadeLanes)0, sum);
  }
  *poison = sum;
  return 1;
}

// Copies each lane's batch: vectors are written whole, because they are read whole a moment later.
static __attribute__((noinline)) void gather(const GlissadeBundleSteps *s, const double *columns, const int *rows) {
  const long n = s->net.samples, most = s->most;
  for (long c = 0; c < s->inputs + s->outputs; c++) {
    const double *from = columns + c * s->all * 8;
    double *to = s->batch + c * n * 8;
    if (s->is_shared) {
      for (long i = 0; i < n; i++) *(Loose *)(to + i * 8) = *(const Loose *)(from + rows[i] * 8L);
    } else if (s->is_halved) {
      for (long i = 0; i < n; i++) {
        const int *r = rows + i;
        *(Four *)(to + i * 8) = (Four){from[r[0] * 8L], from[r[most] * 8L + 1],
                                       from[r[2 * most] * 8L + 2], from[r[3 * most] * 8L + 3]};
      }
    } else {
      for (long i = 0; i < n; i++) {
        GlissadeLanes x;
        UNROLL for (int l = 0; l < 8; l++) x[l] = from[rows[l * most + i] * 8L + l];
        *(Loose *)(to + i * 8) = x;
      }
    }
  }
}

// Whether any lane is not 0.
INLINE int is_raised(GlissadeLanes flag) { return __builtin_reduce_or((GlissadeMask)(flag != 0.0)) != 0; }

// Says which lanes of a block are not finite any more.
INLINE int mark(const GlissadeBundleSteps *s, long b, GlissadeLanes poison) {
  if (s->is_halved) poison += __builtin_shufflevector(poison, poison, 4, 5, 6, 7, 0, 1, 2, 3);
  if (__builtin_expect(!is_raised(poison), 1)) return 0;
  const GlissadeLanes mine = ((const Loose *)s->living)[b] > 0.0 ? poison : (GlissadeLanes)0;
  ((Loose *)s->poison)[b] = mine;
  return is_raised(mine);
}

long glissade_bundle_steps(const GlissadeBundleSteps *s, const GlissadeRule *rule) {
  const Loose *living = (const Loose *)s->living;
  const long n = s->net.samples;
  GlissadeNetBundle net = s->net;
  const int by_gate = s->is_halved && rule->kind == GLISSADE_ADAM && is_gate(&net);
  for (long k = 0; k < s->steps; k++) {
    int ends = 0;
    for (long b = 0; b < s->blocks; b++) {
      if (!is_raised(living[b])) continue;
      const double *columns = s->columns[b];
      if (s->rows) {
        gather(s, columns, s->rows + (k * s->blocks + (s->is_shared ? 0 : b)) * 8 * s->most);
        columns = s->batch;
      }
      net.inputs = columns;
      net.targets = columns + s->inputs * n * 8;
      net.parameters = s->parameters + b * 8;
      net.gradients = s->gradients + b * 8;
      if (by_gate) {
        GlissadeLanes poison;
        if (!advance_gate(s, rule, &net, k, &poison)) return k;
        ends = mark(s, 0, poison);
      } else if (!(s->is_halved ? glissade_bundle_gradients_4(&net) : glissade_bundle_gradients_8(&net))) {
        return k;
      }
    }
    // No block moves before all have their gradients.
    for (long b = 0; b < s->blocks && !by_gate; b++)
      if (is_raised(living[b])) ends |= mark(s, b, advance(s, rule, b, k));
    if (ends) return k + 1;
  }
  return s->steps;
}
