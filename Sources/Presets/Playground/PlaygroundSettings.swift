/// What a link of TensorFlow Playground sets, after the page's own limits; the same words as in
/// links.
package struct PlaygroundSettings: Equatable, Sendable {
  /// Activations of hidden layers.
  package enum Activation: String, Sendable, CaseIterable { case relu, tanh, sigmoid, linear }
  /// Penalties.
  package enum Regularization: String, Sendable, CaseIterable {
    case none
    case l1 = "L1"
    case l2 = "L2"
  }
  /// Data of classes.
  package enum ClassData: String, Sendable, CaseIterable { case circle, xor, gauss, spiral }
  /// Data of values.
  package enum ValueData: String, Sendable, CaseIterable {
    case plane = "reg-plane"
    case gauss = "reg-gauss"
  }
  /// What is learned.
  package enum Problem: String, Sendable, CaseIterable { case classification, regression }
  /// Inputs of the net, in the page's fixed order.
  package enum Feature: String, Sendable, CaseIterable {
    case x, y, xSquared, ySquared, xTimesY, sinX, sinY
  }

  package var activation = Activation.tanh
  package var regularization = Regularization.none
  package var batchSize = 10
  /// The data of classes; kept while values are learned.
  package var dataset = ClassData.circle
  /// The data of values; kept while classes are learned.
  package var regDataset = ValueData.plane
  package var learningRate = 0.03
  package var regularizationRate = 0.0
  /// Per cent.
  package var noise = 0.0
  /// Units of the hidden layers.
  package var networkShape = [4, 2]
  /// A text; nil: the link has none.
  package var seed: String?
  package var showTestData = false
  package var discretize = false
  /// The share of samples that train, in per cent.
  package var percTrainData = 50.0
  /// Inputs that are on, hidden ones included.
  package var features: Set<Feature> = [.x, .y]
  package var cosX = false
  package var cosY = false
  package var collectStats = false
  package var tutorial: String?
  package var problem = Problem.classification
  package var initZero = false
  package var hideText = false
  /// Names of what `NAME_hide=true` hides, as they came.
  package var hidden: [String] = []
  /// All keys that end in `_hide`, with their values, as they came.
  package var hides: [(name: String, value: String)] = []

  /// The page's defaults.
  package init() {}

  package static func == (a: Self, b: Self) -> Bool { a.hash == b.hash }

  /// Inputs of the net: those that are on and not hidden, in the page's order.
  package var inputs: [Feature] {
    Feature.allCases.filter { features.contains($0) && !hidden.contains($0.rawValue) }
  }

  /// Samples that the page draws.
  package var sampleCount: Int { problem == .classification ? 500 : 1200 }
  /// Those of them that train.
  package var trainCount: Int { Int((Double(sampleCount) * percTrainData / 100).rounded(.down)) }

  /// What the page writes into its address: every key, in its order.
  package var hash: String {
    var pairs: [(String, String)] = [("activation", activation.rawValue)]
    if regularization != .none { pairs.append(("regularization", regularization.rawValue)) }
    pairs += [
      ("batchSize", "\(batchSize)"), ("dataset", dataset.rawValue),
      ("regDataset", regDataset.rawValue), ("learningRate", PageNumber.text(learningRate)),
      ("regularizationRate", PageNumber.text(regularizationRate)),
      ("noise", PageNumber.text(noise)),
      ("networkShape", networkShape.map(String.init).joined(separator: ",")),
    ]
    if let seed { pairs.append(("seed", seed)) }
    func flag(_ name: String, _ value: Bool) { pairs.append((name, value ? "true" : "false")) }
    flag("showTestData", showTestData)
    flag("discretize", discretize)
    pairs.append(("percTrainData", PageNumber.text(percTrainData)))
    for feature in [Feature.x, .y, .xTimesY, .xSquared, .ySquared] {
      flag(feature.rawValue, features.contains(feature))
    }
    flag("cosX", cosX)
    flag("sinX", features.contains(.sinX))
    flag("cosY", cosY)
    flag("sinY", features.contains(.sinY))
    flag("collectStats", collectStats)
    if let tutorial { pairs.append(("tutorial", tutorial)) }
    pairs.append(("problem", problem.rawValue))
    flag("initZero", initZero)
    flag("hideText", hideText)
    pairs += hides.map { ($0.name + "_hide", $0.value) }
    return pairs.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  /// The link that opens them on the page.
  package var link: String { "https://playground.tensorflow.org/#" + hash }
}

/// Numbers as the page's language reads and writes them.
enum PageNumber {
  /// A number; NaN for what is none.
  static func read(_ text: String) -> Double {
    let text = text.trimmingSpaces
    let lower = text.lowercased()
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where lower.hasPrefix(prefix) {
      let digits = lower.dropFirst(2)
      guard !digits.isEmpty, digits.allSatisfy({ Int(String($0), radix: radix) != nil }) else {
        return .nan
      }
      return digits.reduce(0) { $0 * Double(radix) + Double(Int(String($1), radix: radix) ?? 0) }
    }
    var body = Substring(text)
    if let sign = body.first, sign == "+" || sign == "-" { body = body.dropFirst() }
    if body == "Infinity" { return text.hasPrefix("-") ? -.infinity : .infinity }
    let allowed = body.utf8.allSatisfy {
      (0x30...0x39).contains($0) || [0x2E, 0x65, 0x45, 0x2B, 0x2D].contains($0)
    }
    guard allowed, body.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return .nan }
    // `5.` and `.5` are numbers there.
    return Double(text) ?? Double(text.replacing(".e", with: ".0e").replacing(".E", with: ".0e"))
      ?? Double(text + "0") ?? .nan
  }

  /// The shortest decimals that read back the same, without an exponent from 10⁻⁶ to 10²¹.
  static func text(_ value: Double) -> String {
    let short = ExactDecimal.shortest(value)
    guard let mark = short.firstIndex(where: { $0 == "e" || $0 == "E" }),
      value.magnitude >= 1e-6, value.magnitude < 1e21,
      let exponent = Int(short[short.index(after: mark)...])
    else { return short }
    var digits = short[..<mark].filter(\.isNumber)
    let whole = short[..<mark].prefix { $0 != "." }.filter(\.isNumber).count
    let place = whole + exponent
    if place <= 0 {
      digits = "0." + String(repeating: "0", count: -place) + digits
    } else if place >= digits.count {
      digits += String(repeating: "0", count: place - digits.count)
    } else {
      digits.insert(".", at: digits.index(digits.startIndex, offsetBy: place))
    }
    return (value < 0 ? "-" : "") + digits
  }
}
