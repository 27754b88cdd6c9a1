import Foundation
import Testing

@Suite("The documents' tables are what the program says")
struct DocumentTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let articles = root.appendingPathComponent("Sources/glissade/Glissade.docc")

  /// The README and the articles, by path from the top.
  static let documents: [String] =
    ["README.md"]
    + ((try? FileManager.default.contentsOfDirectory(atPath: articles.path)) ?? []).sorted()
    .map { "Sources/glissade/Glissade.docc/\($0)" }

  static func text(_ document: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(document), encoding: .utf8)
  }

  static func article(_ name: String) throws -> String {
    try text("Sources/glissade/Glissade.docc/\(name)")
  }

  /// What belongs between the marks called `name`.
  static func content(_ name: String) throws -> String {
    if name.hasPrefix("picture: glissade ") {
      let arguments = name.dropFirst("picture: glissade ".count).split(separator: " ")
      let frame = try Program.runAll(arguments.map(String.init)).output
      return "```\n" + frame.trimmingCharacters(in: .newlines) + "\n```\n"
    }
    let items = try Program.run("list", name, "--json").json as? [[String: Any]] ?? []
    if name == "notes" {
      return "| | section | lines | preset | odd in the notes |\n|---|---|---|---|---|\n"
        + items.map { item in
          let lines = (item["lines"] as? [Int] ?? []).map(String.init).joined(separator: "–")
          return "| \(item["number"] ?? "") | \(cell(item["title"])) | \(lines) |"
            + " `\(item["preset"] ?? "")` | \(cell(item["quirk"])) |\n"
        }.joined()
    }
    if name == "keys" {
      return "| key | what it does |\n|---|---|\n"
        + items.map { "| `\($0["keys"] ?? "")` | \(cell($0["summary"])) |\n" }.joined()
    }
    if name == "settings" {
      return "| key | what it is | takes | default | in a run |\n|---|---|---|---|---|\n"
        + items.map { item in
          let typed = item["typed"] as? String ?? ""
          let path = item["name"] as? String ?? ""
          let short = typed == path ? "" : ", `\(typed)`"
          return "| `\(path)`\(short) | \(cell(item["summary"])) | \(cell(item["takes"])) |"
            + " \(cell(item["default"])) | \(cell(item["effect"])) |\n"
        }.joined()
    }
    let hasSettings = items.contains { $0["settings"] != nil }
    let head =
      hasSettings
      ? "| name | what it is | settings and defaults |\n|---|---|---|\n"
      : "| name | what it is |\n|---|---|\n"
    return head
      + items.map { item in
        let settings = (item["settings"] as? [[String: Any]] ?? []).map { setting -> String in
          let isFlag = setting["scale"] as? String == "flag"
          let value = setting["default"] as? Double ?? .nan
          let text = isFlag ? (value == 0 ? "false" : "true") : short(value)
          return "`\(setting["name"] ?? "")` \(text)"
        }
        let formula = (item["formula"] as? String).map { ": `\($0)`" } ?? ""
        return "| `\(item["name"] ?? "")` | \(cell(item["summary"]))\(cell(formula)) |"
          + (hasSettings ? " \(settings.joined(separator: ", ")) |\n" : "\n")
      }.joined()
  }

  private static func cell(_ value: Any?) -> String {
    (value as? String ?? "").replacingOccurrences(of: "|", with: "\\|")
  }

  private static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// The page with everything between marks made anew; pictures only when asked: they change with
  /// every stroke.
  static func renewed(_ page: String, pictures: Bool) throws -> String {
    var result = ""
    var isInside = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("<!-- END") { isInside = false }
      if !isInside { result += line + "\n" }
      if line.hasPrefix("<!-- BEGIN "), !line.contains("measured:"),
        pictures || !line.contains("picture:")
      {
        isInside = true
        result += try content(String(line.dropFirst("<!-- BEGIN ".count).dropLast(" -->".count)))
      }
    }
    return String(result.dropLast())
  }

  @Test("Nothing between the marks is stale", arguments: documents)
  func isUpToDate(document: String) throws {
    let kept = try Self.text(document)
    let updates = ProcessInfo.processInfo.environment["GLISSADE_UPDATE_DOCS"] == "1"
    let made = try Self.renewed(kept, pictures: updates)
    if updates {
      try made.write(
        to: Self.root.appendingPathComponent(document), atomically: true, encoding: .utf8)
      return
    }
    #expect(
      made == kept,
      "\(document) is stale: run GLISSADE_UPDATE_DOCS=1 swift test --filter DocumentTests")
  }

  @Test("The README fits a page: nine kilobytes at most")
  func isShort() throws {
    #expect(try Self.text("README.md").utf8.count <= 9_000)
  }

  @Test("Links lead to files that exist", arguments: documents + [".github/CONTRIBUTING.md"])
  func links(document: String) throws {
    let folder = Self.root.appendingPathComponent(document).deletingLastPathComponent()
    for match in try Self.text(document).matches(of: /\]\(([^)#]+)\)/) {
      let target = String(match.1)
      if target.contains("://") { continue }
      let path = folder.appendingPathComponent(target).standardized.path
      #expect(FileManager.default.fileExists(atPath: path), "\(document) links to \(target)")
    }
  }

  @Test("Its example of a lesson is right, and what it says is so")
  func lesson() throws {
    let blocks = try Self.article("Lessons.md").components(separatedBy: "\n\n")
      .filter { $0.hasPrefix("    lesson:") }
    #expect(blocks.count == 1)
    for block in blocks {
      let text = block.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n")
      let preset = "glissade: 1\nfunction: x^2\nstart: {x: 5}\nlearning_rate: 0.1\n"
      try Program.withFile("example.yaml", preset + text + "\n") { path in
        let outcome = try Program.run("check", path)
        #expect(outcome.status == 0, "\(outcome)")
      }
    }
  }

  @Test("Its example presets are right")
  func examples() throws {
    let blocks = try Self.article("Presets.md").components(separatedBy: "\n\n")
      .filter { $0.hasPrefix("    glissade: 1") }
    #expect(blocks.count == 2)
    for block in blocks {
      let text = block.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n")
      try Program.withFile("example.yaml", text + "\n") { path in
        let csv = URL(fileURLWithPath: path).deletingLastPathComponent()
          .appendingPathComponent("points.csv")
        try Data("x,y,class\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n2,1,1\n2,2,0\n".utf8).write(to: csv)
        let outcome = try Program.run("check", path)
        #expect(outcome.status == 0, "\(outcome)")
      }
    }
  }
}
