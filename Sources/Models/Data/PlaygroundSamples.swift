import Lanes

/// What the data sets of TensorFlow Playground have in common: the page's draws in the page's
/// order, its shuffle, and a split that takes the first samples for training.
///
/// Multiplications and additions are rounded one by one here, as the page's language rounds them.
enum PlaygroundSamples {
  /// Draws points with labels, in the page's order, before the shuffle; `noise` is a share (0.5 for
  /// 50 %).
  typealias Draw =
    @Sendable (_ count: Int, _ noise: Double, _ random: inout PageRandom) -> [Point]

  /// A point; the label is −1 or 1 for classes.
  struct Point {
    var x: Double
    var y: Double
    var label: Double
  }

  /// A data set of the page.
  static func dataSet(
    _ name: String, _ summary: String, classes: Int?, usual: Double, draw: @escaping Draw
  ) -> DataSet {
    let page: DataSet.Page = { settings, random in
      var points = draw(settings.integer("samples"), settings["noise"] / 100, &random)
      var left = points.count
      while left > 0 {
        let other = Int(random.uniform() * Double(left))
        left -= 1
        points.swapAt(left, other)
      }
      var samples = Samples(inputCount: 2, classCount: classes)
      for point in points {
        samples.append(
          [point.x, point.y], [classes == nil ? point.label : point.label > 0 ? 1 : 0])
      }
      return samples
    }
    return DataSet(
      name, summary,
      hyperparameters: [
        DataSet.samples(usual),
        Hyperparameter(
          "noise", symbol: "n", "The page's noise in per cent", default: 0, in: 0...80),
      ], classes: classes, page: page)
  }

  /// Half of the samples, rounded down, then the rest.
  static func halves(_ count: Int) -> [(count: Int, isFirst: Bool)] {
    [(count / 2, true), (count - count / 2, false)]
  }

  /// Whether a value moves from `low`…`high` to `first`…`last`, evaluated as a(1 − t) + b t.
  static func scaled(
    _ value: Double, _ low: Double, _ high: Double, _ first: Double, _ last: Double
  ) -> Double {
    let t = (value - low) / (high - low)
    return first * (1 - t) + last * t
  }

  /// A normal number of that mean and variance, by the polar method; the second one of the pair is
  /// thrown away.
  static func normal(_ mean: Double, _ variance: Double, _ random: inout PageRandom) -> Double {
    var v = 0.0
    var s = 0.0
    repeat {
      v = 2 * random.uniform() - 1
      let w = 2 * random.uniform() - 1
      s = v * v + w * w
    } while s > 1
    let deviate = Elementary.sqrt(-2 * Elementary.log(s) / s) * v
    return mean + Elementary.sqrt(variance) * deviate
  }
}
