import Foundation

/// Whether the tests, and with them the program, were built with a sanitizer.
///
/// A sanitizer's runtime takes the signals of a crash before the program sees them, and does not
/// live with a limit on the size of files: tests of those stand aside.
enum Sanitizer {
  /// True when the runtime of the thread or the address sanitizer is in this process.
  static let isPresent = ["__tsan_init", "__asan_init"].contains {
    (name: String) in dlsym(nil, name) != nil
  }

  /// The signals of a crash. The runtime runs the program's handler of those wherever the thread
  /// is, inside its own locks too, where all others wait: the handler may then never come back.
  /// Empty without a sanitizer.
  static let signals: Set<Int32> =
    isPresent ? [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS] : []

  /// By how much longer a program may take that a sanitizer watches.
  static let slowness = isPresent ? 5 : 1
}
