import Lanes

extension Activation {
  /// `φ(z) = z/2·(1 + tanh u)` with `u = √(2/π) (z + 0.044715 z³)`: the approximation of `gelu`
  /// that GPT-2 and BERT use (Hendrycks and Gimpel, 2016); at most 5·10⁻⁴ away from it.
  ///
  /// It is computed as z σ(v), v = 2u: `φ' = σ + z σ'`, `φ'' = 2σ' + z σ''` with `σ' = σ(1 − σ) v'`
  /// and `σ'' = σ(1 − σ) ((1 − 2σ) v'² + v'')`.
  static let geluTanh = Activation(
    "gelu_tanh", "z/2 (1 + tanh(√(2/π) (z + 0.044715 z³)))",
    "The usual approximation of GELU by tanh",
    conditions: Conditions(bounded: false, monotone: false, strictlyMonotone: false),
    isRectifier: true, range: -0.17004075057125406 ... .infinity,
    values: { z, a, count, _ in
      for i in 0..<count { a[i] = doubledArgument(z[i]) }
      Rows.sigmoid(a, a, count: count)
      for i in 0..<count { a[i] *= z[i] }
    },
    pullBack: { z, _, delta, count, _ in
      Rows.inBlocks(of: count) { space, start, block in
        for i in 0..<block { space[i] = doubledArgument(z[start + i]) }
        Rows.sigmoid(space, space, count: block)
        for i in 0..<block {
          let z = within(z[start + i], 40)
          let s = space[i]
          let first = factor * Lanes(repeating: 1).addingProduct(3 * cubic * z, z)
          delta[start + i] *= s.addingProduct(z * first, s * (1 - s))
        }
      }
    },
    pullBackTwice: { z, _, delta, count, _ in
      // The product of σ and 1 − σ keeps its digits where σ is nearly 1.
      Rows.inBlocks(of: count) { space, start, block in
        for i in 0..<block {
          let argument = doubledArgument(z[start + i])
          space[i] = argument.replacing(with: -argument, where: argument .> 0)
        }
        Rows.sigmoid(space, space, count: block)
        for i in 0..<block {
          let isRight = z[start + i] .> 0
          let z = within(z[start + i], 40)
          let small = space[i]
          let s = small.replacing(with: 1 - small, where: isRight)
          let first = factor * Lanes(repeating: 1).addingProduct(3 * cubic * z, z)
          let second = factor * 6 * cubic * z
          let bent = second.addingProduct((1 - 2 * s) * first, first)
          delta[start + i] *= small * (1 - small) * (2 * first).addingProduct(z, bent)
        }
      }
    })

  /// v = 2√(2/π)·(z + 0.044715 z³).
  @inline(__always)
  private static func doubledArgument(_ z: Lanes) -> Lanes {
    factor * z.addingProduct(cubic * z * z, z)
  }

  /// 2√(2/π).
  private static var factor: Double { 1.5957691216057308 }
  private static var cubic: Double { 0.044715 }
}
