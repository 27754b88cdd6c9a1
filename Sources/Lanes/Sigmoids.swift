internal import CLanes

extension Elementary {
  /// The logistic function 1/(1 + e⁻ˣ).
  package static func sigmoid(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 708) }, near: { sigmoidNear($0) }, far: { sigmoidFar(&$0) })
  }

  /// The same of one number.
  package static func sigmoid(_ x: Double) -> Double { sigmoid(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func sigmoid(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 708) }, near: { sigmoidNear($0) },
      far: { sigmoidFar(&$0) })
  }

  /// log(1 + eˣ), without overflow.
  package static func softplus(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 708) }, near: { softplusNear($0) }, far: { softplusFar(&$0) })
  }

  /// The same of one number.
  package static func softplus(_ x: Double) -> Double { softplus(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func softplus(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 708) }, near: { softplusNear($0) },
      far: { softplusFar(&$0) })
  }
}

extension Elementary {
  @inline(__always)
  private static func sigmoidNear(_ x: Wide) -> Wide { sigmoid(x, expNear(x.size.negated)) }

  @inline(never)
  private static func sigmoidFar(_ x: inout Wide) {
    x = sigmoid(x, expScaled(x.size.negated, by: 0))
  }

  /// The logistic function with e = e^−|x| at hand.
  @inline(__always)
  static func sigmoid(_ x: Wide, _ e: Wide) -> Wide { glissade_sigmoid(x, e) }

  @inline(__always)
  private static func softplusNear(_ x: Wide) -> Wide { softplus(x, expNear(x.size.negated)) }

  @inline(never)
  private static func softplusFar(_ x: inout Wide) {
    x = softplus(x, expScaled(x.size.negated, by: 0))
  }

  /// max(x, 0) + log(1 + e^−|x|); the exponential is in 0 … 1 or NaN, never where log1p needs care.
  @inline(__always)
  static func softplus(_ x: Wide, _ e: Wide) -> Wide {
    log1pNear(e) + x.atLeast(0)
  }
}
