#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few elementary functions that pictures need. Pictures may round as libm does; results of
/// runs may not.
package enum PlotMath {
  /// log₁₀.
  package static func log10(_ x: Double) -> Double { _log10(x) }
  /// Natural logarithm.
  package static func log(_ x: Double) -> Double { _log(x) }
  /// Natural exponential.
  package static func exp(_ x: Double) -> Double { _exp(x) }
  /// Power.
  package static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
  /// Inverse hyperbolic sine: linear near 0, logarithmic far away.
  package static func asinh(_ x: Double) -> Double { _asinh(x) }
  /// Hyperbolic sine.
  package static func sinh(_ x: Double) -> Double { _sinh(x) }
  /// Cube root.
  package static func cbrt(_ x: Double) -> Double { _cbrt(x) }

  /// The nearest integer, kept within `range`; NaN becomes the lower bound. The only way from data
  /// to `Int` in pictures.
  package static func int(_ x: Double, in range: ClosedRange<Int>) -> Int {
    guard x > Double(range.lowerBound) else { return range.lowerBound }
    guard x < Double(range.upperBound) else { return range.upperBound }
    return Int(x.rounded())
  }
}

private func _log10(_ x: Double) -> Double { log10(x) }
private func _log(_ x: Double) -> Double { log(x) }
private func _exp(_ x: Double) -> Double { exp(x) }
private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
private func _asinh(_ x: Double) -> Double { asinh(x) }
private func _sinh(_ x: Double) -> Double { sinh(x) }
private func _cbrt(_ x: Double) -> Double { cbrt(x) }
