import Lanes

extension DataSet {
  /// TensorFlow Playground's circle: a disc of radius 2.5 in a ring from 3.5 to 5; noise moves the
  /// place where the label is read, not the point.
  static let playgroundCircle = PlaygroundSamples.dataSet(
    "playground_circle", "TensorFlow Playground's circle", classes: 2, usual: 500
  ) { count, noise, random in
    var points: [PlaygroundSamples.Point] = []
    for half in PlaygroundSamples.halves(count) {
      for _ in 0..<half.count {
        let r = half.isFirst ? random.uniform(0, 2.5) : random.uniform(3.5, 5)
        let (sine, cosine) = Elementary.sincos(random.uniform(0, 2 * Double.pi))
        let (x, y) = (r * sine, r * cosine)
        let u = x + random.uniform(-5, 5) * noise
        let v = y + random.uniform(-5, 5) * noise
        points.append(.init(x: x, y: y, label: Elementary.sqrt(u * u + v * v) < 2.5 ? 1 : -1))
      }
    }
    return points
  }
}
