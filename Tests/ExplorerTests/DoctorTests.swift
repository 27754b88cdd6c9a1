import Doctor
import Lanes
import Terminal
import Testing
import Views

@testable import Explorer
@testable import Training

@Suite("The doctor beside the run")
struct DoctorBesideTests {
  /// A ball that swings higher each time, after some steps.
  private func snapshot(rate: Double, steps: Int) throws -> Snapshot {
    var experiment = Experiment(
      name: "sick", problem: .function(FunctionProblem(formula: "0.5 x^2 + 10 y^2")))
    experiment.start = Start(parameters: [3, 0.01])
    experiment.learningRate = .value(rate)
    var run = try Run(experiment)
    run.advance(steps)
    return run.snapshot()
  }

  private func explorer(_ snapshot: Snapshot, width: Int = 120, height: Int = 40) -> Explorer {
    Explorer(
      snapshot: snapshot, vocabulary: Fixture.vocabulary, presets: Fixture.presets,
      appearance: Appearance(), size: Size(width: width, height: height))
  }

  @Test("`!` says what is wrong, since when, how sure, with the numbers, and what to do")
  func box() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150))
    #expect(!explorer.top.contains("!"))
    explorer.type("!")
    for part in [
      "Learning rate above its limit", "step 0", "theorem", "lambda max", "0.1", "1  Learning rate",
    ] {
      #expect(explorer.text.contains(part), "\(part)\n\(explorer.text)")
    }
    explorer.press(.escape)
    #expect(explorer.overlays.isEmpty)
    #expect(explorer.top.contains("! learning rate above its limit since step 0"))
  }

  @Test("a digit carries the remedy out: the run begins anew with its settings")
  func remedy() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150))
    explorer.type("!")
    let effects = explorer.type("1")
    #expect(explorer.overlays.isEmpty)
    guard case .begin(let run)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(run.settings == [Setting(key: "learning_rate", value: "0.05")])
    #expect(explorer.message.contains("Learning rate 0.05"))
  }

  @Test("digits without a remedy, and of a healthy run, do nothing")
  func digits() throws {
    var sick = explorer(try snapshot(rate: 0.104, steps: 150))
    sick.type("!")
    #expect(sick.type("9").isEmpty && sick.overlays.count == 1)
    var well = explorer(try snapshot(rate: 0.05, steps: 400))
    well.type("!")
    #expect(well.text.contains("Nothing found in 400 steps"))
    #expect(well.type("1").isEmpty && well.overlays.count == 1)
    #expect(!well.top.contains("!"))
  }

  @Test("the box fits small windows, and scrolls")
  func small() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150), width: 60, height: 16)
    explorer.type("!")
    #expect(explorer.text.contains("Learning rate above its limit"))
    for _ in 0..<40 { explorer.press(.down) }
    #expect(explorer.text.contains("learning_rate: 0.05"), "\(explorer.text)")
  }

  @Test("a run that has done nothing is not judged")
  func nothing() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 0))
    explorer.type("!")
    #expect(explorer.overlays.isEmpty && explorer.message.contains("nothing has yet"))
  }

  @Test("with a thread of its own it finds out by itself, and wakes the loop")
  func thread() async throws {
    let (woken, waker) = AsyncStream.makeStream(of: Void.self)
    var explorer = explorer(try snapshot(rate: 0.104, steps: 0))
    explorer.checkup = Checkup { waker.yield() }
    explorer.see(try snapshot(rate: 0.104, steps: 150))
    for await _ in woken { break }
    #expect(explorer.findings.first?.cause == "rate_above_limit")
    // Another run: what was found of the last one is forgotten.
    explorer.see(try snapshot(rate: 0.05, steps: 10))
    #expect(explorer.findings.isEmpty)
  }
}
