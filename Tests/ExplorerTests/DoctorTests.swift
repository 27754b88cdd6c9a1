import Lanes
import Presets
import Terminal
import Testing
import Views

@testable import Doctor
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

  /// A report with remedies that came to given ends.
  private func report(_ ends: [(loss: Double, isHealthy: Bool, isDiverged: Bool)?])
    -> (Finding, Checkup.Report)
  {
    func outcome(_ loss: Double, _ isHealthy: Bool, _ isDiverged: Bool) -> Mending.Outcome {
      Mending.Outcome(
        loss: loss, accuracy: nil, isDiverged: isDiverged, isHealthy: isHealthy,
        measure: .formula("x^2"))
    }
    let finding = Finding(
      cause: "saddle", since: 3, isExact: true, evidence: [], words: "w",
      remedies: ends.indices.map { .init("remedy \($0)", ["learning_rate": "0.\($0 + 1)"]) },
      proof: nil)
    var report = Checkup.Report(findings: [finding], step: 10)
    report.own = outcome(1, false, false)
    for (index, end) in ends.enumerated() {
      guard let end else { continue }
      report.outcomes[.init(finding: 0, remedy: index)] = outcome(
        end.loss, end.isHealthy, end.isDiverged)
    }
    return (finding, report)
  }

  @Test("remedies that were tried stand by what they came to, those in vain last")
  func order() {
    let (finding, tried) = report([
      (2, false, false), (.infinity, false, true), (0.5, false, false), nil, (0.1, true, false),
      (1, false, false), (0.2, false, false), (0.05, true, false),
    ])
    #expect(DoctorBox.sorted(finding, number: 0, tried) == [7, 4, 6, 2, 3, 5, 0, 1])
    var fresh = tried
    fresh.own = nil
    #expect(DoctorBox.sorted(finding, number: 0, fresh) == Array(0..<8))
    #expect(DoctorBox.sorted(finding, number: 0, nil) == Array(0..<8))
  }

  @Test("losses of another kind are not compared: accuracy is, or nothing")
  func measures() {
    func outcome(_ loss: Double, _ accuracy: Double?, _ formula: String) -> Mending.Outcome {
      Mending.Outcome(
        loss: loss, accuracy: accuracy, isDiverged: false, isHealthy: false,
        measure: .formula(formula))
    }
    let own = outcome(1, 0.5, "a")
    #expect(outcome(2, 0.6, "a").worth(beside: own) == .better)
    #expect(outcome(0.1, 0.5, "b").worth(beside: own) == .vain)
    #expect(outcome(0.1, 0.5, "a").worth(beside: own) == .better)
    #expect(outcome(2, nil, "b").worth(beside: outcome(1, nil, "a")) == .better)
    #expect(outcome(1, nil, "a").worth(beside: outcome(1, nil, "a")) == .vain)
  }

  @Test("every number has a moment: the step judged, where the run is by now, or its own")
  func moments() throws {
    var explorer = explorer(try snapshot(rate: 0.104, steps: 150))
    explorer.type("!")
    #expect(explorer.text.contains("judged at step 150"))
    #expect(!explorer.text.contains("; now"))
    let finding = try #require(explorer.findings.first)
    for evidence in finding.evidence {
      let name = evidence.name
      #expect(evidence.step == finding.since || name.hasSuffix("_start") || name.hasSuffix("_end"))
    }
    #expect(explorer.text.contains("at step 0"))
    explorer.see(try snapshot(rate: 0.104, steps: 160))
    #expect(explorer.overlays.count == 1)
  }

  @Test("the first remedy and its key are in sight in a low window, without scrolling")
  func low() throws {
    for (width, height) in [(60, 16), (80, 24), (100, 28), (80, 32), (160, 48)] {
      var explorer = explorer(
        try snapshot(rate: 0.104, steps: 150), width: width, height: height)
      explorer.type("!")
      // Where a line is wrapped its columns close up.
      let text = explorer.text.replacing("1  Learning", with: "1 Learning")
      #expect(text.contains("1 Learning rate"), "\(width)x\(height)\n\(text)")
      #expect(explorer.text.contains("learning_rate: 0.05"), "\(width)x\(height)")
    }
  }

  @Test("a setting without a value is said in words")
  func emptyValue() {
    let settings = [Setting(key: "start", value: ""), Setting(key: "seed", value: "2")]
    #expect(Mending.words(settings, between: " ") == "no start of its own, seed 2")
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
    #expect(explorer.text.contains("learning_rate: 0.05"), "\(explorer.text)")
    for _ in 0..<40 { explorer.press(.down) }
    #expect(explorer.text.contains("whole step"), "\(explorer.text)")
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
