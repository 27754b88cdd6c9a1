import Terminal

/// Where everything stands in a window: the status line, the panes, the bar at the bottom.
struct Layout: Equatable {
  /// One pane.
  struct Slot: Equatable {
    /// The view in it.
    var name: String
    /// Its number from 1.
    var number: Int
    /// Its place, border included.
    var frame: Rect

    /// The picture's place, inside the border.
    var area: Rect {
      let margin = Layout.margin(of: frame.width)
      return frame.inset(left: margin, top: 1, right: margin, bottom: 1)
    }
  }

  /// The smallest window that is drawn.
  static let minimum = Size(width: 40, height: 12)

  /// The window is below the minimum.
  var isTooSmall: Bool
  /// The line at the top.
  var status: Rect
  /// The panes that are shown.
  var slots: [Slot]
  /// The bar at the bottom.
  var bar: Rect
  /// The panel of a lesson; empty when there is none.
  var panel = Rect(x: 0, y: 0, width: 0, height: 0)

  /// The room that a panel takes of the panes.
  enum Panel: Equatable {
    case none
    /// At the right, over the whole height.
    case beside(width: Int)
    /// Below the panes, over the whole width.
    case below(height: Int)
  }

  /// Columns between a border and the picture.
  private static func margin(of width: Int) -> Int { width >= 30 ? 2 : 1 }

  /// The rows of its picture that a view fills at a width; nil: as many as there are.
  typealias Need = (_ name: String, _ width: Int) -> Int?

  /// Arranges panes: the first name is the main picture. `listed` of them are wanted; a large
  /// window takes more. A focused pane that would be hidden takes the last place. Panes beside the
  /// main one that fill few rows (`need`) leave the rest to their neighbours.
  init(
    size: Size, names: [String], listed: Int, focused: String?, isZoomed: Bool,
    panel request: Panel = .none, need: Need = { _, _ in nil }
  ) {
    isTooSmall = size.width < Layout.minimum.width || size.height < Layout.minimum.height
    status = Rect(x: 0, y: 0, width: size.width, height: 1)
    bar = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
    slots = []
    guard !isTooSmall, !names.isEmpty else { return }
    var body = Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
    switch request {
    case .none: break
    case .beside(let width):
      let width = max(0, min(width, body.width - 20))
      body.width -= width
      panel = Rect(x: body.maxX, y: body.y, width: width, height: body.height)
    case .below(let height):
      let height = max(0, min(height, body.height - 4))
      body.height -= height
      panel = Rect(x: body.x, y: body.maxY, width: body.width, height: height)
    }
    let focus = focused.flatMap { names.firstIndex(of: $0) } ?? 0
    if isZoomed {
      slots = [Slot(name: names[focus], number: focus + 1, frame: body)]
      return
    }
    let isLarge = size.width >= 200 && size.height >= 60
    let wanted = min(names.count, isLarge ? max(listed, 6) : listed)
    var frames = Layout.frames(for: max(1, wanted), in: body)
    var shown = Array(names.indices.prefix(frames.count))
    if !shown.contains(focus) { shown[shown.count - 1] = focus }
    Layout.fit(&frames) { index, width in
      need(names[shown[index]], width - 2 * Layout.margin(of: width)).map { $0 + 2 }
    }
    slots = zip(shown, frames).map { Slot(name: names[$0], number: $0 + 1, frame: $1) }
  }

