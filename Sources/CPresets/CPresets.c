// The files of presets/, taken in while building, in the order of lists: by heading, the notes' in
// their order, the others by name. `GLISSADE_UPDATE_PRESETS=1 swift test --filter
// BuiltInPresetsTests` writes this list when a file is added.
#include "CPresets.h"

static const struct {
  const char *name, *text;
} presets[] = {
  {"first-loss", (const char[]){
#embed "../../presets/first-loss.yaml" suffix(, 0)
  }},
  {"first-slope", (const char[]){
#embed "../../presets/first-slope.yaml" suffix(, 0)
  }},
  {"first-step", (const char[]){
#embed "../../presets/first-step.yaml" suffix(, 0)
  }},
  {"first-jump", (const char[]){
#embed "../../presets/first-jump.yaml" suffix(, 0)
  }},
  {"first-two", (const char[]){
#embed "../../presets/first-two.yaml" suffix(, 0)
  }},
  {"first-net", (const char[]){
#embed "../../presets/first-net.yaml" suffix(, 0)
  }},
  {"first-fit", (const char[]){
#embed "../../presets/first-fit.yaml" suffix(, 0)
  }},
  {"first-batches", (const char[]){
#embed "../../presets/first-batches.yaml" suffix(, 0)
  }},
  {"parabola", (const char[]){
#embed "../../presets/parabola.yaml" suffix(, 0)
  }},
  {"xsin", (const char[]){
#embed "../../presets/xsin.yaml" suffix(, 0)
  }},
  {"beale", (const char[]){
#embed "../../presets/beale.yaml" suffix(, 0)
  }},
  {"himmelblau", (const char[]){
#embed "../../presets/himmelblau.yaml" suffix(, 0)
  }},
  {"momentum-map", (const char[]){
#embed "../../presets/momentum-map.yaml" suffix(, 0)
  }},
  {"optimizer-race", (const char[]){
#embed "../../presets/optimizer-race.yaml" suffix(, 0)
  }},
  {"quadratic", (const char[]){
#embed "../../presets/quadratic.yaml" suffix(, 0)
  }},
  {"rosenbrock", (const char[]){
#embed "../../presets/rosenbrock.yaml" suffix(, 0)
  }},
  {"saddle", (const char[]){
#embed "../../presets/saddle.yaml" suffix(, 0)
  }},
  {"and", (const char[]){
#embed "../../presets/and.yaml" suffix(, 0)
  }},
  {"and-linear", (const char[]){
#embed "../../presets/and-linear.yaml" suffix(, 0)
  }},
  {"and-logistic", (const char[]){
#embed "../../presets/and-logistic.yaml" suffix(, 0)
  }},
  {"or", (const char[]){
#embed "../../presets/or.yaml" suffix(, 0)
  }},
  {"or-linear", (const char[]){
#embed "../../presets/or-linear.yaml" suffix(, 0)
  }},
  {"or-logistic", (const char[]){
#embed "../../presets/or-logistic.yaml" suffix(, 0)
  }},
  {"perceptron", (const char[]){
#embed "../../presets/perceptron.yaml" suffix(, 0)
  }},
  {"xor", (const char[]){
#embed "../../presets/xor.yaml" suffix(, 0)
  }},
  {"xor-linear", (const char[]){
#embed "../../presets/xor-linear.yaml" suffix(, 0)
  }},
  {"xor-logistic", (const char[]){
#embed "../../presets/xor-logistic.yaml" suffix(, 0)
  }},
  {"checkerboard", (const char[]){
#embed "../../presets/checkerboard.yaml" suffix(, 0)
  }},
  {"circle", (const char[]){
#embed "../../presets/circle.yaml" suffix(, 0)
  }},
  {"gaussians", (const char[]){
#embed "../../presets/gaussians.yaml" suffix(, 0)
  }},
  {"linear-regression", (const char[]){
#embed "../../presets/linear-regression.yaml" suffix(, 0)
  }},
  {"moons", (const char[]){
#embed "../../presets/moons.yaml" suffix(, 0)
  }},
  {"spiral", (const char[]){
#embed "../../presets/spiral.yaml" suffix(, 0)
  }},
  {"playground-circle", (const char[]){
#embed "../../presets/playground-circle.yaml" suffix(, 0)
  }},
  {"playground-dead-weights", (const char[]){
#embed "../../presets/playground-dead-weights.yaml" suffix(, 0)
  }},
  {"playground-gauss", (const char[]){
#embed "../../presets/playground-gauss.yaml" suffix(, 0)
  }},
  {"playground-gaussian", (const char[]){
#embed "../../presets/playground-gaussian.yaml" suffix(, 0)
  }},
  {"playground-plane", (const char[]){
#embed "../../presets/playground-plane.yaml" suffix(, 0)
  }},
  {"playground-spiral", (const char[]){
#embed "../../presets/playground-spiral.yaml" suffix(, 0)
  }},
  {"playground-spiral-features", (const char[]){
#embed "../../presets/playground-spiral-features.yaml" suffix(, 0)
  }},
  {"playground-xor", (const char[]){
#embed "../../presets/playground-xor.yaml" suffix(, 0)
  }},
  {"notes-ad", (const char[]){
#embed "../../presets/notes-ad.yaml" suffix(, 0)
  }},
  {"notes-ad-sin", (const char[]){
#embed "../../presets/notes-ad-sin.yaml" suffix(, 0)
  }},
  {"notes-ad-f1", (const char[]){
#embed "../../presets/notes-ad-f1.yaml" suffix(, 0)
  }},
  {"notes-ad-f2", (const char[]){
#embed "../../presets/notes-ad-f2.yaml" suffix(, 0)
  }},
  {"notes-ad-f3", (const char[]){
#embed "../../presets/notes-ad-f3.yaml" suffix(, 0)
  }},
  {"notes-ad-f4", (const char[]){
#embed "../../presets/notes-ad-f4.yaml" suffix(, 0)
  }},
  {"notes-ad-f5", (const char[]){
#embed "../../presets/notes-ad-f5.yaml" suffix(, 0)
  }},
  {"notes-ad-f6", (const char[]){
#embed "../../presets/notes-ad-f6.yaml" suffix(, 0)
  }},
  {"notes-ad-f6-while", (const char[]){
#embed "../../presets/notes-ad-f6-while.yaml" suffix(, 0)
  }},
  {"notes-ad-f7", (const char[]){
#embed "../../presets/notes-ad-f7.yaml" suffix(, 0)
  }},
  {"notes-ols-gd", (const char[]){
#embed "../../presets/notes-ols-gd.yaml" suffix(, 0)
  }},
  {"notes-ols-momentum-after", (const char[]){
#embed "../../presets/notes-ols-momentum-after.yaml" suffix(, 0)
  }},
  {"notes-ols-momentum", (const char[]){
#embed "../../presets/notes-ols-momentum.yaml" suffix(, 0)
  }},
  {"notes-sgd", (const char[]){
#embed "../../presets/notes-sgd.yaml" suffix(, 0)
  }},
  {"notes-sgd-textbook", (const char[]){
#embed "../../presets/notes-sgd-textbook.yaml" suffix(, 0)
  }},
  {"notes-sgd-momentum", (const char[]){
#embed "../../presets/notes-sgd-momentum.yaml" suffix(, 0)
  }},
  {"notes-adagrad", (const char[]){
#embed "../../presets/notes-adagrad.yaml" suffix(, 0)
  }},
  {"notes-adagrad-textbook", (const char[]){
#embed "../../presets/notes-adagrad-textbook.yaml" suffix(, 0)
  }},
  {"notes-rmsprop", (const char[]){
#embed "../../presets/notes-rmsprop.yaml" suffix(, 0)
  }},
  {"notes-rmsprop-textbook", (const char[]){
#embed "../../presets/notes-rmsprop-textbook.yaml" suffix(, 0)
  }},
  {"notes-adam", (const char[]){
#embed "../../presets/notes-adam.yaml" suffix(, 0)
  }},
  {"notes-adam-textbook", (const char[]){
#embed "../../presets/notes-adam-textbook.yaml" suffix(, 0)
  }},
  {"notes-logistic", (const char[]){
#embed "../../presets/notes-logistic.yaml" suffix(, 0)
  }},
  {"notes-jax", (const char[]){
#embed "../../presets/notes-jax.yaml" suffix(, 0)
  }},
  {"notes-gd-x2", (const char[]){
#embed "../../presets/notes-gd-x2.yaml" suffix(, 0)
  }},
  {"notes-gd-xsin", (const char[]){
#embed "../../presets/notes-gd-xsin.yaml" suffix(, 0)
  }},
  {"notes-neuron", (const char[]){
#embed "../../presets/notes-neuron.yaml" suffix(, 0)
  }},
  {"notes-neuron-xor", (const char[]){
#embed "../../presets/notes-neuron-xor.yaml" suffix(, 0)
  }},
  {"notes-forward", (const char[]){
#embed "../../presets/notes-forward.yaml" suffix(, 0)
  }},
  {"notes-gates-mlp", (const char[]){
#embed "../../presets/notes-gates-mlp.yaml" suffix(, 0)
  }},
  {"notes-xor-starts", (const char[]){
#embed "../../presets/notes-xor-starts.yaml" suffix(, 0)
  }},
  {"notes-universal-construction", (const char[]){
#embed "../../presets/notes-universal-construction.yaml" suffix(, 0)
  }},
  {"notes-universal-approximation", (const char[]){
#embed "../../presets/notes-universal-approximation.yaml" suffix(, 0)
  }},
  {"notes-mlpclassifier", (const char[]){
#embed "../../presets/notes-mlpclassifier.yaml" suffix(, 0)
  }},
  {"notes-scaled-activation", (const char[]){
#embed "../../presets/notes-scaled-activation.yaml" suffix(, 0)
  }},
  {"notes-linear-collapse", (const char[]){
#embed "../../presets/notes-linear-collapse.yaml" suffix(, 0)
  }},
  {"notes-activations", (const char[]){
#embed "../../presets/notes-activations.yaml" suffix(, 0)
  }},
  {"boltzmann", (const char[]){
#embed "../../presets/boltzmann.yaml" suffix(, 0)
  }},
  {"convolution", (const char[]){
#embed "../../presets/convolution.yaml" suffix(, 0)
  }},
  {"deep-boltzmann", (const char[]){
#embed "../../presets/deep-boltzmann.yaml" suffix(, 0)
  }},
  {"radial-basis", (const char[]){
#embed "../../presets/radial-basis.yaml" suffix(, 0)
  }},
  {"recurrent", (const char[]){
#embed "../../presets/recurrent.yaml" suffix(, 0)
  }},
  {"double-descent", (const char[]){
#embed "../../presets/double-descent.yaml" suffix(, 0)
  }},
  {"edge-of-stability", (const char[]){
#embed "../../presets/edge-of-stability.yaml" suffix(, 0)
  }},
  {"grokking", (const char[]){
#embed "../../presets/grokking.yaml" suffix(, 0)
  }},
  {"muon-memory", (const char[]){
#embed "../../presets/muon-memory.yaml" suffix(, 0)
  }},
  {"rate-range", (const char[]){
#embed "../../presets/rate-range.yaml" suffix(, 0)
  }},
  {"saddle-to-saddle", (const char[]){
#embed "../../presets/saddle-to-saddle.yaml" suffix(, 0)
  }},
  {"spectral-bias", (const char[]){
#embed "../../presets/spectral-bias.yaml" suffix(, 0)
  }},
  {"trainability", (const char[]){
#embed "../../presets/trainability.yaml" suffix(, 0)
  }},
};

int cpresets_count(void) { return sizeof presets / sizeof presets[0]; }
const char *cpresets_name(int index) { return presets[index].name; }
const char *cpresets_text(int index) { return presets[index].text; }
