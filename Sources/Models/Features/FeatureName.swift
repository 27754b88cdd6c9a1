import Lanes

/// Reads the name of a feature: the columns that it stands for.
struct FeatureName {
  /// A name that stands for none.
  struct Misfit: Error {
    /// What would do, for people.
    let allowed: String
  }

  /// How many inputs a sample has.
  let inputs: Int
  /// What random waves are drawn from.
  let seed: UInt64

  /// The highest power of an input.
  private static let highestPower = 64
  /// The steepest random waves.
  private static let steepest = 1e6

  /// The columns of `text`.
  func columns(_ text: String) throws(Misfit) -> [FeatureMap.Column] {
    let name = String(text.lowercased().filter { !$0.isWhitespace })
    guard !name.isEmpty else { throw unknown }
    guard name.utf8.count <= 200 else {
      throw Misfit(allowed: "the name of a feature has at most 200 characters")
    }
    if name == "1" { return [.one] }
    if name == "0" { return [.zero] }
    if let inner = Self.argument(of: "poly", in: name) {
      let degree = try whole(inner, from: 1, to: Self.highestPower, "poly(3)", "the degree")
      return (1...degree).flatMap { power in
        (0..<inputs).map { .product([FeatureMap.Factor(input: $0, power: power)]) }
      }
    }
    if let inner = Self.argument(of: "first", in: name) {
      let count = try whole(inner, from: 1, to: inputs, "first(1)", "the number of inputs")
      return (0..<count).map { .product([FeatureMap.Factor(input: $0, power: 1)]) }
    }
    if let inner = Self.argument(of: "fourier", in: name) { return try waves(inner) }
    if let inner = Self.argument(of: "sin", in: name) { return [.sine(try variable(inner))] }
    if let inner = Self.argument(of: "cos", in: name) { return [.cosine(try variable(inner))] }
    return [.product(try factors(name))]
  }

  /// `x1*x2^3` as factors in rising order.
  private func factors(_ name: String) throws(Misfit) -> [FeatureMap.Factor] {
    var powers: [Int: Int] = [:]
    for factor in name.split(separator: "*", omittingEmptySubsequences: false) {
      let parts = factor.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2 else { throw unknown }
      let input = try variable(parts[0])
      let power =
        parts.count == 2
        ? try whole(parts[1], from: 1, to: Self.highestPower, "x1^2", "the power") : 1
      powers[input, default: 0] += power
    }
    guard powers.values.allSatisfy({ $0 <= Self.highestPower }) else {
      throw Misfit(allowed: "the power of an input is at most \(Self.highestPower)")
    }
    return powers.sorted { $0.key < $1.key }.map {
      FeatureMap.Factor(input: $0.key, power: $0.value)
    }
  }

  /// `40:25` as 40 waves with frequencies up to 25.
  private func waves(_ inner: String) throws(Misfit) -> [FeatureMap.Column] {
    let numbers = inner.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(numbers.count) else {
      throw Misfit(
        allowed: "fourier(40) or fourier(40:25): how many waves, and the highest frequency")
    }
    let count = try whole(
      numbers[0], from: 1, to: FeatureMap.limit, "fourier(40:25)", "the number of waves")
    guard numbers.count == 2 else { return waves(count, scale: 10) }
    guard let scale = Double(numbers[1]), scale > 0, scale <= Self.steepest else {
      throw Misfit(allowed: "the highest frequency in fourier(40:25) is above 0, at most 1000000")
    }
    return waves(count, scale: scale)
  }

  /// `count` waves with frequencies uniform in ±`scale` and phases uniform in ±π; more of them
  /// leave the first as they were.
  ///
  /// Rahimi, Recht (2007), "Random features for large-scale kernel machines".
  private func waves(_ count: Int, scale: Double) -> [FeatureMap.Column] {
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

  /// A whole number within limits, which are told where it is not.
  private func whole(
    _ text: String, from low: Int, to high: Int, _ example: String, _ what: String
  ) throws(Misfit) -> Int {
    guard let number = Int(text), (low...high).contains(number) else {
      throw Misfit(
        allowed: high > low
          ? "\(what) in \(example) is a whole number from \(low) to \(high)"
          : "\(what) in \(example) is \(low)")
    }
    return number
  }

  /// The number of an input, from 0: `x2` is 1; `x` is 0, and `y` is 1, where there are no more
  /// than two.
  private func variable(_ name: String) throws(Misfit) -> Int {
    if inputs <= 2, name == "x" { return 0 }
    if inputs == 2, name == "y" { return 1 }
    guard name.hasPrefix("x"), name.count > 1, name.dropFirst().allSatisfy(\.isNumber) else {
      throw unknown
    }
    guard let number = Int(name.dropFirst()), (1...inputs).contains(number), name == "x\(number)"
    else {
      throw Misfit(
        allowed: inputs == 1
          ? "there is one input, x1" : "there are \(inputs) inputs, \(inputNames)")
    }
    return number - 1
  }

  private var inputNames: String {
    inputs == 1 ? "x1" : inputs == 2 ? "x1 and x2" : "x1 to x\(inputs)"
  }

  private var unknown: Misfit {
    let product = inputs == 1 ? "x1^2" : "x1^2, x1*x2"
    return Misfit(
      allowed: "a feature is 1, \(inputNames), \(product), sin(x1), cos(x1), poly(3),"
        + " first(\(min(2, inputs))) or fourier(40:25)")
  }
}
