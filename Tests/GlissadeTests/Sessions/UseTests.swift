import Foundation
import Testing

extension Sessions {
  @Suite("The explorer in use")
  struct UseTests {
    @Test("It opens on x sin(x² + 1), and the loss falls")
    func opens() throws {
      try TerminalSession.run { terminal in
        try terminal.explore()
        let first = try terminal.waitRun(for: "a run") { $0.isRunning && $0.loss != nil }
        #expect(first.screen.contains("x sin(x² + 1)"))
        #expect(first.optimizer == "gd")
        #expect(first.rate == 0.01)
        let begin = try #require(first.loss)
        let later = try terminal.waitRun(for: "a smaller loss") { ($0.loss ?? begin) < begin }
        #expect(try #require(later.step) > #require(first.step))
      }
    }

    @Test("The rate changes by keys, by typing it, and in the palette")
    func rate() throws {
      try TerminalSession.run { terminal in
        try terminal.explore()
        try terminal.type("+")
        try terminal.waitRun(for: "a raised rate") { $0.rate == 0.0125 }
        try terminal.type("-")
        try terminal.waitRun(for: "the old rate") { $0.rate == 0.01 }
        try terminal.type("=")
        try terminal.wait(for: "the question") { $0.contains("learning_rate =") }
        try terminal.type("0.05")
        try terminal.press("Enter")
        try terminal.waitRun(for: "the typed rate") { $0.rate == 0.05 }
        try terminal.type(":")
        try terminal.wait(for: "the palette") { $0.contains("─ find ─") }
        try terminal.type("learning_rate 0.02")
        try terminal.wait(for: "the offer") { $0.contains("learning_rate = 0.02") }
        try terminal.press("Enter")
        try terminal.waitRun(for: "the palette's rate") { $0.rate == 0.02 && $0.step != nil }
      }
    }

    @Test(
      "Paused it stands; a new optimizer goes on from the same place; a single step is one step")
    func optimizer() throws {
      try TerminalSession.run { terminal in
        try terminal.explore()
        try terminal.waitRun(for: "some steps") { ($0.step ?? 0) >= 10 }
        try terminal.press("Space")
        let paused = try terminal.waitRun(for: "a pause") { $0.isPaused && $0.x != nil }
        let step = try #require(paused.step)
        try terminal.type("o")
        let switched = try terminal.waitRun(for: "another optimizer") { $0.optimizer != "gd" }
        #expect(switched.x == paused.x)
        #expect(switched.loss == paused.loss)
        #expect(switched.step == step)
        #expect(switched.isPaused)
        try terminal.type(".")
        let stepped = try terminal.waitRun(for: "a single step") { $0.step != step }
        #expect(stepped.step == step + 1)
        #expect(stepped.isPaused)
        let before = try #require(paused.x)
        let after = try #require(stepped.x)
        #expect(abs(after - before) < 0.2, "from \(before) to \(after) in one step")
        try terminal.press("Space")
        try terminal.waitRun(for: "more steps") { $0.isRunning && ($0.step ?? 0) > step + 3 }
      }
    }

    @Test("The picker finds another preset and loads it")
    func picker() throws {
      try TerminalSession.run { terminal in
        try terminal.explore()
        try terminal.type("p")
        try terminal.wait(for: "the presets") { $0.contains("─ presets ─") }
        try terminal.type("xor")
        try terminal.wait(for: "the filtered list") {
          $0.contains("XOR by a small net") && !$0.contains("rosenbrock")
        }
        try terminal.press("Enter")
        let run = try terminal.waitRun(for: "the other preset") {
          $0.screen.contains("decision boundary") && !$0.screen.contains("─ presets ─")
        }
        #expect(run.screen.split(separator: "\n").first?.contains("XOR by a small net") == true)
      }
    }

    @Test("One pane fills the screen, and all come back")
    func zoom() throws {
      try TerminalSession.run { terminal in
        try terminal.explore("xor")
        let all = try terminal.waitRun(for: "all panes") { $0.paneCount >= 4 }
        try terminal.type("z")
        try terminal.waitRun(for: "one pane") { $0.paneCount == 1 }
        try terminal.type("z")
        try terminal.waitRun(for: "all panes again") { $0.paneCount == all.paneCount }
      }
    }

