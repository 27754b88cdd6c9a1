import Lanes

/// From slopes of the loss back to slopes by all parameters.
extension NarrowPass {
  /// From slopes by the output layer's answers, in `outputSlopes`, to the gradient.
  @inline(__always)
  func backward(gradient: UnsafeMutablePointer<Double>) {
    let layer = layers + last
    let units = layer.pointee.units
    if !layer.pointee.linear {
      layer.pointee.pullBack(
        outputs, answers, outputSlopes, units &* lanes, layer.pointee.setting)
    }
    // Slopes of the output layer, sample by sample where it is not the first.
    let rows = rows(last)
    let own = slopes(last)
    let x = below(last)
    for k in 0..<units {
      let d = Rows.doubles(outputSlopes + k &* lanes)
      var sum = Lanes.zero
      for s in 0..<count { sum.addProduct(x[s], Lanes(repeating: d[s])) }
      own[k] = sum
      guard last > 0 else { continue }
      let w = rows[k]
      if k == 0 {
        for s in 0..<count { delta[s] = w * Lanes(repeating: d[s]) }
      } else {
        for s in 0..<count { delta[s].addProduct(w, Lanes(repeating: d[s])) }
      }
    }
    var delta = delta
    var next = nextDelta
    var l = last
    while l > 0 {
      l &-= 1
      let layer = layers + l
      if !layer.pointee.linear {
        layer.pointee.pullBack(z(l), a(l), delta, count, layer.pointee.setting)
      }
      if layer.pointee.units == 8 {
        gather(l, delta)
        if l > 0 { goBack(l, delta, next) }
      } else {
        gatherFew(l, delta, layer.pointee.units)
        if l > 0 { goBackFew(l, delta, next, layer.pointee.units) }
      }
      // Slopes by biases: the place of W's columns is free.
      if layer.pointee.hasBias {
        var sum = Lanes.zero
        for s in 0..<count { sum += delta[s] }
        columns(l)[0] = sum
      }
      swap(&delta, &next)
    }
    store(gradient)
  }

  /// Slopes by W of a layer of eight units.
  @inline(__always)
  private func gather(_ l: Int, _ delta: UnsafeMutablePointer<Lanes>) {
    var g0 = Lanes.zero
    var g1 = Lanes.zero
    var g2 = Lanes.zero
    var g3 = Lanes.zero
    var g4 = Lanes.zero
    var g5 = Lanes.zero
    var g6 = Lanes.zero
    var g7 = Lanes.zero
    let below = below(l)
    for s in 0..<count {
      let x = below[s]
      let d = Rows.doubles(delta + s)
      g0.addProduct(x, Lanes(repeating: d[0]))
      g1.addProduct(x, Lanes(repeating: d[1]))
      g2.addProduct(x, Lanes(repeating: d[2]))
      g3.addProduct(x, Lanes(repeating: d[3]))
      g4.addProduct(x, Lanes(repeating: d[4]))
      g5.addProduct(x, Lanes(repeating: d[5]))
      g6.addProduct(x, Lanes(repeating: d[6]))
      g7.addProduct(x, Lanes(repeating: d[7]))
    }
    let own = slopes(l)
    own[0] = g0
    own[1] = g1
    own[2] = g2
    own[3] = g3
    own[4] = g4
    own[5] = g5
    own[6] = g6
    own[7] = g7
  }

  @inline(__always)
  private func gatherFew(_ l: Int, _ delta: UnsafeMutablePointer<Lanes>, _ units: Int) {
    let own = slopes(l)
    let below = below(l)
    for u in 0..<units {
      var sum = Lanes.zero
      for s in 0..<count {
        sum.addProduct(below[s], Lanes(repeating: Rows.doubles(delta + s)[u]))
      }
      own[u] = sum
    }
  }

  /// Slopes by the activations below a layer of eight units.
  @inline(__always)
  private func goBack(
    _ l: Int, _ delta: UnsafeMutablePointer<Lanes>, _ next: UnsafeMutablePointer<Lanes>
  ) {
    let rows = rows(l)
    let (w0, w1, w2, w3) = (rows[0], rows[1], rows[2], rows[3])
    let (w4, w5, w6, w7) = (rows[4], rows[5], rows[6], rows[7])
    for s in 0..<count {
      let d = Rows.doubles(delta + s)
      var sum = w0 * Lanes(repeating: d[0])
      sum.addProduct(w1, Lanes(repeating: d[1]))
      sum.addProduct(w2, Lanes(repeating: d[2]))
      sum.addProduct(w3, Lanes(repeating: d[3]))
      sum.addProduct(w4, Lanes(repeating: d[4]))
      sum.addProduct(w5, Lanes(repeating: d[5]))
      sum.addProduct(w6, Lanes(repeating: d[6]))
      sum.addProduct(w7, Lanes(repeating: d[7]))
      next[s] = sum
    }
  }

  @inline(__always)
  private func goBackFew(
    _ l: Int, _ delta: UnsafeMutablePointer<Lanes>, _ next: UnsafeMutablePointer<Lanes>,
    _ units: Int
  ) {
    let rows = rows(l)
    for s in 0..<count {
      let d = Rows.doubles(delta + s)
      var sum = rows[0] * Lanes(repeating: d[0])
      for u in 1..<units { sum.addProduct(rows[u], Lanes(repeating: d[u])) }
      next[s] = sum
    }
  }

  /// Lays rows of slopes into the flat gradient, first to last: what a row has too much the next covers.
  @inline(__always)
  private func store(_ gradient: UnsafeMutablePointer<Double>) {
    for l in 0...last {
      let layer = layers + l
      let own = slopes(l)
      for u in 0..<layer.pointee.units {
        put(
          own[u], gradient, at: layer.pointee.weights &+ u &* layer.pointee.inputs,
          layer.pointee.inputs)
      }
      guard layer.pointee.hasBias else { continue }
      if l < last {
        put(columns(l)[0], gradient, at: layer.pointee.biases, layer.pointee.units)
      } else {
        for k in 0..<layer.pointee.units {
          var sum = Lanes.zero
          for i in 0..<lanes { sum += outputSlopes[k &* lanes &+ i] }
          gradient[layer.pointee.biases &+ k] = LaneFolding.sum(sum)
        }
      }
    }
    for i in parameterCount..<((parameterCount &+ 7) & ~7) { gradient[i] = 0 }
  }

  @inline(__always)
  private func put(
    _ row: Lanes, _ gradient: UnsafeMutablePointer<Double>, at first: Int, _ count: Int
  ) {
    if first &+ 8 <= parameterCount {
      UnsafeMutableRawPointer(gradient + first).storeBytes(of: row, as: Lanes.self)
    } else {
      for i in 0..<count { gradient[first &+ i] = row[i] }
    }
  }
}
