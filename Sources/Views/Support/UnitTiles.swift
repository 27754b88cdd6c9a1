import Terminal

/// Where the units of large layers stand so that each can show a small map: in ranks, row by row.
struct UnitTiles {
  /// A unit's box.
  let box: Size
  /// Points down a unit's map; in the smallest boxes one less than there is room for, which keeps
  /// them apart.
  let mapRows: Int
  private let area: Rect
  private let sizes: [Int]
  private let ranks: [Int]
  private let air: Int

  /// Columns kept for names at the left and right.
  private static let ends = (left: 5, right: 4)
  /// Columns between layers at least: room for the weights.
  private static let leastGap = 7

  /// The largest boxes with which layers of these sizes fit into `area`; nil where none do.
  init?(_ sizes: [Int], in area: Rect) {
    for height in [6, 5, 4, 3, 2] {
      let air = height > 2 ? 1 : 0
      let perRank = (area.height + air) / (height + air)
      guard perRank >= 2 else { continue }
      let ranks = sizes.map { ($0 + perRank - 1) / perRank }
      let taken = ranks.reduce(0) { $0 + $1 * (2 * height + 1) - 1 }
      let free = area.width - UnitTiles.ends.left - UnitTiles.ends.right - taken
      guard ranks.allSatisfy({ $0 <= 4 }), free >= max(1, sizes.count - 1) * UnitTiles.leastGap
      else { continue }
      box = Size(width: height * 2, height: height)
      mapRows = air > 0 ? height * 2 : height * 2 - 1
      self.area = area
      self.sizes = sizes
      self.ranks = ranks
      self.air = air
      return
    }
    return nil
  }

  /// The boxes of one layer's units.
  func boxes(column: Int) -> [Rect] {
    let widths = ranks.map { $0 * (box.width + 1) - 1 }
    let free = area.width - UnitTiles.ends.left - UnitTiles.ends.right - widths.reduce(0, +)
    let x =
      area.x + UnitTiles.ends.left + widths[..<column].reduce(0, +)
      + (sizes.count > 1 ? free * column / (sizes.count - 1) : free / 2)
    let count = ranks[column]
    let rows = (sizes[column] + count - 1) / count
    // Few units stand a little apart.
    let pitch = min(box.height + 1, max(box.height + air, area.height / max(1, rows)))
    let top = area.y + max(0, (area.height - (rows - 1) * pitch - box.height) / 2)
    return (0..<sizes[column]).map { unit in
      Rect(
        x: x + unit % count * (box.width + 1), y: top + unit / count * pitch, width: box.width,
        height: box.height)
    }
  }
}
