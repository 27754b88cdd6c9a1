extension Elementary {
  /// The logistic function 1/(1 + e⁻ˣ).
  package static func sigmoid(_ x: Lanes) -> Lanes { sigmoidBody(x) }

  /// The same of one number.
  package static func sigmoid(_ x: Double) -> Double { sigmoid(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func sigmoid(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { sigmoidBody($0) }
  }

  /// log(1 + eˣ), without overflow.
  package static func softplus(_ x: Lanes) -> Lanes { softplusBody(x) }

  /// The same of one number.
  package static func softplus(_ x: Double) -> Double { softplus(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func softplus(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { softplusBody($0) }
  }
}

extension Elementary {
  @inline(__always)
  static func sigmoidBody(_ x: Lanes) -> Lanes {
    // With e = e^−|x| nothing overflows, and small results keep their precision.
    let e = expBody(x.size.negated)
    let one = Lanes(repeating: 1)
    let above = e.replacing(with: one, where: x .>= Lanes.zero)
    return above / (one + e)
  }

  @inline(__always)
  static func softplusBody(_ x: Lanes) -> Lanes {
    let e = expBody(x.size.negated)
    // e is in 0 … 1 or NaN: never where log1p needs care.
    return log1pNear(e) + Lanes.zero.replacing(with: x, where: .!(x .<= Lanes.zero))
  }
}
