import Lanes

extension Activation {
  /// `φ(z) = z tanh(log(1 + e^z))` (Misra, 2019). With t the tanh, s = σ(z) and q = (1 − t²) s: `φ'
  /// = t + z q`, `φ'' = 2q + z q (1 − s − 2 t s)`.
  static let mish = Activation(
    "mish", "z tanh(log(1 + e^z))",
    "Smooth, slightly negative left of 0, a little steeper than SiLU",
    conditions: Conditions(bounded: false, monotone: false, strictlyMonotone: false),
    isRectifier: true, range: -0.3088434130172505 ... .infinity,
    values: { z, a, count, _ in
      Rows.softplus(z, a, count: count)
      Rows.tanh(a, a, count: count)
      for i in 0..<count { a[i] *= z[i] }
    },
    pullBack: { z, _, delta, count, _ in
      mishParts(z, count) { start, block, t, s in
        for i in 0..<block {
          delta[start + i] *= t[i].addingProduct(within(z[start + i], 1000), gate(t[i], s[i]))
        }
      }
    },
    pullBackTwice: { z, _, delta, count, _ in
      mishParts(z, count) { start, block, t, s in
        for i in 0..<block {
          let (t, s) = (t[i], s[i])
          let bent = 1 - s - 2 * t * s
          delta[start + i] *=
            gate(t, s) * Lanes(repeating: 2).addingProduct(within(z[start + i], 1000), bent)
        }
      }
    })

  /// (1 − t²) s, the derivative of t = tanh(softplus z).
  @inline(__always)
  private static func gate(_ t: Lanes, _ s: Lanes) -> Lanes { (1 - t) * (1 + t) * s }

  /// Computes tanh(softplus z) and σ(z) in blocks and hands them on.
  @inline(__always)
  private static func mishParts(
    _ z: UnsafePointer<Lanes>, _ count: Int,
    _ body: (
      _ start: Int, _ block: Int, _ t: UnsafePointer<Lanes>, _ s: UnsafePointer<Lanes>
    ) -> Void
  ) {
    Rows.inBlocks(of: count, rows: 2) { space, start, block in
      Rows.softplus(z + start, space, count: block)
      Rows.tanh(space, space, count: block)
      Rows.sigmoid(z + start, space + 8, count: block)
      body(start, block, space, space + 8)
    }
  }
}
