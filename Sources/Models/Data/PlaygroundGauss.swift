extension DataSet {
  /// TensorFlow Playground's two clouds about (2, 2) and (−2, −2), of variance 0.5 to 4 as noise
  /// goes from 0 to 50 %.
  static let playgroundGauss = PlaygroundSamples.dataSet(
    "playground_gauss", "TensorFlow Playground's two clouds", classes: 2, usual: 500
  ) { count, noise, random in
    let variance = PlaygroundSamples.scaled(noise, 0, 0.5, 0.5, 4)
    var points: [PlaygroundSamples.Point] = []
    for half in PlaygroundSamples.halves(count) {
      let center: Double = half.isFirst ? 2 : -2
      for _ in 0..<half.count {
        let x = PlaygroundSamples.normal(center, variance, &random)
        let y = PlaygroundSamples.normal(center, variance, &random)
        points.append(.init(x: x, y: y, label: half.isFirst ? 1 : -1))
      }
    }
    return points
  }
}
