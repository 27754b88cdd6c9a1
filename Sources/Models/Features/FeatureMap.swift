import Lanes

/// Columns made of a sample's inputs: `x1`, `x2^3`, `x1*x2`, `sin(x1)`, `cos(x2)`, `1`, or
/// `poly(3)` for powers of each, `first(5)` for the first inputs, `fourier(40:25)` for random
/// waves.
package struct FeatureMap: Equatable, Sendable {
  /// One column.
  package enum Column: Hashable, Sendable {
    /// A column of ones.
    case one
    /// A column of zeros, for nets without any input.
    case zero
    /// A product of inputs, each to a power, inputs in rising order; one factor of power 1 is the
    /// input itself.
    case product([Factor])
    /// The sine of an input.
    case sine(Int)
    /// The cosine of an input.
    case cosine(Int)
    /// `cos(w·x + b)` of all inputs: a random Fourier feature, by its number.
    case wave(Int, frequencies: [Double], phase: Double)
  }
  /// An input (counted from 0) to a power.
  package struct Factor: Hashable, Sendable {
    /// The input.
    package var input: Int
    /// The power, at least 1.
    package var power: Int
  }

  /// The columns, in order.
  package let columns: [Column]
  /// What multiplies all columns but those of ones: the first factor of a net with `scaling`.
  package var scale = 1.0

  /// The inputs themselves, after a column of ones where wanted.
  package init(inputs: Int, ones: Bool) {
    columns =
      (ones ? [.one] : []) + (0..<inputs).map { .product([Factor(input: $0, power: 1)]) }
  }

  /// Columns by name; what cannot be read is added to `issues`. With `ones`, a column of ones comes
  /// first unless named.
  package init(
    _ names: [String], inputs: Int, ones: Bool, seed: UInt64 = 1, key: String,
    issues: inout [ProblemIssue]
  ) {
    var columns: [Column] = []
    for (i, name) in names.enumerated() {
      do throws(FeatureName.Misfit) {
        columns += try FeatureName(inputs: inputs, seed: seed).columns(name)
      } catch {
        issues.append(
          ProblemIssue(key: "\(key)[\(i + 1)]", value: name, allowed: error.allowed))
      }
    }
    if columns.count > FeatureMap.limit {
      issues.append(
        ProblemIssue(
          key: key, value: "\(columns.count) columns",
          allowed: "at most \(FeatureMap.limit) columns"))
      columns = []
    }
    if ones, !columns.contains(.one) { columns.insert(.one, at: 0) }
    self.columns = columns
  }

  /// The most columns there may be.
  static let limit = 4096

  /// Names of the columns, as they are written in presets.
  package var names: [String] {
    columns.map { column in
      switch column {
      case .one: "1"
      case .zero: "0"
      case .sine(let i): "sin(x\(i + 1))"
      case .cosine(let i): "cos(x\(i + 1))"
      case .wave(let number, _, _): "wave\(number + 1)"
      case .product(let factors):
        factors.map { $0.power == 1 ? "x\($0.input + 1)" : "x\($0.input + 1)^\($0.power)" }
          .joined(separator: "*")
      }
    }
  }

  /// The column's value for a sample, as the first layer reads it.
  package func value(_ column: Int, of sample: some RandomAccessCollection<Double>) -> Double {
    let value = plainValue(column, of: sample)
    return scale == 1 || columns[column] == .one ? value : value * scale
  }

  private func plainValue(
    _ column: Int, of sample: some RandomAccessCollection<Double>
  ) -> Double {
    func input(_ i: Int) -> Double { sample[sample.index(sample.startIndex, offsetBy: i)] }
    switch columns[column] {
    case .one: return 1
    case .zero: return 0
    case .sine(let i): return Elementary.sin(input(i))
    case .cosine(let i): return Elementary.cos(input(i))
    case .wave(_, let frequencies, let phase):
      var angle = phase
      for (i, frequency) in frequencies.enumerated() { angle += frequency * input(i) }
      return Elementary.cos(angle)
    case .product(let factors):
      var product = 1.0
      for factor in factors {
        let x = input(factor.input)
        for _ in 0..<factor.power { product *= x }
      }
      return product
    }
  }
}
