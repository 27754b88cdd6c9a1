import Foundation
import Testing

@Suite("glissade lesson")
struct LessonCommandTests {
  @Test("lists the tour in its order, as text and as JSON, with how far one is")
  func list() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let state = folder.appendingPathComponent("glissade")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    let text = """
      {"version":1,"last":"notes-ols-gd","lessons":{"notes-ols-gd":{"step":1,"done":false}}}
      """
    try Data(text.utf8).write(to: state.appendingPathComponent("lessons.json"))
    let environment = ["XDG_STATE_HOME": folder.path]
    let outcome = try Program.run("lesson", "--list", "--json", environment: environment)
    #expect(outcome.status == 0, "\(outcome)")
    let items = try #require(outcome.json as? [[String: Any]])
    let ols = try #require(items.first { $0["preset"] as? String == "notes-ols-gd" })
    #expect(ols["step"] as? Int == 2)
    #expect(ols["done"] as? Bool == false)
    #expect((ols["steps"] as? Int ?? 0) >= 3)
    let plain = try Program.run("lesson", "--list", environment: environment)
    #expect(plain.output.contains("notes-ols-gd"))
    #expect(plain.output.contains("(step 2 of "))
    // Both lists have one order.
    let lines = plain.output.split(separator: "\n")
    let places = items.compactMap { item in
      lines.firstIndex { $0.hasPrefix("  \(item["preset"] ?? "") ") }
    }
    #expect(places.count == items.count && places == places.sorted())
  }

  @Test(
    "Wrong usage gives 64",
    arguments: [
      ["lesson", "--json"], ["lesson", "--list", "xsin"], ["lesson", "--list", "--restart"],
      ["lesson", "nothing"], ["shot", "notes-ols-gd", "--lesson", "0"],
      ["shot", "notes-ols-gd", "--lesson", "99"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Program.runAll(arguments)
    #expect(outcome.status == 64, "\(outcome)")
    #expect(outcome.output.isEmpty)
  }

  @Test("A preset without a lesson says which have one")
  func none() throws {
    try Program.withFile("plain.yaml", "glissade: 1\nfunction: x^2\n") { path in
      let outcome = try Program.run("lesson", path)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("has no lesson"))
    }
  }

  @Test("check rehearses lessons: what is not so is told at its step")
  func check() throws {
    let text = """
      glissade: 1
      function: x^2
      start: {x: 1}
      lesson:
        title: T
        steps:
          - {text: a, set: {}, advance: 1, facts: [x > 2]}
          - {text: b, press: hh}

      """
    try Program.withFile("a.yaml", text.replacing(", press: hh", with: "")) { path in
      let outcome = try Program.run("check", path)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors
          == "\(path):7:7: lesson, step 1: the fact \"x > 2\" does not hold after 1 steps: x is 0.98\n"
      )
    }
    try Program.withFile("a.yaml", text) { path in
      let outcome = try Program.run("check", path)
      #expect(outcome.errors.contains(":8:24: there is no key \"hh\""), "\(outcome)")
    }
    #expect(try Program.run("check", "notes-ols-gd").status == 0)
  }

  @Test("A picture shows a lesson's step beside the run")
  func shot() throws {
    let outcome = try Program.run("shot", "notes-ols-gd", "--lesson", "2", "--size", "80x24")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("2 of "))
    #expect(outcome.output.contains("g answers"))
  }
}
