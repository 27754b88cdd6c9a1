import Lanes

/// What views show of a Boltzmann machine.
extension BoltzmannMachine {
  /// log Z: the logarithm of the sum of exp(−E) over all states.
  package func logPartition(at parameters: [Double]) -> Double {
    precondition(parameters.count == parameterCount)
    return inSpace(parameters) { p, space in sumStates(at: p, space) }
  }

  /// The free energy of a pattern: −log of its unnormalised probability.
  package func freeEnergy(_ pattern: [Double], at parameters: [Double]) -> Double {
    precondition(pattern.count == visible && parameters.count == parameterCount)
    let columns = pattern.map { Lanes(repeating: $0) }
    return inSpace(parameters) { p, space in
      if top > 0 { _ = sumStates(at: p, space) }
      return columns.withUnsafeBufferPointer { columns in
        guard let v = columns.baseAddress else { return 0 }
        let chunk = SampleChunk(
          inputs: v, inputStride: 1, targets: v, targetStride: 1, count: 1)
        return -logWeights(chunk, at: p, space)[0]
      }
    }
  }

  private func inSpace(
    _ parameters: [Double], _ body: (UnsafePointer<Double>, Space) -> Double
  ) -> Double {
    var scratch = Vector(zeros: scratchCount(batch: 1))
    return parameters.withUnsafeBufferPointer { p in
      scratch.withUnsafeMutablePointer { scratch in
        guard let p = p.baseAddress else { return 0 }
        return body(p, space(scratch))
      }
    }
  }

  /// The probability of a pattern.
  package func probability(_ pattern: [Double], at parameters: [Double]) -> Double {
    Elementary.exp(-freeEnergy(pattern, at: parameters) - logPartition(at: parameters))
  }

  /// p(h = 1 | v) of a restricted machine; of a deep one, the mean field that one pass from zero
  /// top units gives.
  package func hiddenProbabilities(_ pattern: [Double], at parameters: [Double]) -> [Double] {
    precondition(pattern.count == visible && parameters.count == parameterCount)
    return (0..<hidden).map { j in
      var z = parameters[visible * hidden + visible + j]
      for i in 0..<visible { z = z.addingProduct(parameters[i * hidden + j], pattern[i]) }
      return Elementary.sigmoid(z)
    }
  }

  /// The mean-field fixed point of both hidden layers for a pattern: `μ1 = σ(b + vᵀW + U μ2)`, `μ2
  /// = σ(d + μ1ᵀU)`.
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

  /// The mean visible pattern that a state of the hidden layer paints: p(v = 1 | h), one number a
  /// visible unit.
  package func painted(by state: [Double], at parameters: [Double]) -> [Double] {
    precondition(state.count == hidden && parameters.count == parameterCount)
    return (0..<visible).map { i in
      var z = parameters[visible * hidden + i]
      for j in 0..<hidden { z = z.addingProduct(parameters[i * hidden + j], state[j]) }
      return Elementary.sigmoid(z)
    }
  }
}
