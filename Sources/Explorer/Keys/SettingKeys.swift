import Lanes
import Terminal
import Training

extension KeyBinding {
  /// Keys that change settings of the run while it goes on.
  static let settings: [KeyBinding] = [
    KeyBinding(
      "experiment", [.type("e")], .settings,
      "the experiment as a form to be changed, or hide it",
      hint: { _ in Hint("experiment", 77) },
      act: { explorer, _ in explorer.toggleForm() }),
    KeyBinding(
      "raise_rate", [.type("+")], .settings, "raise the learning rate by a quarter",
      act: { explorer, _ in explorer.scaleRate(by: 1.25) }),
    KeyBinding(
      "lower_rate", [.type("-")], .settings, "lower the learning rate by a fifth",
      act: { explorer, _ in explorer.scaleRate(by: 1 / 1.25) }),
    KeyBinding(
      "raise_rate_finely", [.type("]")], .settings, "raise the learning rate by a twentieth",
      act: { explorer, _ in explorer.scaleRate(by: 1.05) }),
    KeyBinding(
      "lower_rate_finely", [.type("[")], .settings, "lower the learning rate by a twentieth",
      act: { explorer, _ in explorer.scaleRate(by: 1 / 1.05) }),
    KeyBinding(
      "exact_rate", [.type("=")], .settings, "type the learning rate",
      hint: { _ in Hint("rate", 76) },
      act: { explorer, _ in explorer.ask(for: .learningRate) }),
    KeyBinding(
      "next_optimizer", [.type("o")], .settings, "next optimizer; weights are kept",
      hint: { _ in Hint("optimizer", 65) },
      act: { explorer, _ in explorer.cycleOptimizer(by: 1) }),
    KeyBinding(
      "previous_optimizer", [.type("O")], .settings, "previous optimizer; weights are kept",
      act: { explorer, _ in explorer.cycleOptimizer(by: -1) }),
    KeyBinding(
      "take_offer", [.type("Y")], .settings, "take the learning rate that is offered",
      hint: { explorer in explorer.offeredRate.map { Hint("take \(Explorer.text($0))", 92) } },
      act: { explorer, _ in explorer.takeOffer() }),
    KeyBinding(
      "carry_state", [.type("C")], .settings,
      "a new optimizer takes over the old one's memory, or not",
      act: { explorer, _ in explorer.toggleCarriedState() }),
    KeyBinding(
      "next_activation", [.type("a")], .settings, "next activation in the hidden layers",
      hint: { $0.activation == nil ? nil : Hint("activation", 40) },
      act: { explorer, _ in explorer.cycleActivation(by: 1) }),
    KeyBinding(
      "previous_activation", [.type("A")], .settings, "previous activation in the hidden layers",
      act: { explorer, _ in explorer.cycleActivation(by: -1) }),
    KeyBinding(
      "rates", [.type("F")], .settings,
      "the largest learning rate that converges, and the fastest", tellsRun: true,
      hint: { _ in Hint("rates", 31) },
      act: { explorer, _ in explorer.findRates() }),
    KeyBinding(
      "map", [.type("m")], .settings,
      "the map of two settings, a run a pixel", tellsRun: true,
      hint: { $0.preset.map.isEmpty && $0.many.map == nil ? nil : Hint("map", 36) },
      act: { explorer, _ in explorer.showMap() }),
    KeyBinding(
      "next_schedule", [.type("s")], .settings, "next learning-rate schedule",
      hint: { _ in Hint("schedule", 32) },
      act: { explorer, _ in explorer.cycleSchedule(by: 1) }),
    KeyBinding(
      "previous_schedule", [.type("S")], .settings, "previous learning-rate schedule",
      act: { explorer, _ in explorer.cycleSchedule(by: -1) }),
    KeyBinding(
      "smaller_batches", [.type("b")], .settings,
      "smaller mini-batches: all, powers of two, 1, all again",
      hint: { $0.sampleCount == 0 ? nil : Hint("batch", 33) },
      act: { explorer, _ in explorer.cycleBatchSize(by: -1) }),
    KeyBinding(
      "larger_batches", [.type("B")], .settings,
      "larger mini-batches, up to all samples, and round",
      act: { explorer, _ in explorer.cycleBatchSize(by: 1) }),
  ]
}
