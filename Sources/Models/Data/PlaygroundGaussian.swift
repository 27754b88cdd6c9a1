import Lanes

extension DataSet {
  /// TensorFlow Playground's six hills and hollows (cones of radius 2, in fact), on the square from
  /// −6 to 6.
  static let playgroundGaussian = PlaygroundSamples.dataSet(
    "playground_gaussian", "TensorFlow Playground's six hills and hollows", classes: nil,
    usual: 1200
  ) { count, noise, random in
    let centers: [(x: Double, y: Double, sign: Double)] = [
      (-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1),
    ]
    return (0..<count).map { _ in
      let x = random.uniform(-6, 6)
      let y = random.uniform(-6, 6)
      let u = x + random.uniform(-6, 6) * noise
      let v = y + random.uniform(-6, 6) * noise
      var label = 0.0
      for center in centers {
        let (dx, dy) = (u - center.x, v - center.y)
        let t = min(max(Elementary.sqrt(dx * dx + dy * dy) / 2, 0), 1)
        let height = center.sign * (1 - t)
        if abs(height) > abs(label) { label = height }
      }
      return .init(x: x, y: y, label: label)
    }
  }
}
