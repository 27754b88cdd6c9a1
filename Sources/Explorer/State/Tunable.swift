import Lanes
import Models
import Terminal
import Training

/// A number that can be typed: in the palette (`beta1 0.8`) and in prompts (`=`).
struct Tunable: Named, Equatable {
  /// Where the number belongs.
  enum Place: Equatable, Sendable {
    case learningRate, seed, pace, batchSize, stepCount, steps
    case optimizer(Hyperparameter)
    case schedule(Hyperparameter)
    case activation(Hyperparameter)
    case scaled(Int)
  }

  /// What is typed before the number.
  let name: String
  /// What it does.
  let summary: String
  /// The value in force, as it would be typed; empty for an action.
  let current: String
  /// Where it belongs.
  let place: Place

  /// All that can be set in this state; of two with one name the schedule's or activation's is prefixed.
  static func all(in explorer: Explorer) -> [Tunable] {
    var list = [
      Tunable(
        name: "learning_rate", summary: "the base learning rate η",
        current: "\(explorer.learningRate)", place: .learningRate)
    ]
    func add(
      _ entry: Vocabulary.Entry?, _ choice: Choice?, prefix: String,
      _ place: (Hyperparameter) -> Place
    ) {
      guard let entry, let choice else { return }
      for parameter in entry.hyperparameters {
        let isTaken = list.contains { $0.name == parameter.name }
        let value = choice.settings[parameter.name] ?? parameter.defaultValue
        list.append(
          Tunable(
            name: isTaken ? "\(prefix).\(parameter.name)" : parameter.name,
            summary: "\(parameter.symbol) of \(entry.name): \(parameter.summary)",
            current: parameter.text(value), place: place(parameter)))
      }
    }
    add(
      explorer.vocabulary.optimizers[explorer.optimizer.name], explorer.optimizer,
      prefix: "optimizer", Place.optimizer)
    add(
      explorer.vocabulary.schedules[explorer.schedule.name], explorer.schedule, prefix: "schedule",
      Place.schedule)
    add(
      explorer.activation.flatMap { explorer.vocabulary.activations[$0.name] },
      explorer.activation, prefix: "activation", Place.activation)
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
        name: "pace", summary: "steps per second, or `full`",
        current: explorer.pace.isInfinite ? "full" : "\(explorer.pace)", place: .pace),
      Tunable(
        name: "seed", summary: "restarts with this seed", current: "\(explorer.seed)", place: .seed),
      Tunable(
        name: "step_count", summary: "steps that `.` takes", current: "\(explorer.stepCount)",
        place: .stepCount),
      Tunable(
        name: "steps", summary: "takes so many steps, then waits", current: "", place: .steps),
    ]
    return list
  }

  /// A value that was typed and understood.
  enum Value: Equatable {
    case number(Double)
    case count(Int)
    case seed(UInt64)
    case all
  }

  /// Reads what was typed; the error says what is accepted.
  func read(_ typed: String) -> Result<Value, Refusal> {
    let text = typed.trimmingSpaces().replacing("−", with: "-").lowercased()
    switch place {
    case .seed:
      guard let seed = UInt64(text) else { return refuse("a whole number from 0 to \(UInt64.max)") }
      return .success(.seed(seed))
    case .stepCount, .steps: return count(text, in: 1...1_000_000_000)
    case .batchSize:
      return text == "full" || text == "all" ? .success(.all) : count(text, in: 1...1_000_000)
    case .pace:
      if ["full", "inf", "∞"].contains(text) { return .success(.number(.infinity)) }
      return number(text, in: 0.01...1e9, "steps per second from 0.01 to 1e9, or `full`")
    case .learningRate: return number(text, in: Explorer.rates)
    case .scaled: return number(text, in: -1e6...1e6)
    case .optimizer(let parameter), .schedule(let parameter), .activation(let parameter):
      switch parameter.scale {
      case .linear, .logarithmic: return number(text, in: parameter.range)
      case .flag:
        if ["on", "true", "yes", "1"].contains(text) { return .success(.number(1)) }
        if ["off", "false", "no", "0"].contains(text) { return .success(.number(0)) }
        return refuse("`on` or `off`")
      case .integer:
        guard let value = Double(text), value.isFinite, value == value.rounded(),
          parameter.range.contains(value)
        else { return refuse("a whole number \(Tunable.spoken(parameter.range))") }
        return .success(.number(value))
      }
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

  private func number(
    _ text: String, in range: ClosedRange<Double>, _ wanted: String? = nil
  ) -> Result<Value, Refusal> {
    // Double's own reading also takes `nan`, `infinity` and hexadecimal.
    let isDecimal = text.utf8.allSatisfy { "0123456789+-.e".utf8.contains($0) }
    guard isDecimal, let value = Double(text), range.contains(value) else {
      return refuse(wanted ?? "a number \(Tunable.spoken(range))")
    }
    return .success(.number(value))
  }

  /// `from 0 to 1`, `of at least 0`, or nothing at all.
  static func spoken(_ range: ClosedRange<Double>) -> String {
    let low = range.lowerBound
    let high = range.upperBound
    let hasLow = low > -1e300
    let hasHigh = high < 1e300
    if hasLow, hasHigh { return "from \(Explorer.text(low)) to \(Explorer.text(high))" }
    if hasLow { return "of at least \(Explorer.text(low))" }
    return hasHigh ? "of at most \(Explorer.text(high))" : ""
  }
}

extension Hyperparameter {
  /// A value as it would be typed.
  func text(_ value: Double) -> String {
    switch scale {
    case .flag: value == 0 ? "off" : "on"
    case .integer where abs(value) < 1e15: "\(Int(value))"
    case .integer, .linear, .logarithmic: "\(value)"
    }
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
