import Foundation

/// A colour in Oklab, where equal distances look equal (Ottosson, 2020).
package struct Oklab: Equatable, Sendable {
  /// Lightness, 0 (black) to 1 (white).
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

  /// An sRGB colour; the terminal's default counts as black.
  package init(_ color: Color) {
    let rgb = color == .terminalDefault ? 0 : color.rgb
    let red = Oklab.linear[Int(rgb >> 16 & 0xFF)]
    let green = Oklab.linear[Int(rgb >> 8 & 0xFF)]
    let blue = Oklab.linear[Int(rgb & 0xFF)]
    let l = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let m = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let s = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  }

  /// Linear light of each 8-bit sRGB value.
  private static let linear: [Double] = (0..<256).map { value in
    let v = Double(value) / 255
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)
  }

  /// The nearest sRGB colour; what lies outside is clipped.
  package var color: Color {
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    let red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    let green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    let blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    return Color(Oklab.byte(red) << 16 | Oklab.byte(green) << 8 | Oklab.byte(blue))
  }

  private func cube(_ value: Double) -> Double { value * value * value }

  /// An 8-bit sRGB value of linear light; NaN is 0.
  private static func byte(_ value: Double) -> UInt32 {
    guard value > 0 else { return 0 }
    guard value < 1 else { return 255 }
    let v = value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
    return UInt32((v * 255).rounded())
  }

  /// The straight way to another colour, at `t` in 0...1.
  package func mixed(with other: Oklab, at t: Double) -> Oklab {
    Oklab(
      lightness: lightness + (other.lightness - lightness) * t, a: a + (other.a - a) * t,
      b: b + (other.b - b) * t)
  }

  /// Colourfulness.
  package var chroma: Double { (a * a + b * b).squareRoot() }

  /// The squared distance, where differences of hue and chroma count `weight` times: with few
  /// colours to choose from a dark blue had better become another blue than the nearest grey.
  package func squaredDistance(to other: Oklab, chromaWeight weight: Double = 1) -> Double {
    let dl = lightness - other.lightness
    let da = a - other.a
    let db = b - other.b
    return dl * dl + weight * (da * da + db * db)
  }
}
