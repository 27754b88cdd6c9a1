import CLanes

extension Elementary {
  /// log(1 + e^−|x|) and 1/(1 + e⁻ˣ) of a row at once, for one exponential: the bits of
  /// `softplus(−|x|)` and `sigmoid(x)`.
  ///
  /// The first is what the logistic loss costs beside a linear part, without cancellation. `count`
  /// is a multiple of eight; results may be written over `x`, but not over each other.
  package static func logistic(
    _ x: UnsafePointer<Double>, tail: UnsafeMutablePointer<Double>,
    sigmoid: UnsafeMutablePointer<Double>, count: Int
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    let paired = count & ~15
    var start = 0
    while start < paired {
      let (cost, p) = logistic(loadWide(x + start))
      store(cost, tail + start)
      store(p, sigmoid + start)
      start &+= 16
    }
    if start < count {
      let last = load(x + start)
      let (cost, p) = logistic(glissade_join(last, last))
      store(glissade_first(cost), tail + start)
      store(glissade_first(p), sigmoid + start)
    }
  }

  @inline(__always)
  private static func logistic(_ x: Wide) -> (Wide, Wide) {
    let minus = x.size.negated
    let e = isWithin(x, 708) ? expNear(minus) : expScaled(minus, by: 0)
    return (log1pNear(e), sigmoid(x, e))
  }
}
