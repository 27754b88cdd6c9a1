import Lanes
import Models
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Reading pictures with a cursor")
struct ReadingTests {
  typealias Desk = KeySettingTests.Desk

  /// A run of a preset, one pane of which fills the screen.
  private static func open(_ preset: String, _ view: String, steps: Int = 20) throws -> Desk {
    var desk = try Desk(preset, steps: steps)
    _ = desk.explorer.handle(.resize(Size(width: 160, height: 48)))
    _ = desk.explorer.focusPane(view)
    if !desk.explorer.panes.isZoomed { _ = desk.explorer.toggleZoom() }
    return desk
  }

  /// The border and the words at cells of the focused picture.
  private static func readings(_ desk: inout Desk) -> Set<String> {
    guard let slot = desk.explorer.focusedSlot else { return [] }
    var found: Set<String> = []
    for y in stride(from: 0, to: slot.area.height, by: max(1, slot.area.height / 9)) {
      for x in stride(from: 1, to: slot.area.width, by: max(1, slot.area.width / 7)) {
        desk.explorer.panes.hover = Hover(view: slot.name, cell: Point(x: x, y: y))
        let border = desk.explorer.text.split(separator: "\n")[slot.frame.y]
        if let mark = border.firstIndex(of: "┊") { found.insert(String(border[mark...])) }
      }
    }
    return found
  }

  /// Pictures of many runs have cursors of their own; `table` is colours alone, without words yet.
  private static let ofMany: Set<String> = ["map", "rates", "ranking", "nets", "table"]

  /// Views of a run alone, each with a preset that has it.
  static let pictures: [(view: String, preset: String)] = {
    let presets = [
      "spectral-bias", "xor", "spiral", "xsin", "radial-basis", "rosenbrock", "convolution",
      "recurrent",
      "boltzmann", "moons",
      "notes-scaled-activation", "notes-universal-approximation", "notes-universal-construction",
      "notes-ad-f2", "grokking", "double-descent", "saddle-to-saddle",
      "muon-memory", "first-fit", "first-batches", "glyphs", "edge-of-stability",
    ]
    var found: [(view: String, preset: String)] = []
    for preset in presets {
      guard let desk = try? Desk(preset) else { continue }
      for name in desk.explorer.paneOrder.names
      where !ofMany.contains(name) && !found.contains(where: { $0.view == name }) {
        found.append((name, preset))
      }
    }
    return found
  }()

  @Test("The cursor finds something to say in every picture", arguments: pictures)
  func everyPicture(view: String, preset: String) throws {
    var desk = try Self.open(preset, view)
    try #require(desk.explorer.focusedView?.name == view)
    let found = Self.readings(&desk)
    #expect(found.count >= 2, "\(view) of \(preset): \(found.sorted())")
  }

  @Test("All pictures of a run alone are among them")
  func coverage() {
    let names = Set(Self.pictures.map(\.view))
    let missing = Vocabulary.all.views.names.filter { !names.contains($0) }
    #expect(Set(missing).isSubset(of: Self.ofMany), "\(missing)")
  }

  @Test("Enter takes the cursor out, arrows move it, Esc puts it away; Enter at a step goes there")
  func keys() throws {
    var desk = try Self.open("xor", "schedule", steps: 40)
    FormTests.press(&desk, .enter)
    let middle = try #require(desk.explorer.panes.crosshairs["schedule"])
    #expect(desk.explorer.text.contains("┊ step "))
    FormTests.press(&desk, .left, .left)
    #expect(desk.explorer.panes.crosshairs["schedule"]?.x == middle.x - 2)
    for _ in 0..<200 { FormTests.press(&desk, .left) }
    // The first column within the axes.
    var step: Int?
    while step == nil, (desk.explorer.panes.crosshairs["schedule"]?.x ?? 999) < 30 {
      FormTests.press(&desk, .right)
      step = desk.explorer.readMoment()
    }
    #expect(step != nil)
    FormTests.press(&desk, .enter)
    #expect(desk.explorer.snapshot.step == step)
    FormTests.press(&desk, .escape)
    #expect(desk.explorer.panes.crosshairs["schedule"] == nil)
  }

  @Test("A step under the cursor of one picture is marked in all that have steps across them")
  func sameStep() throws {
    var desk = try Desk("moons", steps: 60)
    _ = desk.explorer.handle(.resize(Size(width: 300, height: 100)))
    let stepped = ["loss", "schedule", "accuracy", "internals"].filter {
      desk.explorer.paneOrder.names.contains($0)
    }
    #expect(stepped.count >= 2)
    for name in stepped {
      _ = desk.explorer.focusPane(name)
      guard let slot = desk.explorer.focusedSlot else { continue }
      desk.explorer.panes.crosshairs = [
        name: Point(x: 0, y: slot.area.height / 2)
      ]
      // To the first column with a step of the run.
      while desk.explorer.readPlace?.place["step"] == nil,
        (desk.explorer.panes.crosshairs[name]?.x ?? 99) < 20
      {
        FormTests.press(&desk, .right)
      }
      let place = try #require(desk.explorer.readPlace)
      #expect(place.view == name && place.place["step"] != nil)
      let rows = desk.explorer.text.split(separator: "\n")
      for other in stepped where other != name {
        guard let slot = desk.explorer.layout.slots.first(where: { $0.name == other }) else {
          continue
        }
        let border = Array(rows[slot.frame.y])[slot.frame.x..<slot.frame.maxX]
        #expect(border.contains("┊"), "\(other) beside \(name): \(String(border))")
      }
    }
  }

