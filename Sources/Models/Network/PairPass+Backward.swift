import CLanes
import Lanes

/// From gradients of the loss back to gradients by all parameters.
extension PairPass {
  /// From gradients by the output layer's answers, in `outputGradients`, to slots; `goesOn` adds to
  /// what they hold.
  @inline(__always)
  func backward(goesOn: Bool) {
    let layer = layers + last
    if !layer.pointee.linear {
      layer.pointee.pullBack(
        outputs, answers, outputGradients, layer.pointee.units &* lanes, layer.pointee.setting)
    }
    var held = delta
    var free = nextDelta
    var l = last
    if last > 0, layer.pointee.units == 1, (layer - 1).pointee.isTanh {
      l &-= 1
      descendFromOne(l, held, goesOn)
    } else {
      begin(layer, plan + last, held, goesOn)
    }
    while l > 0 {
      l &-= 1
      let layer = layers + l
      let gradients = UnsafePointer(held)
      if layer.pointee.isTanh {
        let a = a(l)
        descend(l, free, goesOn) { Activation.throughTanh(gradients[$0], a[$0]) }
      } else {
        if !layer.pointee.linear {
          layer.pointee.pullBack(z(l), a(l), held, vectors, layer.pointee.setting)
        }
        descend(l, free, goesOn) { gradients[$0] }
      }
      swap(&held, &free)
    }
  }

  /// The gradients of two samples by an output, each in four places.
  @inline(__always)
  private func outputGradient(_ k: Int, _ v: Int) -> Lanes {
    let d = Rows.doubles(outputGradients + k &* lanes) + 2 &* v
    return glissade_low_halves(Lanes(repeating: d[0]), Lanes(repeating: d[1]))
  }

  /// The weights of a unit of the output layer.
  @inline(__always)
  private func outputRow(_ k: Int) -> Lanes {
    let own = plan + last
    return glissade_pick(
      load(own.pointee.weights.low), load(own.pointee.weights.high), picks[own.pointee.rows &+ k])
  }

  /// Gradients of the output layer, and by the activations below it.
  @inline(__always)
  private func begin(
    _ layer: UnsafePointer<LayerKernel>, _ own: UnsafePointer<PairPlan.Layer>,
    _ next: UnsafeMutablePointer<Lanes>, _ goesOn: Bool
  ) {
    let x = below(last)
    for k in 0..<layer.pointee.units {
      let row = outputRow(k)
      let slot = slots + (own.pointee.slot &+ k)
      let biasSlot = slots + (own.pointee.biasSlot &+ k)
      var sum = goesOn ? slot[0] : .zero
      var biases = goesOn ? biasSlot[0] : .zero
      for v in 0..<vectors {
        let gradient = outputGradient(k, v)
        sum.addProduct(x[v], gradient)
        biases += gradient
        if last > 0 { next[v] = k == 0 ? row * gradient : next[v].addingProduct(row, gradient) }
      }
      slot[0] = sum
      biasSlot[0] = biases
    }
  }

  /// The same for one output and the layer of tanh below it in one go, so that no gradient waits in
  /// memory.
  @inline(__always)
  private func descendFromOne(_ l: Int, _ next: UnsafeMutablePointer<Lanes>, _ goesOn: Bool) {
    let own = plan + last
    let row = outputRow(0)
    let slot = slots + own.pointee.slot
    let biasSlot = slots + own.pointee.biasSlot
    let a = a(l)
    var sum = goesOn ? slot[0] : .zero
    var biases = goesOn ? biasSlot[0] : .zero
    descend(l, next, goesOn) { v in
      let gradient = outputGradient(0, v)
      let a = a[v]
      sum.addProduct(a, gradient)
      biases += gradient
      return Activation.throughTanh(row * gradient, a)
    }
    slot[0] = sum
    biasSlot[0] = biases
  }

  /// Gradients by the parameters of a hidden layer, and by the activations below it, from those by
  /// its pre-activations.
  @inline(__always)
  private func descend(
    _ l: Int, _ next: UnsafeMutablePointer<Lanes>, _ goesOn: Bool, gradients: (_ v: Int) -> Lanes
  ) {
    let own = plan + l
    let width = (layers + l).pointee.inputs
    let units = (layers + l).pointee.units
    let x = below(l)
    let low = load(own.pointee.weights.low)
    let high = load(own.pointee.weights.high)
    let pick = picks + own.pointee.rows
    let w0 = l > 0 ? glissade_pick(low, high, pick[0]) : .zero
    let w1 = l > 0 && units > 1 ? glissade_pick(low, high, pick[1]) : .zero
    let w2 = l > 0 && units > 2 ? glissade_pick(low, high, pick[2]) : .zero
    let w3 = l > 0 && units > 3 ? glissade_pick(low, high, pick[3]) : .zero
    let slot = slots + own.pointee.slot
    let biasSlot = slots + own.pointee.biasSlot
    var g0 = goesOn ? slot[0] : .zero
    var g1 = goesOn && width > 1 ? slot[1] : .zero
    var g2 = goesOn && width > 2 ? slot[2] : .zero
    var g3 = goesOn && width > 3 ? slot[3] : .zero
    var biases = goesOn ? biasSlot[0] : .zero
    for v in 0..<vectors {
      let d = gradients(v)
      let x = x[v]
      g0.addProduct(d, glissade_spread0(x))
      if width > 1 { g1.addProduct(d, glissade_spread1(x)) }
      if width > 2 { g2.addProduct(d, glissade_spread2(x)) }
      if width > 3 { g3.addProduct(d, glissade_spread3(x)) }
      biases += d
      guard l > 0 else { continue }
      var sum = w0 * glissade_spread0(d)
      if units > 1 { sum.addProduct(w1, glissade_spread1(d)) }
      if units > 2 { sum.addProduct(w2, glissade_spread2(d)) }
      if units > 3 { sum.addProduct(w3, glissade_spread3(d)) }
      next[v] = sum
    }
    slot[0] = g0
    if width > 1 { slot[1] = g1 }
    if width > 2 { slot[2] = g2 }
    if width > 3 { slot[3] = g3 }
    biasSlot[0] = biases
  }

  /// The flat gradient out of the slots.
  @inline(__always)
  func store(_ plan: PairPlan, _ gradient: UnsafeMutablePointer<Double>) {
    let out = Rows.lanes(gradient)
    plan.pieces.withUnsafeBufferPointer { pieces in
      plan.ends.withUnsafeBufferPointer { ends in
        guard let pieces = pieces.baseAddress else { return }
        var piece = 0
        for block in 0..<ends.count {
          var numbers = Lanes.zero
          while piece < ends[block] {
            let (slot, pick) = (pieces[piece].slot, pieces[piece].pick)
            numbers = glissade_pick(glissade_fold(slots[slot]), numbers, picks[pick])
            piece &+= 1
          }
          out[block] = numbers
        }
      }
    }
  }
}
