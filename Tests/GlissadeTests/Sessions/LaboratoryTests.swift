import Foundation
import Testing

extension Sessions {
  /// What is changed while a run goes on, by keys alone.
  @Suite("The laboratory in use")
  struct LaboratoryTests {
    /// What a command of the palette does, typed and confirmed.
    private func find(_ words: String, _ terminal: TerminalSession) throws {
      try terminal.type(":")
      try terminal.wait(for: "the palette") { $0.contains("─ find ─") }
      try terminal.type(words)
      try terminal.wait(for: "what was typed") { $0.contains(words) }
      try terminal.press("Enter")
      try terminal.wait(for: "the palette to close") { !$0.contains("─ find ─") }
    }

    private func pause(_ terminal: TerminalSession, at least: Double = 5) throws -> ShownRun {
      try terminal.waitRun(for: "some steps") { ($0.step ?? 0) >= least }
      try terminal.press("Space")
      return try terminal.waitRun(for: "a pause") { $0.isPaused && $0.loss != nil }
    }

    @Test("The panel changes a key, marks it, and puts it back; the palette sets any key")
    func panel() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        _ = try pause(terminal)
        try terminal.type("e")
        try terminal.wait(for: "the panel") { $0.contains("─ experiment") }
        try terminal.press("Down", "Right")
        try terminal.wait(for: "a changed key") { $0.contains("1 changed") }
        try terminal.type("x")
        try terminal.wait(for: "the preset's value") { !$0.contains("changed ─") }
        try terminal.type("e")
        try terminal.wait(for: "the panel's end") { !$0.contains("─ experiment") }
        try find("hidden 6", terminal)
        try terminal.wait(for: "six units") { $0.contains("− 6 units +") || $0.contains("2·6·1") }
        try find("l2 0,05", terminal)
        try terminal.wait(for: "a decimal comma, told") { $0.contains("0.05") }
        try terminal.type("uu")
        try terminal.wait(for: "the net as it was") { !$0.contains("2·6·1") }
      }
    }

    @Test("The net grows and shrinks under its weights, and nothing jumps")
    func network() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        let before = try pause(terminal)
        try find("network", terminal)
        try terminal.press("Right")
        try terminal.type("Z")
        try terminal.wait(for: "silent units") { $0.contains("no break in the loss") }
        try terminal.type("i")
        let grown = try terminal.waitRun(for: "a unit more") { $0.screen.contains("2·5·1") }
        #expect(grown.loss == before.loss && grown.step == before.step)
        try terminal.type("x")
        try terminal.waitRun(for: "a unit less") { $0.screen.contains("2·4·1") }
        try terminal.press("Enter", "Right")
        try terminal.waitRun(for: "another weight") { $0.loss != before.loss }
        try terminal.type("uuu")
        try terminal.waitRun(for: "the loss as it was") { $0.loss == before.loss }
      }
    }

    /// The parameters of the run as they stand, written to a file: decimals that are read back as
    /// the same bits.
    private func parameters(_ terminal: TerminalSession) throws -> String {
      func files() throws -> Set<String> {
        let all = try FileManager.default.contentsOfDirectory(atPath: terminal.folder.path)
        return Set(all.filter { $0.hasSuffix(".csv") })
      }
      let before = try files()
      try find("export csv", terminal)
      try terminal.wait(for: "the file") { _ in try files() != before }
      try terminal.wait(for: "what was said") { $0.contains("saved as") }
      let file = try #require(try files().subtracting(before).first)
      return try String(
        contentsOf: terminal.folder.appendingPathComponent(file), encoding: .utf8)
    }

    @Test("Ten changes and ten undos end at the same parameters, bit by bit")
    func undoing() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        let before = try pause(terminal)
        let first = try parameters(terminal)
        let changes = [
          "learning_rate 0.07", "hidden 6", "l2 0.01", "loss mse", "activation relu",
          "features x1,x2,x1*x2", "batch 2", "data.samples 80", "optimizer momentum", "hidden 5,4",
        ]
        for change in changes {
          try find(change, terminal)
          try terminal.type(".")
        }
        let after = try terminal.waitRun(for: "the last change") {
          $0.screen.contains("49 parameters") && $0.step == (before.step ?? 0) + 10
        }
        #expect(after.optimizer == "momentum")
        for _ in changes { try terminal.type("u") }
        try terminal.waitRun(for: "the beginning") {
          $0.step == before.step && $0.screen.contains("17 parameters") && $0.rate == before.rate
            && $0.optimizer == before.optimizer && $0.loss == before.loss
        }
        #expect(try parameters(terminal) == first)
      }
    }

    @Test("Back in time, another way from there, both kept, saved, and verified")
    func branches() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        let now = try pause(terminal, at: 12)
        let step = try #require(now.step)
        try terminal.type("(")
        try terminal.waitRun(for: "the step before") {
          $0.step == step - 1 && $0.screen.contains("◀ past")
        }
        try terminal.press("Home")
        try terminal.waitRun(for: "the beginning") { $0.step == 0 }
        try terminal.press("End")
        try terminal.waitRun(for: "now") { $0.step == step && !$0.screen.contains("◀ past") }
        try find("go 5", terminal)
        try terminal.waitRun(for: "step 5") { $0.step == 5 }
        try terminal.type("+")
        let branch = try terminal.waitRun(for: "a branch") { $0.rate != now.rate }
        #expect(branch.step == 5 && !branch.screen.contains("◀ past"))
        try terminal.type("E")
        try terminal.wait(for: "both ways") { $0.contains("branches") && $0.contains("step 5") }
        try terminal.press("Escape")
        try terminal.wait(for: "the list's end") { !$0.contains("left at") }
        try terminal.type("u")
        try terminal.waitRun(for: "before the change") { $0.rate == now.rate }
        try terminal.type("U")
        try terminal.waitRun(for: "the change again") { $0.rate == branch.rate }
        try terminal.type("W")
        try terminal.wait(for: "the question") { $0.contains(" = ") && $0.contains("save") }
        try terminal.type("two")
        try terminal.press("Enter")
        let file = terminal.folder.appendingPathComponent("glissade/presets/two.yaml")
        try terminal.wait(for: "the file") { _ in
          FileManager.default.fileExists(atPath: file.path)
        }
        let outcome = try Program.run("run", file.path, "--verify")
        #expect(outcome.status == 0, "\(outcome)")
      }
    }

    @Test("A cursor reads a step in one picture and marks it in the others; Enter goes there")
    func reading() throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        try terminal.explore("xor")
        let now = try pause(terminal, at: 30)
        try terminal.type("2")
        try terminal.press("Left", "Left")
        try terminal.wait(for: "a reading") { $0.contains("┊ step") }
        try terminal.press("Enter")
        try terminal.waitRun(for: "that moment") {
          ($0.step ?? .infinity) < now.step ?? 0 && $0.screen.contains("◀ past")
        }
      }
    }

    @Test("A table is opened from inside and trained")
    func table() throws {
      try TerminalSession.run { terminal in
        let rows = (0..<40).map { "\(Double($0) / 10),\(Double($0 * $0) / 100)" }
        try Data(("a,b\n" + rows.joined(separator: "\n") + "\n").utf8).write(
          to: terminal.folder.appendingPathComponent("points.csv"))
        try terminal.explore("xor")
        try find("open points.csv", terminal)
        try terminal.wait(for: "the first rows") { $0.contains("3.9") || $0.contains("40 rows") }
        try terminal.press("Enter")
        try terminal.waitRun(for: "a net on them") {
          $0.screen.contains("points") && $0.loss != nil && !$0.screen.contains("40 rows")
        }
      }
    }

    @Test("Two explorers that go on with one session keep one each")
    func resumeTwice() throws {
      try TerminalSession.run(width: 100, height: 30) { terminal in
        try terminal.explore("xor")
        _ = try pause(terminal)
        try terminal.type("+qq")
        try terminal.waitForShell()
        let state = ["XDG_STATE_HOME": terminal.folder.appendingPathComponent(".local/state").path]
        try terminal.explore("--resume")
        let first = try terminal.waitRun(for: "the session") { $0.loss != nil }
        try TerminalSession.run(width: 100, height: 30, changes: state) { other in
          try other.explore("--resume")
          try other.wait(for: "what was said") { $0.contains("another glissade has this session") }
          try other.type("++")
          try other.waitRun(for: "its change") { ($0.rate ?? 0) > 1.3 * (first.rate ?? 1) }
          try other.type("qq")
          try other.waitForShell()
        }
        try terminal.type("-")
        let changed = try terminal.waitRun(for: "a change here") {
          ($0.rate ?? .infinity) < first.rate ?? 0
        }
        try terminal.type("qq")
        try terminal.waitForShell()
        try terminal.explore("--resume")
        try terminal.waitRun(for: "the first") { $0.rate == changed.rate }
        try terminal.type("q")
        try terminal.waitForShell()
        try terminal.explore("--resume 2")
        try terminal.waitRun(for: "the second") { ($0.rate ?? 0) > 1.3 * (first.rate ?? 1) }
      }
    }

    @Test("A session that cannot be kept is told when that happens, and at the end")
    func unkept() throws {
      try TerminalSession.run(width: 100, height: 30, changes: ["XDG_STATE_HOME": "/dev/null"]) {
        terminal in
        try terminal.explore("xor")
        _ = try pause(terminal)
        try terminal.type("+")
        try terminal.wait(for: "what went wrong") { $0.contains("the session cannot be kept") }
        try terminal.type("q")
        try terminal.wait(for: "the prompt") { $0.contains("a changed run is not saved, and the") }
        try terminal.type("q")
        try terminal.waitForShell()
        try terminal.type("echo ended-$?")
        try terminal.press("Enter")
        try terminal.wait(for: "the exit code") {
          $0.split(separator: "\n").contains("ended-74")
        }
      }
    }

    @Test("What ran is there again after q and --resume")
    func resume() throws {
      try TerminalSession.run { terminal in
        try terminal.explore("xor")
        let before = try pause(terminal)
        try terminal.type("q")
        try terminal.waitForShell()
        try terminal.explore("--resume")
        let after = try terminal.waitRun(for: "the run as it was") { $0.loss != nil }
        #expect(after.loss == before.loss && after.step == before.step)
      }
    }
  }
}
