package import Lanes

/// The two passes of a recurrent network, one sequence a lane.
///
/// Rows run over time, and within an element over lane blocks, so that sums over elements and
/// sequences are one chain: elements in rising order, then blocks, then across lanes.
extension RecurrentNetwork {
  /// Where things stand in scratch.
  private struct Space {
    let lanes: Int
    /// Lanes of a row of all elements.
    let row: Int
    /// Inputs of one number each: `elementCount` rows.
    let elements: UnsafeMutablePointer<Lanes>
    /// Hidden states, `units` rows of one element more: the first is the state before the sequence.
    let states: UnsafeMutablePointer<Lanes>
    /// Gradients by pre-activations, `units` rows.
    let deltas: UnsafeMutablePointer<Lanes>
    /// Answers, and gradients by them.
    let outputs: UnsafeMutablePointer<Lanes>
    let errors: UnsafeMutablePointer<Lanes>
    /// Gradients by the state before, `units` rows of one element.
    let back: UnsafeMutablePointer<Lanes>

    init(_ network: RecurrentNetwork, lanes: Int, _ scratch: UnsafeMutablePointer<Lanes>) {
      self.lanes = lanes
      row = network.length * lanes
      elements = scratch
      states = elements + network.elementCount * row
      deltas = states + network.units * (row + lanes)
      outputs = deltas + network.units * row
      errors = outputs + row
      back = errors + row
    }
  }

  package func chunkScratch(lanes: Int) -> Int {
    lanes * ((elementCount + 2 * units + 2) * length + 2 * units)
  }

  package func visit(
    _ chunk: SampleChunk, at p: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Lanes>
  ) -> SampleSums {
    let space = Space(self, lanes: chunk.lanes, scratch)
    forward(chunk, at: p, space)
    let sums = judge(chunk, at: p, space)
    if let gradient {
      backward(at: p, space)
      addGradients(space, to: gradient)
    }
    return sums
  }

  private func forward(_ chunk: SampleChunk, at p: UnsafePointer<Double>, _ space: Space) {
    let (lanes, row) = (space.lanes, space.row)
    for t in 0..<length {
      for j in 0..<elementCount {
        let from = chunk.inputs + (t &* elementCount &+ j) &* chunk.inputStride
        (space.elements + (j &* row &+ t &* lanes)).update(from: from, count: lanes)
      }
    }
    let stride = row &+ lanes
    for i in 0..<units { (space.states + i &* stride).update(repeating: .zero, count: lanes) }
    for t in 0..<length {
      let before = space.states + t &* lanes
      let now = before + lanes
      Multiply.rows(
        now, stride, units: units, lanes: lanes, p, unit: elementCount, step: 1,
        space.elements + t &* lanes, row, depth: elementCount, start: .bias, bias: p + bOffset)
      Multiply.rows(
        now, stride, units: units, lanes: lanes, p + whOffset, unit: units, step: 1, before, stride,
        depth: units, start: .sum, bias: p)
      for i in 0..<units { Rows.tanh(now + i &* stride, now + i &* stride, count: lanes) }
    }
  }

  /// The first lane of a row of outputs that is asked for: the last element's, or the first's.
  private func firstAsked(_ space: Space) -> Int {
    answer == .lastBit ? space.row &- space.lanes : 0
  }

  /// The losses of the answers, and their gradients by each answer.
  private func judge(_ chunk: SampleChunk, at p: UnsafePointer<Double>, _ space: Space)
    -> SampleSums
  {
    let (lanes, row) = (space.lanes, space.row)
    let first = firstAsked(space)
    let stride = row &+ lanes
    Multiply.rows(
      space.outputs + first, row, units: 1, lanes: row &- first, p + wyOffset, unit: units, step: 1,
      space.states + (lanes &+ first), stride, depth: units, start: .bias,
      bias: p + (wyOffset &+ units))
    var sums = SampleSums()
    switch answer {
    case .lastBit:
      let z = space.outputs + first
      let error = space.errors + first
      Rows.sigmoid(z, error, count: lanes)
      Rows.softplus(z, space.back, count: lanes)
      let one = Lanes(repeating: 1)
      for i in 0..<lanes {
        let target = chunk.targets[i]
        error[i] -= target
        sums.loss += chunk.real(space.back[i] - target * z[i], i)
        let said = Lanes.zero.replacing(with: one, where: z[i] .>= .zero)
        let wanted = Lanes.zero.replacing(with: one, where: target .>= Lanes(repeating: 0.5))
        sums.right += chunk.real(Lanes.zero.replacing(with: one, where: said .== wanted), i)
      }
      chunk.clearPadding(error, rows: 1, stride: lanes)
    case .everyValue:
      let count = Lanes(repeating: Double(length))
      for i in 0..<lanes {
        var sum = Lanes.zero
        for t in 0..<length {
          let target = chunk.targets[t &* chunk.targetStride &+ i]
          let difference = space.outputs[t &* lanes &+ i] - target
          sum.addProduct(difference, difference)
          space.errors[t &* lanes &+ i] = (difference + difference) / count
        }
        sums.loss += chunk.real(sum / count, i)
      }
      chunk.clearPadding(space.errors, rows: length, stride: lanes)
    }
    return sums
  }

  /// Gradients by pre-activations, from the last element to the first.
  private func backward(at p: UnsafePointer<Double>, _ space: Space) {
    let (lanes, row) = (space.lanes, space.row)
    let stride = row &+ lanes
    let first = firstAsked(space)
    let one = Lanes(repeating: 1)
    space.back.update(repeating: .zero, count: units &* lanes)
    for t in Swift.stride(from: length - 1, through: 0, by: -1) {
      let at = t &* lanes
      for i in 0..<units {
        let weight = Lanes(repeating: p[wyOffset &+ i])
        for k in 0..<lanes {
          var arriving = space.back[i &* lanes &+ k]
          if at >= first { arriving.addProduct(space.errors[at &+ k], weight) }
          let state = space.states[i &* stride &+ lanes &+ at &+ k]
          space.deltas[i &* row &+ at &+ k] = arriving * (one - state * state)
        }
      }
      guard t > 0 else { break }
      Multiply.rows(
        space.back, lanes, units: units, lanes: lanes, p + whOffset, unit: 1, step: units,
        space.deltas + at, row, depth: units, start: .zero, bias: p)
    }
  }

  private func addGradients(_ space: Space, to gradient: UnsafeMutablePointer<Double>) {
    let row = space.row
    let stride = row &+ space.lanes
    WeightGradient.add(
      space.deltas, row, units: units, space.elements, row, inputs: elementCount, lanes: row,
      weights: gradient)
    WeightGradient.add(
      space.deltas, row, units: units, space.states, stride, inputs: units, lanes: row,
      weights: gradient + whOffset)
    WeightGradient.addBiases(space.deltas, row, units: units, lanes: row, gradient + bOffset)
    let first = firstAsked(space)
    WeightGradient.add(
      space.errors + first, row, units: 1, space.states + (space.lanes &+ first), stride,
      inputs: units, lanes: row &- first, weights: gradient + wyOffset)
    WeightGradient.addBiases(
      space.errors + first, row, units: 1, lanes: row &- first, gradient + (wyOffset &+ units))
  }
}
