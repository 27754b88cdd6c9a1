package import Differentiation
package import Lanes

/// A formula that someone typed, as an objective: its variables are the parameters.
///
/// One point is computed on the formula's graph, by one sweep each way; many points at once on its
/// compiled kernel. Only a formula whose course depends on its variables' values (a loop until, a
/// recursion) is traced anew at each point, and allocates.
package struct FormulaObjective: FunctionObjective {
  /// The most variables a formula may have as an objective.
  package static let variableLimit = 256

  /// What was typed.
  package let source: Formula
  package let xRange: ClosedRange<Double>
  package let yRange: ClosedRange<Double>
  private let values: FormulaKernel
  private let derivatives: FormulaKernel

  /// A formula drawn over the given ranges; it has 1 to `variableLimit` variables.
  package init(_ source: Formula, x: ClosedRange<Double>, y: ClosedRange<Double>) {
    precondition(
      (1...FormulaObjective.variableLimit).contains(source.variables.count),
      "\(source.variables.count) variables")
    self.source = source
    xRange = x
    yRange = y
    values = FormulaKernel(source, depth: .value)
    derivatives = FormulaKernel(source, depth: .gradient)
  }

  package var formula: String { source.text }
  package var variableNames: [String] { source.variables }
  package var parameterCount: Int { source.variables.count }
  package var knownMinima: [[Double]] { [] }

  /// Off centre in the ranges, so that symmetric functions have a derivative there.
  package var suggestedStart: [Double] {
    source.variables.indices.map { variable in
      switch variable {
      case 0: xRange.lowerBound.addingProduct(0.8, xRange.upperBound - xRange.lowerBound)
      case 1: yRange.lowerBound.addingProduct(0.7, yRange.upperBound - yRange.lowerBound)
      default: 1
      }
    }
  }

  package func scratchCount(batch: Int) -> Int {
    ((source.graph?.scratchCount ?? 0) + 7) & ~7
  }

  package func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    for i in 0..<((parameterCount + 7) & ~7) { gradient[i] = 0 }
    if let graph = source.graph {
      return graph.valueAndGradient(at: parameters, gradient: gradient, scratch: scratch)
    }
    let (value, derivatives) = source.valueAndGradient(at: point(parameters))
    for (i, derivative) in derivatives.enumerated() { gradient[i] = derivative }
    return value
  }

  package func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    if let graph = source.graph { return graph.value(at: parameters, scratch: scratch) }
    return source.value(at: point(parameters))
  }

  package var hessianScratchCount: Int? { source.graph?.hessianScratchCount ?? 0 }

  package func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    if let graph = source.graph {
      return graph.hessian(at: parameters, into: rows, scratch: scratch)
    }
    for (index, second) in source.hessian(at: point(parameters)).enumerated() {
      rows[index] = second
    }
  }

  package func hessianProduct(at parameters: [Double], times direction: [Double]) -> [Double] {
    source.hessianProduct(at: parameters, along: direction)
  }

  package func values(at points: [[Double]]) -> [Double] {
    precondition(points.count == parameterCount, "\(points.count) of \(parameterCount) coordinates")
    return values.evaluate(points)[0]
  }

  package func evaluate(
    points: UnsafePointer<Lanes>, stride: Int, count: Int, value: UnsafeMutablePointer<Lanes>?,
    derivatives: UnsafeMutablePointer<Lanes>
  ) {
    let columns = (0..<parameterCount).map { Rows.doubles(points + $0 * stride) }
    var results = (0..<parameterCount).map { Rows.doubles(derivatives + $0 * stride) }
    if let value {
      results.insert(Rows.doubles(value), at: 0)
      self.derivatives.evaluate(columns, results: results, count: count * 8)
    } else {
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: max(count, 1)) { space in
        guard let unused = space.baseAddress else { return }
        results.insert(Rows.doubles(unused), at: 0)
        self.derivatives.evaluate(columns, results: results, count: count * 8)
      }
    }
  }

  private func point(_ parameters: UnsafePointer<Double>) -> [Double] {
    Array(UnsafeBufferPointer(start: parameters, count: parameterCount))
  }
}
