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

/// What a chain may know of the parameters: how many there are, which of them form matrices, and
/// which have rates of their own.
package struct ParameterShape: Sendable, Equatable {
  /// The number of parameters.
  package let count: Int
  /// The matrices of weights, in flat order, apart from each other.
  package let matrices: [MatrixBlock]
  /// Multiples of the learning rate, one a parameter; empty where all have the same rate.
  package let rates: [Double]

  /// Parameters with these matrices and rates.
  package init(count: Int, matrices: [MatrixBlock] = [], rates: [Double] = []) {
    precondition(rates.isEmpty || rates.count == count, "\(rates.count) rates of \(count)")
    self.count = count
    self.matrices = matrices
    self.rates = rates
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
