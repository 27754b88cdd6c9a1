#pragma once
#include <stddef.h>
#include <stdint.h>

/* Gives the terminal back on every way out of the process that the process can see: exit, crash,
   signals. One a process; all state lives here, because handlers cannot reach anything else. */

/* What handlers saw, as bits; terminal_guard_take_signals() clears them. */
#define TERMINAL_GUARD_RESIZED 1u
#define TERMINAL_GUARD_STOPPED 2u
#define TERMINAL_GUARD_CONTINUED 4u
#define TERMINAL_GUARD_INTERRUPTED 8u
#define TERMINAL_GUARD_TERMINATED 16u
#define TERMINAL_GUARD_HUNG_UP 32u

/* Saves the settings of the terminal behind `descriptor` and installs handlers of all signals that
   end a program. The calling thread is the one that draws. `wake` is written a byte when a signal
   came; it must not block. After SIGINT, SIGTERM or SIGHUP the program has 0.6 s to end by itself;
   then the terminal is restored and the signal ends it. Returns 0, or an errno: EBUSY when already
   installed. */
int terminal_guard_install(int descriptor, int wake);

/* From here on the terminal is changed: `text` (at most 1,024 bytes) undoes it. While armed,
   standard error goes to memory if it is a terminal, and is replayed after the restoration. Returns
   0 or an errno. */
int terminal_guard_arm(const char *text, size_t length);

/* Undoes what changed and replays standard error; does nothing when not armed. Safe in signal
   handlers, from any thread; called in another thread than the one that draws, which is on the way
   out of the process, it stops that one for good. Takes at most a third of a second: where nobody
   reads the terminal, what waits to be shown is thrown away. */
void terminal_guard_restore(void);

/* Writes everything of a buffer, through interruptions; returns 0 or an errno. Gives up when the
   terminal takes nothing for a second. */
int terminal_guard_write(int descriptor, const void *bytes, size_t length);

/* Stops the process group as Ctrl-Z does, and returns when continued. The terminal must have been
 * restored. */
void terminal_guard_stop(void);

/* Signals since the last call. */
uint32_t terminal_guard_take_signals(void);

/* Forgets old standard error beyond a bound; cheap. */
void terminal_guard_trim(void);

/* Restores, and takes all handlers out again. */
void terminal_guard_remove(void);
