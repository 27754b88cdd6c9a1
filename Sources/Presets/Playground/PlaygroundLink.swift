import Models
package import Training

/// Reads links of TensorFlow Playground: only the part after `#` counts, as on the page; what is
/// odd is said, each thing once.
///
/// Nothing is fetched. Text of a link is shown escaped; lengths are bounded before any work is
/// done.
package struct PlaygroundLink {
  /// What the link sets.
  package private(set) var settings = PlaygroundSettings()
  /// What is odd about it and what holds instead, one line each; texts from the link are escaped.
  package private(set) var notes: [String] = []

  private static let host = "playground.tensorflow.org"
  private static let longest = 16_384
  private static let mostNotes = 20

  /// Whether a reference is meant as a link, good or not.
  package static func isOne(_ reference: String) -> Bool {
    let text = reference.prefix(100).trimmingSpaces.lowercased()
    return text.hasPrefix("#") || text.contains("://") || text.hasPrefix("javascript:")
      || text.hasPrefix(host)
  }

  /// Reads a link.
  ///
  /// - Throws: `PresetError` for what is no link of the page: nothing is opened then.
  package init(_ reference: String) throws(PresetError) {
    guard reference.utf8.count <= Self.longest else { throw Self.tooLong(reference) }
    let text = reference.trimmingSpaces
    guard !text.isEmpty else { throw Self.failure("the link is empty") }
    let mark = text.firstIndex(of: "#")
    try Self.checkHost(mark.map { text[..<$0] } ?? text[...])
    read(mark.map { String(text[text.index(after: $0)...]) } ?? "")
  }

  private static func failure(_ message: String) -> PresetError { PresetError(.program, message) }

  private static func tooLong(_ reference: String) -> PresetError {
    let longest = reference.utf8.split(separator: UInt8(ascii: "&")).max { $0.count < $1.count }
    let key = longest.map { String(decoding: $0.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self) }
    return failure(
      "the link is \(reference.utf8.count) characters long, of which at most \(Self.longest) are"
        + " read; the longest value is that of " + shown(key ?? ""))
  }

  /// A text of the link, cut and escaped.
  private static func shown(_ text: String) -> String {
    EscapedText.quoted(EscapedText.cut(text, to: 60))
  }

  private static func checkHost(_ address: Substring) throws(PresetError) {
    if address.isEmpty { return }
    var rest = address
    if let colon = address.firstIndex(of: ":"),
      !address[..<colon].contains(where: { "/.?@".contains($0) })
    {
      let scheme = address[..<colon].lowercased()
      guard scheme == "http" || scheme == "https" else {
        throw failure("\(shown(scheme)) is no scheme of a Playground link; https is")
      }
      rest = address[address.index(after: colon)...]
      while rest.first == "/" { rest = rest.dropFirst() }
    }
    let name = rest.prefix { $0 != "/" && $0 != "?" }.lowercased()
    if name == host || name == host + ":443" || name == host + ":80" { return }
    guard name.contains("."), !name.contains(" ") else {
      throw failure("\(shown(String(address))) is no link; paste one of \(host)")
    }
    throw failure(
      "the link leads to \(shown(name)), not to \(host); to try it all the same give the part from "
        + "# on"
    )
  }

  /// The preset that trains as the page does, with what is odd about the link in its notes.
  package var preset: Preset {
    var preset = settings.preset
    preset.notes = notes.map { "- \($0)\n" }.joined()
    return preset
  }

  // MARK: - The part after #

  private mutating func say(_ note: String) {
    if notes.count == Self.mostNotes {
      notes.append("more of the link is odd")
    } else if notes.count < Self.mostNotes, !notes.contains(note) {
      notes.append(note)
    }
  }

  private mutating func read(_ hash: String) {
    var hash = hash.replacing("&amp;", with: "&")
    if !hash.contains("="), hash.contains("%3D") || hash.contains("%3d") {
      hash = Self.decoded(hash)
    }
    var values: [(name: String, value: String?)] = []
    for piece in hash.split(separator: "&") {
      let parts = piece.split(separator: "=", omittingEmptySubsequences: false)
      let name = Self.decoded(String(parts[0]))
      // The seed is text that the page takes as it is written.
      let raw = parts.count > 1 ? String(parts[1]) : nil
      let value = name == "seed" ? raw : raw.map(Self.decoded)
      values.removeAll { $0.name == name }
      values.append((name, value))
    }
    if values.isEmpty { say("the link has no settings: the page's defaults hold") }
    for (name, value) in values { take(name, value) }
    finish(values.map(\.name))
  }

  /// `%2C` as `,`; what is no escape stays.
  private static func decoded(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let digits = rest.dropFirst().prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }

  private mutating func take(_ name: String, _ value: String?) {
    if name.hasSuffix("_hide") { return takeHide(String(name.dropLast(5)), value ?? "") }
    guard Self.names.contains(name) else {
      return say("the page knows no key \(Self.shown(name))")
    }
    guard let value, !value.trimmingSpaces.isEmpty else {
      if name == "networkShape" {
        if value == nil {
          say("networkShape has no value; 4,2 holds")
        } else {
          settings.networkShape = []
        }
      }
      return
    }
    switch name {
    case "activation": choose(name, value, \.activation)
    case "regularization": choose(name, value, \.regularization)
    case "dataset": choose(name, value, \.dataset)
    case "regDataset": choose(name, value, \.regDataset)
    case "problem": choose(name, value, \.problem)
    case "batchSize":
      let number = PageNumber.read(value)
      if number >= 1, number == number.rounded(), number <= 1e9 {
        settings.batchSize = Int(number)
      } else {
        odd(name, value, "a whole number from 1 on is needed", "10")
      }
    case "learningRate":
      let number = PageNumber.read(value)
      if number > 0, number.isFinite {
        settings.learningRate = number
      } else {
        odd(name, value, "a number above 0 is needed", "0.03")
      }
    case "regularizationRate":
      let number = PageNumber.read(value)
      if number >= 0, number.isFinite {
        settings.regularizationRate = number
      } else {
        odd(name, value, "a number from 0 on is needed", "0")
      }
    case "noise":
      let number = PageNumber.read(value)
      settings.noise = number > 80 ? 50 : number >= 0 ? number : 0
      if number.isNaN { odd(name, value, "a number is needed", "0") }
      if number > 80 { odd(name, value, "at most 80 are taken", "50") }
      if number < 0 { odd(name, value, "less than 0 is not taken", "0") }
    case "percTrainData": takeShare(value)
    case "networkShape": takeShape(value)
    case "seed": takeSeed(value)
    case "tutorial":
      settings.tutorial = value
      say("tutorial: \(Self.shown(value)) is not fetched")
    default: takeSwitch(name, value)
    }
  }

  private static let names: Set<String> = [
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate",
    "regularizationRate", "noise", "networkShape", "seed", "showTestData", "discretize",
    "percTrainData", "x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX", "cosY", "sinY",
    "collectStats", "tutorial", "problem", "initZero", "hideText",
  ]

  private mutating func odd(_ name: String, _ value: String, _ why: String, _ holds: String) {
    say("\(name): \(Self.shown(value)): \(why); \(holds) holds")
  }

  private mutating func choose<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ value: String, _ path: WritableKeyPath<PlaygroundSettings, Value>
  ) {
    if let known = Value(rawValue: value) {
      settings[keyPath: path] = known
    } else {
      let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
      odd(name, value, "there are \(names)", settings[keyPath: path].rawValue)
    }
  }

  private mutating func takeShare(_ value: String) {
    let number = PageNumber.read(value)
    switch number {
    case 10...100:
      settings.percTrainData = number
      if number == 100 { say("percTrainData: 100: there is no test set") }
    case 0..<10 where number > 0:
      settings.percTrainData = 10
      odd("percTrainData", value, "at least 10 % train here", "10")
    default: odd("percTrainData", value, "a number from 10 to 100 is needed", "50")
    }
  }

  private mutating func takeShape(_ value: String) {
    let entries = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var units: [Int] = []
    for entry in entries {
      let number = entry.trimmingSpaces.isEmpty ? 0 : PageNumber.read(entry)
      guard number >= 1, number == number.rounded(), number <= Double(ModelLimits.units) else {
        let limit = "a layer has 1 to \(ModelLimits.units) units"
        return odd("networkShape", entry.isEmpty ? value : entry, limit, "4,2")
      }
      units.append(Int(number))
    }
    let weights = zip([7] + units, units + [1]).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    guard units.count <= ModelLimits.layers, weights <= ModelLimits.parameters else {
      return odd(
        "networkShape", value,
        "at most \(ModelLimits.layers) layers and \(ModelLimits.parameters) weights are possible",
        "4,2")
    }
    settings.networkShape = units
  }

  private mutating func takeSeed(_ value: String) {
    guard value.utf8.count <= 1_000 else {
      return odd("seed", value, "it is longer than 1000 characters", "another")
    }
    settings.seed = value
    if !value.unicodeScalars.allSatisfy(EscapedText.isPlain) || value.contains("%") {
      say("seed: \(Self.shown(value)) is taken as it is written")
    }
  }

  private mutating func takeSwitch(_ name: String, _ value: String) {
    let isOn = value != "false"
    if isOn, value != "true" {
      say("\(name): \(Self.shown(value)): all but \"false\" switches it on")
    }
    if let feature = PlaygroundSettings.Feature(rawValue: name) {
      if isOn { settings.features.insert(feature) } else { settings.features.remove(feature) }
      return
    }
    switch name {
    case "showTestData": settings.showTestData = isOn
    case "discretize": settings.discretize = isOn
    case "collectStats": settings.collectStats = isOn
    case "initZero": settings.initZero = isOn
    case "hideText": settings.hideText = isOn
    case "cosX":
      settings.cosX = isOn
      if isOn { say("cosX has no effect: the page has no such input") }
    default:
      settings.cosY = isOn
      if isOn { say("cosY has no effect: the page has no such input") }
    }
  }

  private static let controls: Set<String> = [
    "showTestData", "discretize", "playButton", "stepButton", "resetButton", "learningRate",
    "activation", "regularization", "regularizationRate", "problem", "dataset", "percTrainData",
    "noise", "batchSize", "numHiddenLayers",
  ]

  private mutating func takeHide(_ name: String, _ value: String) {
    settings.hides.append((name, value))
    guard value == "true" else { return }
    if PlaygroundSettings.Feature(rawValue: name) != nil {
      settings.hidden.append(name)
      say("\(name)_hide takes the input \(name) out of the net")
    } else if Self.controls.contains(name) || name.hasPrefix("numNodes") {
      settings.hidden.append(name)
      say("\(name)_hide: controls are not hidden here")
    } else {
      say("\(Self.shown(name + "_hide")) hides nothing that the page has")
    }
  }

  private mutating func finish(_ names: [String]) {
    if settings.inputs.isEmpty { say("features: none is on, so one that is 0 stands in") }
    if settings.batchSize > settings.trainCount {
      say(
        "batchSize: \(settings.batchSize) is more than the \(settings.trainCount) training samples;"
          + " all of them are taken")
      settings.batchSize = settings.trainCount
    }
    if settings.seed == nil {
      settings.seed = Self.drawnSeed()
      let quotes =
        names.count == 1
        ? "; in a shell a link must stand in quotes, or it ends at its first &" : ""
      say("seed: the link has none; \(settings.seed ?? "") was drawn" + quotes)
    }
  }

  /// A random number with five decimals, as the page draws its seeds.
  private static func drawnSeed() -> String {
    let digits = String(Int.random(in: 0..<100_000))
    return "0." + String(repeating: "0", count: 5 - digits.count) + digits
  }
}
