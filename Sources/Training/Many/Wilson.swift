/// Wilson's interval of a share: where the true share lies, with 95 % confidence, after so many
/// successes in so many trials (Wilson 1927).
package struct Wilson: Sendable, Equatable {
  /// The lower end, 0...1.
  package let low: Double
  /// The upper end, 0...1.
  package let high: Double

  /// The interval after `successes` in `count` trials.
  package init(_ successes: Int, of count: Int) {
    guard count > 0 else {
      (low, high) = (0, 1)
      return
    }
    let z = 1.959963984540054
    let n = Double(count)
    let share = Double(successes) / n
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    (low, high) = (max(0, middle - reach), min(1, middle + reach))
  }

  /// `28 … 72 %`.
  package var text: String {
    "\(Int((low * 100).rounded())) … \(Int((high * 100).rounded())) %"
  }
}
