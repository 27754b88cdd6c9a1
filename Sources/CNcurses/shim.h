#pragma once
/* ncurses with wide characters, as Swift can use it: macros and globals as functions. Holds no
 * state. */
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#if !__has_include(<ncurses.h>)
#error "ncurses is missing: apt-get install libncursesw5-dev"
#endif
#include <ncurses.h>
#include <term.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

static inline WINDOW *glissade_stdscr(void) { return stdscr; }
static inline WINDOW *glissade_curscr(void) { return curscr; }
static inline int glissade_colors(void) { return COLORS; }
static inline int glissade_color_pairs(void) { return COLOR_PAIRS; }

/* Attributes as bits: 1 bold, 2 dim, 4 underline, 8 reverse, 16 italic. */
static inline attr_t glissade_attributes(unsigned bits) {
  attr_t result = A_NORMAL;
  if (bits & 1) result |= A_BOLD;
  if (bits & 2) result |= A_DIM;
  if (bits & 4) result |= A_UNDERLINE;
  if (bits & 8) result |= A_REVERSE;
  if (bits & 16) result |= A_ITALIC;
  return result;
}

/* One cell, with the accents over its scalar (the first in the lower 16 bits, the second in the
 * upper; 0: none); pairs beyond 32767 travel in the extension argument. */
static inline void glissade_cell(cchar_t *cell, unsigned scalar, unsigned mark, unsigned attributes,
                                 int pair) {
  wchar_t text[4] = {(wchar_t)scalar, (wchar_t)(mark & 0xFFFF), (wchar_t)(mark >> 16), 0};
  setcchar(cell, text, glissade_attributes(attributes), (short)(pair < 32767 ? pair : 32767),
           &pair);
}

/* A stream on a copy of a descriptor, for newterm. */
static inline FILE *glissade_stream(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  if (copy < 0) return NULL;
  FILE *stream = fdopen(copy, mode);
  if (!stream) close(copy);
  return stream;
}

/* NULL when absent. */
static inline const char *glissade_string(const char *name) {
  char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}
