import Lanes

extension DataSet {
  /// Images of the ten digits, drawn by the program: strokes of random slant, size, place and width
  /// on a grid of `size` × `size` pixels in [0, 1], with noise. Like scikit-learn's digits (8 × 8,
  /// 1,797 samples) in shape and difficulty.
  static let glyphs = DataSet(
    "glyphs", "Small images of the ten digits",
    hyperparameters: [
      samples(1797), noise(0.05, "The noise of a pixel (standard deviation)"),
      Hyperparameter(
        "size", symbol: "s", "Pixels along a side", default: 8, in: 5...28, scale: .integer),
      Hyperparameter("wobble", symbol: "ω", "How much strokes vary", default: 1, in: 0...3),
    ], inputs: { $0.integer("size") * $0.integer("size") }, classes: 10
  ) { settings, seed in
    let size = settings.integer("size")
    let count = settings.integer("samples")
    let noise = settings["noise"]
    let draws = SampleDraws(seed: seed, perSample: 8 + size * size)
    var inputs: [Double] = []
    inputs.reserveCapacity(count * size * size)
    var targets: [Double] = []
    for s in 0..<count {
      let digit = s % 10
      let pen = Pen(draws, sample: s, wobble: settings["wobble"])
      for row in 0..<size {
        for column in 0..<size {
          let x = (Double(column) + 0.5) / Double(size)
          let y = (Double(row) + 0.5) / Double(size)
          var ink = pen.ink(x, y, strokes: DigitStrokes.all[digit])
          if noise > 0 { ink.addProduct(noise, draws.normal(s, 8 + row * size + column)) }
          inputs.append(min(max(ink, 0), 1))
        }
      }
      targets.append(Double(digit))
    }
    return Samples(
      inputCount: size * size, inputs: inputs, targets: targets, classCount: 10)
  }
}

/// How one image is drawn: where, how large, how slanted, how broad.
private struct Pen {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let slant: Double
  let breadth: Double

  init(_ draws: SampleDraws, sample: Int, wobble: Double) {
    func vary(_ which: Int, _ middle: Double, _ reach: Double) -> Double {
      middle + wobble * reach * (2 * draws.uniform(sample, which) - 1)
    }
    width = max(vary(0, 0.5, 0.1), 0.1)
    height = max(vary(1, 0.78, 0.08), 0.2)
    left = vary(2, 0.5, 0.06) - width / 2
    top = vary(3, 0.5, 0.05) - height / 2
    slant = vary(4, 0, 0.12)
    breadth = max(vary(5, 0.085, 0.02), 0.03)
  }

  /// How dark the paper is at a place: 1 on a stroke, falling to 0 over the pen's breadth.
  func ink(_ x: Double, _ y: Double, strokes: [[SIMD2<Double>]]) -> Double {
    let v = (y - top) / height
    let u = (x - left) / width + slant * (v - 0.5)
    var nearest = Double.infinity
    for stroke in strokes {
      for (a, b) in zip(stroke, stroke.dropFirst()) {
        let along = SIMD2((b.x - a.x) * width, (b.y - a.y) * height)
        let from = SIMD2((u - a.x) * width, (v - a.y) * height)
        let length = along.x * along.x + along.y * along.y
        let share = min(max((from.x * along.x + from.y * along.y) / length, 0), 1)
        let off = from - share * along
        nearest = min(nearest, off.x * off.x + off.y * off.y)
      }
    }
    let distance = Elementary.sqrt(nearest)
    return min(max(1.5 - distance / breadth, 0), 1)
  }
}

/// The digits as strokes in a unit square, y downwards.
private enum DigitStrokes {
  static let all: [[[SIMD2<Double>]]] = [
    [ring(0.5, 0.5, 0.5, 0.5, from: 0, to: 1)],
    [[p(0.2, 0.25), p(0.6, 0), p(0.6, 1)]],
    [ring(0.5, 0.28, 0.45, 0.28, from: 0.5, to: 1.1) + [p(0.05, 1), p(0.95, 1)]],
    [
      ring(0.45, 0.25, 0.45, 0.25, from: 0.55, to: 1.25),
      ring(0.45, 0.75, 0.5, 0.25, from: -0.25, to: 0.45),
    ],
    [[p(0.7, 1), p(0.7, 0), p(0, 0.68), p(1, 0.68)]],
    [
      [p(0.9, 0), p(0.15, 0), p(0.1, 0.45)]
        + ring(0.45, 0.69, 0.5, 0.31, from: -0.35, to: 0.42)
    ],
    [
      [p(0.75, 0), p(0.3, 0.3), p(0.06, 0.62)]
        + ring(0.5, 0.7, 0.45, 0.3, from: -0.5, to: 0.5)
    ],
    [[p(0.02, 0), p(0.95, 0), p(0.4, 1)]],
    [
      ring(0.5, 0.24, 0.38, 0.24, from: 0, to: 1),
      ring(0.5, 0.74, 0.48, 0.26, from: 0, to: 1),
    ],
    [ring(0.5, 0.3, 0.45, 0.3, from: 0, to: 1) + [p(0.93, 0.45), p(0.6, 1)]],
  ]

  private static func p(_ x: Double, _ y: Double) -> SIMD2<Double> { SIMD2(x, y) }

  /// Part of an ellipse, in turns from the right, clockwise.
  private static func ring(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double, from start: Double, to end: Double
  ) -> [SIMD2<Double>] {
    (0...16).map { i in
      let (s, c) = Elementary.sincos(2 * Double.pi * (start + (end - start) * Double(i) / 16))
      return SIMD2(x + a * c, y + b * s)
    }
  }
}
