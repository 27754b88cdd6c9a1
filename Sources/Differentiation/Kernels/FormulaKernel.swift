import Lanes

/// A formula made ready for many points at once: values, gradients and, of one variable, curvatures
/// on rows.
///
/// Make it once, use it for every plot. Columns are one array of numbers for each variable; results
/// are one array for each of `outputNames`. The numbers are, bit for bit, those of one point at a
/// time for values; derivatives agree to rounding.
package struct FormulaKernel: Sendable {
  /// What is computed beside the value.
  package enum Depth: Sendable, Equatable {
    case value
    /// The value and the derivative by each variable.
    case gradient
    /// For one variable: value, derivative and second derivative.
    case curvature
  }

  /// The formula.
  package let formula: Formula
  /// What is computed.
  package let depth: Depth
  private let program: KernelProgram?

  /// Compiles a formula; `.curvature` needs a formula of one variable.
  package init(_ formula: Formula, depth: Depth) {
    precondition(
      depth != .curvature || formula.variables.count == 1,
      "curvature of \(formula.variables.count) variables")
    self.formula = formula
    self.depth = depth
    // Long graphs would take longer to compile than to trace.
    guard let graph = formula.graph, graph.nodes.count <= FormulaKernel.longestGraph else {
      program = nil
      return
    }
    switch depth {
    case .value: program = KernelProgram(graph)
    case .gradient: program = KernelProgram(graph.withGradient())
    case .curvature:
      program = KernelProgram(graph.withGradient().withGradient(ofOutput: 1))
    }
  }

  private static let longestGraph = 4000

  /// The number of results: 1, 1 + variables, or 3.
  package var outputCount: Int {
    switch depth {
    case .value: 1
    case .gradient: 1 + formula.variables.count
    case .curvature: 3
    }
  }

  /// Computes `count` points.
  ///
  /// `columns` has one pointer to `count` numbers for each variable, `results` one to room for
  /// `count` numbers for each output: the value, then the derivatives in the order of the variables
  /// (or derivative and curvature).
  package func evaluate(
    _ columns: [UnsafePointer<Double>], results: [UnsafeMutablePointer<Double>], count: Int
  ) {
    precondition(columns.count == formula.variables.count, "\(columns.count) columns")
    precondition(results.count == outputCount, "\(results.count) results of \(outputCount)")
    if let program {
      program.run(columns, results, count)
    } else {
      trace(columns, results, count)
    }
  }

  /// Computes points given as one array a variable; returns one array an output.
  package func evaluate(_ columns: [[Double]]) -> [[Double]] {
    let count = columns.first?.count ?? 1
    precondition(columns.allSatisfy { $0.count == count }, "columns of different lengths")
    let flat = columns.flatMap { $0 }
    var results = [Double](repeating: 0, count: outputCount * count)
    flat.withUnsafeBufferPointer { columns in
      results.withUnsafeMutableBufferPointer { results in
        guard let output = results.baseAddress else { return }
        let inputs = formula.variables.indices.compactMap { index in
          columns.baseAddress.map { $0 + index * count }
        }
        guard inputs.count == formula.variables.count else { return }
        evaluate(inputs, results: (0..<outputCount).map { output + $0 * count }, count: count)
      }
    }
    return (0..<outputCount).map { Array(results[$0 * count..<($0 + 1) * count]) }
  }

  /// One point after the other, for formulas whose course depends on the point.
  private func trace(
    _ columns: [UnsafePointer<Double>], _ results: [UnsafeMutablePointer<Double>], _ count: Int
  ) {
    for index in 0..<count {
      let point = columns.map { $0[index] }
      switch depth {
      case .value: results[0][index] = formula.value(at: point)
      case .gradient:
        let (value, gradient) = formula.valueAndGradient(at: point)
        results[0][index] = value
        for (position, derivative) in gradient.enumerated() {
          results[position + 1][index] = derivative
        }
      case .curvature:
        let orders = formula.derivatives(upTo: 2, at: point)
        for position in 0..<3 { results[position][index] = orders[position] }
      }
    }
  }
}

extension KernelProgram {
  /// Runs over all points in blocks whose rows fit the first-level cache.
  func run(
    _ columns: [UnsafePointer<Double>], _ results: [UnsafeMutablePointer<Double>], _ count: Int
  ) {
    let inCache = 3072 / max(rowCount, 1) / 8 * 8
    let block = min(512, max(32, inCache))
    // Registers, and columns for a last block that is not full.
    let padded = (variableCount + outputCount) * block
    withUnsafeTemporaryAllocation(
      byteCount: (registerCount * block + padded) * 8 + 64, alignment: 64
    ) { memory in
      // At least 64 bytes: an address exists.
      let registers = memory.bindMemory(to: Double.self).baseAddress!
      let spare = registers + registerCount * block
      withUnsafeTemporaryAllocation(of: Row.self, capacity: rowCount + 1) { table in
        let rows = table.baseAddress!  // At least one element: an address exists.
        for index in 0..<registerCount {
          (rows + variableCount + outputCount + index).initialize(to: registers + index * block)
        }
        var start = 0
        while start < count {
          let length = min(block, count - start)
          let isWhole = length & 7 == 0
          for index in 0..<variableCount {
            let column = UnsafeMutablePointer(mutating: columns[index] + start)
            let row = isWhole ? column : spare + index * block
            if !isWhole {
              for point in 0..<(length + 7) / 8 * 8 { row[point] = column[min(point, length - 1)] }
            }
            (rows + index).initialize(to: row)
          }
          for index in 0..<outputCount {
            (rows + variableCount + index).initialize(
              to: isWhole ? results[index] + start : spare + (variableCount + index) * block)
          }
          perform(rows, (length + 7) / 8 * 8)
          if !isWhole {
            for index in 0..<outputCount {
              for point in 0..<length {
                results[index][start + point] = rows[variableCount + index][point]
              }
            }
          }
          start += length
        }
      }
    }
  }

  private func perform(_ rows: UnsafeMutablePointer<Row>, _ count: Int) {
    for step in steps {
      let target = rows[Int(step.target)]
      let a = rows[Int(step.a)]
      switch step.action {
      case .fill(let value): target.update(repeating: value, count: count)
      case .copy: target.update(from: a, count: count)
      case .unary(let operation): KernelProgram.unary(operation, a, target, count)
      case .binary(let operation):
        KernelProgram.binary(operation, a, rows[Int(step.b)], target, count)
      case .withRight(let operation, let right):
        KernelProgram.binary(operation, a, right: right, target, count)
      case .withLeft(let operation, let left):
        KernelProgram.binary(operation, left: left, a, target, count)
      case .wholePower(let exponent): KernelProgram.wholePower(exponent, a, target, count)
      case .sineAndCosine:
        Elementary.sincos(a, sin: target, cos: rows[Int(step.b)], count: count)
      case .select:
        KernelProgram.select(a, rows[Int(step.b)], rows[Int(step.c)], target, count)
      }
    }
  }
}
