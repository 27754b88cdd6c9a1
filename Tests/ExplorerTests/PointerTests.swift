import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The mouse, and the keys that do the same")
struct PointerTests {
  /// A cell inside the main picture at 80×24.
  private static let place = Point(x: 60, y: 12)

  @Test("a click on the function sets the start")
  func start() throws {
    var explorer = Fixture.explorer(Fixture.function)
    let effects = explorer.click(Self.place.x, Self.place.y)
    guard case .change(.parameters(let values))? = effects.first?.control else {
      Issue.record("\(effects)")
      return
    }
    #expect(effects.count == 1 && values.count == 1 && abs(values[0]) < 3)
  }

  @Test("a click on the boundary adds a point of the chosen class")
  func point() throws {
    var explorer = Fixture.explorer()
    explorer.type("c")
    let effects = explorer.click(Self.place.x, Self.place.y)
    guard case .change(.addPoint(let point))? = effects.first?.control else {
      Issue.record("\(effects)")
      return
    }
    #expect(effects.count == 1 && point.targets == [1] && point.inputs.count == 2)
  }

  @Test("the crosshair's Enter does what a click at its place does", arguments: [0, 1])
  func crosshair(which: Int) throws {
    let experiment = which == 0 ? Fixture.function : Fixture.xor
    var explorer = Fixture.explorer(experiment)
    explorer.press(.right, .right, .down)
    _ = explorer.handle(.key(Key(.left, shift: true)))
    let slot = try #require(explorer.focusedSlot)
    let offset = try #require(explorer.panes.crosshairs[slot.name])
    let cell = Explorer.cell(offset, in: slot.area)
    #expect(explorer.bottom.contains("enter"))
    var clicking = Fixture.explorer(experiment)
    let clicked = clicking.click(cell.x, cell.y)
    #expect(!clicked.isEmpty)
    #expect(explorer.press(.enter) == clicked)
    explorer.press(.escape)
    #expect(explorer.panes.crosshairs.isEmpty)
  }

  @Test("the crosshair stays inside however far it is sent and however small the window gets")
  func crosshairStays() throws {
    var explorer = Fixture.explorer()
    for _ in 0..<100 { explorer.press(.right, .down) }
    for size in [Size(width: 80, height: 24), Size(width: 40, height: 12)] {
      _ = explorer.handle(.resize(size))
      let slot = try #require(explorer.focusedSlot)
      let offset = try #require(explorer.panes.crosshairs[slot.name])
      #expect(slot.area.contains(Explorer.cell(offset, in: slot.area)))
    }
  }

  @Test("a click focuses; in a border it does nothing else")
  func focus() {
    var explorer = Fixture.explorer()
    #expect(explorer.click(0, 3).isEmpty)
    #expect(explorer.focusedView?.name == "loss")
    #expect(explorer.click(79, 3).isEmpty)
    #expect(explorer.focusedView?.name == "boundary")
  }

  @Test("the click that chooses a pane places nothing in it, the next one does")
  func focusFirst() {
    var explorer = Fixture.explorer()
    explorer.type("2")
    #expect(explorer.click(Self.place.x, Self.place.y).isEmpty)
    #expect(explorer.focusedView?.name == "boundary")
    #expect(!explorer.click(Self.place.x, Self.place.y).isEmpty)
  }

  @Test("the wheel zooms about the pointer as the keys do about the crosshair")
  func wheel() throws {
    var explorer = Fixture.explorer(Fixture.function)
    let slot = try #require(explorer.focusedSlot)
    let view = try #require(explorer.focusedView)
    let before = view.pick(explorer.scene(of: slot.name), slot.area, Self.place).place
    _ = explorer.handle(.mouse(Mouse(.wheelUp, x: Self.place.x, y: Self.place.y)))
    #expect(explorer.panes.states["function"]?.zoom == 1.25)
    let after = view.pick(explorer.scene(of: slot.name), slot.area, Self.place).place
    let old = try #require(before?.first)
    let new = try #require(after?.first)
    #expect(abs(old - new) < 1e-9)
    var keyed = Fixture.explorer(Fixture.function)
    keyed.panes.crosshairs["function"] = Point(
      x: Self.place.x - slot.area.x, y: Self.place.y - slot.area.y)
    keyed.type(">")
    #expect(keyed.panes.states["function"]?.center == explorer.panes.states["function"]?.center)
    _ = explorer.handle(.mouse(Mouse(.wheelDown, x: Self.place.x, y: Self.place.y)))
    #expect(explorer.panes.states["function"]?.zoom == 1)
  }

  @Test("the wheel scrolls a picture without zoom, and never above its top")
  func scroll() {
    var explorer = Fixture.explorer()
    explorer.type("4")
    let y = 18
    for _ in 0..<3 { _ = explorer.handle(.mouse(Mouse(.wheelDown, x: 10, y: y))) }
    #expect(explorer.panes.states["parameters"]?.scroll == 9)
    explorer.press(.pageUp, .pageUp)
    #expect(explorer.panes.states["parameters"]?.scroll == 0)
    explorer.press(.down, .right)
    #expect(explorer.panes.states["parameters"]?.scroll == 1)
    #expect(explorer.panes.states["parameters"]?.selection == 1)
  }

  @Test("other buttons, drags and events outside do nothing")
  func others() {
    var explorer = Fixture.explorer()
    for action in [Mouse.Action.release, .drag, .move] {
      #expect(explorer.handle(.mouse(Mouse(action, x: 60, y: 12))).isEmpty)
    }
    #expect(explorer.handle(.mouse(Mouse(.press, button: .right, x: 60, y: 12))).isEmpty)
    #expect(explorer.click(-5, -5).isEmpty && explorer.click(5000, 5000).isEmpty)
  }

  @Test("a start is set on a diverged run by beginning again")
  func startAfterDivergence() {
    var explorer = Fixture.explorer(
      Fixture.function, status: .diverged(step: 3, parameter: "x"))
    let effects = explorer.click(Self.place.x, Self.place.y)
    #expect(effects.first == .control(.restart(seed: nil)))
    #expect(effects.last == .control(.resume) && effects.count == 3)
  }
}
