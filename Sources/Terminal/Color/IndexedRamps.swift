/// Hand-picked steps of the 256 fixed colours for the maps of the dark theme.
///
/// The cube has so few dark colours that the nearest ones make a smooth map jump between greys,
/// teals and purples. Along these ramps the steps were chosen by eye: few, in order, and of one hue
/// a side. Colours elsewhere, and maps of other colours, take the nearest.
enum IndexedRamps {
  /// A ramp through evenly spaced colours, mixed in Oklab, and the colours that stand for equal
  /// parts of it.
  private struct Ramp {
    var stops: [UInt32]
    var picks: [(index: Int, parts: Int)]
  }

  private static let ramps = [
    // Two classes: blue, dark, orange.
    Ramp(
      stops: [0x62AAF0, 0x4F93D8, 0x1B2836, 0xCB7B45, 0xE98B4B],
      picks: [
        (75, 9), (32, 8), (25, 5), (24, 4), (238, 2), (236, 8), (238, 2), (94, 4), (130, 6),
        (173, 16),
      ]),
    // A landscape: night blue up to sea green.
    Ramp(
      stops: [0x0E1622, 0x13283D, 0x1A4359, 0x2A6672, 0x4A8E88, 0x86BDA4],
      picks: [
        (234, 8), (235, 6), (236, 6), (238, 6), (23, 12), (66, 14), (73, 8), (109, 4),
      ]),
  ]

  /// Points along all ramps with their picks.
  private static let samples: [(point: Oklab, index: Int)] = ramps.flatMap { ramp in
    let points = ramp.stops.map { Oklab(Color($0)) }
    let total = ramp.picks.reduce(0) { $0 + $1.parts }
    return ramp.picks.flatMap { [Int](repeating: $0.index, count: $0.parts) }.enumerated().map {
      let place = (Double($0.offset) + 0.5) / Double(total) * Double(points.count - 1)
      let left = min(Int(place), points.count - 2)
      return (points[left].mixed(with: points[left + 1], at: place - Double(left)), $0.element)
    }
  }

  /// How far from a ramp a colour still belongs to it, squared.
  private static let reach = 0.02 * 0.02

  /// The colour that was picked for a place on a ramp; nil for colours that lie on none.
  static func pick(for color: Color) -> Int? {
    let point = Oklab(color)
    var best: Int?
    var least = reach
    for sample in samples {
      let distance = point.squaredDistance(to: sample.point)
      if distance < least { (best, least) = (sample.index, distance) }
    }
    return best
  }
}
