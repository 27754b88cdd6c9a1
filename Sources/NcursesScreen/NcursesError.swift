#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why the terminal cannot be used.
package enum NcursesError: Error, Equatable, CustomStringConvertible {
  /// There is no terminal, or it cannot place text; with the reason.
  case unusable(String)
  /// No description of this terminal is installed, nor of any like it.
  case unknownTerminal(String)
  /// A screen is already open in this process.
  case inUse
  /// A system call failed: its name and errno.
  case system(String, Int32)

  /// A line for the user.
  package var description: String {
    switch self {
    case .unusable(let reason): reason
    case .unknownTerminal(let name):
      "no description of the terminal '\(name)' is installed (try TERM=xterm-256color)"
    case .inUse: "the terminal is already in use"
    case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
    }
  }
}
