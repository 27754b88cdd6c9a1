// Scalar products of rows of lanes with rows of lanes, in register blocks.
#pragma once

// out[u * inputs + i] = Σ_s delta[u][s] x[i][s], or that is added to what stands there if the sum
// `goes_on`.
//
// Rows are `lanes` vectors of eight doubles long; strides are counted in doubles, and nothing needs
// to be aligned beyond eight bytes.
typedef struct {
  double *out;
  const double *delta;
  const double *x;
  long delta_stride;
  long x_stride;
  long inputs;
  long lanes;
  int goes_on;
} GlissadeDots;

// Multiplies. Each product is one chain of fused multiply-adds over vectors in rising order, then
// the sum across lanes
// ((0+4)+(2+6)) + ((1+5)+(3+7)), whatever the blocks.
void glissade_dots(const GlissadeDots *dots, long units);
