import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The network at hand")
struct NetworkPaneTests {
  typealias Desk = KeySettingTests.Desk

  static func open(_ name: String = "xor", size: Size = Size(width: 160, height: 48)) throws
    -> Desk
  {
    var desk = try Desk(name)
    _ = desk.explorer.handle(.resize(size))
    let place = try #require(desk.explorer.paneOrder.names.firstIndex(of: "network"))
    FormTests.press(&desk, .character(try #require("\(place + 1)".unicodeScalars.first)))
    #expect(desk.explorer.focusedView?.name == "network")
    return desk
  }

  /// Where a text stands in the network's pane.
  static func find(_ text: String, in desk: Desk) throws -> Point {
    let slot = try #require(desk.explorer.focusedSlot)
    let rows = desk.explorer.text.split(separator: "\n", omittingEmptySubsequences: false)
    for y in slot.area.y..<slot.area.maxY {
      let row = Array(rows[y])
      let wanted = Array(text)
      for x in slot.area.x..<max(slot.area.x, slot.area.maxX - wanted.count + 1)
      where x + wanted.count <= row.count && Array(row[x..<(x + wanted.count)]) == wanted {
        return Point(x: x, y: y)
      }
    }
    Issue.record("no \(text) in\n\(desk.explorer.text)")
    return Point(x: 0, y: 0)
  }

  @Test("i and I add a unit and a layer, x and X take them away, and the weights that fit are kept")
  func grows() throws {
    var desk = try Self.open()
    let units = FormTests.units(desk)
    FormTests.press(&desk, .right)
    #expect(desk.explorer.networkPart == .unit(layer: 0, unit: 0))
    let before = desk.explorer.snapshot.parameters
    FormTests.press(&desk, .character("i"))
    #expect(FormTests.units(desk) == [units[0] + 1] + units.dropFirst())
    FormTests.press(&desk, .character("u"))
    #expect(FormTests.units(desk) == units && desk.explorer.snapshot.parameters == before)
    FormTests.press(&desk, .character("i"))
    let run = desk.explorer.snapshot.run
    FormTests.press(&desk, .character("I"))
    #expect(FormTests.units(desk).count == units.count + 1)
    FormTests.press(&desk, .character("X"))
    #expect(FormTests.units(desk).count == units.count)
    #expect(desk.explorer.snapshot.run == run)
  }

  @Test("x takes the chosen unit, X the chosen layer; the others keep their weights")
  func takesTheChosen() throws {
    for chosen in 0..<4 {
      var desk = try Self.open()
      let units = FormTests.units(desk)
      FormTests.press(&desk, .right)
      for _ in 0..<chosen { FormTests.press(&desk, .down) }
      guard case .unit(0, let unit)? = desk.explorer.networkPart, unit < units[0] else { return }
      let before = desk.explorer.snapshot.parameters
      FormTests.press(&desk, .character("x"))
      let after = desk.explorer.snapshot.parameters
      #expect(FormTests.units(desk)[0] == units[0] - 1)
      let inputs = 2
      for left in 0..<units[0] - 1 {
        let old = left < unit ? left : left + 1
        #expect(
          after[left * inputs..<(left + 1) * inputs] == before[old * inputs..<(old + 1) * inputs])
      }
      // The choice stays in the layer.
      guard case .unit(0, _)? = desk.explorer.networkPart else {
        Issue.record("\(String(describing: desk.explorer.networkPart))")
        return
      }
    }
  }

  @Test("A weight that is set while the run goes on puts no other weight back")
  func setsOne() throws {
    var desk = try Self.open()
    FormTests.press(&desk, .character("z"), .right, .enter)
    guard case .weight(_, _, let index)? = desk.explorer.networkPart else {
      Issue.record("no weight in hand")
      return
    }
    let seen = desk.explorer.snapshot.parameters
    let presses: [(inout Desk) -> [Effect]] = [
      { $0.explorer.handle(.key(Key(.right))) },
      { desk in
        _ = desk.explorer.handle(.key(Key(.enter)))
        for scalar in "0.75".unicodeScalars {
          _ = desk.explorer.handle(.key(Key(.character(scalar))))
        }
        return desk.explorer.handle(.key(Key(.enter)))
      },
      { $0.explorer.set("start.\($0.explorer.snapshot.objective.parameterNames[index])", to: "2") },
    ]
    for press in presses {
      // The frame is 9 steps old when the trainer hears of it.
      desk.trainer.advance(steps: 9)
      let before = desk.trainer.latest.parameters
      desk.send(press(&desk))
      let after = desk.trainer.latest.parameters
      #expect(after[index] != before[index])
      #expect(after.indices.allSatisfy { $0 == index || after[$0] == before[$0] })
      #expect(after.indices.contains { $0 != index && after[$0] != seen[$0] })
    }
    FormTests.press(&desk, .character("u"), .character("u"), .character("u"))
    #expect(desk.explorer.snapshot.parameters != seen)
  }

  @Test("The signs above a layer and between layers act at one click")
  func chips() throws {
    var desk = try Self.open()
    let units = FormTests.units(desk)
    FormTests.press(&desk, .character("z"))
    let minus = try Self.find("− \(units[0]) units +", in: desk)
    let width = "− \(units[0]) units +".count
    desk.mouse(.press, Point(x: minus.x + width - 1, y: minus.y))
    #expect(FormTests.units(desk)[0] == units[0] + 1)
    desk.mouse(.press, minus)
    #expect(FormTests.units(desk) == units)
    desk.mouse(.press, try Self.find("+ layer", in: desk))
    #expect(FormTests.units(desk).count == units.count + 1)
  }

  @Test("A click on a unit or on a weight's line shows it; the border tells weight and gradient")
  func clicks() throws {
    var desk = try Self.open()
    FormTests.press(&desk, .character("z"), .right)
    let slot = try #require(desk.explorer.focusedSlot)
    var found: Set<String> = []
    for x in stride(from: slot.area.x + 2, to: slot.area.maxX - 50, by: 3) {
      desk.mouse(.press, Point(x: x, y: slot.area.y + slot.area.height / 2 - 3))
      switch desk.explorer.networkPart {
      case .unit: found.insert("unit")
      case .weight(_, _, let parameter):
        found.insert("weight")
        let name = desk.explorer.snapshot.objective.parameterNames[parameter]
        #expect(desk.explorer.text.contains(name + " "), "\(name)")
        #expect(desk.explorer.text.contains("gradient"))
      default: break
      }
    }
    #expect(found == ["unit", "weight"], "\(found)")
  }

  @Test("A weight is changed by arrows, typed, and dragged; each is a dated change, and undone")
  func weights() throws {
    var desk = try Self.open()
    FormTests.press(&desk, .character("z"), .right, .enter)
    guard case .weight(_, _, let index)? = desk.explorer.networkPart else {
      Issue.record("no weight in hand")
      return
    }
    let before = desk.explorer.snapshot.parameters
    FormTests.press(&desk, .right)
    let stepped = desk.explorer.snapshot.parameters
    #expect(stepped[index] > before[index] && stepped[index] <= before[index] + 0.0151)
    #expect(stepped.indices.allSatisfy { $0 == index || stepped[$0] == before[$0] })
    FormTests.press(&desk, .enter)
    for scalar in "0.75".unicodeScalars {
      _ = desk.explorer.handle(.key(Key(.character(scalar))))
    }
    FormTests.press(&desk, .enter)
    #expect(desk.explorer.snapshot.parameters[index] == 0.75)
    #expect(desk.explorer.snapshot.changes.count == 2)
    // The end of the bar is a power of two.
    let row = try Self.find("x1  ", in: desk)
    let slot = try #require(desk.explorer.focusedSlot)
    desk.mouse(.drag, Point(x: slot.area.maxX - 1, y: row.y))
    #expect(desk.explorer.snapshot.parameters[index] > 0.75)
    FormTests.press(&desk, .character("u"))
    #expect(desk.explorer.snapshot.parameters == before)
  }

  @Test("Arrows go from unit to unit and from layer to layer; Esc goes one step out")
  func walks() throws {
    var desk = try Self.open("spiral")
    FormTests.press(&desk, .right, .down, .right)
    #expect(desk.explorer.networkPart == .unit(layer: 1, unit: 1))
    FormTests.press(&desk, .left, .up, .enter, .down)
    guard case .weight(0, 0, _)? = desk.explorer.networkPart else {
      Issue.record("\(String(describing: desk.explorer.networkPart))")
      return
    }
    #expect(desk.explorer.bottom.contains("weight"))
    FormTests.press(&desk, .escape)
    #expect(desk.explorer.networkPart == .unit(layer: 0, unit: 0))
    FormTests.press(&desk, .escape)
    #expect(desk.explorer.networkPart == View.Part.none)
    // The output layer's units stay.
    let units = FormTests.units(desk)
    FormTests.press(&desk, .right, .right, .right, .right, .character("x"))
    #expect(FormTests.units(desk) == units && desk.explorer.text.contains("targets need"))
  }

  @Test("Other kinds of networks have no signs, and small panes fit")
  func others() throws {
    for name in ["convolution", "xor", "spiral"] {
      for size in [Size(width: 80, height: 24), Size(width: 46, height: 14)] {
        var desk = try Desk(name)
        _ = desk.explorer.handle(.resize(size))
        desk.send(desk.explorer.focusPane("network"))
        for key in [KeyCode.right, .down, .enter, .right, .escape] { FormTests.press(&desk, key) }
        #expect(!desk.explorer.text.isEmpty)
      }
    }
  }
}
