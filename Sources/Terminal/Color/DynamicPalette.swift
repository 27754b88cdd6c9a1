/// Colours that a program chooses for a terminal whose palette can be redefined.
///
/// While there is room, colours are kept exactly; later ones share an entry with a neighbour that
/// the eye cannot tell apart; when all entries are taken, the nearest one serves, and `isStrained`
/// tells that starting anew would look better.
package struct DynamicPalette: Sendable {
  /// The terminal's numbers of the entries.
  package let range: Range<Int>
  /// The chosen colours, from the start of the range.
  package private(set) var colors: [Color] = []
  /// Whether a colour had to be shown as a visibly different one.
  package private(set) var isStrained = false
  private var points: [Oklab] = []
  private var known: [UInt32: Int] = [:]

  /// Squared Oklab distances: exact at first, unnoticeable later, visible beyond.
  private static let unnoticeable = 0.012 * 0.012
  private static let visible = 0.04 * 0.04

  /// An empty palette on entries of the terminal; the first 16 are the user's own and should stay
  /// out.
  package init(range: Range<Int>) {
    precondition(!range.isEmpty, "a palette of \(range) has no entry")
    self.range = range
  }

  /// The entry for a colour, chosen now if it is new.
  package mutating func index(of color: Color) -> Int {
    if let index = known[color.rgb] { return range.lowerBound + index }
    let point = Oklab(color)
    let spacious = colors.count < range.count / 3
    var index = colors.count
    var least = Double.infinity
    if !spacious {
      for (candidate, other) in points.enumerated() {
        let distance = point.squaredDistance(to: other)
        if distance < least { (index, least) = (candidate, distance) }
      }
    }
    if least > DynamicPalette.unnoticeable, colors.count < range.count {
      index = colors.count
      colors.append(color)
      points.append(point)
    } else if least > DynamicPalette.visible {
      isStrained = true
    }
    // Bounded, as everything that grows with what is drawn.
    if known.count >= 1 << 16 { known.removeAll(keepingCapacity: true) }
    known[color.rgb] = index
    return range.lowerBound + index
  }

  /// Forgets all colours.
  package mutating func reset() { self = DynamicPalette(range: range) }
}
