import Lanes

/// What views show of a Boltzmann machine.
extension BoltzmannMachine {
  /// log Z: the logarithm of the sum of exp(−E) over all states.
  package func logPartition(at parameters: [Double]) -> Double {
    parameters.withUnsafeBufferPointer { buffer in
      guard let p = buffer.baseAddress else { return 0 }
      return logSum { logWeight(state: $0, visible: nil, at: p) }
    }
  }

  /// The free energy of a pattern: −log of its unnormalised probability.
  package func freeEnergy(_ pattern: [Double], at parameters: [Double]) -> Double {
    precondition(pattern.count == visible && parameters.count == parameterCount)
    return parameters.withUnsafeBufferPointer { p in
      pattern.withUnsafeBufferPointer { v in
        guard let p = p.baseAddress, let v = v.baseAddress else { return 0 }
        return -logSum { logWeight(state: $0, visible: v, at: p) }
      }
    }
  }

  /// The probability of a pattern.
  package func probability(_ pattern: [Double], at parameters: [Double]) -> Double {
    Elementary.exp(-freeEnergy(pattern, at: parameters) - logPartition(at: parameters))
  }

  /// p(h = 1 | v) of a restricted machine; of a deep one, the mean field that one pass from zero top units gives.
  package func hiddenProbabilities(_ pattern: [Double], at parameters: [Double]) -> [Double] {
    precondition(pattern.count == visible && parameters.count == parameterCount)
    return (0..<hidden).map { j in
      var z = parameters[visible * hidden + visible + j]
      for i in 0..<visible { z = z.addingProduct(parameters[i * hidden + j], pattern[i]) }
      return Elementary.sigmoid(z)
    }
  }

  /// The mean-field fixed point of both hidden layers for a pattern: `μ1 = σ(b + vᵀW + U μ2)`, `μ2 = σ(d + μ1ᵀU)`.
  ///
  /// Iterated from ½ until nothing changes by more than 1e-15, at most `most` times.
  package func meanField(
    _ pattern: [Double], at parameters: [Double], most: Int = 1000
  ) -> (first: [Double], second: [Double]) {
    precondition(pattern.count == visible && parameters.count == parameterCount)
    let b = visible * hidden + visible
    let u = b + hidden
    let d = u + hidden * top
    var first = [Double](repeating: 0.5, count: hidden)
    var second = [Double](repeating: 0.5, count: top)
    for _ in 0..<most {
      var change = 0.0
      for j in 0..<hidden {
        var z = parameters[b + j]
        for i in 0..<visible { z = z.addingProduct(parameters[i * hidden + j], pattern[i]) }
        for k in 0..<top { z = z.addingProduct(parameters[u + j * top + k], second[k]) }
        let next = Elementary.sigmoid(z)
        change = max(change, abs(next - first[j]))
        first[j] = next
      }
      for k in 0..<top {
        var z = parameters[d + k]
        for j in 0..<hidden { z = z.addingProduct(parameters[u + j * top + k], first[j]) }
        let next = Elementary.sigmoid(z)
        change = max(change, abs(next - second[k]))
        second[k] = next
      }
      if !(change > 1e-15) { break }
    }
    return (first, second)
  }

  /// The mean visible pattern that a state of the hidden layer paints: p(v = 1 | h), one number a visible unit.
  package func painted(by state: [Double], at parameters: [Double]) -> [Double] {
    precondition(state.count == hidden && parameters.count == parameterCount)
    return (0..<visible).map { i in
      var z = parameters[visible * hidden + i]
      for j in 0..<hidden { z = z.addingProduct(parameters[i * hidden + j], state[j]) }
      return Elementary.sigmoid(z)
    }
  }
}
