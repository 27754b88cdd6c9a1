import Foundation
import Lanes
import Models
import Presets
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("Opening a table")
struct TableFormTests {
  private static let rows = """
    id,x,y,kind
    1,0.5,1.5,oak
    2,-0.5,1.0,beech
    3,0.1,-1.0,oak
    4,1.2,0.4,beech
    5,0.9,-0.4,oak
    6,-1.2,0.3,beech
    """

  /// A folder with a table and another folder in it.
  private static func folder() throws -> String {
    let folder = NSTemporaryDirectory() + "glissade-table-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/inner", withIntermediateDirectories: true)
    try rows.write(toFile: folder + "/points.csv", atomically: true, encoding: .utf8)
    try "nothing".write(toFile: folder + "/notes.txt", atomically: true, encoding: .utf8)
    return folder
  }

  private static func stage(_ size: Size = Size(width: 100, height: 30)) -> Stage {
    Stage(size: size)
  }

  private static func type(_ stage: Stage, _ text: String) {
    for scalar in text.unicodeScalars { stage.screen.send(.key(Key(.character(scalar)))) }
    stage.settle()
  }

  private static func press(_ stage: Stage, _ codes: KeyCode...) {
    for code in codes { stage.screen.send(.key(Key(code))) }
    stage.settle()
  }

  private static func form(_ stage: Stage) throws -> TableForm {
    try #require(stage.loop.explorer.overlays.last as? TableForm)
  }

  @Test("The palette completes paths of tables and folders")
  func completion() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let paths = TablePreview.paths(beginning: folder + "/")
    #expect(paths == [folder + "/points.csv", folder + "/inner/"])
    #expect(TablePreview.paths(beginning: folder + "/p") == [folder + "/points.csv"])
    #expect(TablePreview.paths(beginning: folder + "/none/").isEmpty)
    let items = try #require(PaletteItem.files("open \(folder)/", TablePreview.paths))
    #expect(items.map(\.end) == ["enter", "tab"])
    #expect(PaletteItem.files("opener", TablePreview.paths) == nil)
  }

  @Test("Its first rows are shown, columns are given their use, and Enter trains")
  func form() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for size in [Size(width: 100, height: 30), Size(width: 80, height: 24)] {
      let stage = Self.stage(size)
      Self.type(stage, ":open \(folder)/points.csv")
      Self.press(stage, .enter)
      var form = try Self.form(stage)
      #expect(form.uses == [.input, .input, .input, .target])
      let text = stage.loop.explorer.text
      for part in ["open points.csv", "kind", "line 2", "beech", "6 rows", "softmax_ce|bce"] {
        let isThere = part.split(separator: "|").contains { text.contains($0) }
        #expect(isThere, "\(part)\n\(text)")
      }
      // The running number is left out.
      Self.type(stage, "x")
      form = try Self.form(stage)
      #expect(form.uses == [.out, .input, .input, .target])
      #expect(stage.loop.explorer.text.contains("6 rows of x, y"))
      Self.press(stage, .enter)
      #expect(stage.loop.explorer.overlays.isEmpty)
      guard case .model(let model) = stage.learner.latest.experiment.problem,
        case .csv(let table) = model.data.origin
      else {
        Issue.record("no table is trained")
        return
      }
      #expect(table.samples.inputCount == 2 && table.samples.count == 6)
    }
  }

  @Test("Another target, names or none, and Esc changes nothing")
  func choices() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stage = Self.stage()
    let before = stage.learner.sent.count
    Self.type(stage, ":open \(folder)/points.csv")
    Self.press(stage, .enter, .right, .right)
    Self.type(stage, "t")
    #expect(try Self.form(stage).uses == [.input, .input, .target, .input])
    // Words are no input: it says so, and there is nothing to train.
    Self.press(stage, .enter)
    #expect(stage.loop.explorer.overlays.last is TableForm)
    Self.press(stage, .right)
    Self.type(stage, "x")
    #expect(stage.loop.explorer.text.contains("6 rows of id, x; y"))
    Self.press(stage, .down, .left)
    #expect(stage.loop.explorer.text.contains("! "))
    Self.press(stage, .escape)
    #expect(stage.loop.explorer.overlays.isEmpty && stage.learner.sent.count == before)
  }

  @Test("Pasted rows open the same form; other text does nothing")
  func pasted() throws {
    #expect(TablePreview.isTable(Self.rows) && TablePreview.isTable("1 2\n3 4"))
    #expect(!TablePreview.isTable("a sentence, and one more") && !TablePreview.isTable("1,2\n3"))
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try TablePreview.keep(pasted: Self.rows, in: folder)
    #expect(try TablePreview.keep(pasted: Self.rows, in: folder) == path)
    #expect(try TablePreview(path, [], views: nil).names == ["id", "x", "y", "kind"])
    var explorer = Self.stage().loop.explorer
    #expect(explorer.handle(.paste(Self.rows)) == [.openPasted(Self.rows)])
    #expect(explorer.handle(.paste("hello")).isEmpty)
  }

  @Test("A file that is not there, or no table, is said")
  func missing() throws {
    let stage = Self.stage()
    Self.type(stage, ":open /nonexistent/points.csv")
    Self.press(stage, .enter)
    #expect(stage.loop.explorer.overlays.isEmpty)
    #expect(stage.loop.explorer.text.contains("cannot read"))
  }
}
