// Loss gradients of small dense networks, one network a lane, in one go: what `CLaneProducts` does
// layer by layer, without going through the caller in between.
#pragma once

// What a layer's sums go through.
typedef enum { GLISSADE_BY_NOTHING, GLISSADE_BY_TANH, GLISSADE_BY_RECTIFIER } GlissadeActivation;

// Derivatives by the outputs: sigmoid(z) - t, z - t, or twice that.
typedef enum { GLISSADE_CROSS_ENTROPY, GLISSADE_HALF_SQUARED, GLISSADE_SQUARED } GlissadeLoss;

typedef struct {
  long inputs;
  long units;
  // Numbers of the first weight and the first bias; -1 for no biases.
  long weights;
  long biases;
  GlissadeActivation activation;
  // How many chains (1, 2 or 8) the sums over samples are made of, as in `CLaneProducts.h`.
  long weight_chains;
  long bias_chains;
} GlissadeBundleLayer;

// Parameter p of lane l is `parameters[p * stride + l]`; the same holds for `gradients`.
//
// Column c of sample s of lane l is `inputs[(c * samples + s) * 8 + l]`; targets likewise.
// `scratch` begins at a vector of eight and has room for `glissade_bundle_scratch` doubles, all of
// which are numbers.
typedef struct {
  const GlissadeBundleLayer *layers;
  long depth;
  GlissadeLoss loss;
  // What derivatives are multiplied by.
  double scale;
  const double *parameters;
  double *gradients;
  long stride;
  const double *inputs;
  const double *targets;
  long samples;
  double *scratch;
} GlissadeNetBundle;

// Doubles of scratch for `units` units in all layers together.
long glissade_bundle_scratch(long units, long samples);

// Gradients of eight networks, or of four, whose lanes are the first four of `inputs` and
// `targets`.
//
// Returns 0, and no gradients, where an output is so large, or no number, that it needs more care.
int glissade_bundle_gradients_8(const GlissadeNetBundle *net);
int glissade_bundle_gradients_4(const GlissadeNetBundle *net);
