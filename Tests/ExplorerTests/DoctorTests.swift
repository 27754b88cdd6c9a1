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

  @Test("what was found long ago in a run that is too long to be examined again is let go")
  func letGo() throws {
    let checkup = Checkup(wake: {})
    var seen = try snapshot(rate: 0.104, steps: 150)
    let experiment = seen.experiment
    while checkup.report == nil { checkup.see(seen, session: experiment) }
    #expect(checkup.report?.findings.first?.cause == "rate_above_limit")
    seen.step = 250
    checkup.see(seen, session: experiment)
    #expect(checkup.report != nil)
    seen.step = 4_000_000_000
    checkup.see(seen, session: experiment)
    #expect(checkup.report == nil)
  }

  @Test("moments of the past that pass by are not examined; one that stays is")
  func passing() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150))
    explorer.checkup = Checkup(wake: {})
    explorer.advanceClock(to: .seconds(1))
    for step in [149, 148, 147] {
      var past = try snapshot(rate: 0.104, steps: step)
      past.run = explorer.snapshot.run
      past.newestStep = 150
      explorer.see(past)
      explorer.advanceClock(to: explorer.now + .milliseconds(33))
      #expect(!explorer.checkup.isBusy && explorer.checkup.report == nil)
    }
    let due = try #require(explorer.deadline)
    #expect(due > explorer.now)
    explorer.advanceClock(to: due)
    #expect(explorer.deadline == nil)
    while explorer.checkup.isBusy {}
    #expect(explorer.checkup.report?.step == 147)
    #expect(explorer.findings.first?.cause == "rate_above_limit")
    // What has been judged is not put off again.
    explorer.see(explorer.snapshot)
    #expect(explorer.deadline == nil)
  }

  @Test("the picture that proves it stands beside the evidence, or below it in a narrow window")
  func proof() throws {
    for (width, height) in [(120, 40), (80, 24), (50, 40)] {
      var explorer = explorer(
        try snapshot(rate: 0.104, steps: 150), width: width, height: height)
      explorer.type("!")
      let title = "steps along the steepest"
      for _ in 0..<10 where !explorer.text.contains(title) { explorer.press(.down) }
      #expect(explorer.text.contains(title), "\(explorer.text)")
    }
  }

  @Test("remedies are tried ahead: what became of them stands beside them")
  func outcomes() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150))
    explorer.type("!")
    let outcome = explorer.checkup.report?.outcomes[.init(finding: 0, remedy: 0)]
    #expect(outcome?.isHealthy == true && outcome?.isDiverged == false)
    #expect(explorer.text.contains("healthy"))
  }

  @Test("a digit takes another way from the step before it went wrong, on a branch")
  func remedy() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150))
    explorer.type("!")
    let effects = explorer.type("1")
    #expect(explorer.overlays.isEmpty)
    guard case .part(0, let commands, let label)? = effects.first?.control else {
      Issue.record("\(effects)")
      return
    }
    #expect(label == "learning_rate 0.05" && effects.last == .control(.resume))
    guard case .set(let change)? = commands.first, commands.count == 1 else {
      Issue.record("\(commands)")
      return
    }
    #expect(change.experiment.learningRate == .value(0.05))
    #expect(explorer.message.contains("on a branch"))
  }

  @Test("a change that went wrong under way is mended at the step before it")
  func mendedLater() throws {
    var experiment = Experiment(
      name: "sick", problem: .function(FunctionProblem(formula: "0.5 x^2 + 10 y^2")))
    experiment.start = Start(parameters: [3, 0.01])
    experiment.learningRate = .value(0.09)
    experiment.changes = [DatedCommand(step: 20, command: .learningRate(0.104))]
    var run = try Run(experiment)
    run.advance(400)
    var explorer = explorer(run.snapshot())
    explorer.type("!")
    let since = try #require(explorer.findings.first?.since)
    #expect(since >= 20)
    guard case .part(let step, let commands, _)? = explorer.type("1").first?.control,
      case .set(let change)? = commands.first
    else {
      Issue.record("no branch")
      return
    }
    #expect(step == since - 1 && change.experiment.learningRate == .value(0.05))
  }

  @Test("a remedy about the start begins anew, and is undone")
  func afresh() throws {
    var experiment = Experiment(
      name: "saddle", problem: .function(FunctionProblem(formula: "x^2 - y^2 + 0.1 y^4")))
    experiment.start = Start(parameters: [1, 0])
    experiment.learningRate = .value(0.1)
    var run = try Run(experiment)
    run.advance(300)
    var explorer = explorer(run.snapshot())
    explorer.type("!")
    let remedies = explorer.findings.first?.remedies ?? []
    let place = try #require(remedies.firstIndex { $0.startsAfresh && !$0.settings.isEmpty })
    let effects = explorer.type("\(place + 1)")
    guard case .beginAgain? = effects.first?.control else {
      Issue.record("\(effects)")
      return
    }
    #expect(explorer.message.contains("begun anew"))
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
