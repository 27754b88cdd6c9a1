// The product of a matrix of numbers and a matrix of lanes, in register blocks.
//
// These are functions of C and not of Swift for two reasons: one definition serves every shape of
// block, and vectors in registers are sure to stay there.
#pragma once

// What sums start from: zero, one number a unit, or what stands in C.
enum GlissadeStart { GLISSADE_START_ZERO, GLISSADE_START_BIAS, GLISSADE_START_SUM };

// What is done to sums before they are stored: nothing; what is not above zero becomes zero; or
// where `gates` is not above zero they become zero. NaN stays, and lets pass.
enum GlissadeFinish { GLISSADE_FINISH_PLAIN, GLISSADE_FINISH_RELU, GLISSADE_FINISH_GATED };

// C[u][v] = start + Σ_k W[u,k] X[k][v], then finished; v counts vectors of eight doubles.
//
// W[u,k] is `w[u * unit + k * step]`. Strides are counted in doubles; nothing needs to be aligned
// beyond eight bytes, though what is aligned to 64 is faster.
typedef struct {
  double *c;
  const double *w;
  const double *x;
  // Units' numbers to start from, and rows of gates as long as C's; read where `start` and `finish`
  // say so.
  const double *bias;
  const double *gates;
  long c_stride;
  long unit;
  long step;
  long x_stride;
  long gates_stride;
  long depth;
  int start;
  int finish;
} GlissadeProduct;

// Multiplies. Each element is one chain of fused multiply-adds in rising k, whatever the blocks.
void glissade_product(const GlissadeProduct *product, long units, long lanes);
