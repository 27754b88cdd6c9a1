#define _GNU_SOURCE
#include "CTerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_LIMIT = 1024, ERRORS_LIMIT = 1 << 20, REPLAY_LIMIT = 1 << 16, STACK_BYTES = 1 << 17 };
/* Milliseconds: how long a terminal that nobody reads is waited for while it is given back; how
   long the program may take to end by itself after it was asked to. Together less than a second. */
enum { WRITE_PATIENCE = 150, REPLAY_PATIENCE = 100, END_PATIENCE = 600, SILENCE_PATIENCE = 50 };

static int terminal = -1;         /* where to write */
static int wake_descriptor = -1;  /* a byte a signal */
static pid_t owner;               /* children that exit must not touch the terminal */
static struct termios saved;
static char text[TEXT_LIMIT];
static size_t text_length;
static atomic_int armed;
static pthread_t drawer;           /* the thread that draws: the one that installed the guard */
static atomic_int silencing;       /* it is to write nothing more */
static atomic_int silenced;        /* and does not */
static atomic_uint seen;
static atomic_uint asked;          /* every request to end so far */
static atomic_int ending;          /* the first signal that asked to end; 0: none */
static int real_errors = -1;      /* a copy of descriptor 2 */
static int quick_errors = -1;     /* the same terminal, opened so that writing never waits */
static int kept_errors = -1;      /* memory that stands for it */
static int installed;
static char alternate_stack[STACK_BYTES] __attribute__((aligned(16)));
static stack_t old_stack;

/* Signals that the program answers in its own time. */
static const int polite[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP};
enum { POLITE = sizeof polite / sizeof *polite, SIGNALS = NSIG };
/* What was there before, by number; `held` marks the signals that were taken over. */
static struct sigaction old_actions[SIGNALS];
static char held[SIGNALS];

static int is_polite(int signal_number) {
  for (int index = 0; index < POLITE; index++) {
    if (polite[index] == signal_number) return 1;
  }
  return 0;
}

/* Whether a signal ends the process where it stands unless it is handled: all do but those that are
   answered in time, those that are ignored, stop it or continue it, and SIGKILL, which nobody can
   handle. Real-time signals are among them; the two that the C library keeps for itself are refused
   by sigaction. */
static int is_deadly(int signal_number) {
  switch (signal_number) {
    case SIGKILL: case SIGSTOP: case SIGTTIN: case SIGTTOU: case SIGCHLD: case SIGURG: return 0;
    default: return !is_polite(signal_number);
  }
}
/* Whether a handler that was there before may be called: Swift's backtracer asks questions on a
   terminal unless told not to, and would wait for ever behind a program that owns the screen. */
static int chains;