    @Test("Help lists the keys, filters, and goes away")
    func help() throws {
      try TerminalSession.run { terminal in
        try terminal.explore()
        try terminal.type("?")
        try terminal.wait(for: "help") { $0.contains("take single steps, then wait") }
        try terminal.type("suspend")
        try terminal.wait(for: "filtered help") {
          $0.contains("`fg` comes back") && !$0.contains("take single steps")
        }
        try terminal.press("Escape")
        try terminal.wait(for: "help without a filter") { $0.contains("take single steps") }
        try terminal.press("Escape")
        try terminal.waitRun(for: "the explorer") { $0.paneCount >= 3 && $0.bar.contains("quit") }
      }
    }

    @Test("What runs is saved as a preset that the program reads")
    func save() throws {
      try TerminalSession.run { terminal in
        try terminal.explore()
        try terminal.type("+")
        try terminal.waitRun(for: "a raised rate") { $0.rate == 0.0125 }
        try terminal.type("w")
        try terminal.wait(for: "the question") { $0.contains("save as =") }
        try terminal.type("mine")
        try terminal.wait(for: "the name") { $0.contains("save as = mine") }
        try terminal.press("Enter")
        let file = terminal.folder.appendingPathComponent("glissade/presets/mine.yaml")
        try terminal.wait(for: "the file") { _ in
          FileManager.default.fileExists(atPath: file.path)
        }
        let outcome = try Program.run("check", file.path)
        #expect(outcome.status == 0, "\(outcome)")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("x sin(x^2 + 1)"))
      }
    }

    @Test("Every size of the window is filled, and too small a one is told so")
    func resize() throws {
      try TerminalSession.run { terminal in
        try terminal.explore("xor")
        for (width, height) in [(60, 20), (300, 100), (80, 24), (120, 40)] {
          try terminal.resize(width: width, height: height)
          try terminal.wait(for: "a frame of \(width)×\(height)") { text in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let isWhole = lines.count >= height && lines[height - 1].contains("quit")
            return isWhole && lines[0].contains("loss")
              && lines[1..<(height - 1)].allSatisfy { $0.count == width && $0.last != " " }
          }
        }
        try terminal.resize(width: 10, height: 3)
        try terminal.wait(for: "a polite word") { $0.contains("small") || $0.contains("room") }
        try terminal.resize(width: 120, height: 40)
        try terminal.waitRun(for: "all panes again") {
          $0.paneCount >= 4 && $0.step != nil && $0.bar.contains("quit")
        }
      }
    }

    @Test("Ctrl-Z gives the shell its screen, fg brings the explorer back")
    func suspend() throws {
      try TerminalSession.run { terminal in
        try terminal.shell("stty -a >before")
        try terminal.explore()
        let before = try terminal.waitRun(for: "some steps") { ($0.step ?? 0) > 5 }
        try terminal.press("C-z")
        try terminal.waitForShell()
        #expect(try terminal.shell("stty -a >during; cmp before during").contains("done-0"))
        #expect(try terminal.variable("mouse_any_flag") == "0")
        try terminal.type("fg")
        try terminal.press("Enter")
        try terminal.waitRun(for: "more steps") {
          $0.isRunning && ($0.step ?? 0) > before.step ?? 0 && $0.bar.contains("quit")
        }
        #expect(try terminal.isAlternate())
        try terminal.type("q")
        try terminal.waitForShell()
        #expect(try terminal.shell("stty -a >after; cmp before after").contains("done-0"))
      }
    }

    @Test("A window that changed while the explorer was stopped is filled when it goes on")
    func resizeWhileStopped() throws {
      try TerminalSession.run(width: 100, height: 30) { terminal in
        try terminal.explore("quadratic")
        try terminal.press("C-z")
        try terminal.waitForShell()
        try terminal.resize(width: 84, height: 26)
        #expect(try terminal.shell("stty size").contains("26 84"))
        try terminal.type("fg")
        try terminal.press("Enter")
        try terminal.wait(for: "a frame of the new size") { text in
          let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
          let corners = rows.filter { $0.hasSuffix("╮") || $0.hasSuffix("╯") }
          return rows.prefix(26).last?.contains("quit") == true
            && !corners.isEmpty && corners.allSatisfy { $0.count == 84 }
        }
      }
    }
  }
}
