import Foundation
import Testing

extension Sessions {
  @Suite("A lesson in a terminal")
  struct LessonTests {
    @Test("It asks before it shows, is left in the middle, and goes on there the next day")
    func resumes() throws {
      try TerminalSession.run { terminal in
        try terminal.explore("lesson notes-ols-gd")
        try terminal.wait(for: "the first step") { $0.contains("1 of ") && $0.contains("lesson") }
        try terminal.type("g")
        try terminal.wait(for: "the question") { $0.contains("g answers") && $0.contains("2 of ") }
        try terminal.wait(for: "a run that is covered") { $0.contains("your answer first") }
        try terminal.type("g")
        try terminal.wait(for: "the choices") { $0.contains("before you look") }
        try terminal.type("2")
        try terminal.wait(for: "the answer") { $0.contains("right: ") }
        try terminal.waitRun(for: "a run that goes on") { ($0.step ?? 0) > 0 }
        try terminal.type("q")
        try terminal.waitForShell()
        try terminal.explore("lesson")
        try terminal.wait(for: "the step that was left") { $0.contains("2 of ") }
        try terminal.type("q")
        try terminal.waitForShell()
      }
    }

    @Test("A state file that cannot be written is no obstacle")
    func unwritable() throws {
      try TerminalSession.run(changes: ["XDG_STATE_HOME": "/dev/null"]) { terminal in
        try terminal.explore("lesson notes-ols-gd")
        try terminal.wait(for: "the first step, and why it is not kept") {
          $0.contains("1 of ") && $0.contains("/dev/null")
        }
        try terminal.type("g")
        try terminal.wait(for: "the second step") { $0.contains("2 of ") }
      }
    }
  }
}
