import Terminal

/// The colours of a picture of the border of trainability: blue where runs converged, red where
/// they did not, the faster the brighter, by rank within each kind.
struct BorderColors {
  private static let converged = Ramp(
    [0x0B1F4B, 0x3F7FD0, 0xE8F1FB].map { Color($0) }, levels: 256)
  private static let lost = Ramp([0x4B0B12, 0xD05A3F, 0xFBEFE8].map { Color($0) }, levels: 256)

  private let shares: [Double: Double]

  init(_ values: [Double]) {
    var shares: [Double: Double] = [:]
    for kind in [values.filter { $0 < 0 }, values.filter { $0 >= 0 }] {
      let sizes = Set(kind.map(abs)).sorted()
      for (rank, size) in sizes.enumerated() {
        let share = sizes.count > 1 ? 1 - Double(rank) / Double(sizes.count - 1) : 1
        shares[kind[0] < 0 ? -size : size] = share
      }
    }
    self.shares = shares
  }

  func color(_ value: Double?) -> Color {
    guard let value, let share = shares[value] else { return Color(0x000000) }
    return (value < 0 ? Self.converged : Self.lost)[share]
  }
}
