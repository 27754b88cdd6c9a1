import Lanes
import Models
import Presets
import Testing
import Training

@Suite("What the lesson on networks says of one straight line")
struct FirstNetTests {
  @Test("No line gets more than 88 of the 120 points right, and one gets 88")
  func bestLine() throws {
    let preset = try PresetShelf(folder: "/nonexistent").load("first-net")
    let lesson = try #require(preset.lesson)
    let told = try #require(lesson.steps[2].question?.explanation)
    #expect(told.contains("no line has more than 88 of the 120 right"))
    let samples = try #require(Run(preset).snapshot().objective.kind.dense).trainSamples
    let count = samples.count
    let x = (0..<count).map { samples.inputs[2 * $0] }
    let y = (0..<count).map { samples.inputs[2 * $0 + 1] }
    let isOne = samples.targets.prefix(count).map { $0 > 0.5 }
    try #require(count == 120)
    // A best line can be moved until it touches two points, which a little turn puts on either
    // side.
    var best = 0
    for i in 0..<count {
      for j in 0..<i {
        var right = 0
        let (a, b) = (y[i] - y[j], x[j] - x[i])
        for k in 0..<count where k != i && k != j {
          let isAbove = (x[k] - x[i]) * a + (y[k] - y[i]) * b > 0
          if isAbove == isOne[k] { right += 1 }
        }
        best = max(best, right + 2, count - 2 - right + 2)
      }
    }
    #expect(best == 88)
  }
}
