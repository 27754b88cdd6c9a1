package import Lanes

/// One vector that an optimizer remembers, in words: what it is, and how it wants to be drawn.
package struct MemoryQuantity: Sendable, Equatable {
  /// The name that the memory has (`velocity`, `m`, `v`).
  package let name: String
  /// What it is, in a few words.
  package let meaning: String
  /// What its numbers are.
  package let kind: Kind

  /// What the numbers of a quantity are.
  package enum Kind: Sendable, Equatable {
    /// Gradients, carried on: times the learning rate they are a movement.
    case velocity
    /// Movements: the learning rate is in them.
    case change
    /// Never negative, and of any power of ten: squares, roots, step sizes.
    case magnitude
    /// Of either sign.
    case signed
  }

  init(_ name: String, _ meaning: String, _ kind: Kind = .signed) {
    self.name = name
    self.meaning = meaning
    self.kind = kind
  }

  /// The gradient of the last step.
  package static let gradient = MemoryQuantity("gradient", "the gradient now")
  /// The factor that each entry of the (smoothed) gradient gets.
  package static let effectiveRate = MemoryQuantity(
    "effective rate", "η, divided for each parameter", .magnitude)
  /// Momentum's velocity.
  static let velocity = MemoryQuantity("velocity", "fading sum of past gradients", .velocity)
  /// Momentum's velocity where the rate is inside.
  static let change = MemoryQuantity("change", "fading sum of past η g", .change)
  /// How far a Schedule-Free rule's base point is ahead.
  static let lead = MemoryQuantity(
    "z − y", "from the gradient's point to the base point", .change)
  /// A running mean of gradients.
  static let mean = MemoryQuantity("m", "fading mean of past gradients")
  /// A running mean of squared gradients.
  static let square = MemoryQuantity("v", "fading mean of their squares", .magnitude)
}

extension Optimizer {
  /// The quantity of that name that an optimizer remembers, or that all have; nil where there is
  /// none.
  package static func quantity(_ name: String, of choice: Choice) -> MemoryQuantity? {
    let own = catalogue[choice.name]?.memory ?? []
    return (own + [.gradient, .effectiveRate]).first { $0.name == name }
  }
}
