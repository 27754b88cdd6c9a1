package import Lanes

/// A landscape of the catalogue as an objective: its variables are the parameters.
package struct LandscapeObjective: FunctionObjective {
  /// The landscape.
  package let landscape: Landscape
  /// Its settings.
  package let settings: Settings
  private let constants: SIMD4<Double>
  package let xRange: ClosedRange<Double>
  package let yRange: ClosedRange<Double>

  /// A landscape with settings, drawn over its own ranges unless others are given.
  package init(
    _ landscape: Landscape, settings: Settings? = nil, x: ClosedRange<Double>? = nil,
    y: ClosedRange<Double>? = nil
  ) {
    self.landscape = landscape
    let settings = settings ?? Settings(defaultsOf: landscape.hyperparameters)
    self.settings = settings
    constants = landscape.constants(settings)
    xRange = x ?? landscape.xRange
    yRange = y ?? landscape.yRange
  }

  package var formula: String { landscape.formula }
  package var variableNames: [String] { landscape.variableCount == 1 ? ["x"] : ["x", "y"] }
  package var parameterCount: Int { landscape.variableCount }
  package var knownMinima: [[Double]] { landscape.minima(settings) }
  package var suggestedStart: [Double] { landscape.start }

  package func scratchCount(batch: Int) -> Int { 40 }

  package func evaluate(
    points: UnsafePointer<Lanes>, stride: Int, count: Int, value: UnsafeMutablePointer<Lanes>?,
    derivatives: UnsafeMutablePointer<Lanes>
  ) {
    let second = landscape.variableCount == 1 ? 0 : stride
    landscape.evaluate(
      points, points + second, value, derivatives, derivatives + second, count, constants)
  }

  package var descent: Descent? { landscape.descent }

  package func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let space = Rows.lanes(scratch)
    space[0] = Lanes(repeating: parameters[0])
    space[1] = Lanes(repeating: landscape.variableCount == 1 ? 0 : parameters[1])
    landscape.evaluate(space, space + 1, space + 2, space + 3, space + 4, 1, constants)
    for i in 0..<8 { gradient[i] = 0 }
    gradient[0] = space[3][0]
    if landscape.variableCount == 2 { gradient[1] = space[4][0] }
    return space[2][0]
  }

  package func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let space = Rows.lanes(scratch)
    space[0] = Lanes(repeating: parameters[0])
    space[1] = Lanes(repeating: landscape.variableCount == 1 ? 0 : parameters[1])
    landscape.evaluate(space, space + 1, space + 2, space + 3, space + 4, 1, constants)
    return space[2][0]
  }

  package var hessianScratchCount: Int? { 0 }

  package func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let n = landscape.variableCount
    let point = SIMD2(parameters[0], n == 1 ? 0 : parameters[1])
    let h = landscape.hessian(point, settings)
    for index in 0..<n * n { rows[index] = h[index] }
  }

  package func hessianProduct(at parameters: [Double], times direction: [Double]) -> [Double] {
    let n = landscape.variableCount
    let h = landscape.hessian(SIMD2(parameters[0], n == 1 ? 0 : parameters[1]), settings)
    return (0..<n).map { row in
      (0..<n).reduce(0.0) { $0.addingProduct(h[row * n + $1], direction[$1]) }
    }
  }
}
