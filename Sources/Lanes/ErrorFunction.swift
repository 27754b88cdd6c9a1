extension Elementary {
  /// The error function 2/√π·∫₀ˣ e^(−t²) dt.
  package static func erf(_ x: Lanes) -> Lanes { one(x) { erfBody($0) } }

  /// The same of one number.
  package static func erf(_ x: Double) -> Double { erf(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func erf(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { erfBody($0) }
  }
}

extension Elementary {
  @inline(__always)
  static func erfBody(_ x: Wide) -> Wide {
    // Below 1: x·(1 + P(x²)). Above: 1 − e^(−x²)·Q((x − 2)/(x + 2)), which is 1 from 6 on.
    let a = x.size.atMost(6)
    let one = Wide(repeating: 1)
    let two = Wide(repeating: 2)
    let z = a * a
    let z2 = z * z
    let z4 = z2 * z2
    let p0 = Wide.polynomial(
      0x1.06eba8214db69p-3, -0x1.812746b037a3ep-2, 0x1.ce2f21a048405p-4, -0x1.b82ce314b9d3ap-6,
      at: z, z2)
    let p4 = Wide.polynomial(
      0x1.565bcd82e8dcfp-8, -0x1.c02dd0f8cd495p-11, 0x1.f9a7d1a854f5fp-14, -0x1.f554f4d0b8a9cp-17,
      at: z, z2)
    let p8 = Wide.polynomial(
      0x1.c3d91004a8949p-20, -0x1.e808a887fd003p-23, 0x1.888823dceedd7p-24, -0x1.153f4ff05009dp-24,
      at: z, z2)
    let p12 = Wide.polynomial(
      0x1.26e0baadfac6bp-25, -0x1.76a96a90a9dacp-27, 0x1.a9c79b7cadb54p-30, at: z, z2)
    let z8 = z4 * z4
    let p = p0.addingProduct(p4, z4)
      .addingProduct(p8.addingProduct(p12, z4), z8)
    let near = a.addingProduct(a, p)
    let t = (a - two) / (a + two)
    let t2 = t * t
    let t4 = t2 * t2
    let q0 = Wide.polynomial(
      0x1.058671b52c776p-2, -0x1.b57034efd3f72p-2, 0x1.eeea7dc8a78b4p-3, -0x1.437f0b68c0c2ap-4,
      at: t, t2)
    let q4 = Wide.polynomial(
      0x1.e94715979ef4fp-9, 0x1.ca95ed534645ap-8, -0x1.bc25a47c499d5p-11, -0x1.016b5ce6972c5p-10,
      at: t, t2)
    let q8 = Wide.polynomial(
      0x1.6d5efb09492eap-15, 0x1.6da96c1457605p-13, 0x1.cdcb51b03b50fp-16, -0x1.ceada1c03345fp-16,
      at: t, t2)
    let q12 = Wide.polynomial(
      -0x1.d461ddbd800c8p-17, 0x1.6edc157c08c73p-20, 0x1.ed1d28317c86bp-19, 0x1.4aac5ec6000f7p-20,
      at: t, t2)
    let q16 = Wide(repeating: -0x1.1367fcdb2d285p-26)
    let t8 = t4 * t4
    let q = q0.addingProduct(q4, t4)
      .addingProduct(q8.addingProduct(q12.addingProduct(q16, t4), t4), t8)
    let far = one.addingProduct(expNear(z.negated).negated, q)
    return far.replacing(with: near, where: a .< one).signed(x.signs)
      .replacing(with: x + x, where: x .!= x)
  }
}
