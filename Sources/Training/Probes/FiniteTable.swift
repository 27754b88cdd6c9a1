package import Models

/// What a classifier answers to every input of a finite map.
package struct FiniteTable: Sendable, Equatable {
  /// How a cell stands.
  package enum Cell: Sendable, Equatable {
    /// A training sample, answered rightly or not.
    case train(isRight: Bool)
    /// A test sample.
    case test(isRight: Bool)
    /// No sample: an input that the model was never told of.
    case unseen
  }

  /// Rows, and columns.
  package let rows: Int
  package let columns: Int
  /// Cells, row by row.
  package private(set) var cells: [Cell]
  /// The class that is answered in each cell.
  package let answers: [Int]

  /// The table of a network at parameters; nil where its inputs are not finite, or where it tells
  /// no classes apart.
  package init?(_ network: DenseNetwork, parameters: [Double], map: FiniteMap) {
    guard network.classCount != nil else { return nil }
    rows = map.rows
    columns = map.columns
    cells = [Cell](repeating: .unseen, count: rows * columns)
    answers = NetworkProbe.classes(
      NetworkProbe.predictions(
        network, parameters: parameters, PreparedInputs(network, points: map.points)))
    guard answers.count == cells.count else { return nil }
    for (isTest, samples) in [(true, network.testSamples), (false, network.trainSamples)] {
      let isOneHot = samples.targetCount > 1
      for sample in 0..<samples.count {
        guard let cell = map.cell(of: samples.input(sample)) else { continue }
        let target = samples.target(sample)
        let answer = answers[cell]
        let isRight =
          isOneHot
          ? target.indices.max { target[$0] < target[$1] }.map { $0 - target.startIndex } == answer
          : target.first == Double(answer)
        cells[cell] = isTest ? .test(isRight: isRight) : .train(isRight: isRight)
      }
    }
  }
}
