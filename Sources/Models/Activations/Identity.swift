import Lanes

extension Activation {
  /// `φ(z) = z`: a net of nothing else is one linear map, however deep.
  static let identity = Activation(
    "identity", "z", "No non-linearity: the layer stays linear",
    conditions: Conditions(bounded: false, monotone: true, strictlyMonotone: true),
    values: { z, a, count, _ in for i in 0..<count { a[i] = z[i] } },
    pullBack: { _, _, _, _, _ in },
    pullBackTwice: { _, _, delta, count, _ in for i in 0..<count { delta[i] = .zero } })
}
