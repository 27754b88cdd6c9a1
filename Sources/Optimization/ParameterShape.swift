/// A matrix among the flat parameters, row by row.
package struct MatrixBlock: Sendable, Equatable {
  /// Where it begins.
  package let offset: Int
  /// Its rows: units of a layer.
  package let rows: Int
  /// Its columns: inputs of a unit.
  package let columns: Int

  /// A matrix at a place.
  package init(offset: Int, rows: Int, columns: Int) {
    self.offset = offset
    self.rows = rows
    self.columns = columns
  }

  /// Its flat places.
  package var range: Range<Int> { offset..<offset + rows * columns }
}

/// What a rule may know of the parameters: how many there are, and which of them form matrices.
package struct ParameterShape: Sendable, Equatable {
  /// The number of parameters.
  package let count: Int
  /// The matrices of weights, in flat order, apart from each other.
  package let matrices: [MatrixBlock]

  /// Parameters with these matrices.
  package init(count: Int, matrices: [MatrixBlock] = []) {
    self.count = count
    self.matrices = matrices
  }

  /// The flat places that are in no matrix.
  var rest: [Range<Int>] {
    var rest: [Range<Int>] = []
    var place = 0
    for matrix in matrices {
      if matrix.offset > place { rest.append(place..<matrix.offset) }
      place = matrix.range.upperBound
    }
    if place < count { rest.append(place..<count) }
    return rest
  }
}
