// Steps of small dense networks, one network a lane, many in one go: gradients (`CNetBundle.h`), a rule, and the move.
#pragma once

typedef enum {
  GLISSADE_DESCENT, GLISSADE_HEAVY_BALL, GLISSADE_NESTEROV, GLISSADE_ADAM
} GlissadeRuleKind;

// A rule and what it remembers, which is kept as the parameters are.
typedef struct {
  GlissadeRuleKind kind;
  // Velocities; Adam's means and mean squares.
  double *first;
  double *second;
  // Shares of what is remembered that are kept, and of what is new.
  double keep, take, keep2, take2;
  // Whether velocities hold changes.
  int rate_inside;
  // Eight rates of block b at step k: `rates[(k * blocks + b) * 8]`; Adam's with both corrections, and what is added to its roots.
  const double *rates;
  const double *offsets;
} GlissadeRule;

typedef struct {
  // The net; `samples` are those of a step. Parameters, gradients and samples are those of all blocks, below.
  GlissadeNetBundle net;
  double *parameters;
  double *gradients;
  // Blocks of eight networks: parameter p of block b is vector p * blocks + b, `vectors` of them in all. Or four networks,
  // two parameters a vector.
  long blocks;
  long vectors;
  int is_halved;
  // Whether the last vector's high half belongs to no parameter.
  int has_half;
  // Columns of all samples of each block, features first: `all` samples of eight networks a column.
  const double *const *columns;
  long inputs;
  long outputs;
  long all;
  // Sample s of lane l at step k is `rows[(k * lanes + l) * most + s]`, with eight lanes a block, or lane 0's for all; 0: all samples.
  const int *rows;
  long most;
  int is_shared;
  // Room for a batch's columns.
  double *batch;
  // Lanes whose runs go on: 1; others: 0. Blocks without any are left out.
  const double *living;
  // Written: not 0 in lanes that go on, and whose parameters are not finite any more.
  double *poison;
  long steps;
} GlissadeBundleSteps;

// Takes steps and returns their number: fewer where the next one's gradients need more care (nothing is done of it then), or where
// the last has left a lane with parameters that are not finite.
long glissade_bundle_steps(const GlissadeBundleSteps *steps, const GlissadeRule *rule);
