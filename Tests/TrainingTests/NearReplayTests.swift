import Lanes
import Testing

@testable import Training

@Suite("Moments of the past that are near are shown without waking a thread")
struct NearReplayTests {
  @Test("The way to a moment tells the steps that are replayed, and only within a stretch")
  func ways() throws {
    var session = try SessionActionTests.session()
    session.goTo(branch: 1)
    #expect(session.way(to: 10) == nil, "the newest moment is put away first")
    session.seek(step: 90)
    let way = try #require(session.way(to: 89))
    #expect(way.stretch == .init(run: session.run.id, changes: 1))
    #expect(session.way(to: 90)?.steps == 0)
    #expect((0...5).contains(session.way(to: 95)?.steps ?? -1))
    #expect(session.way(to: 100) == nil, "the newest moment")
    #expect(session.way(to: .max) == nil)
    #expect(session.way(to: 30) == nil, "before a change")
    session.seek(step: 30)
    #expect(session.way(to: -4)?.stretch.changes == 0)
    #expect(session.way(to: 31)?.steps == 1)
    session.undo()
    #expect(session.way(to: 10) == nil, "what was taken back is left first")
  }

  @Test("Replays are believed to take little as far as those before reached, in the same stretch")
  func reach() {
    let (run, other) = (RunID(), RunID())
    func way(_ steps: Int, _ run: RunID, changes: Int = 0) -> ReplayWay {
      ReplayWay(stretch: .init(run: run, changes: changes), steps: steps)
    }
    var near = NearReplays()
    #expect(!near.covers(way(0, run)))
    near.note(way(0, run), took: .microseconds(100))
    #expect(near.covers(way(0, run)) && !near.covers(way(1, run)))
    near.note(way(60, run), took: .microseconds(300))
    #expect(near.covers(way(120, run)) && !near.covers(way(121, run)))
    #expect(!near.covers(way(1, run, changes: 1)) && !near.covers(way(1, other)))
    // What is far says nothing of what is near.
    near.note(way(5_000, run), took: .milliseconds(8))
    #expect(near.covers(way(120, run)))
    near.note(way(100, run), took: .milliseconds(2))
    #expect(near.covers(way(50, run)) && !near.covers(way(51, run)))
    near.note(way(0, run), took: .milliseconds(2))
    #expect(!near.covers(way(0, run)))
    near.note(way(9, other), took: .milliseconds(2))
    #expect(!near.covers(way(0, other)))
  }

  @Test("A loop that rests does them in the caller's thread, and nothing else")
  func atOnce() throws {
    var session = try SessionActionTests.session()
    session.goTo(branch: 1)
    var plain = session
    let state = LearnerState(session, isPaused: true, pace: .infinity)
    let desk = TrainerDesk(first: state.snapshot(stepsPerSecond: 0, generation: 1), wake: {})
    var loop = TrainerLoop(state: state, desk: desk)
    var ticket: Request.Ticket = 0
    func request(_ control: Control) -> Request {
      ticket += 1
      return Request(ticket: ticket, control: control)
    }
    func isDone(_ control: Control) -> Bool { loop.handleAtOnce(request(control)) }
    #expect(!isDone(.seek(step: 50)))
    var done = 0
    // On a busy machine even the shortest may take long once.
    while done < 20, ticket < 100_000 {
      let step = 80 + Int(ticket) % 15
      desk.send(request(.seek(step: step)))
      #expect(!isDone(.move(steps: -1)), "others wait before it")
      let goesOn = loop.work()
      #expect(goesOn)
      plain.seek(step: step)
      guard isDone(.move(steps: -1)) else { continue }
      plain.seek(step: step - 1)
      done += 1
      let shown = desk.read()
      #expect(shown.acknowledged == ticket && shown.step == step - 1)
      #expect(shown.parameters == plain.run.parameters && shown.newestStep == 100)
      #expect(!isDone(.change(.learningRate(0.5))) && !isDone(.step(3)))
    }
    #expect(done == 20)
    desk.send(request(.pause))
    let last = ticket
    desk.close()
    #expect(!isDone(.move(steps: -1)))
    let goesOn = loop.work()
    loop.finish()
    #expect(!goesOn && desk.read().acknowledged == last)
  }

  @Test("Whoever does them, a trainer comes to the same bits")
  func sameBits() throws {
    var session = try SessionActionTests.session()
    let trainer = Trainer(session, isPaused: true)
    let stream = RandomStream(seed: 5, stream: 3)
    for number in 0..<300 {
      let draw = stream.below(1000, at: UInt64(number))
      let control: Control
      switch draw % 16 {
      case 0: control = .undo
      case 1: control = .redo
      case 2: control = .branch(1 + draw / 16 % 3)
      case 3: control = .change(.learningRate(0.01 * Double(1 + draw / 16 % 9)))
      case 4...6: control = .seek(step: draw / 16)
      case 7: control = .move(steps: 3)
      default: control = .move(steps: -1)
      }
      let ticket = Request.Ticket(number + 1)
      trainer.send(Request(ticket: ticket, control: control))
      switch control {
      case .undo: session.undo()
      case .redo: session.redo()
      case .branch(let id): session.goTo(branch: id)
      case .change(let command): try session.apply(command)
      case .seek(let step): session.seek(step: step)
      case .move(let steps): session.seek(step: session.run.step + steps)
      default: break
      }
      while trainer.latest.acknowledged < ticket {}
      let shown = trainer.latest
      #expect(shown.step == session.run.step && shown.session.current == session.current)
      #expect(shown.parameters == session.run.parameters)
      #expect(shown.learningRate == session.run.learningRate)
    }
    trainer.stop()
  }
}
