import Lanes

/// Elementary functions of one number.
enum Elementaries {
  /// The `degree`-th root of a positive number.
  static func root(_ x: Double, _ degree: Double) -> Double {
    x > 0 ? Elementary.exp(Elementary.log(x) / degree) : 0
  }
  /// The natural logarithm.
  static func log(_ x: Double) -> Double { Elementary.log(x) }
}

extension Elementaries {
  /// eˣ.
  static func exp(_ x: Double) -> Double { Elementary.exp(x) }
}
