import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A way to end the explorer.
struct WayOut: Sendable, CustomTestStringConvertible {
  var name: String
  /// Nil: the key q.
  var signal: Int32?
  /// What the shell sees; a signal's is 128 more than its number.
  var code: Int32
  var testDescription: String { name }

  static let all = [
    WayOut(name: "q", signal: nil, code: 0),
    WayOut(name: "SIGINT", signal: SIGINT, code: 130),
    WayOut(name: "SIGTERM", signal: SIGTERM, code: 143),
    WayOut(name: "SIGHUP", signal: SIGHUP, code: 129),
    WayOut(name: "SIGSEGV", signal: SIGSEGV, code: 139),
    WayOut(name: "SIGABRT", signal: SIGABRT, code: 134),
    WayOut(name: "SIGILL, a Swift trap on x86", signal: SIGILL, code: 132),
    WayOut(name: "SIGTRAP, a Swift trap on ARM", signal: SIGTRAP, code: 133),
  ].filter { way in !(way.signal.map { Sanitizer.signals.contains($0) } ?? false) }
}

extension Sessions {
  @Suite("Ways out")
  struct WaysOutTests {
    @Test("The terminal is as before, and the shell's screen is back", arguments: WayOut.all)
    func restores(way: WayOut) throws {
      try TerminalSession.run { terminal in
        try terminal.shell("stty -a >before; echo what stood here")
        let process = try terminal.explore("xor")
        #expect(try terminal.isAlternate())
        #expect(try terminal.variable("mouse_any_flag") == "1")
        if let signal = way.signal {
          #expect(kill(process, signal) == 0)
        } else {
          try terminal.type("q")
        }
        try terminal.waitForShell()
        #expect(try terminal.screen().contains("what stood here"))
        try terminal.type("echo ended-$?")
        try terminal.press("Enter")
        try terminal.wait(for: "the exit code") {
          $0.split(separator: "\n").contains("ended-\(way.code)")
        }
        #expect(try terminal.shell("stty -a >after; cmp before after").contains("done-0"))
        #expect(try terminal.variable("mouse_any_flag") == "0")
        #expect(try terminal.variable("cursor_flag") == "1")
      }
    }
  }
}
