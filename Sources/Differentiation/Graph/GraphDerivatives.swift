/// Value, gradient, directional and second derivatives of a graph's first output.
extension Graph {
  /// The number of the first output's node.
  package var output: Int { Int(outputs[0]) }

  /// The doubles of scratch that `valueAndGradient(at:gradient:scratch:)` needs.
  package var scratchCount: Int { 2 * nodes.count + (nodes.count + 7) / 8 }

  /// The value at a point of `variableCount` numbers.
  package func value(at point: [Double]) -> Double {
    precondition(point.count == variableCount, "\(point.count) numbers for \(variableCount)")
    return values(at: point)[output]
  }

  /// Every node's value.
  package func values(at point: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: nodes.count) { values, count in
      guard let base = values.baseAddress else { return }
      point.withUnsafeBufferPointer { point in
        withExtendedPointer(point) { sweepForward(from: $0, values: base) }
      }
      count = nodes.count
    }
  }

  /// The value, and the gradient by one backward sweep, without allocation.
  ///
  /// `point` and `gradient` hold `variableCount` doubles; `scratch` holds `scratchCount` doubles.
  package func valueAndGradient(
    at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let values = scratch
    let adjoints = scratch + nodes.count
    let flags = UnsafeMutableRawPointer(scratch + 2 * nodes.count)
    let reached = flags.bindMemory(to: Bool.self, capacity: nodes.count)
    sweepForward(from: point, values: values)
    sweepBackward(output: output, values: values, adjoints: adjoints, reached: reached) { $0 != 0 }
    for index in 0..<variableCount { gradient[index] = adjoints[index] }
    return values[output]
  }

  /// The value at a point, without allocation; `scratch` holds `nodes.count` doubles.
  package func value(
    at point: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    sweepForward(from: point, values: scratch)
    return scratch[output]
  }

  /// The value and the gradient.
  package func valueAndGradient(at point: [Double]) -> (value: Double, gradient: [Double]) {
    let (values, adjoints) = sweeps(at: point)
    return (values[output], Array(adjoints.prefix(variableCount)))
  }

  /// Every node's value and adjoint.
  package func sweeps(at point: [Double]) -> (values: [Double], adjoints: [Double]) {
    sweeps(at: point) { $0 != 0 }
  }

  /// The value and its derivative in `direction`, by one forward sweep.
  package func directional(at point: [Double], along direction: [Double])
    -> (value: Double, derivative: Double)
  {
    let values = duals(at: point, along: direction)
    return (values[output].value, values[output].tangent)
  }

  /// Every node's value and tangent.
  package func duals(at point: [Double], along direction: [Double]) -> [Dual] {
    precondition(direction.count == variableCount, "\(direction.count) for \(variableCount)")
    var values: [Dual] = []
    values.reserveCapacity(nodes.count)
    /// Whether each node depends on a variable that the direction moves.
    var moves = [Bool](repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      let (a, b) = (Int(node.a), Int(node.b))
      switch node.operation {
      case .constant: values.append(.constant(node.constant))
      case .variable:
        moves[index] = direction[a] != 0
        values.append(Dual(point[a], direction[a]))
      case .select:
        let taken = values[a].value != 0 ? b : Int(node.c)
        moves[index] = moves[taken]
        values.append(values[taken])
      default:
        let isUnary = node.operation.arity == 1
        var value =
          isUnary
          ? Dual.apply(node.operation, values[a]) : Dual.apply(node.operation, values[a], values[b])
        moves[index] = !node.operation.isFlat && (moves[a] || !isUnary && moves[b])
        if moves[index], meetsInfinity(node, values, value.value, moves) { value.tangent = .nan }
        values.append(value)
      }
    }
    return values
  }

  /// Whether an operand that depends on the direction, but stands still, meets an infinite
  /// derivative: 0·∞, as reverse mode has it.
  private func meetsInfinity(
    _ node: Node, _ values: [Dual], _ y: Double, _ moves: [Bool]
  ) -> Bool {
    let operation = node.operation
    if operation.isChoice { return false }
    let (a, b) = (Int(node.a), Int(node.b))
    let stands = (moves[a] && values[a].tangent == 0, moves[b] && values[b].tangent == 0)
    if operation.arity == 1 {
      return stands.0 && !Rules.derivative(operation, values[a].value, y).isFinite
    }
    let (u, v) = (values[a].value, values[b].value)
    return stands.0 && !Rules.derivativeInFirst(operation, u, v, y).isFinite
      || stands.1 && !Rules.derivativeInSecond(operation, u, v, y).isFinite
  }

  /// The Hessian times `direction`: a backward sweep over numbers that carry the direction (forward
  /// over reverse).
  package func hessianProduct(at point: [Double], along direction: [Double]) -> [Double] {
    precondition(direction.count == variableCount, "\(direction.count) for \(variableCount)")
    let seeds = zip(point, direction).map { Dual($0, $1) }
    let (_, adjoints) = sweeps(at: seeds) { $0.value != 0 }
    // Where there is no first derivative there is no second.
    let gradient = adjoints.prefix(variableCount)
    let lacks = zip(gradient, direction).contains { $0.value.isNaN && $1 != 0 }
    return gradient.map { lacks || $0.value.isNaN ? .nan : $0.tangent }
  }

  /// The second derivatives, row by row (`variableCount`² numbers).
  package func hessian(at point: [Double]) -> [Double] {
    precondition(point.count == variableCount, "\(point.count) numbers for \(variableCount)")
    var rows = [Double](repeating: 0, count: variableCount * variableCount)
    var scratch = [Double](repeating: 0, count: hessianScratchCount)
    hessian(at: point, into: &rows, scratch: &scratch)
    return rows
  }

  /// The doubles of scratch that `hessian(at:into:scratch:)` needs.
  package var hessianScratchCount: Int {
    2 * (variableCount + 2 * nodes.count) + (nodes.count + 7) / 8
  }

  /// The second derivatives, row by row, without allocation: a sweep each way a column (forward
  /// over reverse).
  ///
  /// `point` holds `variableCount` doubles, `rows` their square; `scratch` holds
  /// `hessianScratchCount` doubles.
  package func hessian(
    at point: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let space = UnsafeMutableRawPointer(scratch)
    let duals = variableCount + 2 * nodes.count
    let seeds = space.bindMemory(to: Dual.self, capacity: duals)
    let values = seeds + variableCount
    let adjoints = values + nodes.count
    let reached = UnsafeMutableRawPointer(scratch + 2 * duals)
      .bindMemory(to: Bool.self, capacity: nodes.count)
    for column in 0..<variableCount {
      for row in 0..<variableCount { seeds[row] = Dual(point[row], row == column ? 1 : 0) }
      sweepForward(from: UnsafePointer(seeds), values: values)
      sweepBackward(output: output, values: values, adjoints: adjoints, reached: reached) {
        $0.value != 0
      }
      for row in 0..<variableCount {
        // Where there is no first derivative there is no second.
        let lacks = adjoints[row].value.isNaN || adjoints[column].value.isNaN
        rows[row * variableCount + column] = lacks ? .nan : adjoints[row].tangent
      }
    }
    // Both orders of differentiation are one number: where the one finds none, there is none.
    for row in 0..<variableCount {
      for column in 0..<row {
        let (here, there) = (row * variableCount + column, column * variableCount + row)
        let (a, b) = (rows[here], rows[there])
        guard !a.isFinite || !b.isFinite else { continue }
        let both = a.isFinite ? b : b.isFinite || a == b ? a : .nan
        (rows[here], rows[there]) = (both, both)
      }
    }
  }

  /// The derivatives of orders 0 … `order` along variable `variable`, by Taylor arithmetic.
  package func derivatives(upTo order: Int, at point: [Double], variable: Int = 0) -> [Double] {
    precondition(variable >= 0 && variable < variableCount, "variable \(variable)")
    var seeds = point.map { Taylor.constant($0) }
    seeds[variable] = Taylor(variable: point[variable], order: order)
    var values: [Taylor] = []
    values.reserveCapacity(nodes.count)
    for node in nodes {
      switch node.operation {
      case .constant: values.append(.constant(node.constant))
      case .variable: values.append(seeds[Int(node.a)])
      case .select:
        values.append(.select(values[Int(node.a)], values[Int(node.b)], values[Int(node.c)]))
      default:
        let a = values[Int(node.a)]
        values.append(
          node.operation.arity == 1
            ? .apply(node.operation, a) : .apply(node.operation, a, values[Int(node.b)]))
      }
    }
    return values[output].derivatives(upTo: order)
  }

  private func sweeps<S: Arithmetic>(at point: [S], isTrue: (S) -> Bool) -> ([S], [S]) {
    precondition(point.count == variableCount, "\(point.count) numbers for \(variableCount)")
    let values = [S](unsafeUninitializedCapacity: nodes.count) { values, count in
      guard let base = values.baseAddress else { return }
      point.withUnsafeBufferPointer { point in
        withExtendedPointer(point) { sweepForward(from: $0, values: base) }
      }
      count = nodes.count
    }
    var reached = [Bool](repeating: false, count: nodes.count)
    let adjoints = [S](unsafeUninitializedCapacity: nodes.count) { adjoints, count in
      guard let base = adjoints.baseAddress else { return }
      values.withUnsafeBufferPointer { values in
        reached.withUnsafeMutableBufferPointer { reached in
          guard let values = values.baseAddress, let reached = reached.baseAddress else { return }
          sweepBackward(
            output: output, values: values, adjoints: base, reached: reached, isTrue: isTrue)
        }
      }
      count = nodes.count
    }
    return (values, adjoints)
  }

  /// A pointer to the first of the numbers; a valid address that is never read when there are none.
  private func withExtendedPointer<S, R>(
    _ numbers: UnsafeBufferPointer<S>, _ body: (UnsafePointer<S>) -> R
  ) -> R {
    if let base = numbers.baseAddress { return body(base) }
    return withUnsafeTemporaryAllocation(of: S.self, capacity: 1) { spare in
      body(UnsafePointer(spare.baseAddress!))  // One element was asked for: the address exists.
    }
  }
}
