/// The colours that terminals number: 16 of ANSI, the 6×6×6 cube and 24 greys, as xterm has them.
package enum XtermPalette {
  /// All 256.
  package static let colors: [Color] = {
    let ansi: [UInt32] = [
      0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
      0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    let steps: [UInt32] = [0, 95, 135, 175, 215, 255]
    let cube = (0..<216).map { (place: Int) -> UInt32 in
      let (red, green, blue) = (steps[place / 36], steps[place / 6 % 6], steps[place % 6])
      return red << 16 | green << 8 | blue
    }
    let greys = (0..<24).map { (level: UInt32) -> UInt32 in (8 + 10 * level) * 0x010101 }
    return (ansi + cube + greys).map { Color($0) }
  }()

  /// All 256 in Oklab.
  static let points: [Oklab] = colors.map { Oklab($0) }

  /// Indices of the colours that do not depend on the user's settings: the cube and the greys.
  package static let fixed = 16..<256

  /// The nearest of `range` by Oklab distance; hue counts more than lightness, so that maps stay
  /// clean ramps.
  package static func nearest(to color: Color, in range: Range<Int>, hueWeight: Double = 2) -> Int {
    let point = Oklab(color)
    var best = range.lowerBound
    var least = Double.infinity
    for index in range {
      let distance = point.squaredDistance(to: points[index], chromaWeight: hueWeight)
      if distance < least { (best, least) = (index, distance) }
    }
    return best
  }
}
