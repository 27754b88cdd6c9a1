import Lanes
import Training

extension Explorer {
  /// Asks for a number with the prompt.
  mutating func ask(for place: Tunable.Place) -> [Effect] {
    guard let tunable = Tunable.all(in: self).first(where: { $0.place == place }) else { return [] }
    return open(Prompt(setting: tunable))
  }

  /// Sets a number that was typed; a refusal is said, and nothing is done.
  mutating func set(_ tunable: Tunable, typed: String) -> [Effect] {
    if case .key(let name) = tunable.place { return set(name, to: typed) }
    switch tunable.read(typed) {
    case .failure(let refusal):
      say("\(tunable.name): \(refusal.message)", .bad)
      return []
    case .success(let value): return set(tunable, value)
    }
  }

  private mutating func set(_ tunable: Tunable, _ value: Tunable.Value) -> [Effect] {
    switch (tunable.place, value) {
    case (.stepCount, .count(let count)):
      setStepCount(count)
      return []
    case (.steps, .count(let count)): return takeSteps(count)
    case (.back, .count(let count)): return move(inTimeBy: -count)
    case (.forward, .count(let count)): return move(inTimeBy: count)
    case (.go, .count(let count)): return seek(step: count)
    case (.batchSize, .all): return setBatchSize(nil)
    case (.batchSize, .count(let count)): return setBatchSize(count >= sampleCount ? nil : count)
    case (.scaled(let index), .number(let number)):
      guard let scaled = ScaledActivation(snapshot.objective),
        scaled.constants.indices.contains(index)
      else { return [] }
      let constant = scaled.constants[index]
      say("\(constant.symbol) = \(number)")
      return [ask(.change(.entries([constant.index: number])))]
    case (.weight(let index), .number(let number)):
      say("\(tunable.name) = \(Explorer.text(number))")
      return [ask(.change(.entries([index: number])))]
    default: return []
    }
  }
}
