/// A colour where equal distances look equal (Ottosson 2020, https://bottosson.github.io/posts/oklab/).
package struct Oklab: Equatable, Sendable {
  /// Lightness, 0 black to 1 white.
  package var lightness: Double
  /// Green to red.
  package var a: Double
  /// Blue to yellow.
  package var b: Double

  /// A colour by its coordinates.
  package init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// An sRGB colour; the terminal's default counts as mid grey.
  package init(_ color: Color) {
    let rgb = color == .terminalDefault ? 0x808080 : color.rgb
    let red = Oklab.linear(Double((rgb >> 16) & 0xFF) / 255)
    let green = Oklab.linear(Double((rgb >> 8) & 0xFF) / 255)
    let blue = Oklab.linear(Double(rgb & 0xFF) / 255)
    let l = Numerics.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let m = Numerics.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let s = Numerics.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  }

  /// The nearest sRGB colour.
  package var color: Color {
    let l0 = lightness + 0.3963377774 * a + 0.2158037573 * b
    let m0 = lightness - 0.1055613458 * a - 0.0638541728 * b
    let s0 = lightness - 0.0894841775 * a - 1.2914855480 * b
    let l = l0 * l0 * l0
    let m = m0 * m0 * m0
    let s = s0 * s0 * s0
    let red = Oklab.byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
    let green = Oklab.byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
    let blue = Oklab.byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
    return Color(red << 16 | green << 8 | blue)
  }

  /// The colour `share` of the way to `other`.
  package func mixed(with other: Oklab, _ share: Double) -> Oklab {
    Oklab(
      lightness: lightness + (other.lightness - lightness) * share,
      a: a + (other.a - a) * share, b: b + (other.b - b) * share)
  }

  private static func linear(_ x: Double) -> Double {
    x <= 0.04045 ? x / 12.92 : Numerics.pow((x + 0.055) / 1.055, 2.4)
  }

  private static func byte(_ x: Double) -> UInt32 {
    let encoded = x <= 0.0031308 ? 12.92 * x : 1.055 * Numerics.pow(x, 1 / 2.4) - 0.055
    return UInt32(Numerics.int(encoded * 255, in: 0...255))
  }
}

extension Color {
  /// The colour `share` (0...1) of the way to `other`, mixed in Oklab.
  package func mixed(with other: Color, _ share: Double) -> Color {
    guard share > 0 else { return self }
    guard share < 1 else { return other }
    return Oklab(self).mixed(with: Oklab(other), share).color
  }
}
