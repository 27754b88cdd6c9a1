import Lanes

/// An Elman network that reads a sequence and answers after its last element.
///
/// `h_t = tanh(Wx x_t + Wh h_{t−1} + b)`, `h_{−1} = 0`, `y_t = Wy h_t + c`. Learned by
/// back-propagation through time. Flat parameters: Wx (units × inputs) row by row, Wh (units ×
/// units), b, Wy (units), c. Elman, "Finding structure in time", Cognitive Science 14 (1990).
package struct RecurrentNetwork: SampleObjective {
  /// What the answer is compared with.
  package enum Answer: String, Sendable, CaseIterable {
    /// One bit, after the last element; binary cross-entropy of the logit.
    case lastBit
    /// A number after each element; half the mean of squared differences would hide the scale, so
    /// the plain mean is taken.
    case everyValue
  }

  /// Numbers per element of the sequence.
  package let elementCount: Int
  /// Elements per sequence.
  package let length: Int
  /// Hidden units.
  package let units: Int
  /// What is learned.
  package let answer: Answer
  package let train: Samples
  package let test: Samples
  package let tables: SampleTables

  /// A network; inputs of a sample are its elements one after another.
  package init(
    elementCount: Int, length: Int, units: Int, answer: Answer, train: Samples, test: Samples
  ) {
    precondition(elementCount > 0 && length > 0 && units > 0)
    precondition(train.inputCount == elementCount * length)
    precondition(train.targetCount == (answer == .lastBit ? 1 : length))
    self.elementCount = elementCount
    self.length = length
    self.units = units
    self.answer = answer
    self.train = train
    self.test = test
    tables = SampleTables(train: train, test: test)
  }

  var whOffset: Int { units * elementCount }
  var bOffset: Int { whOffset + units * units }
  var wyOffset: Int { bOffset + units }
  package var parameterCount: Int { wyOffset + units + 1 }

  package var layout: ParameterLayout {
    ParameterLayout([
      .block("wx", [units, elementCount], role: .weights, layer: 0),
      .block("wh", [units, units], role: .weights, layer: 0),
      .block("b", [units], role: .biases, layer: 0),
      .block("wy", [units], role: .weights, layer: 1),
      .block("c", [], role: .biases, layer: 1),
    ])
  }

  package var kind: ObjectiveKind { .recurrent(self) }

  package var hasClasses: Bool { answer == .lastBit }

  /// Hidden states and answers, element by element.
  package struct Trace: Sendable, Equatable {
    /// `units` numbers an element.
    package var hidden: [[Double]]
    /// One logit or value an element.
    package var outputs: [Double]
    /// How much each state still depends on the first element: ∂h_t/∂x_0[0], `units` numbers an
    /// element.
    package var memory: [[Double]]
  }

  /// Follows a sequence of any length through the network, with the forward derivative by its first
  /// number.
  package func trace(_ sequence: [Double], at p: [Double]) -> Trace {
    precondition(sequence.count % elementCount == 0 && p.count == parameterCount)
    var trace = Trace(hidden: [], outputs: [], memory: [])
    var h = [Double](repeating: 0, count: units)
    var dh = h
    for t in 0..<sequence.count / elementCount {
      // New arrays, not copies of the last state to be written over: with those, optimised builds
      // (seen with Swift 6.3) gave wrong states, as if the writes reached the states that the trace
      // already holds.
      var next: [Double] = []
      var gradient: [Double] = []
      next.reserveCapacity(units)
      gradient.reserveCapacity(units)
      for i in 0..<units {
        var z = p[bOffset + i]
        var dz = t == 0 ? p[i * elementCount] : 0
        for j in 0..<elementCount {
          z = z.addingProduct(p[i * elementCount + j], sequence[t * elementCount + j])
        }
        for j in 0..<units {
          z = z.addingProduct(p[whOffset + i * units + j], h[j])
          dz = dz.addingProduct(p[whOffset + i * units + j], dh[j])
        }
        let state = Elementary.tanh(z)
        next.append(state)
        gradient.append(dz * (1 - state * state))
      }
      h = next
      dh = gradient
      var y = p[wyOffset + units]
      for i in 0..<units { y = y.addingProduct(p[wyOffset + i], h[i]) }
      trace.hidden.append(h)
      trace.outputs.append(y)
      trace.memory.append(dh)
    }
    return trace
  }
}
