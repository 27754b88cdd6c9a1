import Lanes
import Models
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The experiment's form")
struct FormTests {
  typealias Desk = KeySettingTests.Desk

  static func press(_ desk: inout Desk, _ codes: KeyCode...) {
    for code in codes { desk.send(desk.explorer.handle(.key(Key(code)))) }
  }

  /// Brings the cursor to a row by the Down key.
  static func go(_ desk: inout Desk, to id: String) throws {
    press(&desk, .home)
    for _ in 0..<120 where desk.explorer.form?.cursor != id { press(&desk, .down) }
    try #require(desk.explorer.form?.cursor == id, "no row \(id)")
  }

  static func open(_ name: String, size: Size = Size(width: 160, height: 48)) throws -> Desk {
    var desk = try Desk(name)
    _ = desk.explorer.handle(.resize(size))
    press(&desk, .character("e"))
    return desk
  }

  static func units(_ desk: Desk) -> [Int] {
    guard case .model(let model) = desk.explorer.snapshot.experiment.problem else { return [] }
    return model.hidden.map(\.units)
  }

  @Test("e opens and focuses it, e again or Esc hides it, Tab gives the keys back to the panes")
  func opening() throws {
    var desk = try Self.open("xor")
    #expect(desk.explorer.isFormFocused && desk.explorer.text.contains("experiment"))
    Self.press(&desk, .tab)
    #expect(!desk.explorer.isFormFocused && desk.explorer.form != nil)
    Self.press(&desk, .character("e"))
    #expect(desk.explorer.isFormFocused)
    Self.press(&desk, .character("e"))
    #expect(desk.explorer.form == nil)
    Self.press(&desk, .character("e"), .escape)
    #expect(desk.explorer.form == nil)
  }

  @Test(
    "Left and Right change a row of every form, and the run goes on", arguments: ["xor", "moons"])
  func strides(name: String) throws {
    var desk = try Self.open(name)
    let run = desk.explorer.snapshot.run
    for id in ["l2", "reduction", "model.activation", "data.noise", "learning_rate"] {
      try Self.go(&desk, to: id)
      let before = desk.explorer.formRows.first { $0.id == id }?.value
      Self.press(&desk, .right)
      let after = desk.explorer.formRows.first { $0.id == id }
      #expect(after?.value != before && after?.isChanged == true, "\(id)")
      #expect(desk.explorer.snapshot.refusals.isEmpty)
    }
    #expect(desk.explorer.snapshot.run == run && desk.explorer.snapshot.changes.count == 5)
    // Back to the preset, all at once.
    Self.press(&desk, .character("X"))
    #expect(desk.explorer.formRows.allSatisfy { !$0.isChanged })
    #expect(desk.explorer.snapshot.run == run)
  }

  @Test("A row is put back by x, a value is typed after Enter, a wrong one stays with its reason")
  func typing() throws {
    var desk = try Self.open("xor")
    try Self.go(&desk, to: "l2")
    Self.press(&desk, .enter)
    for scalar in "-3".unicodeScalars { Self.press(&desk, .character(scalar)) }
    Self.press(&desk, .enter)
    #expect(desk.explorer.form?.refusal?.contains("l2 must be") == true)
    #expect(desk.explorer.form?.field != nil && desk.explorer.snapshot.changes.isEmpty)
    Self.press(&desk, .backspace, .backspace)
    for scalar in "0,25".unicodeScalars { Self.press(&desk, .character(scalar)) }
    Self.press(&desk, .enter)
    guard case .model(let model) = desk.explorer.snapshot.experiment.problem else { return }
    #expect(model.l2 == 0.25 && desk.explorer.form?.field == nil)
    Self.press(&desk, .character("x"))
    guard case .model(let plain) = desk.explorer.snapshot.experiment.problem else { return }
    #expect(plain.l2 == 0)
  }

  @Test("The net grows and shrinks by i, I and the arrows while it runs")
  func layers() throws {
    var desk = try Self.open("xor")
    let start = Self.units(desk)
    let before = desk.explorer.snapshot
    try Self.go(&desk, to: "layer.0")
    Self.press(&desk, .character("i"))
    #expect(Self.units(desk) == [start[0] + 1] + start.dropFirst())
    Self.press(&desk, .left)
    #expect(Self.units(desk) == start && desk.explorer.snapshot.parameters == before.parameters)
    Self.press(&desk, .character("Z"), .right)
    #expect(abs(desk.explorer.snapshot.loss - before.loss) < 1e-12)
    Self.press(&desk, .left, .character("I"))
    #expect(Self.units(desk) == [start[0], start[0]] + start.dropFirst())
    try Self.go(&desk, to: "layer.1")
    for _ in 0..<start[0] { Self.press(&desk, .left) }
    #expect(Self.units(desk) == start)
    #expect(desk.explorer.snapshot.run == before.run)
  }

  @Test("Features are switched by Space, the arrows choose among them")
  func features() throws {
    var desk = try Self.open("xor")
    try Self.go(&desk, to: "features")
    Self.press(&desk, .right, .right, .character(" "))
    guard case .model(let model) = desk.explorer.snapshot.experiment.problem else { return }
    #expect(model.features == ["x1", "x2", "x1^2"])
    Self.press(&desk, .character(" "))
    #expect(desk.explorer.formRows.first { $0.id == "features" }?.isChanged == false)
  }

