// Random orders by Philox4x32-10, eight counters at a time.
#pragma once

// Fills `order` with a permutation of 0 ..< count: Fisher and Yates' shuffle from the last place
// down to place 1. What place p is swapped with is the upper word of w · (p + 1), where w is word p
// mod 2 of the block at position ⌊p/2⌋ of the stream.
void glissade_permute(int *order, long count, unsigned long seed, unsigned long stream);
