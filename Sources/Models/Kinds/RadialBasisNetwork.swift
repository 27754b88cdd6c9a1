import Lanes

/// A radial basis network: `y(x) = Σ w_i exp(−γ_i ‖x − c_i‖²) + w₀`, with a linear output.
///
/// Flat parameters: w, then the bias w₀ where there is one, then (where the bumps learn too) the
/// centres row by row and log γ. The loss is the mean of squared differences. Broomhead and Lowe,
/// "Multivariable functional interpolation and adaptive networks", Complex Systems 2 (1988).
package struct RadialBasisNetwork: SampleObjective {
  /// Numbers per input.
  package let inputCount: Int
  /// Starting (or fixed) centres, one row a bump.
  package let centers: [[Double]]
  /// Starting (or fixed) width: exp(−γ d²).
  package let gamma: Double
  /// Whether there is a constant term.
  package let hasBias: Bool
  /// Whether centres and widths are learned.
  package let learnsBumps: Bool
  package let train: Samples
  package let test: Samples
  package let tables: SampleTables

  /// A network with one bump a centre.
  package init(
    centers: [[Double]], gamma: Double, hasBias: Bool, learnsBumps: Bool, train: Samples,
    test: Samples
  ) {
    precondition(!centers.isEmpty && gamma > 0)
    precondition(centers.allSatisfy { $0.count == train.inputCount } && train.targetCount == 1)
    inputCount = train.inputCount
    self.centers = centers
    self.gamma = gamma
    self.hasBias = hasBias
    self.learnsBumps = learnsBumps
    self.train = train
    self.test = test
    tables = SampleTables(train: train, test: test)
  }

  /// How many bumps.
  package var bumps: Int { centers.count }
  var bumpOffset: Int { bumps + (hasBias ? 1 : 0) }
  package var parameterCount: Int {
    bumpOffset + (learnsBumps ? bumps * inputCount + bumps : 0)
  }

  package var layout: ParameterLayout {
    var blocks = [ParameterLayout.Block.block("w", [bumps], role: .weights, layer: 1)]
    if hasBias { blocks.append(.block("w0", [], role: .biases, layer: 1)) }
    if learnsBumps {
      blocks.append(.block("c", [bumps, inputCount], layer: 0))
      blocks.append(.block("log γ", [bumps], layer: 0))
    }
    return ParameterLayout(blocks)
  }

  package var kind: ObjectiveKind { .radialBasis(self) }

  package var hasClasses: Bool { false }

  /// Parameters with zero weights and the bumps where they start.
  package var startingParameters: [Double] {
    var p = [Double](repeating: 0, count: bumpOffset)
    if learnsBumps {
      p += centers.flatMap { $0 }
      p += [Double](repeating: Elementary.log(gamma), count: bumps)
    }
    return p
  }

  /// The centre of a bump under `parameters`.
  package func center(_ bump: Int, at parameters: [Double]) -> [Double] {
    guard learnsBumps else { return centers[bump] }
    let begin = bumpOffset + bump * inputCount
    return Array(parameters[begin..<begin + inputCount])
  }

  /// The γ of a bump under `parameters`.
  package func gamma(_ bump: Int, at parameters: [Double]) -> Double {
    learnsBumps
      ? Elementary.exp(parameters[bumpOffset + bumps * inputCount + bump]) : gamma
  }

  /// Height of each bump, weighted, at `x`; their sum (with the bias) is the output.
  package func contributions(_ x: [Double], at parameters: [Double]) -> [Double] {
    (0..<bumps).map { i in
      let c = center(i, at: parameters)
      var distance = 0.0
      for j in 0..<inputCount {
        let d = x[j] - c[j]
        distance = distance.addingProduct(d, d)
      }
      return parameters[i] * Elementary.exp(-gamma(i, at: parameters) * distance)
    }
  }

  /// The output at `x`.
  package func output(_ x: [Double], at parameters: [Double]) -> Double {
    contributions(x, at: parameters).reduce(hasBias ? parameters[bumps] : 0, +)
  }
}
