import Lanes

extension DataSet {
  /// TensorFlow Playground's two spirals of 1.75 turns.
  static let playgroundSpiral = PlaygroundSamples.dataSet(
    "playground_spiral", "TensorFlow Playground's two spirals", classes: 2, usual: 500
  ) { count, noise, random in
    var points: [PlaygroundSamples.Point] = []
    for half in PlaygroundSamples.halves(count) {
      let n = Double(half.count)
      for i in 0..<half.count {
        let share = Double(i) / n
        let t = 1.75 * Double(i) / n * 2 * Double.pi + (half.isFirst ? 0 : Double.pi)
        let (sine, cosine) = Elementary.sincos(t)
        let r = share * 5
        let x = r * sine + random.uniform(-1, 1) * noise
        let y = r * cosine + random.uniform(-1, 1) * noise
        points.append(.init(x: x, y: y, label: half.isFirst ? 1 : -1))
      }
    }
    return points
  }
}
