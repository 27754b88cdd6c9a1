import Lanes

/// Columns made of a sample's inputs: `x1`, `x2^3`, `x1*x2`, `sin(x1)`, `cos(x2)`, `1`, or
/// `poly(3)` for powers of each, `first(5)` for the first inputs, `fourier(40:25)` for random waves.
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
      guard let parsed = FeatureMap.parse(name, inputs: inputs, seed: seed) else {
        issues.append(
          ProblemIssue(
            key: "\(key)[\(i + 1)]", value: name,
            allowed: "a feature is 1, x1…x\(inputs), x1^2, x1*x2, sin(x1), cos(x1), poly(3),"
              + " first(2) or fourier(40:25)"))
        continue
      }
      columns += parsed
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

  // MARK: Reading names

  private static func parse(_ text: String, inputs: Int, seed: UInt64) -> [Column]? {
    let name = String(text.lowercased().filter { !$0.isWhitespace })
    guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
    if name == "1" { return [.one] }
    if name == "0" { return [.zero] }
    if let inner = argument(of: "poly", in: name) {
      guard let degree = Int(inner), (1...64).contains(degree) else { return nil }
      return (1...degree).flatMap { power in
        (0..<inputs).map { .product([Factor(input: $0, power: power)]) }
      }
    }
    if let inner = argument(of: "first", in: name) {
      guard let count = Int(inner), (1...inputs).contains(count) else { return nil }
      return (0..<count).map { .product([Factor(input: $0, power: 1)]) }
    }
    if let inner = argument(of: "fourier", in: name) {
      let numbers = inner.split(separator: ":", omittingEmptySubsequences: false)
      guard numbers.count <= 2, let count = numbers.first.flatMap({ Int($0) }),
        (1...limit).contains(count)
      else { return nil }
      guard numbers.count == 2 else { return waves(count, inputs: inputs, scale: 10, seed: seed) }
      guard let scale = Double(numbers[1]), scale > 0, scale <= 1e6 else { return nil }
      return waves(count, inputs: inputs, scale: scale, seed: seed)
    }
    if let inner = argument(of: "sin", in: name) {
      return variable(inner, inputs: inputs).map { [.sine($0)] }
    }
    if let inner = argument(of: "cos", in: name) {
      return variable(inner, inputs: inputs).map { [.cosine($0)] }
    }
    var powers: [Int: Int] = [:]
    for factor in name.split(separator: "*", omittingEmptySubsequences: false) {
      let parts = factor.split(separator: "^", omittingEmptySubsequences: false)
      guard let first = parts.first, parts.count <= 2,
        let input = variable(String(first), inputs: inputs)
      else { return nil }
      let power = parts.count == 2 ? Int(parts[1]) : 1
      guard let power, (1...64).contains(power) else { return nil }
      powers[input, default: 0] += power
    }
    guard powers.values.allSatisfy({ $0 <= 64 }) else { return nil }
    return [
      .product(powers.sorted { $0.key < $1.key }.map { Factor(input: $0.key, power: $0.value) })
    ]
  }

  /// `count` waves with frequencies uniform in ±`scale` and phases uniform in ±π; more of them leave
  /// the first as they were.
  ///
  /// Rahimi, Recht (2007), "Random features for large-scale kernel machines".
  private static func waves(_ count: Int, inputs: Int, scale: Double, seed: UInt64) -> [Column] {
    let stream = RandomStream(seed: seed, stream: Streams.features)
    func draw(_ wave: Int, _ which: Int) -> Double {
      2 * stream.uniform(at: UInt64(wave * (inputs + 1) + which)) - 1
    }
    return (0..<count).map { wave in
      .wave(
        wave, frequencies: (0..<inputs).map { scale * draw(wave, $0) },
        phase: .pi * draw(wave, inputs))
    }
  }

  private static func argument(of function: String, in name: String) -> String? {
    guard name.hasPrefix(function + "("), name.hasSuffix(")") else { return nil }
    return String(name.dropFirst(function.count + 1).dropLast())
  }

  /// The number of an input, from 0: `x2` is 1; `x` is 0, and `y` is 1, where there are no more
  /// than two.
  private static func variable(_ name: String, inputs: Int) -> Int? {
    if inputs <= 2, name == "x" { return 0 }
    if inputs == 2, name == "y" { return 1 }
    guard name.hasPrefix("x"), let number = Int(name.dropFirst()), (1...inputs).contains(number),
      name == "x\(number)"
    else { return nil }
    return number - 1
  }
}
