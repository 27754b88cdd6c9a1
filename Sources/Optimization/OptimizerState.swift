package import Lanes

/// All that an optimizer at work remembers, exactly: put into a chain of the same choice, it goes
/// on with the same bits.
package struct OptimizerState: Equatable, Sendable, Codable {
  /// A vector with its name.
  struct NamedVector: Equatable, Sendable, Codable {
    var name: String
    var values: ExactVector
  }
  /// A number with its name.
  struct NamedNumber: Equatable, Sendable, Codable {
    var name: String
    var value: ExactDouble
  }

  var vectors: [NamedVector]
  var numbers: [NamedNumber]
  var stepsTaken: Int
  var count: Int
  var firstEpoch: Int?

  /// Bytes of its vectors.
  package var byteCount: Int { vectors.reduce(0) { $0 + $1.values.byteCount } }
}

extension OptimizerChain {
  /// What the chain remembers, exactly.
  package var state: OptimizerState {
    get {
      let memory = memory
      return OptimizerState(
        vectors: memory.vectors.map { .init(name: $0.name, values: ExactVector($0.values)) },
        numbers: memory.numbers.map { .init(name: $0.name, value: ExactDouble($0.value)) },
        stepsTaken: stepsTaken, count: correctionCount, firstEpoch: firstEpoch)
    }
    set {
      reset()
      var memory = Memory()
      for vector in newValue.vectors { memory.append(vector.name, vector.values.vector) }
      for number in newValue.numbers { memory.append(number.name, number.value.value) }
      take(
        memory, stepsTaken: newValue.stepsTaken, count: newValue.count,
        firstEpoch: newValue.firstEpoch)
    }
  }
}
