import Models
import Optimization

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
