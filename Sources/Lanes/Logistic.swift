extension Elementary {
  /// log(1 + eˣ) and 1/(1 + e⁻ˣ) of a row at once, for one exponential: the same bits as `softplus` and `sigmoid`.
  ///
  /// `count` is a multiple of eight; results may be written over `x`, but not over each other.
  package static func logistic(
    _ x: UnsafePointer<Double>, softplus: UnsafeMutablePointer<Double>,
    sigmoid: UnsafeMutablePointer<Double>, count: Int
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    var start = 0
    while start < count {
      let x = UnsafeRawPointer(x + start).loadUnaligned(as: Lanes.self)
      let minus = x.size.negated
      let e = isWithin(x, 708) ? expNear(minus) : expScaled(minus, by: 0)
      UnsafeMutableRawPointer(softplus + start).storeBytes(
        of: self.softplus(x, e), as: Lanes.self)
      UnsafeMutableRawPointer(sigmoid + start).storeBytes(of: self.sigmoid(x, e), as: Lanes.self)
      start += 8
    }
  }
}
