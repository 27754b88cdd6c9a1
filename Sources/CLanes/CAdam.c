#include "Rules.h"

void glissade_adam(const GlissadeAdam *adam, long vectors) {
  const Loose *gradient = (const Loose *)adam->gradient;
  Loose *change = (Loose *)adam->change;
  Loose *mean = (Loose *)adam->mean;
  Loose *square = (Loose *)adam->square;
  const GlissadeLanes rate = *(const Loose *)adam->rate;
  const GlissadeLanes take1 = adam->take1, keep2 = adam->keep2, take2 = adam->take2;
  const GlissadeLanes offset = adam->offset;
#define CHANGE(by_divider, i)                                                                      \
  change[i] = adam_change(by_divider, mean + (i), square + (i), gradient[i], rate, take1, keep2, take2, offset)
  long i = 0;
  for (; i + 2 <= vectors; i += 2) {
    CHANGE(1, i);
    CHANGE(0, i + 1);
  }
  if (i < vectors) CHANGE(1, i);
}
