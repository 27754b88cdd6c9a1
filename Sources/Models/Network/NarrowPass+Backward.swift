import CLanes
import Lanes

/// From gradients of the loss back to gradients by all parameters.
extension NarrowPass {
  /// From gradients by the output layer's answers, in `outputGradients`, to slots; `goesOn` adds to
  /// what they hold.
  @inline(__always)
  func backward(goesOn: Bool) {
    let layer = layers + last
    if !layer.pointee.linear {
      layer.pointee.pullBack(
        outputs, answers, outputGradients, layer.pointee.units &* lanes, layer.pointee.setting)
    }
    var delta = delta
    var next = nextDelta
    // Gradients by a go through φ where they are made if φ is tanh, and where they arrive if not.
    var isThrough = (layer - 1).pointee.isTanh
    if isThrough {
      begin(layer, goesOn) { Activation.throughTanh($0, $1) }
    } else {
      begin(layer, goesOn) { gradient, _ in gradient }
    }
    var l = last
    while l > 0 {
      l &-= 1
      let layer = layers + l
      if !isThrough, !layer.pointee.linear {
        layer.pointee.pullBack(z(l), a(l), delta, count, layer.pointee.setting)
      }
      isThrough = l > 0 && (layer - 1).pointee.isTanh
      if layer.pointee.units == 8, l > 0 {
        if isThrough {
          gatherAndGoBack(layer, slots(l), delta, below(l), next, goesOn) {
            Activation.throughTanh($0, $1)
          }
        } else {
          gatherAndGoBack(layer, slots(l), delta, below(l), next, goesOn) { gradient, _ in gradient
          }
        }
      } else if layer.pointee.units == 8, layer.pointee.inputs == 2 {
        gatherTwo(slots(l), delta, below(l), goesOn)
      } else {
        gather(layer, slots(l), delta, below(l), goesOn)
        if l > 0 {
          goBack(layer, delta, next)
          if isThrough {
            let a = a(l &- 1)
            for s in 0..<count { next[s] = Activation.throughTanh(next[s], a[s]) }
          }
        }
      }
      swap(&delta, &next)
    }
  }

  /// Gradients of the output layer, sample by sample, and by the activations below it, which go
  /// `through` the layer below.
  @inline(__always)
  private func begin(
    _ layer: UnsafePointer<LayerKernel>, _ goesOn: Bool,
    through: (_ gradient: Lanes, _ a: Lanes) -> Lanes
  ) {
    let own = slots(last)
    let width = layer.pointee.inputs
    let x = below(last)
    let delta = delta
    let end = layer.pointee.units &- 1
    for k in 0...end {
      let d = Rows.doubles(outputGradients + k &* lanes)
      let w = load(layer.pointee.weights &+ k &* width, width)
      var sum = goesOn ? own[k] : .zero
      if k == 0, end == 0 {
        for s in 0..<count {
          let gradient = Lanes(repeating: d[s])
          let a = x[s]
          sum.addProduct(a, gradient)
          delta[s] = through(w * gradient, a)
        }
      } else if k == 0 {
        for s in 0..<count {
          let gradient = Lanes(repeating: d[s])
          sum.addProduct(x[s], gradient)
          delta[s] = w * gradient
        }
      } else if k == end {
        for s in 0..<count {
          let gradient = Lanes(repeating: d[s])
          let a = x[s]
          sum.addProduct(a, gradient)
          delta[s] = through(delta[s].addingProduct(w, gradient), a)
        }
      } else {
        for s in 0..<count {
          let gradient = Lanes(repeating: d[s])
          sum.addProduct(x[s], gradient)
          delta[s].addProduct(w, gradient)
        }
      }
      own[k] = sum
      var biases = goesOn ? own[8 &+ k] : .zero
      for i in 0..<lanes { biases += outputGradients[k &* lanes &+ i] }
      own[8 &+ k] = biases
    }
  }

