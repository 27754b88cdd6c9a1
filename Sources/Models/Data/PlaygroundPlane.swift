extension DataSet {
  /// TensorFlow Playground's plane: (x + y)/10 on the square from −6 to 6; noise is in the values.
  static let playgroundPlane = PlaygroundSamples.dataSet(
    "playground_plane", "TensorFlow Playground's plane: (x + y) / 10", classes: nil, usual: 1200
  ) { count, noise, random in
    (0..<count).map { _ in
      let x = random.uniform(-6, 6)
      let y = random.uniform(-6, 6)
      let u = random.uniform(-6, 6) * noise
      let v = random.uniform(-6, 6) * noise
      let label = PlaygroundSamples.scaled(x + u + (y + v), -10, 10, -1, 1)
      return .init(x: x, y: y, label: label)
    }
  }
}
