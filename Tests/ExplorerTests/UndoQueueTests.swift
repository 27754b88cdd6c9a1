import Presets
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("Undo waits for the answer to what was asked before it")
struct UndoQueueTests {
  /// The rate of a waiting run after keys that come in one piece, with no picture between.
  static func rate(after keys: String) throws -> LearningRate {
    let preset = try SessionKeysTests.preset("xor")
    let learner = InlineTrainer(try Run(preset), isPaused: true)
    let screen = MemoryScreen(size: Size(width: 80, height: 24))
    var loop = ExplorerLoop(
      explorer: Explorer(
        snapshot: learner.latest, preset: preset, vocabulary: Fixture.vocabulary,
        presets: Fixture.presets, appearance: Appearance(), size: screen.size),
      screen: screen, learner: learner, library: FakeLibrary(),
      save: { _ in .failed(message: "no") })
    loop.start()
    for character in keys.unicodeScalars { _ = loop.take(.key(Key(.character(character)))) }
    return learner.run.experiment.learningRate
  }

  @Test(
    "Keys that come in one piece act as if they came one by one",
    arguments: [
      ("+u", ""), ("+uU", "+"), ("++++++++++u", ""), ("+u+", "+"), ("uu+", "+"), ("+uu", ""),
      ("+uUu", ""),
    ])
  func typed(keys: String, same: String) throws {
    #expect(try Self.rate(after: keys) == Self.rate(after: same))
  }
}
