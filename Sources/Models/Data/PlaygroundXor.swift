extension DataSet {
  /// TensorFlow Playground's "exclusive or": class 1 where both signs are equal; noise moves the
  /// place where the label is read, not the point.
  static let playgroundXor = PlaygroundSamples.dataSet(
    "playground_xor", "TensorFlow Playground's exclusive or: class 1 where the signs agree",
    classes: 2, usual: 500
  ) { count, noise, random in
    (0..<count).map { _ in
      // A gap of 0.3 on both sides of the axes.
      var x = random.uniform(-5, 5)
      x += x > 0 ? 0.3 : -0.3
      var y = random.uniform(-5, 5)
      y += y > 0 ? 0.3 : -0.3
      let u = x + random.uniform(-5, 5) * noise
      let v = y + random.uniform(-5, 5) * noise
      return .init(x: x, y: y, label: u * v >= 0 ? 1 : -1)
    }
  }
}
