import Terminal
import Testing

@testable import Explorer

@Suite("The layout")
struct LayoutTests {
  static let sizes: [Size] = [0, 1, 2, 10, 39, 40, 60, 71, 72, 80, 119, 120, 160, 200, 300].flatMap
  {
    width in
    [0, 1, 3, 11, 12, 13, 20, 24, 37, 38, 48, 62, 100].map { Size(width: width, height: $0) }
  }
  private static let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]

  @Test(
    "panes fill the body without overlapping, at every size and number of panes", arguments: sizes)
  func tiling(size: Size) {
    for count in 1...9 {
      let layout = Layout(
        size: size, names: Array(Self.names.prefix(count)), listed: count, focused: nil,
        isZoomed: false)
      guard !layout.isTooSmall else {
        #expect(layout.slots.isEmpty)
        continue
      }
      var covered = [Int](repeating: 0, count: size.width * size.height)
      for slot in layout.slots {
        #expect(slot.frame.width >= 12 && slot.frame.height >= 5, "\(size) \(count) \(slot)")
        for y in slot.frame.y..<slot.frame.maxY {
          for x in slot.frame.x..<slot.frame.maxX { covered[y * size.width + x] += 1 }
        }
      }
      let body = covered[size.width..<(size.width * (size.height - 1))]
      #expect(body.allSatisfy { $0 == 1 }, "\(size) \(count)")
      #expect(covered.reduce(0, +) == body.count)
    }
  }

  @Test(
    "panes that fill few rows leave the others theirs, and all is filled still", arguments: sizes)
  func needs(size: Size) {
    for count in 1...9 {
      for modest in [["c"], ["b", "c"], ["a"], ["b", "c", "d", "e"]] {
        let names = Array(Self.names.prefix(count))
        let even = Layout(
          size: size, names: names, listed: count, focused: nil, isZoomed: false)
        let layout = Layout(
          size: size, names: names, listed: count, focused: nil, isZoomed: false
        ) { name, _ in modest.contains(name) ? 7 : nil }
        #expect(layout.slots.map(\.name) == even.slots.map(\.name))
        #expect(layout.slots.first?.frame == even.slots.first?.frame)
        var rows = [Int](repeating: 0, count: size.width)
        for slot in layout.slots {
          #expect(slot.frame.height >= 5)
          for x in slot.frame.x..<slot.frame.maxX { rows[x] += slot.frame.height }
        }
        #expect(layout.isTooSmall || rows.allSatisfy { $0 == size.height - 2 })
      }
    }
    let slots = Layout(
      size: Size(width: 160, height: 48), names: ["a", "b", "c"], listed: 3, focused: nil,
      isZoomed: false
    ) { name, _ in name == "c" ? 7 : nil }.slots
    #expect(slots.map(\.frame.height) == [46, 37, 9])
  }

  @Test("the first name has the largest pane", arguments: sizes)
  func mainIsLargest(size: Size) {
    for count in 1...6 {
      let slots = Layout(
        size: size, names: Array(Self.names.prefix(count)), listed: count, focused: nil,
        isZoomed: false
      ).slots
      guard let main = slots.first, slots.count > 2 || size.width < 72 else { continue }
      let areas = slots.map { $0.frame.width * $0.frame.height }
      #expect(areas[0] == areas.max(), "\(size) \(count) \(main)")
    }
  }

  @Test("a hidden pane that gets the focus takes the last place", arguments: sizes)
  func focusIsShown(size: Size) {
    for name in Self.names {
      let layout = Layout(
        size: size, names: Self.names, listed: 5, focused: name, isZoomed: false)
      #expect(layout.isTooSmall || layout.slots.contains { $0.name == name })
      let zoomed = Layout(size: size, names: Self.names, listed: 5, focused: name, isZoomed: true)
      #expect(layout.isTooSmall || zoomed.slots.map(\.name) == [name])
    }
  }

  @Test("larger windows show more")
  func capacity() {
    func shown(_ width: Int, _ height: Int, listed: Int) -> Int {
      Layout(
        size: Size(width: width, height: height), names: Self.names, listed: listed, focused: nil,
        isZoomed: false
      ).slots.count
    }
    #expect(shown(40, 12, listed: 5) == 1)
    #expect(shown(60, 20, listed: 5) == 2)
    #expect(shown(80, 24, listed: 5) == 3)
    #expect(shown(160, 48, listed: 3) == 3)
    #expect(shown(160, 48, listed: 5) == 5)
    #expect(shown(300, 100, listed: 3) == 6)
    #expect(shown(300, 100, listed: 8) == 8)
  }

  @Test("parts of a length add up to it")
  func split() {
    for length in 0...50 {
      for weights in [[1], [1, 1], [2, 1], [8, 13, 8], [1, 1, 1, 1]] {
        let parts = Layout.split(length, weights: weights)
        #expect(parts.reduce(0, +) == length && parts.allSatisfy { $0 >= 0 })
      }
    }
  }
}
