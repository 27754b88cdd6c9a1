/// A classifier's inputs where they are finitely many: numbers told by one-hot blocks, or inputs
/// that take few values.
///
/// Laid out as a table: the first half of the axes counts rows, the other half columns, the last
/// axis of each changing fastest.
package struct FiniteMap: Sendable, Equatable {
  /// What one number of the map can be.
  package enum Axis: Sendable, Equatable {
    /// One input of the range is 1, the others are 0.
    case oneHot(Range<Int>)
    /// An input, and the values that it takes, rising.
    case values(Int, [Double])

    /// How many things it can be.
    package var count: Int {
      switch self {
      case .oneHot(let range): range.count
      case .values(_, let values): values.count
      }
    }
  }

  /// The axes, in the order of the inputs.
  package let axes: [Axis]
  /// Numbers that a sample brings.
  private let inputCount: Int

  /// The most cells of a table.
  static let limit = 16_384
  /// The most values that an input may take.
  static let valueLimit = 32

  /// The finite inputs of a network's samples; nil where they are not finite, or too many.
  package init?(_ network: DenseNetwork) {
    let samples = [network.trainSamples, network.testSamples]
    inputCount = network.inputCount
    guard inputCount <= 1024, let axes = FiniteMap.blocks(samples) ?? FiniteMap.values(samples)
    else { return nil }
    var cells = 1
    for axis in axes {
      cells *= axis.count
      guard cells <= FiniteMap.limit else { return nil }
    }
    guard cells > 1 else { return nil }
    self.axes = axes
  }

  /// The one-hot blocks, if all inputs are in such.
  package static func blocks(_ samples: [Samples]) -> [Axis]? {
    guard let first = samples.first, first.count > 0,
      samples.allSatisfy({ $0.inputs.allSatisfy { $0 == 0 || $0 == 1 } })
    else { return nil }
    let inputs = first.inputCount
    var axes: [Axis] = []
    var start = 0
    while start < inputs {
      var seen = samples.map { [Bool](repeating: false, count: $0.count) }
      var missing = samples.reduce(0) { $0 + $1.count }
      var end = start
      while missing > 0 {
        guard end < inputs else { return nil }
        for (half, part) in samples.enumerated() {
          for sample in 0..<part.count where part.inputs[sample * inputs + end] == 1 {
            if seen[half][sample] { return nil }
            seen[half][sample] = true
            missing -= 1
          }
        }
        end += 1
      }
      guard end - start > 1 else { return nil }
      axes.append(.oneHot(start..<end))
      start = end
    }
    return axes
  }

  private static func values(_ samples: [Samples]) -> [Axis]? {
    guard let first = samples.first, first.count > 0, first.inputCount <= 14 else { return nil }
    var axes: [Axis] = []
    for input in 0..<first.inputCount {
      var values: Set<Double> = []
      for part in samples {
        for sample in 0..<part.count {
          values.insert(part.inputs[sample * first.inputCount + input])
          if values.count > valueLimit { return nil }
        }
      }
      axes.append(.values(input, values.sorted()))
    }
    return axes
  }

  private var rowAxes: ArraySlice<Axis> { axes.count == 1 ? [] : axes.prefix((axes.count + 1) / 2) }
  private var columnAxes: ArraySlice<Axis> { axes.dropFirst(rowAxes.count) }
  /// Rows of the table.
  package var rows: Int { rowAxes.reduce(1) { $0 * $1.count } }
  /// Its columns.
  package var columns: Int { columnAxes.reduce(1) { $0 * $1.count } }

  /// The inputs of all cells, row by row: `points[i]` holds input i of every cell.
  package var points: [[Double]] {
    var points = [[Double]](
      repeating: [Double](repeating: 0, count: rows * columns), count: inputCount)
    for cell in 0..<rows * columns {
      var rest = cell
      for axis in axes.reversed() {
        let place = rest % axis.count
        rest /= axis.count
        switch axis {
        case .oneHot(let range): points[range.lowerBound + place][cell] = 1
        case .values(let input, let values): points[input][cell] = values[place]
        }
      }
    }
    return points
  }

  /// The cell of a sample's inputs; nil where they are none of the map's.
  package func cell(of input: ArraySlice<Double>) -> Int? {
    var cell = 0
    for axis in axes {
      let place: Int?
      switch axis {
      case .oneHot(let range):
        place = range.firstIndex { input[input.startIndex + $0] == 1 }.map {
          $0 - range.lowerBound
        }
      case .values(let column, let values):
        place = values.firstIndex(of: input[input.startIndex + column])
      }
      guard let place else { return nil }
      cell = cell * axis.count + place
    }
    return cell
  }
}
