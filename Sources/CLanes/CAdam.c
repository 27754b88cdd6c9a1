#include "Blocks.h"

void glissade_adam(const GlissadeAdam *adam, long vectors) {
  const Loose *gradient = (const Loose *)adam->gradient;
  Loose *change = (Loose *)adam->change;
  Loose *mean = (Loose *)adam->mean;
  Loose *square = (Loose *)adam->square;
  const GlissadeLanes rate = *(const Loose *)adam->rate;
  const GlissadeLanes take1 = adam->take1, keep2 = adam->keep2, take2 = adam->take2;
  const GlissadeLanes offset = adam->offset;
  for (long i = 0; i < vectors; i++) {
    const GlissadeLanes g = gradient[i];
    const GlissadeLanes m = __builtin_elementwise_fma(take1, g - mean[i], mean[i]);
    mean[i] = m;
    const GlissadeLanes v = __builtin_elementwise_fma(keep2, square[i], take2 * g * g);
    square[i] = v;
    const GlissadeLanes step = rate * m;
    const GlissadeLanes quotient = step / (glissade_root(v) + offset);
    // 0/0, of parameters that no gradient has reached where ε is 0, is no step.
    change[i] = step == 0.0 ? (GlissadeLanes)0 : quotient;
  }
}
