import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Sessions {
  @Suite("Signals")
  struct SignalTests {
    /// All signals that end a program and can be handled: real-time signals are from 34 on in the C
    /// library's count, all on one path; the first, the last and one between stand for them where
    /// there is no time.
    static let deadly: [Int32] = {
      let others: Set<Int32> = [
        SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCHLD, SIGCONT, SIGURG, SIGWINCH, 32, 33,
      ]
      let isLong = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"
      let real: [Int32] = isLong ? Array(34...64) : [34, 49, 64]
      return (1...31).filter { !others.union(Sanitizer.signals).contains($0) } + real
    }()

    @Test("Whichever signal ends it, the terminal is as before", arguments: deadly)
    func restores(signal: Int32) throws {
      try Self.withinASecond {
        let terminal = try PseudoTerminal(["xor"])
        let (time, status) = try terminal.end(by: signal)
        #expect(status == 128 + signal)
        #expect(terminal.isRestored)
        terminal.readEnding()
        let ending = terminal.ending
        for mode in ["[?1000l", "[?2004l", "[?1004l", "[?25h", "[?1049l"] {
          #expect(ending.contains("\u{1B}" + mode), "\(mode)")
        }
        return time
      }
    }

    /// A machine that is busy with other tests may be late once, and the program is not late each
    /// time.
    private static func withinASecond(_ end: () throws -> Duration) rethrows {
      var times: [Duration] = []
      repeat {
        times.append(try end())
        if times.contains(where: { $0 < .seconds(Sanitizer.slowness) }) { return }
      } while times.count < 3
      Issue.record("it took \(times) to end")
    }

    @Test(
      "A terminal that nobody reads does not keep it, and gets its modes back",
      arguments: Set([SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGPWR, SIGALRM])
        .subtracting(Sanitizer.signals).sorted())
    func stalled(signal: Int32) throws {
      try Self.withinASecond {
        let terminal = try PseudoTerminal(["moons"])
        try terminal.stall()
        let (time, status) = try terminal.end(by: signal)
        #expect(status == 128 + signal)
        #expect(terminal.isRestored)
        terminal.readEnding()
        #expect(terminal.ending.contains("\u{1B}[?1049l"))
        return time
      }
    }

    @Test(
      "A crash of another thread, in the middle of a frame that nobody reads, leaves the terminal as it was",
      .disabled(if: Sanitizer.isPresent, "the sanitizer handles a crash in the program's place"),
      arguments: [SIGSEGV, SIGABRT])
    func otherThread(signal: Int32) throws {
      try Self.withinASecond {
        let terminal = try PseudoTerminal(["moons"])
        try terminal.stall()
        let (time, status) = try terminal.end(by: signal, in: terminal.otherThread())
        #expect(status == 128 + signal)
        #expect(terminal.isRestored)
        terminal.readEnding()
        #expect(terminal.ending.contains("\u{1B}[?1049l"))
        return time
      }
    }
  }
}
