import Lanes
import Presets
import Terminal
import Training

/// A value that can be typed: in the palette (`beta1 0.8`, `hidden 8,8`) and in prompts (`=`).
struct Tunable: Named, Equatable {
  /// Where the value belongs.
  enum Place: Equatable, Sendable {
    case batchSize, stepCount, steps, back, forward, go
    /// A key of the preset's table, by its path.
    case key(String)
    /// A constant of a scaled activation.
    case scaled(Int)
    /// One parameter of the run, by its place among all.
    case weight(Int)
    /// The base rate.
    static let learningRate = Place.key("learning_rate")
  }

  /// What is typed before the number.
  let name: String
  /// What it does.
  let summary: String
  /// The value in force, as it would be typed; empty for an action.
  let current: String
  /// Where it belongs.
  let place: Place

  /// The preset whose key it is, with the settings in force.
  var preset: Preset?

  /// All that can be set in this state; of two with one name the later is called by its path.
  static func all(in explorer: Explorer) -> [Tunable] {
    let now = explorer.presetNow
    let rows = PresetKeys.rows(of: now)
    var taken: Set<String> = ["batch_size", "step_count", "steps"]
    var list: [Tunable] = []
    for key in rows.filter({ $0.name == "learning_rate" })
      + rows.filter({ $0.name != "learning_rate" })
    {
      // `steps` takes steps, as it always did; how many a run without a screen takes is its length.
      let typed = key.name == "steps" ? "length" : key.typed
      let name = taken.insert(typed).inserted ? typed : key.name
      guard name == typed || taken.insert(name).inserted else { continue }
      list.append(
        Tunable(
          name: name, summary: key.summary,
          current: PresetKeys.shown(key, in: now), place: .key(key.name),
          preset: now))
    }
    // Each variable of a function begins somewhere.
    for (key, preset) in explorer.startKeys where taken.insert(key.typed).inserted {
      list.append(
        Tunable(
          name: key.typed, summary: key.summary, current: PresetKeys.shown(key, in: preset),
          place: .key(key.name), preset: preset))
    }
    if let scaled = ScaledActivation(explorer.snapshot.objective),
      let values = scaled.values(of: explorer.snapshot.parameters)
    {
      for (index, constant) in scaled.constants.enumerated() {
        list.append(
          Tunable(
            name: constant.name,
            summary: "\(constant.symbol) of c₁ f(c₂x + c₃) + c₄: \(constant.action)",
            current: "\(values[index])", place: .scaled(index)))
      }
    }
    if explorer.sampleCount > 0 {
      list.append(
        Tunable(
          name: "batch_size", summary: "samples a batch, or `full`",
          current: explorer.batching.size.map(String.init) ?? "full", place: .batchSize))
    }
    list += [
      Tunable(
        name: "step_count", summary: "steps that `.` takes", current: "\(explorer.stepCount)",
        place: .stepCount),
      Tunable(
        name: "steps", summary: "takes so many steps, then waits", current: "", place: .steps),
      Tunable(name: "back", summary: "goes back so many steps", current: "", place: .back),
      Tunable(
        name: "forward", summary: "goes on so many steps, as far as the run has come", current: "",
        place: .forward),
      Tunable(
        name: "go", summary: "shows the moment after so many steps", current: "", place: .go),
    ]
    return list
  }

  init(name: String, summary: String, current: String, place: Place, preset: Preset? = nil) {
    self.name = name
    self.summary = summary
    self.current = current
    self.place = place
    self.preset = preset
  }

  /// A key of the preset of another value that is in no list: one parameter's start, one constant.
  init?(key name: String, like other: Tunable) {
    guard name.contains("."), let preset = other.preset,
      let key = PresetKeys.row(name, of: preset)
    else { return nil }
    self.init(
      name: name, summary: key.summary,
      current: PresetKeys.shown(key, in: preset), place: .key(key.name),
      preset: preset)
  }

  /// The row of the table, where it is a key of the preset.
  var key: PresetKey? {
    guard case .key(let name) = place else { return nil }
    return preset.flatMap { PresetKeys.row(name, of: $0) }
  }

  /// Whether a number that is typed without a name may be meant for it.
  var isMeantByNumbers: Bool { [.learningRate, .steps, .go].contains(place) }

  /// A value that was typed and understood.
  enum Value: Equatable {
    case number(Double)
    case count(Int)
    case text(String)
    case all
  }

  /// Reads what was typed; the error says what is accepted.
  func read(_ typed: String) -> Result<Value, Refusal> {
    let text = typed.trimmingSpaces().replacing("−", with: "-").lowercased()
    switch place {
    case .go: return count(text, in: 0...1_000_000_000)
    case .stepCount, .steps, .back, .forward: return count(text, in: 1...1_000_000_000)
    case .batchSize:
      return text == "full" || text == "all" ? .success(.all) : count(text, in: 1...1_000_000)
    case .scaled, .weight: return number(text, in: -1e6...1e6)
    case .key:
      guard let key, let preset else { return refuse("no key of this preset") }
      let value = TypedValue(typed, of: key)
      if let reason = PresetKeys.refusal(value.text, of: key, in: preset) {
        return .failure(Refusal(message: reason))
      }
      return .success(.text(value.text))
    }
  }

  /// What is wrong with a text.
  struct Refusal: Error, Equatable {
    /// What would be accepted.
    var message: String
  }

  private func refuse(_ wanted: String) -> Result<Value, Refusal> {
    .failure(Refusal(message: wanted))
  }

  private func count(_ text: String, in range: ClosedRange<Int>) -> Result<Value, Refusal> {
    guard let value = Int(text), range.contains(value) else {
      let all = place == .batchSize ? ", or `full`" : ""
      return refuse("a whole number from \(range.lowerBound) to \(range.upperBound)\(all)")
    }
    return .success(.count(value))
  }

  private func number(_ text: String, in range: ClosedRange<Double>) -> Result<Value, Refusal> {
    guard let value = ExactDecimal.number(text), range.contains(value) else {
      return refuse(
        "a number from \(Explorer.text(range.lowerBound)) to \(Explorer.text(range.upperBound))")
    }
    return .success(.number(value))
  }
}

extension String {
  /// Without spaces at both ends.
  func trimmingSpaces() -> String {
    let start = self.drop { $0 == " " || $0 == "\t" }
    var end = start
    while end.last == " " || end.last == "\t" { end.removeLast() }
    return String(end)
  }
}
