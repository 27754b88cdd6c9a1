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
}
