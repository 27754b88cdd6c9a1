import Lanes

extension Initializer {
  /// TensorFlow Playground's weights, u − ½, with biases of 0.1. On the page's data sets they come
  /// from the stream that drew the samples, and follow these.
  static let playground = Initializer(
    "playground", "U(−½, ½), biases 0.1", "TensorFlow Playground's weights", bias: 0.1,
    followsPage: true
  ) { _, _, u, _ in u - 0.5 }
}
