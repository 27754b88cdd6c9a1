// Ends the program with one line, instead of an illegal instruction, on a processor that lacks what
// the build needs.
#pragma once

#include <stddef.h>

// The features, as bits of GlissadeFeature, that this processor and its operating system offer.
unsigned int glissade_offered_features(void);

// Writes the line for a processor that offers `offered` under a build that needs `needed` and
// returns its length; 0, and nothing written, when nothing is lacking. At most `size` bytes, the
// closing zero among them.
size_t glissade_guard_line(unsigned int needed, unsigned int offered, char *line, size_t size);
