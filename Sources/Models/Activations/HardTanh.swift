import Lanes

extension Activation {
  /// `φ(z) = min(max(z, −1), 1)`, with derivative 1 inside and 0 from ±1 on, as PyTorch has it
  /// (Collobert, 2004).
  static let hardTanh = Activation(
    "hard_tanh", "min(max(z, −1), 1)", "A tanh of straight lines: cheap, and flat beyond ±1",
    conditions: Conditions(bounded: true, monotone: true, strictlyMonotone: false), range: -1...1,
    values: { z, a, count, _ in for i in 0..<count { a[i] = within(z[i], 1) } },
    pullBack: { z, _, delta, count, _ in
      for i in 0..<count { delta[i].replace(with: 0, where: (z[i] .<= -1) .| (z[i] .>= 1)) }
    },
    pullBackTwice: { _, _, delta, count, _ in for i in 0..<count { delta[i] = .zero } })
}
