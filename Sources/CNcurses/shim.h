#pragma once
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#if !__has_include(<ncurses.h>)
#error "ncurses is missing: apt-get install libncursesw5-dev"
#endif
#include <ncurses.h>