  /// Gradients by the parameters of a layer of eight units, and by the activations below it, which
  /// go `through` the layer below.
  @inline(__always)
  private func gatherAndGoBack(
    _ layer: UnsafePointer<LayerKernel>, _ own: UnsafeMutablePointer<Lanes>,
    _ delta: UnsafePointer<Lanes>, _ below: UnsafePointer<Lanes>,
    _ next: UnsafeMutablePointer<Lanes>, _ goesOn: Bool,
    through: (_ gradient: Lanes, _ a: Lanes) -> Lanes
  ) {
    let width = layer.pointee.inputs
    let first = layer.pointee.weights
    let (w0, w1) = (load(first, width), load(first &+ width, width))
    let (w2, w3) = (load(first &+ 2 &* width, width), load(first &+ 3 &* width, width))
    let (w4, w5) = (load(first &+ 4 &* width, width), load(first &+ 5 &* width, width))
    let (w6, w7) = (load(first &+ 6 &* width, width), load(first &+ 7 &* width, width))
    if !goesOn { for u in 0..<9 { own[u] = .zero } }
    var (g0, g1, g2, g3) = (own[0], own[1], own[2], own[3])
    var (g4, g5, g6, g7) = (own[4], own[5], own[6], own[7])
    var biases = own[8]
    for s in 0..<count {
      let x = below[s]
      let d = Rows.doubles(delta + s)
      biases += delta[s]
      var sum = w0 * Lanes(repeating: d[0])
      g0.addProduct(x, Lanes(repeating: d[0]))
      sum.addProduct(w1, Lanes(repeating: d[1]))
      g1.addProduct(x, Lanes(repeating: d[1]))
      sum.addProduct(w2, Lanes(repeating: d[2]))
      g2.addProduct(x, Lanes(repeating: d[2]))
      sum.addProduct(w3, Lanes(repeating: d[3]))
      g3.addProduct(x, Lanes(repeating: d[3]))
      sum.addProduct(w4, Lanes(repeating: d[4]))
      g4.addProduct(x, Lanes(repeating: d[4]))
      sum.addProduct(w5, Lanes(repeating: d[5]))
      g5.addProduct(x, Lanes(repeating: d[5]))
      sum.addProduct(w6, Lanes(repeating: d[6]))
      g6.addProduct(x, Lanes(repeating: d[6]))
      sum.addProduct(w7, Lanes(repeating: d[7]))
      g7.addProduct(x, Lanes(repeating: d[7]))
      next[s] = through(sum, x)
    }
    own[0] = g0
    own[1] = g1
    own[2] = g2
    own[3] = g3
    own[4] = g4
    own[5] = g5
    own[6] = g6
    own[7] = g7
    own[8] = biases
  }

  /// Gradients by the parameters of a first layer of eight units and two inputs.
  @inline(__always)
  private func gatherTwo(
    _ own: UnsafeMutablePointer<Lanes>, _ delta: UnsafePointer<Lanes>,
    _ below: UnsafePointer<Lanes>, _ goesOn: Bool
  ) {
    var g0 = goesOn ? own[0] : .zero
    var g1 = goesOn ? own[1] : .zero
    var biases = goesOn ? own[8] : .zero
    for s in 0..<count {
      let d = delta[s]
      let x = Rows.doubles(below + s)
      g0.addProduct(d, Lanes(repeating: x[0]))
      g1.addProduct(d, Lanes(repeating: x[1]))
      biases += d
    }
    own[0] = g0
    own[1] = g1
    own[8] = biases
  }

  /// Gradients by the parameters of any layer.
  @inline(__always)
  private func gather(
    _ layer: UnsafePointer<LayerKernel>, _ own: UnsafeMutablePointer<Lanes>,
    _ delta: UnsafePointer<Lanes>, _ below: UnsafePointer<Lanes>, _ goesOn: Bool
  ) {
    for u in 0..<layer.pointee.units {
      var sum = goesOn ? own[u] : .zero
      for s in 0..<count {
        sum.addProduct(below[s], Lanes(repeating: Rows.doubles(delta + s)[u]))
      }
      own[u] = sum
    }
    var biases = goesOn ? own[8] : .zero
    for s in 0..<count { biases += delta[s] }
    own[8] = biases
  }

  /// Gradients by the activations below any layer.
  @inline(__always)
  private func goBack(
    _ layer: UnsafePointer<LayerKernel>, _ delta: UnsafePointer<Lanes>,
    _ next: UnsafeMutablePointer<Lanes>
  ) {
    let units = layer.pointee.units
    let width = layer.pointee.inputs
    let rows = weights
    for u in 0..<units { rows[u] = load(layer.pointee.weights &+ u &* width, width) }
    for s in 0..<count {
      let d = Rows.doubles(delta + s)
      var sum = rows[0] * Lanes(repeating: d[0])
      for u in 1..<units { sum.addProduct(rows[u], Lanes(repeating: d[u])) }
      next[s] = sum
    }
  }

  /// Lays slots into the flat gradient, first to last: what a row has too much the next covers.
  @inline(__always)
  func store(_ gradient: UnsafeMutablePointer<Double>) {
    for l in 0...last {
      let layer = layers + l
      let own = slots(l)
      if l == 0, layer.pointee.inputs == 2, layer.pointee.units == 8 {
        put(glissade_zip_low(own[0], own[1]), gradient, at: layer.pointee.weights, 8)
        put(glissade_zip_high(own[0], own[1]), gradient, at: layer.pointee.weights &+ 8, 8)
      } else {
        for u in 0..<layer.pointee.units {
          put(
            own[u], gradient, at: layer.pointee.weights &+ u &* layer.pointee.inputs,
            layer.pointee.inputs)
        }
      }
      guard layer.pointee.hasBias else { continue }
      if l < last {
        put(own[8], gradient, at: layer.pointee.biases, layer.pointee.units)
      } else {
        for k in 0..<layer.pointee.units {
          gradient[layer.pointee.biases &+ k] = LaneFolding.sum(own[8 &+ k])
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