int terminal_guard_write(int descriptor, const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    ssize_t count = write(descriptor, next, length);
    if (count > 0) {
      next += count;
      length -= (size_t)count;
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else if (count < 0 && errno == EAGAIN) {
      struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
      if (poll(&wait, 1, 1000) == 0) return EAGAIN;
    } else {
      return count < 0 ? errno : EIO;
    }
  }
  return 0;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Writes to a descriptor that does not block, waiting at most so long in all; 0 when everything was
 * written. */
static int write_within(int descriptor, const char *bytes, size_t length, int milliseconds) {
  long long end = now() + milliseconds;
  while (length > 0) {
    ssize_t count = write(descriptor, bytes, length);
    if (count > 0) {
      bytes += count;
      length -= (size_t)count;
      continue;
    }
    if (count < 0 && errno != EAGAIN && errno != EINTR) return errno;
    long long left = end - now();
    if (left <= 0) return EAGAIN;
    struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
    poll(&wait, 1, (int)left);
  }
  return 0;
}

/* In the drawing thread: stays here for good once another thread gives the terminal back. */
static void on_silence(int signal_number) {
  (void)signal_number;
  if (!atomic_load(&silencing) || !pthread_equal(pthread_self(), drawer)) return;
  atomic_store(&silenced, 1);
  for (;;) pause();
}

/* The process ends in another thread than the one that draws, which may be in the middle of a frame
   that nobody reads: the write it waits in ends, and nothing of the frame follows the restoration
   or takes its room. */
static void silence_drawer(void) {
  if (pthread_equal(pthread_self(), drawer)) return;
  atomic_store(&silencing, 1);
  pthread_kill(drawer, SIGURG);
  long long end = now() + SILENCE_PATIENCE;
  struct timespec moment = {.tv_nsec = 200000};
  while (!atomic_load(&silenced) && now() < end) nanosleep(&moment, NULL);
}

/* Writes what undoes everything. Where nobody reads, what still waits to be shown is thrown away:
 * the modes are worth more. */
static void write_restoration(void) {
  int flags = fcntl(terminal, F_GETFL);
  if (flags >= 0) fcntl(terminal, F_SETFL, flags | O_NONBLOCK);
  int failure = write_within(terminal, text, text_length, WRITE_PATIENCE);
  for (int attempt = 0; failure == EAGAIN && attempt < 5; attempt++) {
    tcflush(terminal, TCOFLUSH);
    failure = write_within(terminal, text, text_length, 10);
  }
  if (flags >= 0) fcntl(terminal, F_SETFL, flags);
}

/* Hands descriptor 2 back and writes what was kept, the last part if it is long. */
static void replay_errors(void) {
  if (kept_errors < 0 || real_errors < 0) return;
  dup2(real_errors, STDERR_FILENO);
  off_t end = lseek(kept_errors, 0, SEEK_END);
  off_t place = end > REPLAY_LIMIT ? end - REPLAY_LIMIT : 0;
  int target = quick_errors >= 0 ? quick_errors : real_errors;
  long long limit = now() + REPLAY_PATIENCE;
  char buffer[1024];
  while (place < end) {
    ssize_t count = pread(kept_errors, buffer, sizeof buffer, place);
    if (count <= 0) break;
    long long left = limit - now();
    if (write_within(target, buffer, (size_t)count, left > 0 ? (int)left : 0) != 0) break;
    place += count;
  }
  if (ftruncate(kept_errors, 0) != 0) return;
}

void terminal_guard_restore(void) {
  if (getpid() != owner || !atomic_exchange(&armed, 0)) return;
  int kept = errno;
  /* In the background tcsetattr would stop us. */
  sigset_t block, before;
  sigemptyset(&block);
  sigaddset(&block, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &block, &before);
  silence_drawer();
  write_restoration();
  /* Before the modes: reports of the mouse that are still under way would be echoed into the shell.
   */
  tcsetattr(terminal, TCSANOW, &saved);
  replay_errors();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = kept;
}

static void die_by(int signal_number) {
  struct sigaction plain;
  memset(&plain, 0, sizeof plain);
  plain.sa_handler = SIG_DFL;
  sigaction(signal_number, &plain, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  raise(signal_number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

/* Whether the parent wants a signal ignored (nohup, job control of a script). */
static int is_ignored(const struct sigaction *action) {
  return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_IGN;
}

static void on_deadly(int signal_number, siginfo_t *info, void *context) {
  struct sigaction *old = &old_actions[signal_number];
  if (signal_number == SIGALRM) {
    /* The time to end by itself is over: the terminal takes nothing, or a step takes too long. */
    int asked_for = atomic_load(&ending);
    if (asked_for == 0 && is_ignored(old)) return;
    if (asked_for != 0) signal_number = asked_for;
  }
  terminal_guard_restore();
  int special = (old->sa_flags & SA_SIGINFO) != 0;
  if (chains && special && old->sa_sigaction) {
    old->sa_sigaction(signal_number, info, context);
  } else if (chains && !special && old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN) {
    old->sa_handler(signal_number);
  }
  die_by(signal_number);
}

/* The program has so long to end by itself; then SIGALRM ends it. */
static void limit_ending(int milliseconds) {
  struct itimerval time;
  memset(&time, 0, sizeof time);
  time.it_value.tv_usec = milliseconds * 1000;
  setitimer(ITIMER_REAL, &time, NULL);
}

static void on_polite(int signal_number) {
  int kept = errno;
  uint32_t bit = 0;
  switch (signal_number) {
    case SIGWINCH: bit = TERMINAL_GUARD_RESIZED; break;
    case SIGTSTP: bit = TERMINAL_GUARD_STOPPED; break;
    case SIGCONT: bit = TERMINAL_GUARD_CONTINUED; break;
    case SIGINT: bit = TERMINAL_GUARD_INTERRUPTED; break;
    case SIGTERM: bit = TERMINAL_GUARD_TERMINATED; break;
    case SIGHUP: bit = TERMINAL_GUARD_HUNG_UP; break;
  }
  atomic_fetch_or(&seen, bit);
  /* Asked to end a second time: it does not listen. */
  uint32_t ends = TERMINAL_GUARD_INTERRUPTED | TERMINAL_GUARD_TERMINATED | TERMINAL_GUARD_HUNG_UP;
  if (atomic_fetch_or(&asked, bit & ends) & bit & ends) {
    terminal_guard_restore();
    die_by(signal_number);
  }
  int none = 0;
  if ((bit & ends) && atomic_compare_exchange_strong(&ending, &none, signal_number)) {
    limit_ending(END_PATIENCE);
  }
  char byte = 0;
  /* A full pipe wakes just as well. */
  if (write(wake_descriptor, &byte, 1) < 0) errno = kept;
  errno = kept;
}

static void install_polite(int signal_number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_polite;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

int terminal_guard_install(int descriptor, int wake) {
  if (installed) return EBUSY;
  if (tcgetattr(descriptor, &saved) != 0) return errno;
  terminal = descriptor;
  wake_descriptor = wake;
  owner = getpid();
  drawer = pthread_self();
  atomic_store(&silencing, 0);
  atomic_store(&silenced, 0);
  atomic_store(&armed, 0);
  atomic_store(&seen, 0);
  atomic_store(&asked, 0);
  atomic_store(&ending, 0);
  const char *backtrace = getenv("SWIFT_BACKTRACE");
  chains = backtrace && strstr(backtrace, "interactive=no") != NULL;

  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  if (sigaltstack(&stack, &old_stack) != 0) return errno;

  sigset_t open;
  sigemptyset(&open);
  for (int number = 1; number < SIGNALS; number++) {
    held[number] = 0;
    if (is_polite(number)) {
      if (sigaction(number, NULL, &old_actions[number]) != 0) continue;
      if (!is_ignored(&old_actions[number])) install_polite(number);
    } else if (is_deadly(number)) {
      struct sigaction action;
      memset(&action, 0, sizeof action);
      action.sa_sigaction = on_deadly;
      action.sa_flags = SA_SIGINFO | SA_ONSTACK;
      sigfillset(&action.sa_mask);
      if (sigaction(number, &action, &old_actions[number]) != 0) continue;
      /* SIGALRM is wanted for ourselves; its handler knows that it was ignored. */
      if (is_ignored(&old_actions[number]) && number != SIGALRM) {
        sigaction(number, &old_actions[number], NULL);
      }
    } else if (number == SIGURG) {
      struct sigaction action;
      memset(&action, 0, sizeof action);
      action.sa_handler = on_silence;
      /* Without SA_RESTART: a write that waits ends. */
      action.sa_flags = SA_ONSTACK;
      sigfillset(&action.sa_mask);
      if (sigaction(number, &action, &old_actions[number]) != 0) continue;
    } else {
      continue;
    }
    held[number] = 1;
    sigaddset(&open, number);
  }
  /* A parent may have left these blocked; threads that start later take the mask over. */
  pthread_sigmask(SIG_UNBLOCK, &open, NULL);

  static int registered;
  if (!registered) {
    if (atexit(terminal_guard_restore) != 0) return ENOMEM;
    registered = 1;
  }
  installed = 1;
  return 0;
}

/* Memory that standard error can point to; where there is no such thing, a file that has lost its
 * name. */
static int open_memory(void) {
#ifdef __linux__
  int memory = memfd_create("stderr", MFD_CLOEXEC);
  if (memory >= 0) {
    fcntl(memory, F_SETFL, O_APPEND);
    return memory;
  }
#endif
  FILE *file = tmpfile();
  if (!file) return -1;
  int copy = dup(fileno(file));
  fclose(file);
  if (copy >= 0) fcntl(copy, F_SETFL, O_APPEND);
  return copy;
}

int terminal_guard_arm(const char *bytes, size_t length) {
  if (!installed) return EINVAL;
  if (length > TEXT_LIMIT) return E2BIG;
  memcpy(text, bytes, length);
  text_length = length;
  if (kept_errors < 0 && isatty(STDERR_FILENO)) {
    fflush(stderr);
    kept_errors = open_memory();
    if (kept_errors >= 0) {
      real_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
      quick_errors =
          open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_APPEND);
    }
  }
  if (kept_errors >= 0 && real_errors >= 0) dup2(kept_errors, STDERR_FILENO);
  atomic_store(&armed, 1);
  return 0;
}

void terminal_guard_stop(void) {
  /* The whole group, as the terminal's driver does: a script around us must stop too, or the shell
     would go on waiting for it. Ourselves last and by a signal to this very thread, so that nothing
     here runs before the stop. */
  struct sigaction plain;
  memset(&plain, 0, sizeof plain);
  plain.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &plain, NULL);
  kill(0, SIGTSTP);
  plain.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &plain, NULL);
  raise(SIGTSTP);
  install_polite(SIGTSTP);
  atomic_fetch_and(&seen, ~(TERMINAL_GUARD_STOPPED | TERMINAL_GUARD_CONTINUED));
}

uint32_t terminal_guard_take_signals(void) { return atomic_exchange(&seen, 0); }

void terminal_guard_trim(void) {
  struct stat status;
  if (kept_errors >= 0 && fstat(kept_errors, &status) == 0 && status.st_size > ERRORS_LIMIT) {
    if (ftruncate(kept_errors, 0) != 0) return;
  }
}

void terminal_guard_remove(void) {
  if (!installed) return;
  terminal_guard_restore();
  for (int number = 1; number < SIGNALS; number++) {
    /* Asked to end, the program may still wait for a thread: the limit holds on. */
    if (number == SIGALRM && atomic_load(&ending) != 0) continue;
    if (held[number]) sigaction(number, &old_actions[number], NULL);
    held[number] = 0;
  }
  sigaltstack(&old_stack, NULL);
  if (kept_errors >= 0) close(kept_errors);
  if (real_errors >= 0) close(real_errors);
  if (quick_errors >= 0) close(quick_errors);
  kept_errors = real_errors = quick_errors = -1;
  installed = 0;
}
