import Foundation
import Terminal
import Testing
import Views

/// How far apart colours look to eyes of several kinds.
enum ColorVision: String, CaseIterable {
  case normal, protanopia, deuteranopia, tritanopia

  /// Linear light as these eyes see it: Machado, Oliveira and Fernandes (2009), severity 1.
  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  /// The least distance that colours of curves keep.
  var least: Double { self == .normal ? 15 : 8 }

  /// A colour in CIE L*a*b* (D65).
  func lab(_ color: Color) -> [Double] {
    let linear = [16, 8, 0].map { shift -> Double in
      let v = Double(color.rgb >> UInt32(shift) & 0xFF) / 255
      return v <= 0.04045 ? v / 12.92 : exp(2.4 * log((v + 0.055) / 1.055))
    }
    let seen = matrix.map { row in min(1, max(0, zip(row, linear).map(*).reduce(0, +))) }
    let x = (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047
    let y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]
    let z = (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883
    func f(_ t: Double) -> Double {
      t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
    }
    return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))]
  }

  /// CIEDE2000 (Sharma, Wu and Dalal, 2005).
  static func distance(_ one: [Double], _ two: [Double]) -> Double {
    func radians(_ degrees: Double) -> Double { degrees * Double.pi / 180 }
    func seventh(_ value: Double) -> Double {
      value * value * value * value * value * value * value
    }
    /// How much of 25⁷ and c⁷ is c⁷, its root taken.
    func share(_ c: Double) -> Double { (seventh(c) / (seventh(c) + seventh(25))).squareRoot() }
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let mean: Double = (length(one[1], one[2]) + length(two[1], two[2])) / 2
    let g: Double = 0.5 * (1 - share(mean))
    let a1: Double = one[1] * (1 + g)
    let a2: Double = two[1] * (1 + g)
    let c1 = length(a1, one[2])
    let c2 = length(a2, two[2])
    func hue(_ b: Double, _ a: Double) -> Double {
      let angle: Double = atan2(b, a) * 180 / Double.pi
      return angle < 0 ? angle + 360 : angle
    }
    let h1 = hue(one[2], a1)
    let h2 = hue(two[2], a2)
    let isGrey = c1 * c2 == 0
    var turn: Double = h2 - h1
    if turn > 180 { turn -= 360 }
    if turn < -180 { turn += 360 }
    if isGrey { turn = 0 }
    let l: Double = (one[0] + two[0]) / 2
    let c: Double = (c1 + c2) / 2
    var h: Double = (h1 + h2) / 2
    if isGrey { h = h1 + h2 } else if abs(h1 - h2) > 180 { h += h1 + h2 < 360 ? 180 : -180 }
    var t: Double = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h))
    t += 0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63))
    let offset: Double = (l - 50) * (l - 50)
    let sl: Double = 1 + 0.015 * offset / (20 + offset).squareRoot()
    let sc: Double = 1 + 0.045 * c
    let sh: Double = 1 + 0.015 * c * t
    let dl: Double = (two[0] - one[0]) / sl
    let dc: Double = (c2 - c1) / sc
    let dh: Double = 2 * (c1 * c2).squareRoot() * sin(radians(turn / 2)) / sh
    let bend: Double = (h - 275) / 25
    let rt: Double = -sin(radians(60 * exp(-bend * bend))) * 2 * share(c)
    return (dl * dl + dc * dc + dh * dh + rt * dc * dh).squareRoot()
  }
}

@Suite("Colours are told apart by all eyes")
struct ColorVisionTests {
  @Test("The measure agrees with published pairs")
  func measure() {
    // From the data that Sharma, Wu and Dalal publish with the formula.
    let pairs: [([Double], [Double], Double)] = [
      ([50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425),
      ([50, -1, 2], [50, 0, 0], 2.3669), ([50, 2.5, 0], [50, 3.2592, 0.3350], 1.0000),
      ([50, 2.5, 0], [61, -5, 29], 22.8977),
      ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
      ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
    ]
    for (one, two, distance) in pairs {
      #expect(abs(ColorVision.distance(one, two) - distance) < 1e-4)
    }
  }

  @Test(
    "Each two curves of a theme are far apart",
    arguments: Theme.all.filter { !$0.isMonochrome }.map(\.name), ColorVision.allCases)
  func series(theme name: String, eyes: ColorVision) throws {
    let theme = try #require(Theme.all.first { $0.name == name })
    for (index, one) in theme.series.enumerated() {
      for two in theme.series.dropFirst(index + 1) {
        let distance = ColorVision.distance(eyes.lab(one), eyes.lab(two))
        let pair = "\(String(one.rgb, radix: 16)), \(String(two.rgb, radix: 16)): \(distance)"
        #expect(distance >= eyes.least, "\(pair)")
      }
    }
  }

  @Test("The two classes of a map are far apart too", arguments: Theme.all.map(\.name))
  func classes(name: String) throws {
    let theme = try #require(Theme.all.first { $0.name == name })
    guard !theme.isMonochrome else { return }
    for eyes in ColorVision.allCases {
      let distance = ColorVision.distance(
        eyes.lab(theme.classColor(0, of: 2)), eyes.lab(theme.classColor(1, of: 2)))
      #expect(distance >= eyes.least, "\(eyes): \(distance)")
    }
  }

  @Test("In 8 and 16 colours no class and no curve is a grey", arguments: Theme.all.map(\.name))
  func fewColors(name: String) throws {
    let theme = try #require(Theme.all.first { $0.name == name })
    guard !theme.isMonochrome else { return }
    let colors = theme.series + [theme.classColor(0, of: 2), theme.classColor(1, of: 2)]
    for palette in [ColorSnapper.Palette.ansi8, .ansi16] {
      var snapper = ColorSnapper(palette)
      for color in colors {
        let index = snapper.index(of: color)
        #expect(![0, 7, 8, 15].contains(index), "\(String(color.rgb, radix: 16)): \(index)")
      }
      #expect(
        snapper.index(of: theme.classColor(0, of: 2))
          != snapper.index(of: theme.classColor(1, of: 2)))
    }
  }

  @Test("The projector's texts and curves stand out, and its lines are thicker")
  func projector() {
    func light(_ color: Color) -> Double {
      zip([0.2126, 0.7152, 0.0722], [16, 8, 0] as [UInt32]).reduce(0) { sum, part in
        let v = Double(color.rgb >> part.1 & 0xFF) / 255
        return sum + part.0 * (v <= 0.04045 ? v / 12.92 : exp(2.4 * log((v + 0.055) / 1.055)))
      }
    }
    let theme = Theme.projector
    for color in theme.series + [theme.text, theme.muted, theme.good, theme.bad, theme.warning] {
      let (a, b) = (light(theme.pane), light(color))
      #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5, "\(String(color.rgb, radix: 16))")
    }
    func thickness(_ theme: Theme) -> Int {
      let scene = ViewLawTests.scene(Specimens.basins, theme: theme)
      return Plot(
        in: Rect(x: 0, y: 0, width: 100, height: 30), x: Axis(0, 1), y: Axis(0, 1),
        layout: scene.layout()
      ).thickness
    }
    #expect(thickness(.projector) > thickness(.light))
  }
}
