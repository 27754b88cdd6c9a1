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
      let e = expBody(x.size.negated)
      let one = Lanes(repeating: 1)
      let above = e.replacing(with: one, where: x .>= Lanes.zero)
      let p = above / (one + e)
      let cost = log1pNear(e) + Lanes.zero.replacing(with: x, where: .!(x .<= Lanes.zero))
      UnsafeMutableRawPointer(softplus + start).storeBytes(of: cost, as: Lanes.self)
      UnsafeMutableRawPointer(sigmoid + start).storeBytes(of: p, as: Lanes.self)
      start += 8
    }
  }
}
