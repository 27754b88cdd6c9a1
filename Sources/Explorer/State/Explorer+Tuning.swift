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
        let parameters = scaled.parameters(snapshot.parameters, setting: index, to: number)
      else { return [] }
      say("\(scaled.constants[index].symbol) = \(number)")
      return [ask(.change(.parameters(parameters)))]
    case (.weight(let index), .number(let number)):
      guard snapshot.parameters.indices.contains(index) else { return [] }
      var parameters = snapshot.parameters
      parameters[index] = number
      say("\(tunable.name) = \(Explorer.text(number)); the optimizer's memory begins anew")
      return [ask(.change(.parameters(parameters)))]
    default: return []
    }
  }
}
