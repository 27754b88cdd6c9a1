import Lanes
import Testing

@testable import Optimization

@Suite("Optimizers that act entry by entry")
struct EntrywiseTests {
  /// Each optimizer as it comes, and with each shared setting that acts on gradients.
  static let choices: [Choice] = optimizers.entries.flatMap { optimizer in
    [Choice(optimizer.name)]
      + [("clip_norm", 0.5), ("clip_value", 0.5), ("weight_decay", 0.1)].compactMap { name, value in
        optimizer.hyperparameters.contains { $0.name == name }
          ? Choice(optimizer.name, [name: value]) : nil
      }
  }

  /// Three changes of one entry, with company of another size.
  static func changes(_ choice: Choice, company: Double) throws -> [Double] {
    var chain = try OptimizerChain(choice, parameterCount: 9)
    var changes: [Double] = []
    for step in 1...3 {
      var gradient = Vector((0..<9).map { $0 == 0 ? 0.7 / Double(step) : company })
      let place = Vector((0..<9).map { $0 == 0 ? 0.3 : company })
      var context = StepContext(step: step, learningRate: 0.1)
      place.withUnsafePointer { place in
        gradient.withUnsafeMutablePointer { gradient in
          chain.update(
            gradient: gradient, parameters: place, paddedCount: 16, context: &context)
        }
      }
      changes.append(gradient[0])
    }
    return changes
  }

  @Test("declare it: what the others do makes no difference to one", arguments: choices)
  func entrywise(choice: Choice) throws {
    let chain = try OptimizerChain(choice, parameterCount: 9)
    guard chain.actsEntrywise else {
      #expect(
        ["newton", "lbfgs", "muon"].contains(choice.name) || choice.settings["clip_norm"] != nil)
      return
    }
    #expect(try Self.changes(choice, company: 1) == Self.changes(choice, company: -40))
  }

  @Test("and do not declare it where the others make a difference", arguments: choices)
  func together(choice: Choice) throws {
    let chain = try OptimizerChain(choice, parameterCount: 9)
    guard choice.settings["clip_norm"] != nil else { return }
    #expect(!chain.actsEntrywise)
    // A sign has no length.
    guard !["lion", "rprop", "newton", "lbfgs"].contains(choice.name) else { return }
    #expect(try Self.changes(choice, company: 1) != Self.changes(choice, company: -40))
  }
}
