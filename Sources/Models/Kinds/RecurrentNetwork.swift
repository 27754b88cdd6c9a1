import Lanes

/// An Elman network that reads a sequence and answers after its last element.
///
/// `h_t = tanh(Wx x_t + Wh h_{t−1} + b)`, `h_{−1} = 0`, `y_t = Wy h_t + c`. Learned by back-propagation through time. Flat
/// parameters: Wx (units × inputs) row by row, Wh (units × units), b, Wy (units), c. Elman, "Finding structure in time",
/// Cognitive Science 14 (1990).
package struct RecurrentNetwork: SampleObjective {
  /// What the answer is compared with.
  package enum Answer: String, Sendable, CaseIterable {
    /// One bit, after the last element; binary cross-entropy of the logit.
    case lastBit
    /// A number after each element; half the mean of squared differences would hide the scale, so the plain mean is taken.
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
  }

  private var whOffset: Int { units * elementCount }
  private var bOffset: Int { whOffset + units * units }
  private var wyOffset: Int { bOffset + units }
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

  package var sampleScratch: Int { (length + 1) * units + 2 * units + length }

  /// Hidden states and answers, element by element.
  package struct Trace: Sendable, Equatable {
    /// `units` numbers an element.
    package var hidden: [[Double]]
    /// One logit or value an element.
    package var outputs: [Double]
    /// How much each state still depends on the first element: ∂h_t/∂x_0[0], `units` numbers an element.
    package var memory: [[Double]]
  }

  /// Follows a sequence of any length through the network, with the forward derivative by its first number.
  package func trace(_ sequence: [Double], at p: [Double]) -> Trace {
    precondition(sequence.count % elementCount == 0 && p.count == parameterCount)
    var trace = Trace(hidden: [], outputs: [], memory: [])
    var h = [Double](repeating: 0, count: units)
    var dh = h
    for t in 0..<sequence.count / elementCount {
      // New arrays, not copies of the last state to be written over: with those, optimised builds (seen with Swift 6.3)
      // gave wrong states, as if the writes reached the states that the trace already holds.
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

  package func visit(
    input: UnsafePointer<Double>, target: UnsafePointer<Double>,
    at p: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Double>
  ) -> (loss: Double, correct: Bool?) {
    let states = scratch  // (length + 1) × units; the first row is the state before the sequence.
    let back = scratch + (length + 1) * units
    let through = back + units
    let errors = through + units
    states.update(repeating: 0, count: units)
    for t in 0..<length {
      let before = states + t * units
      let now = before + units
      for i in 0..<units {
        var z = p[bOffset + i]
        for j in 0..<elementCount {
          z = z.addingProduct(p[i * elementCount + j], input[t * elementCount + j])
        }
        for j in 0..<units { z = z.addingProduct(p[whOffset + i * units + j], before[j]) }
        now[i] = Elementary.tanh(z)
      }
    }
    let (loss, correct) = judge(states: states, target: target, at: p, errors: errors)
    guard let gradient else { return (loss, correct) }

    back.update(repeating: 0, count: units)
    for t in stride(from: length - 1, through: 0, by: -1) {
      let before = states + t * units
      let now = before + units
      let error = errors[t]
      gradient[wyOffset + units] += error
      for i in 0..<units {
        gradient[wyOffset + i] = gradient[wyOffset + i].addingProduct(error, now[i])
        let arriving = back[i].addingProduct(error, p[wyOffset + i])
        through[i] = arriving * (1 - now[i] * now[i])
      }
      back.update(repeating: 0, count: units)
      for i in 0..<units {
        let delta = through[i]
        gradient[bOffset + i] += delta
        for j in 0..<elementCount {
          let w = i * elementCount + j
          gradient[w] = gradient[w].addingProduct(delta, input[t * elementCount + j])
        }
        for j in 0..<units {
          let w = whOffset + i * units + j
          gradient[w] = gradient[w].addingProduct(delta, before[j])
          back[j] = back[j].addingProduct(delta, p[w])
        }
      }
    }
    return (loss, correct)
  }

  /// The loss of the answers, and its gradient by each answer in `errors`.
  private func judge(
    states: UnsafePointer<Double>, target: UnsafePointer<Double>, at p: UnsafePointer<Double>,
    errors: UnsafeMutablePointer<Double>
  ) -> (loss: Double, correct: Bool?) {
    func output(_ t: Int) -> Double {
      let now = states + (t + 1) * units
      var y = p[wyOffset + units]
      for i in 0..<units { y = y.addingProduct(p[wyOffset + i], now[i]) }
      return y
    }
    errors.update(repeating: 0, count: length)
    switch answer {
    case .lastBit:
      let z = output(length - 1)
      errors[length - 1] = Elementary.sigmoid(z) - target[0]
      return (Elementary.softplus(z) - target[0] * z, (z >= 0) == (target[0] >= 0.5))
    case .everyValue:
      var sum = 0.0
      for t in 0..<length {
        let difference = output(t) - target[t]
        sum = sum.addingProduct(difference, difference)
        errors[t] = 2 * difference / Double(length)
      }
      return (sum / Double(length), nil)
    }
  }
}