  /// Gives rows that a pane does not fill to the others of its column; the column of the main
  /// picture stays as it is.
  private static func fit(_ frames: inout [Rect], need: (Int, Int) -> Int?) {
    for left in Set(frames.dropFirst().map(\.x)) where left != frames[0].x {
      let column = frames.indices.filter { frames[$0].x == left }.sorted {
        frames[$0].y < frames[$1].y
      }
      var heights = column.map { frames[$0].height }
      var given = 0
      var takers: [Int] = []
      for (place, index) in column.enumerated() {
        let wanted = need(index, frames[index].width).map { max(leastHeight, $0) }
        if let wanted, wanted < heights[place] {
          given += heights[place] - wanted
          heights[place] = wanted
        } else if wanted == nil {
          takers.append(place)
        }
      }
      guard given > 0, !takers.isEmpty else { continue }
      let parts = split(given, weights: [Int](repeating: 1, count: takers.count))
      for (place, part) in zip(takers, parts) { heights[place] += part }
      var y = frames[column[0]].y
      for (place, index) in column.enumerated() {
        frames[index] = Rect(x: left, y: y, width: frames[index].width, height: heights[place])
        y += heights[place]
      }
    }
  }

  /// No pane is lower, border included.
  private static let leastHeight = 5

  /// Places for up to `count` panes, the main picture's first; fewer where there is no room.
  static func frames(for count: Int, in body: Rect) -> [Rect] {
    if body.width < 72 {
      let rows = min(count, max(1, body.height / 8), 3)
      return stack(body, weights: [3] + [Int](repeating: 2, count: rows - 1))
    }
    guard count > 1 else { return [body] }
    let room = max(1, min(4, body.height / 9))
    let isTall = body.height >= 36
    if body.width >= 200, count >= 5 {
      let below = isTall && count >= 6 ? (count >= 8 ? 2 : 1) : 0
      let sides = count - 1 - below
      let left = min(room, (sides + 1) / 2)
      let right = min(room, sides - left)
      let columns = split(body.width, weights: [8, 13, 8])
      let leftColumn = Rect(x: body.x, y: body.y, width: columns[0], height: body.height)
      let middle = Rect(x: leftColumn.maxX, y: body.y, width: columns[1], height: body.height)
      let rightColumn = Rect(x: middle.maxX, y: body.y, width: columns[2], height: body.height)
      return mainColumn(middle, below: below) + evenStack(leftColumn, left)
        + evenStack(rightColumn, right)
    }
    let below = isTall && count >= 4 ? 1 : 0
    let left = min(room, count - 1 - below)
    // The prototype's proportions: a little more for the curves at 80 columns, whose labels need
    // it.
    let columns = split(body.width, weights: body.width < 120 ? [11, 9] : [1, 1])
    let side = Rect(x: body.x, y: body.y, width: columns[0], height: body.height)
    let main = Rect(x: side.maxX, y: body.y, width: columns[1], height: body.height)
    return mainColumn(main, below: below) + evenStack(side, left)
  }

  /// The main picture with up to two panes beside each other below it.
  private static func mainColumn(_ column: Rect, below: Int) -> [Rect] {
    guard below > 0 else { return [column] }
    let rows = stack(column, weights: [2, 1])
    guard below > 1 else { return rows }
    let halves = split(column.width, weights: [1, 1])
    let low = rows[1]
    return [
      rows[0], Rect(x: low.x, y: low.y, width: halves[0], height: low.height),
      Rect(x: low.x + halves[0], y: low.y, width: halves[1], height: low.height),
    ]
  }

  private static func evenStack(_ column: Rect, _ count: Int) -> [Rect] {
    stack(column, weights: [Int](repeating: 1, count: count))
  }

  /// Panes above one another with heights as the weights.
  private static func stack(_ column: Rect, weights: [Int]) -> [Rect] {
    var y = column.y
    return split(column.height, weights: weights).map { height in
      defer { y += height }
      return Rect(x: column.x, y: y, width: column.width, height: height)
    }
  }

  /// `length` in parts as the weights; they add up to it.
  static func split(_ length: Int, weights: [Int]) -> [Int] {
    let total = weights.reduce(0, +)
    guard total > 0 else { return [] }
    var before = 0
    var taken = 0
    return weights.map { weight in
      before += weight
      let end = (length * before + total / 2) / total
      defer { taken = end }
      return end - taken
    }
  }
}
