#include "Blocks.h"
#include "CRandom.h"

typedef unsigned long Words __attribute__((ext_vector_type(8)));

// The two words of each of eight blocks from position `first` on. Counters and products stand in
// the lower half of 64 bits; what is above them is left out when they are multiplied or joined.
INLINE void blocks(
    const unsigned long first, const unsigned long seed, const unsigned long stream,
    Words words[2]) {
  const Words low = 0xffffffff;
  const Words position = first + (Words){0, 1, 2, 3, 4, 5, 6, 7};
  Words c0 = position, c1 = position >> 32, c2 = stream, c3 = stream >> 32;
  unsigned k0 = (unsigned)seed, k1 = (unsigned)(seed >> 32);
  UNROLL for (int round = 0; round < 10; round++) {
    const Words a = (c0 & low) * 0xd2511f53ul;
    const Words b = (c2 & low) * 0xcd9e8d57ul;
    c0 = (b >> 32) ^ c1 ^ (unsigned long)k0;
    c1 = b;
    c2 = (a >> 32) ^ c3 ^ (unsigned long)k1;
    c3 = a;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  words[0] = (c0 & low) | c1 << 32;
  words[1] = (c2 & low) | c3 << 32;
}

// The upper words of w · n for n below 2³¹, w being a word of each lane.
INLINE Words below(const Words w, const Words n) {
  const Words low = 0xffffffff;
  return ((w >> 32) * n + ((w & low) * n >> 32)) >> 32;
}

void glissade_permute(int *order, long count, unsigned long seed, unsigned long stream) {
  for (long i = 0; i < count; i++) order[i] = (int)i;
  // Up to sixteen rows of eight blocks, each of which serves sixteen places, from the last places
  // down: rows are apart from swaps, so that the processor works on several at once.
  for (long end = (count + 15) >> 4; end > 0;) {
    const long begin = end > 16 ? end - 16 : 0;
    Words others[16][2];
    for (long row = begin; row < end; row++) {
      Words words[2];
      blocks((unsigned long)row * 8, seed, stream, words);
      const Words place = (unsigned long)row * 16 + (Words){0, 2, 4, 6, 8, 10, 12, 14};
      others[row - begin][0] = below(words[0], (place + 1) & 0xffffffff);
      others[row - begin][1] = below(words[1], (place + 2) & 0xffffffff);
    }
    const long last = end * 16 > count ? count - 1 : end * 16 - 1;
    for (long place = last; place >= begin * 16; place--) {
      const unsigned long *row = (const unsigned long *)others[(place >> 4) - begin];
      const unsigned long other = row[8 * (place & 1) + (place >> 1 & 7)];
      const int held = order[place];
      order[place] = order[other];
      order[other] = held;
    }
    end = begin;
  }
}
