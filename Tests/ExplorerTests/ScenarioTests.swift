import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The explorer's frames")
struct ScenarioTests {
  @Test("a small window: the main picture above the loss, the keys that matter")
  func small() {
    let explorer = Fixture.explorer(Fixture.function, size: Size(width: 60, height: 20))
    #expect(
      explorer.text == """
         ● x sin(x² + 1)      gd   η 0.01   step 120   loss 0.00110
        ╭─ 1 function ────────────── step 120  of xsin  log scale ─╮
        │ log own                                                  │
        │ zoom 1.0                                                 │
        │ scroll 0                                                 │
        │ selection 0                                              │
        │ cursor none                                              │
        │                                                          │
        │                                                          │
        │                                                          │
        │                                                          │
        ╰──────────────────────────────────────────────────────────╯
        ╭─ 2 loss ────────────────── step 120  of xsin  log scale ─╮
        │ log own                                                  │
        │ zoom 1.0                                                 │
        │ scroll 0                                                 │
        │ selection 0                                              │
        │ cursor none                                              │
        ╰──────────────────────────────────────────────────────────╯
          space pause   e experiment   p presets   ? help   q quit
        """)
  }

  @Test("the preset picker, filtered")
  func picker() {
    var explorer = Fixture.explorer(Fixture.function, size: Size(width: 60, height: 20))
    explorer.type("por")
    #expect(
      explorer.text == """
         ● x sin(x² + 1)      gd   η 0.01   step 120   loss 0.00110
        ╭─ 1 function ────────────── step 120  of xsin  log scale ─╮
        │ ╭─ presets ────────────────────────────────────────────╮ │
        │ │ or                                                   │ │
        │ │                                                      │ │
        │ │  or              OR                            Gates │ │
        │ │                                                      │ │
        │ │                                                      │ │
        │ │                                                      │ │
        │ │                                                      │ │
        │ │                                                      │ │
        ╰─│                                                      │─╯
        ╭─│                                                      │─╮
        │ │                                                      │ │
        │ │ OR                                                   │ │
        │ │ An easier gate.                                      │ │
        │ │                                                      │ │
        │ ╰──────────────────────────────────────────────────────╯ │
        ╰──────────────────────────────────────────────────────────╯
          enter load   up down choose   esc clear
        """)
  }

  @Test("ASCII alone at the minimum, with a diverged run")
  func ascii() {
    let explorer = Fixture.explorer(
      size: Size(width: 44, height: 12), status: .diverged(step: 37, parameter: "w1[2,1]"),
      appearance: Appearance(theme: .mono, glyphs: .ascii))
    #expect(
      explorer.text == """
         x XOR decision boundary       loss 0.00110
        +- 1 boundary ---------- step 120  of xor -+
        | log own                                  |
        | zoom 1.0                                 |
        | scroll 0                                 |
        | selection 0                              |
        | cursor none                              |
        |                                          |
        |                                          |
        |                                          |
        +------------------------------------------+
          x diverged at step 37: enter halves eta
        """)
  }

  @Test("ASCII glyphs draw nothing but ASCII, whatever is open")
  func asciiOnly() {
    for opener in ["", "p", ":", "?", "=", "w", "n", "C", "L"] {
      for size in [Size(width: 44, height: 12), Size(width: 160, height: 48)] {
        for status in [
          Snapshot.Status.running, .paused, .finished, .diverged(step: 1, parameter: nil),
        ] {
          var explorer = Fixture.explorer(
            Fixture.function, size: size, status: status,
            appearance: Appearance(theme: .mono, glyphs: .ascii))
          explorer.type(opener)
          let strange = explorer.frame().cells.filter { !$0.scalar.isASCII }
          #expect(strange.isEmpty, "\(opener) \(Set(strange.map(\.scalar)))")
        }
      }
    }
  }

  @Test("without colours the focus, the chosen row and the cursor are told by attributes")
  func mono() {
    var explorer = Fixture.explorer(appearance: Appearance(theme: .mono))
    func reversed() -> Int {
      explorer.frame().cells.count { $0.style.attributes.contains(.reverse) }
    }
    let focused = reversed()
    #expect(focused >= "boundary".count)
    explorer.type("p")
    #expect(reversed() > focused + 20)
  }

  @Test(
    "below the minimum one polite line stands in the middle",
    arguments: [(39, 24), (80, 11), (10, 3), (30, 1), (1, 1)])
  func tooSmall(width: Int, height: Int) {
    var explorer = Fixture.explorer(size: Size(width: width, height: height))
    let before = explorer.frame()
    let lines = explorer.text.split(separator: "\n").filter { !$0.isEmpty }
    #expect(lines.count == 1)
    if width >= 34 { #expect(lines.first?.contains("glissade needs 40×12") == true) }
    // The run goes on, and keys still work.
    #expect(explorer.type(" ") == [.control(.pause)])
    #expect(explorer.click(0, 0).isEmpty)
    #expect(explorer.frame() == before)
    #expect(explorer.type("q") == [.quit(code: 0)])
  }

  @Test("a diverged run says where, and how to go on")
  func diverged() {
    let explorer = Fixture.explorer(
      Fixture.function, size: Size(width: 100, height: 24),
      status: .diverged(step: 37, parameter: "x"))
    #expect(explorer.top.hasPrefix(" ✕ diverged  x sin(x² + 1)"))
    #expect(
      explorer.bottom.contains(
        "✕ diverged at step 37: x is not finite — enter restarts with η halved"))
    #expect(explorer.bottom.contains("q quit"))
    var clicked = explorer
    #expect(clicked.click(10, 23).contains(.control(.restart(seed: nil))))
    var told = explorer
    #expect(told.type(" ").isEmpty && told.type(".").isEmpty)
  }

  @Test(
    "the way out of a diverged run is in sight at every width",
    arguments: [12, 3_456, 1_234_567_890])
  func wayOut(step: Int) {
    for width in 40...200 {
      for parameter in [nil, "x", "w2[16,16]"] {
        var explorer = Fixture.explorer(
          Fixture.function, size: Size(width: width, height: 24),
          status: .diverged(step: step, parameter: parameter))
        let bar = explorer.bottom
        #expect(
          bar.contains("enter restarts with η halved") || bar.contains("enter halves η"),
          "\(width): \(bar)")
        if width >= 64 { #expect(bar.contains("r restart") && bar.contains("q quit"), "\(bar)") }
        #expect(explorer.press(.enter).contains(.control(.restart(seed: nil))))
      }
    }
  }

  @Test("a finished run says so; space goes on, r restarts")
  func finished() {
    var explorer = Fixture.explorer(size: Size(width: 120, height: 24), status: .finished)
    #expect(explorer.top.hasPrefix(" ✓ finished"))
    #expect(explorer.bottom.contains("✓ finished at step 120"))
    #expect(explorer.bottom.contains("space go on") && explorer.bottom.contains("r restart"))
    #expect(explorer.type(" ") == [.control(.resume)])
    #expect(explorer.standing == .running)
  }

  @Test("the status line drops figures by priority, the loss last; accuracy is cut, not rounded")
  func statusLine() {
    func top(_ width: Int) -> String {
      Fixture.explorer(size: Size(width: width, height: 24)).top
    }
    let wide = top(160)
    for part in ["running", "adam", "η 0.01", "batch 8", "epoch 15", "98.4 % right", "steps/s"] {
      #expect(wide.contains(part), "\(wide)")
    }
    #expect(wide.hasSuffix("step 120   98.4 % right   loss 0.00110"))
    for width in 40...160 {
      #expect(top(width).hasSuffix("loss 0.00110"))
      #expect(top(width).contains("XOR"))
    }
    var snapshot = Fixture.snapshot(Fixture.xor)
    snapshot.accuracy = 0.9996
    let shot = ExplorerShot.frame(
      of: snapshot, vocabulary: Fixture.vocabulary, size: Size(width: 160, height: 24))
    #expect(shot.text.contains("99.9 % right"))
  }

  @Test("non-finite figures and long titles leave the frame whole")
  func strangeFigures() {
    var experiment = Fixture.xor
    experiment.title = String(repeating: "long title \u{1B}[2J ", count: 30)
    var snapshot = Fixture.snapshot(experiment, step: .max, loss: .nan)
    snapshot.accuracy = .nan
    snapshot.testLoss = -.infinity
    snapshot.stepsPerSecond = .infinity
    snapshot.baseRate = .greatestFiniteMagnitude
    for width in [40, 80, 160] {
      let explorer = Explorer(
        snapshot: snapshot, preset: experiment, vocabulary: Fixture.vocabulary, presets: [],
        appearance: Appearance(),
        size: Size(width: width, height: 24))
      #expect(explorer.frame().cells.allSatisfy { $0.scalar.value >= 0x20 })
      #expect(explorer.top.hasSuffix("loss NaN"))
    }
  }

  @Test("the past is marked in the status line, and undo says first where it goes when that is far")
  func past() {
    var explorer = Fixture.explorer(size: Size(width: 160, height: 24))
    var snapshot = Fixture.snapshot(Fixture.xor, status: .paused, generation: 2)
    snapshot.newestStep = 1500
    snapshot.session.undo = SessionSummary.Move(step: 5, isElsewhere: false, label: "η = 0.5")
    explorer.see(snapshot)
    #expect(explorer.top.contains("◀") && explorer.top.contains("past"))
    #expect(explorer.top.contains("step 120 of 1500"))
    snapshot.step = 5005
    snapshot.generation = 3
    explorer.see(snapshot)
    #expect(explorer.type("u").isEmpty && explorer.message.contains("back to step 5"))
    #expect(explorer.type("u") == [.control(.undo)])
  }

  @Test("refusals of the learner are said")
  func refusals() {
    var explorer = Fixture.explorer()
    var snapshot = Fixture.snapshot(Fixture.xor, generation: 2)
    snapshot.acknowledged = 1
    snapshot.refusals = [Refusal(ticket: 1, reason: "there are no hidden layers")]
    explorer.see(snapshot)
    #expect(explorer.message.contains("there are no hidden layers"))
  }

  @Test("another experiment begins with its own panes")
  func otherExperiment() {
    var explorer = Fixture.explorer()
    explorer.type("2>z")
    _ = explorer.load(Fixture.function)
    var snapshot = Fixture.snapshot(Fixture.xor, generation: 2)
    explorer.see(snapshot)
    #expect(explorer.panes.isZoomed)
    snapshot = Fixture.snapshot(Fixture.function, generation: 3)
    snapshot.acknowledged = explorer.pending.lastTicket
    explorer.see(snapshot)
    #expect(!explorer.panes.isZoomed && explorer.focusedView?.name == "function")
    #expect(explorer.text.contains("zoom 1.0"))
  }

  @Test("an experiment that is refused leaves the panes as they are")
  func refusedExperiment() {
    var explorer = Fixture.explorer()
    explorer.type("2>z")
    _ = explorer.load(Fixture.function)
    var snapshot = Fixture.snapshot(Fixture.xor, generation: 2)
    snapshot.acknowledged = explorer.pending.lastTicket
    snapshot.refusals = [Refusal(ticket: snapshot.acknowledged - 1, reason: "no")]
    explorer.see(snapshot)
    #expect(explorer.panes.isZoomed)
  }
}
