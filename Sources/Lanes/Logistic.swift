extension Elementary {
  /// log(1 + e^−|x|) and 1/(1 + e⁻ˣ) of a row at once, for one exponential: the bits of `softplus(−|x|)` and `sigmoid(x)`.
  ///
  /// The first is what the logistic loss costs beside a linear part, without cancellation. `count` is a multiple of eight;
  /// results may be written over `x`, but not over each other.
  package static func logistic(
    _ x: UnsafePointer<Double>, tail: UnsafeMutablePointer<Double>,
    sigmoid: UnsafeMutablePointer<Double>, count: Int
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    var start = 0
    while start < count {
      let x = UnsafeRawPointer(x + start).loadUnaligned(as: Lanes.self)
      let minus = x.size.negated
      let e = isWithin(x, 708) ? expNear(minus) : expScaled(minus, by: 0)
      UnsafeMutableRawPointer(tail + start).storeBytes(of: log1pNear(e), as: Lanes.self)
      UnsafeMutableRawPointer(sigmoid + start).storeBytes(of: self.sigmoid(x, e), as: Lanes.self)
      start += 8
    }
  }
}