  @Test(
    "The mouse does the same: a click on + changes, the wheel too, a click on a picture takes the focus away"
  )
  func mouse() throws {
    var desk = try Self.open("xor")
    let lines = desk.explorer.text.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(lines.firstIndex { $0.contains("layer 1") })
    let x = try #require(
      Array(lines[y]).lastIndex(of: "+").map { Array(lines[y]).distance(from: 0, to: $0) })
    let before = Self.units(desk)[0]
    desk.send(desk.explorer.handle(.mouse(Mouse(.press, x: x, y: y))))
    #expect(Self.units(desk)[0] == before + 1)
    desk.send(desk.explorer.handle(.mouse(Mouse(.wheelDown, x: x, y: y))))
    #expect(Self.units(desk)[0] == before)
    desk.send(desk.explorer.handle(.mouse(Mouse(.press, x: 5, y: 10))))
    #expect(!desk.explorer.isFormFocused && desk.explorer.form != nil)
  }

  @Test(
    "It is drawn in windows of any size, in ASCII too, for every kind of problem",
    arguments: ["xor", "xsin", "rosenbrock", "convolution", "spiral", "linear-regression"])
  func drawn(name: String) throws {
    for size in [
      Size(width: 40, height: 12), Size(width: 80, height: 24), Size(width: 160, height: 48),
    ] {
      var desk = try Self.open(name, size: size)
      desk.explorer.appearance.glyphs = .ascii
      desk.explorer.appearance.theme = .mono
      for _ in 0..<desk.explorer.formRows.count {
        #expect(desk.explorer.frame().cells.allSatisfy { $0.scalar.isASCII })
        Self.press(&desk, .down)
      }
    }
    var desk = try Self.open(name, size: Size(width: 80, height: 24))
    let ids = desk.explorer.formRows.map(\.id)
    #expect(Set(ids).count == ids.count, "\(ids)")
    // Names stand in full; what has no room is counted, and comes with the cursor.
    #expect(ids.count <= 32 || desk.explorer.text.contains("1–32 of \(ids.count)"))
    Self.press(&desk, .end)
    #expect(desk.explorer.text.contains("training") && desk.explorer.text.contains("optimizer"))
    #expect(desk.explorer.text.contains("learning_rate"))
  }

  @Test("Every row says what it means and what a change does")
  func foot() throws {
    var desk = try Self.open("xor")
    for row in desk.explorer.formRows {
      guard case .key(let key) = row.kind else { continue }
      try Self.go(&desk, to: row.id)
      #expect(desk.explorer.text.contains(key.effect.rawValue.prefix(20)), "\(row.id)")
    }
  }
}

@Suite("Open lists of choices")
struct ChoiceListTests {
  @Test("Enter opens the choices of a row, typing filters them, Enter takes one, Esc none")
  func choices() throws {
    var desk = try FormTests.open("xor")
    try FormTests.go(&desk, to: "optimizer")
    FormTests.press(&desk, .enter)
    #expect(desk.explorer.overlays.last is ChoiceList)
    for scalar in "rmsp".unicodeScalars {
      _ = desk.explorer.handle(.key(Key(.character(scalar))))
    }
    FormTests.press(&desk, .enter)
    #expect(desk.explorer.overlays.isEmpty && desk.explorer.isFormFocused)
    #expect(desk.explorer.snapshot.experiment.optimizer.name == "rmsprop")
    FormTests.press(&desk, .enter, .down, .escape)
    #expect(desk.explorer.snapshot.experiment.optimizer.name == "rmsprop")
    // `=` types, as it does in every row.
    FormTests.press(&desk, .character("="))
    #expect(desk.explorer.form?.field != nil)
  }

  @Test("The choices of data are shown as pictures; arrows choose, the one in force is marked")
  func data() throws {
    for size in [Size(width: 160, height: 48), Size(width: 80, height: 24)] {
      var desk = try FormTests.open("xor", size: size)
      try FormTests.go(&desk, to: "data")
      FormTests.press(&desk, .enter)
      #expect(desk.explorer.text.contains("now"), "\(desk.explorer.text)")
      FormTests.press(&desk, .down, .enter)
      let data = EverydayChange.data(desk.explorer.snapshot.experiment)
      #expect(data != nil && data?.name != "xor")
    }
  }
}

@Suite("Messages and panels")
struct MessagePlaceTests {
  @Test("A message takes its own place and never that of a lesson's keys", arguments: [24, 30])
  func lesson(height: Int) throws {
    var desk = try KeySettingTests.Desk("first-loss")
    _ = desk.explorer.handle(.resize(Size(width: 80, height: height)))
    FormTests.press(&desk, .character("L"))
    let panel = desk.explorer.layout.panel
    #expect(!panel.isEmpty)
    desk.explorer.toast = nil
    let before = desk.explorer.frame()
    desk.explorer.say("a message that is as long as the window is wide, or a little longer", .good)
    let after = desk.explorer.frame()
    for y in panel.y..<panel.maxY {
      for x in panel.x..<panel.maxX { #expect(before[x, y] == after[x, y]) }
    }
    #expect(before != after)
  }
}
