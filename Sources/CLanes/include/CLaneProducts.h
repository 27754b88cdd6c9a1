// The product of two matrices of lanes, in register blocks: eight products at once, one a lane.
#pragma once

// C[u][v] = start + Σ_k W[u][k] X[v][k]; all strides are counted in vectors of eight doubles.
//
// `start` is what C holds where `goes_on` is not 0; else one vector a unit u, or zero for a null pointer.
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
} GlissadeLaneProduct;

// Multiplies `units` × `columns`. Each element is one chain of fused multiply-adds in rising k, whatever the blocks.
void glissade_lane_product(const GlissadeLaneProduct *product, long units, long columns);