  @Test("A point of the inputs is marked in every small map of the network")
  func samePoint() throws {
    var desk = try Desk("xor", steps: 60)
    _ = desk.explorer.handle(.resize(Size(width: 160, height: 48)))
    _ = desk.explorer.focusPane("boundary")
    let slot = try #require(desk.explorer.focusedSlot)
    let network = try #require(desk.explorer.layout.slots.first { $0.name == "network" })
    func marks() -> Int {
      let rows = desk.explorer.text.split(separator: "\n", omittingEmptySubsequences: false)
      return (network.frame.y..<network.frame.maxY).reduce(0) {
        $0 + Array(rows[$1])[network.frame.x..<network.frame.maxX].count { $0 == "╋" }
      }
    }
    #expect(marks() == 0)
    desk.explorer.panes.crosshairs["boundary"] = Point(
      x: slot.area.width / 2, y: slot.area.height / 2)
    #expect(marks() >= 5, "\(marks())\n\(desk.explorer.text)")
  }

  /// The insides of all panes but those in which all moments are in sight anyway.
  private static func pictures(_ desk: Desk) -> [String: [Cell]] {
    let canvas = desk.explorer.frame()
    var found: [String: [Cell]] = [:]
    for slot in desk.explorer.layout.slots
    where Vocabulary.all.views[slot.name]?.holdsAllMoments(desk.explorer.snapshot) == false {
      found[slot.name] = (slot.area.y..<slot.area.maxY).flatMap { row in
        (slot.area.x..<slot.area.maxX).map { canvas[$0, row] }
      }
    }
    return found
  }

  @Test(
    "A step under the cursor is shown by the other pictures as going there shows it",
    arguments: ["xor", "moons"])
  func peeking(preset: String) throws {
    var desk = try Desk(preset, steps: 60)
    desk.send(desk.explorer.handle(.resize(Size(width: 160, height: 48))))
    desk.send([desk.explorer.setRunning(false)])
    // In the past the run's own future is a ghost.
    desk.explorer.hidesGhosts = true
    let now = Self.pictures(desk)
    try #require(!now.isEmpty)
    _ = desk.explorer.focusPane("loss")
    FormTests.press(&desk, .left, .left, .left, .left, .left)
    let step = try #require(desk.explorer.readMoment())
    try #require(step < 60)
    let shown = Self.pictures(desk)
    #expect(shown != now && desk.explorer.text.contains("┊ \(step) "))
    #expect(desk.explorer.snapshot.step == 60 && !desk.explorer.isPast)
    // Esc: the present again.
    var back = desk
    FormTests.press(&back, .escape)
    #expect(Self.pictures(back) == now)
    // Enter: the moment itself.
    FormTests.press(&desk, .enter)
    #expect(desk.explorer.snapshot.step == step && desk.explorer.isPast)
    FormTests.press(&desk, .escape)
    #expect(Self.pictures(desk) == shown)
  }

  @Test("A point of the trajectory tells its step, and the other pictures show that moment")
  func trajectory() throws {
    var desk = try Desk("himmelblau", steps: 30)
    desk.send(desk.explorer.handle(.resize(Size(width: 160, height: 48))))
    desk.send([desk.explorer.setRunning(false)])
    desk.explorer.hidesGhosts = true
    let now = Self.pictures(desk)
    _ = desk.explorer.focusPane("contour")
    let slot = try #require(desk.explorer.focusedSlot)
    // A cell of each of three steps.
    var cells: [Int: Point] = [:]
    for y in 0..<slot.area.height where cells.count < 3 {
      for x in 0..<slot.area.width where cells.count < 3 {
        desk.explorer.panes.crosshairs["contour"] = Point(x: x, y: y)
        let step = desk.explorer.readPlace?.place["step"].map { Int($0) }
        if let step, step < 30, cells[step] == nil { cells[step] = Point(x: x, y: y) }
      }
    }
    try #require(cells.count == 3)
    for (step, cell) in cells {
      desk.explorer.panes.crosshairs["contour"] = cell
      var (shown, there) = (Self.pictures(desk), desk)
      shown["contour"] = nil
      try #require(!shown.isEmpty)
      #expect(shown != now.filter { $0.key != "contour" })
      #expect(desk.explorer.text.contains("┊ \(step) "))
      // Enter goes there, and does not move the ball.
      #expect(desk.explorer.crosshairOffer == "go to step \(step)")
      FormTests.press(&there, .enter)
      #expect(there.explorer.snapshot.step == step && there.explorer.isPast)
      #expect(there.explorer.snapshot.changes.isEmpty)
      FormTests.press(&there, .escape)
      #expect(Self.pictures(there).filter { $0.key != "contour" } == shown)
      // The trainer is shared.
      desk.send(desk.explorer.seek(step: 30))
    }
  }

