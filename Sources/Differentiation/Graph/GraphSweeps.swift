/// The forward and the backward sweep, for every kind of number.
extension Graph {
  /// Computes every node's value from the variables'; `values` has room for one number a node.
  @inline(__always)
  package func sweepForward<S: Arithmetic>(
    from variables: UnsafePointer<S>, values: UnsafeMutablePointer<S>
  ) {
    nodes.withUnsafeBufferPointer { nodes in
      for index in 0..<nodes.count {
        let node = nodes[index]
        let value: S
        switch node.operation {
        case .constant: value = S.constant(node.constant)
        case .variable: value = variables[Int(node.a)]
        case .add: value = values[Int(node.a)] + values[Int(node.b)]
        case .multiply: value = values[Int(node.a)] * values[Int(node.b)]
        case .select:
          value = S.select(values[Int(node.a)], values[Int(node.b)], values[Int(node.c)])
        default:
          if node.operation.arity == 1 {
            value = S.apply(node.operation, values[Int(node.a)])
          } else {
            value = S.apply(node.operation, values[Int(node.a)], values[Int(node.b)])
          }
        }
        values.advanced(by: index).initialize(to: value)
      }
    }
  }

  /// Computes every node's adjoint ∂output/∂node after a forward sweep.
  ///
  /// Nodes that no path of taken branches connects with the output are not `reached`; their adjoint
  /// is zero and they pass nothing on, so that an infinite derivative in a branch not taken cannot
  /// spoil the gradient.
  @inline(__always)
  package func sweepBackward<S: Arithmetic>(
    output: Int, values: UnsafePointer<S>, adjoints: UnsafeMutablePointer<S>,
    reached: UnsafeMutablePointer<Bool>, isTrue: (S) -> Bool
  ) {
    let count = nodes.count
    for index in 0..<count {
      adjoints.advanced(by: index).initialize(to: S.constant(0))
      reached[index] = false
    }
    adjoints[output] = S.constant(1)
    reached[output] = true
    nodes.withUnsafeBufferPointer { nodes in
      func pass(_ contribution: S, to operand: Int) {
        adjoints[operand] = reached[operand] ? adjoints[operand] + contribution : contribution
        reached[operand] = true
      }
      for index in stride(from: output, through: 0, by: -1) where reached[index] {
        let node = nodes[index]
        let operation = node.operation
        let adjoint = adjoints[index]
        let a = Int(node.a)
        let b = Int(node.b)
        switch operation {
        case .constant, .variable: continue
        case .add:
          pass(adjoint, to: a)
          pass(adjoint, to: b)
        case .select: pass(adjoint, to: isTrue(values[a]) ? b : Int(node.c))
        case .relu, .min, .max, .atLeast, .atMost:
          switch Rules.taken(by: operation, values[a], values[b], isTrue: isTrue) {
          case .first: pass(adjoint, to: a)
          case .second: pass(adjoint, to: b)
          case .both:
            pass(S.constant(0.5) * adjoint, to: a)
            pass(S.constant(0.5) * adjoint, to: b)
          case .neither: break
          }
        default:
          if operation.isFlat { continue }
          let y = values[index]
          if operation.arity == 1 {
            pass(adjoint * Rules.derivative(operation, values[a], y), to: a)
          } else {
            if nodes[a].operation != .constant {
              pass(adjoint * Rules.derivativeInFirst(operation, values[a], values[b], y), to: a)
            }
            if nodes[b].operation != .constant {
              pass(adjoint * Rules.derivativeInSecond(operation, values[a], values[b], y), to: b)
            }
          }
        }
      }
    }
  }
}
