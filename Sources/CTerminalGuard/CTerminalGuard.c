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
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_LIMIT = 1024, ERRORS_LIMIT = 1 << 20, REPLAY_LIMIT = 1 << 16, STACK_BYTES = 1 << 17 };

static int terminal = -1;         /* where to write */
static int wake_descriptor = -1;  /* a byte a signal */
static pid_t owner;               /* children that exit must not touch the terminal */
static struct termios saved;
static char text[TEXT_LIMIT];
static size_t text_length;
static atomic_int armed;
static atomic_uint seen;
static atomic_uint asked;          /* every request to end so far */
static int real_errors = -1;      /* a copy of descriptor 2 */
static int kept_errors = -1;      /* memory that stands for it */
static int installed;
static char alternate_stack[STACK_BYTES] __attribute__((aligned(16)));
static stack_t old_stack;

/* Signals that end the process where it stands. */
static const int deadly[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS,
                             SIGQUIT, SIGXCPU, SIGXFSZ, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2};
/* Signals that the program answers in its own time. */
static const int polite[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP};
enum { DEADLY = sizeof deadly / sizeof *deadly, POLITE = sizeof polite / sizeof *polite };
static struct sigaction old_deadly[DEADLY];
static struct sigaction old_polite[POLITE];
/* Whether a handler that was there before may be called: Swift's backtracer asks questions on a terminal unless told not
   to, and would wait for ever behind a program that owns the screen. */
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

/* Hands descriptor 2 back and writes what was kept, the last part if it is long. */
static void replay_errors(void) {
  if (kept_errors < 0 || real_errors < 0) return;
  dup2(real_errors, STDERR_FILENO);
  off_t end = lseek(kept_errors, 0, SEEK_END);
  off_t place = end > REPLAY_LIMIT ? end - REPLAY_LIMIT : 0;
  char buffer[1024];
  while (place < end) {
    ssize_t count = pread(kept_errors, buffer, sizeof buffer, place);
    if (count <= 0) break;
    if (terminal_guard_write(STDERR_FILENO, buffer, (size_t)count) != 0) break;
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
  terminal_guard_write(terminal, text, text_length);
  /* Before the modes: reports of the mouse that are still under way would be echoed into the shell. */
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

static void on_deadly(int signal_number, siginfo_t *info, void *context) {
  terminal_guard_restore();
  int index = 0;
  while (index < DEADLY - 1 && deadly[index] != signal_number) index++;
  struct sigaction *old = &old_deadly[index];
  int special = (old->sa_flags & SA_SIGINFO) != 0;
  if (chains && special && old->sa_sigaction) {
    old->sa_sigaction(signal_number, info, context);
  } else if (chains && !special && old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN) {
    old->sa_handler(signal_number);
  }
  die_by(signal_number);
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
  char byte = 0;
  /* A full pipe wakes just as well. */
  if (write(wake_descriptor, &byte, 1) < 0) errno = kept;
  errno = kept;
}

/* Whether the parent wants a signal ignored (nohup, job control of a script). */
static int is_ignored(const struct sigaction *action) {
  return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_IGN;
}

static void install_polite(int index) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_polite;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  sigaction(polite[index], &action, NULL);
}

int terminal_guard_install(int descriptor, int wake) {
  if (installed) return EBUSY;
  if (tcgetattr(descriptor, &saved) != 0) return errno;
  terminal = descriptor;
  wake_descriptor = wake;
  owner = getpid();
  atomic_store(&armed, 0);
  atomic_store(&seen, 0);
  atomic_store(&asked, 0);
  const char *backtrace = getenv("SWIFT_BACKTRACE");
  chains = backtrace && strstr(backtrace, "interactive=no") != NULL;

  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  if (sigaltstack(&stack, &old_stack) != 0) return errno;

  for (int index = 0; index < DEADLY; index++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_deadly;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    sigaction(deadly[index], &action, &old_deadly[index]);
    if (is_ignored(&old_deadly[index])) sigaction(deadly[index], &old_deadly[index], NULL);
  }
  sigset_t open;
  sigemptyset(&open);
  for (int index = 0; index < POLITE; index++) {
    sigaction(polite[index], NULL, &old_polite[index]);
    if (!is_ignored(&old_polite[index])) install_polite(index);
    sigaddset(&open, polite[index]);
  }
  /* A parent may have left these blocked; threads that start later take the mask over. */
  for (int index = 0; index < DEADLY; index++) sigaddset(&open, deadly[index]);
  pthread_sigmask(SIG_UNBLOCK, &open, NULL);

  static int registered;
  if (!registered) {
    if (atexit(terminal_guard_restore) != 0) return ENOMEM;
    registered = 1;
  }
  installed = 1;
  return 0;
}

/* Memory that standard error can point to; where there is no such thing, a file that has lost its name. */
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
    if (kept_errors >= 0) real_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  }
  if (kept_errors >= 0 && real_errors >= 0) dup2(kept_errors, STDERR_FILENO);
  atomic_store(&armed, 1);
  return 0;
}

void terminal_guard_stop(void) {
  /* The whole group, as the terminal's driver does: a script around us must stop too, or the shell would go on waiting for
     it. Ourselves last and by a signal to this very thread, so that nothing here runs before the stop. */
  struct sigaction plain;
  memset(&plain, 0, sizeof plain);
  plain.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &plain, NULL);
  kill(0, SIGTSTP);
  plain.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &plain, NULL);
  raise(SIGTSTP);
  for (int index = 0; index < POLITE; index++) {
    if (polite[index] == SIGTSTP) install_polite(index);
  }
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
  for (int index = 0; index < DEADLY; index++) {
    sigaction(deadly[index], &old_deadly[index], NULL);
  }
  for (int index = 0; index < POLITE; index++) {
    sigaction(polite[index], &old_polite[index], NULL);
  }
  sigaltstack(&old_stack, NULL);
  if (kept_errors >= 0) close(kept_errors);
  if (real_errors >= 0) close(real_errors);
  kept_errors = real_errors = -1;
  installed = 0;
}
