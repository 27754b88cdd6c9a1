import Lanes
package import Models
package import Optimization

extension ParameterLayout {
  /// The blocks of weights that are matrices; kernels count as rows of their numbers.
  var matrices: [MatrixBlock] {
    blocks.compactMap { block in
      guard block.role == .weights, block.shape.count >= 2, let rows = block.shape.first, rows > 0,
        !block.range.isEmpty
      else { return nil }
      return MatrixBlock(
        offset: block.range.lowerBound, rows: rows, columns: block.range.count / rows)
    }
  }
}

extension Optimizer {
  /// What the rule needs and parameters of a layout do not have, in a sentence; nil: nothing.
  package func lack(in layout: ParameterLayout) -> String? {
    needsMatrices && layout.matrices.isEmpty
      ? "\(name) needs matrices of weights: here are none, and all goes by its Adam" : nil
  }
}

extension Snapshot {
  /// What the optimizer at work needs and the parameters do not have; nil: nothing.
  package var optimizerLack: String? {
    Optimizer.catalogue[experiment.optimizer.name]?.lack(in: objective.layout)
  }
}