  @Test("A key shows the present again, wherever the mouse rests")
  func restingMouse() throws {
    var desk = try Desk("xor", steps: 60)
    desk.send(desk.explorer.handle(.resize(Size(width: 160, height: 48))))
    desk.send([desk.explorer.setRunning(false)])
    let now = desk.explorer.text
    let slot = try #require(desk.explorer.layout.slots.first { $0.name == "loss" })
    let place = Point(x: slot.area.x + slot.area.width / 2, y: slot.area.y + 3)
    for key in [Key(.escape), Key(.character("z")), Key(.tab), Key(.character("d"))] {
      var resting = desk
      resting.mouse(.move, place)
      #expect(resting.explorer.text != now && resting.explorer.panes.hover != nil)
      resting.send(resting.explorer.handle(.key(key)))
      #expect(resting.explorer.panes.hover == nil, "\(key)")
      #expect(!resting.explorer.text.contains("┊"), "\(key)")
      if key.code == .escape { #expect(resting.explorer.text == now) }
      // The next motion reads again.
      resting.mouse(.move, Point(x: place.x - 1, y: place.y))
    }
    // What is pressed elsewhere is done to the present, too.
    let other = try #require(desk.explorer.layout.slots.first { $0.name != "loss" })
    desk.mouse(.move, place)
    desk.mouse(.press, Point(x: other.frame.x + 2, y: other.frame.y))
    #expect(desk.explorer.panes.hover == nil)
  }

  @Test("In the past a picture that peeks has one step in its border, that which it shows")
  func oneStep() throws {
    var desk = try Desk("xor", steps: 60)
    desk.send(desk.explorer.handle(.resize(Size(width: 160, height: 48))))
    desk.send(desk.explorer.seek(step: 40))
    #expect(desk.explorer.isPast)
    _ = desk.explorer.focusPane("loss")
    let loss = try #require(desk.explorer.focusedSlot)
    for x in 0..<loss.area.width {
      desk.explorer.panes.crosshairs["loss"] = Point(x: x, y: 3)
      if let step = desk.explorer.readMoment(), step > 0, step < 40 { break }
    }
    let step = try #require(desk.explorer.readMoment())
    func borders(_ explorer: Explorer) -> [String] {
      let rows = explorer.text.split(separator: "\n", omittingEmptySubsequences: false)
      return explorer.layout.slots.filter {
        Vocabulary.all.views[$0.name]?.holdsAllMoments(explorer.snapshot) == false
      }.map { String(Array(rows[$0.frame.y])[$0.frame.x..<$0.frame.maxX]) }
    }
    let peeking = borders(desk.explorer)
    try #require(!peeking.isEmpty)
    for border in peeking {
      #expect(border.contains("┊ \(step) ") && !border.contains("◀"), "\(border)")
    }
    desk.explorer.panes.crosshairs = [:]
    #expect(borders(desk.explorer).contains { $0.contains("◀ 40") })
  }

  @Test("Frequencies of units are those of one moment, errors per frequency those of all")
  func frequencies() throws {
    for (preset, holds) in [("spectral-bias", true), ("grokking", false)] {
      let snapshot = try Desk(preset, steps: 0).explorer.snapshot
      #expect(View.frequencies.suits(snapshot))
      #expect(View.frequencies.holdsAllMoments(snapshot) == holds, "\(preset)")
    }
  }

  @Test("Pictures with steps across them are those that show all moments", arguments: pictures)
  func moments(view: String, preset: String) throws {
    let desk = try Self.open(preset, view)
    let slot = try #require(desk.explorer.focusedSlot)
    let shown = try #require(desk.explorer.focusedView)
    var canvas = desk.explorer.frame()
    canvas.reader = PictureReader()
    shown.draw(desk.explorer.scene(of: view), slot.area, &canvas)
    let hasSteps = canvas.reader?.graphs.contains { $0.x.name == "step" } == true
    if hasSteps { #expect(shown.holdsAllMoments(desk.explorer.snapshot), "\(view)") }
  }

  @Test("A moment of a descent is marked on its way")
  func sameMoment() throws {
    var desk = try Desk("rosenbrock", steps: 60)
    _ = desk.explorer.handle(.resize(Size(width: 160, height: 48)))
    _ = desk.explorer.focusPane("loss")
    let slot = try #require(desk.explorer.focusedSlot)
    desk.explorer.panes.crosshairs["loss"] = Point(
      x: slot.area.width / 2, y: slot.area.height / 2)
    #expect(desk.explorer.text.contains("╋"), "\(desk.explorer.text)")
  }
}
