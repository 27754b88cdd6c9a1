// The product of two matrices of lanes, in register blocks: eight products at once, one a lane.
#pragma once

// What becomes of a sum of one chain: nothing; max(0, ·); or, for a gradient by an activation a,
// its product with tanh' or with the rectifier's derivative, which a tells. (tanh itself wants all
// registers: in the blocks it was slower than after them.)
typedef enum {
  GLISSADE_PLAIN,
  GLISSADE_RELU,
  GLISSADE_THROUGH_TANH,
  GLISSADE_THROUGH_RELU
} GlissadeLaneFinish;

// C[u][v] = start + Σ_k W[u][k] X[v][k]; all strides are counted in vectors of eight doubles.
//
// `start` is what C holds where `goes_on` is not 0; else one vector a unit u, or zero for a null
// pointer.
typedef struct {
  double *c;
  const double *w;
  const double *x;
  const double *start;
  long start_unit;
  long c_unit;
  long c_step;
  long w_unit;
  long w_step;
  long x_unit;
  long x_step;
  long depth;
  long goes_on;
  // How many chains each sum is made of: 1, 2 or 8 (0 stands for 1).
  long chains;
  // What becomes of a sum before it is stored, and for the ways back the activations that stand as
  // C does.
  GlissadeLaneFinish finish;
  const double *activations;
} GlissadeLaneProduct;

// Multiplies `units` × `columns`. Each element is one chain of fused multiply-adds in rising k,
// whatever the blocks.
//
// With two or eight chains, chain r takes k = r, r + chains, ... from zero, as lane r of a vector
// of samples would; they are added up as lanes are, (0) + (1) or ((0+4)+(2+6)) + ((1+5)+(3+7)), and
// the total is added to what C holds where it goes on.
void glissade_lane_product(const GlissadeLaneProduct *product, long units, long columns);

// The same for factors that are 1: sums of W's rows of `depth` vectors; `x` and `columns` play no
// part.
void glissade_lane_sums(const GlissadeLaneProduct *product, long units);
