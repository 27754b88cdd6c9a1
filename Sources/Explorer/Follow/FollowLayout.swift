import Terminal

/// Where the panes of `glissade follow` stand.
struct FollowLayout {
  /// The panes that are shown.
  let slots: [Layout.Slot]
  /// The window is below the minimum.
  let isTooSmall: Bool

  /// Arranges the panes of a state: the first large at the left, the list beside it, up to four
  /// others below; in a small window one pane with the list below it.
  init(_ follow: Follow) {
    let size = follow.size
    isTooSmall = size.width < Layout.minimum.width || size.height < Layout.minimum.height
    guard !isTooSmall else {
      slots = []
      return
    }
    let names = follow.paneNames
    let focused = follow.focusedName
    let body = Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
    func slot(_ name: String, _ frame: Rect) -> Layout.Slot {
      Layout.Slot(name: name, number: (names.firstIndex(of: name) ?? 0) + 1, frame: frame)
    }
    if follow.isZoomed || names.count == 1 {
      slots = [slot(focused, body)]
      return
    }
    let pictures = names.filter { $0 != Follow.list }
    guard body.width >= 110, body.height >= 28 else {
      let main = pictures.contains(focused) ? focused : pictures[0]
      let height = max(6, body.height / 4)
      let rows = Layout.split(body.height, weights: [body.height - height, height])
      slots = [
        slot(main, Rect(x: 0, y: body.y, width: body.width, height: rows[0])),
        slot(
          Follow.list, Rect(x: 0, y: body.y + rows[0], width: body.width, height: rows[1])),
      ]
      return
    }
    // A pane beyond the fifth takes the last place while it has the focus.
    var shown = Array(pictures.prefix(5))
    if pictures.contains(focused), !shown.contains(focused) { shown[shown.count - 1] = focused }
    let below = shown.count - 1
    let heights =
      below == 0 ? [body.height, 0] : Layout.split(body.height, weights: [3, 2])
    let columns = Layout.split(body.width, weights: [5, 3])
    var all = [
      slot(shown[0], Rect(x: 0, y: body.y, width: columns[0], height: heights[0])),
      slot(Follow.list, Rect(x: columns[0], y: body.y, width: columns[1], height: heights[0])),
    ]
    let y = body.y + heights[0]
    let widths: [Int] =
      below <= 2
      ? Layout.split(body.width, weights: [Int](repeating: 1, count: below))
      : Layout.split(columns[0], weights: [1, 1]) + [columns[1]]
    var x = 0
    for (place, width) in widths.enumerated() {
      let names = place == 2 ? Array(shown.dropFirst(3)) : [shown[place + 1]]
      let parts = Layout.split(heights[1], weights: [Int](repeating: 1, count: names.count))
      var top = y
      for (name, height) in zip(names, parts) {
        all.append(slot(name, Rect(x: x, y: top, width: width, height: height)))
        top += height
      }
      x += width
    }
    slots = all
  }
}
