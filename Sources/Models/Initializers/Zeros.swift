import Lanes

extension Initializer {
  /// All parameters 0: right for linear and logistic models; a net's hidden units would stay each
  /// other's copies.
  static let zeros = Initializer("zeros", "0", "Everything at 0") { _, _, _, _ in 0 }
}
