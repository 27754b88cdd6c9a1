import Testing

@testable import Training

@Suite("What a person did in a session")
struct SessionActionTests {
  /// A session of three branches, with changes on the way.
  static func session() throws -> Session {
    var session = try SessionTests.session()
    SessionTests.advance(&session, 60)
    try session.apply(.learningRate(0.02))
    SessionTests.advance(&session, 40)
    session.seek(step: 30)
    try session.apply(.learningRate(0.05))
    SessionTests.advance(&session, 20)
    session.goTo(branch: 1)
    try session.restart(seed: 5)
    SessionTests.advance(&session, 10)
    return session
  }

  @Test("A branch that was forgotten comes back by undo, and goes again by redo")
  func forgetting() throws {
    var session = try Self.session()
    let before = session.snapshot()
    let shown = session.run.state
    session.forget(2)
    #expect(session.branches.map(\.id) == [1, 3] && session.run.state == shown)
    #expect(session.summary.undo?.staysHere == true)
    session.undo()
    #expect(session.summary.rows.map(\.id) == [1, 2, 3] && session.run.state == shown)
    #expect(session.summary.rows[1] == before.session.rows[1])
    // It replays to the same bits, wherever it is looked at.
    session.goTo(branch: 2)
    let state = session.run.state
    session.seek(step: 35)
    var replay = try Run(session.run.session)
    replay.advance(35)
    #expect(session.run.state.parameters == replay.state.parameters)
    // Where it is shown, the person is put back where they forgot it.
    session.redo()
    #expect(session.branches.map(\.id) == [1, 3] && session.run.state == shown)
    session.undo()
    session.goTo(branch: 2)
    #expect(session.run.state == state)
  }

  @Test("Forgetting a branch takes nothing from what was done before")
  func earlierActions() throws {
    var session = try Self.session()
    var plain = session
    session.forget(2)
    session.undo()
    while plain.summary.undo != nil {
      plain.undo()
      session.undo()
      #expect(session.run.state == plain.run.state && session.summary.undo == plain.summary.undo)
    }
    #expect(session.run.step == 60)
    while plain.summary.redo != nil {
      plain.redo()
      session.redo()
      #expect(session.run.state == plain.run.state)
      if session.summary.redo?.staysHere == true { break }
    }
  }

  @Test("Branches that were forgotten take next to nothing from the budget of the others")
  func budgetOfOthers() throws {
    let budget = 120_000
    var session = try SessionTests.session(budget: budget)
    SessionTests.advance(&session, 400)
    for number in 1...60 {
      try session.restart(seed: UInt64(number))
      SessionTests.advance(&session, 100)
      session.goTo(branch: 1)
      session.forget(session.branches.map(\.id).max() ?? 0)
    }
    let size = session.run.state.byteCount
    #expect(session.byteCount <= budget)
    let own = session.branches[0].timeline.checkpoints.count
    #expect((own + 60) * size > budget / 2, "\(own) of \(size) bytes")
    for _ in 1...60 { session.undo() }
    // All of them come back, at the same bits.
    for branch in session.branches.dropFirst().prefix(5) {
      session.goTo(branch: branch.id)
      #expect(session.run.step == 100)
      session.seek(step: 41)
      var replay = try Run(session.run.session)
      replay.advance(41)
      #expect(session.run.parameters == replay.parameters)
    }
  }

  @Test("Forgotten branches are bounded, in number and in bytes")
  func bounds() throws {
    var session = try SessionTests.session(budget: 200_000)
    for number in 1...200 {
      SessionTests.advance(&session, 3)
      try session.restart(seed: UInt64(number))
      session.forget(number)
      #expect(session.byteCount <= 200_000)
    }
    #expect(session.done.count { $0.forgotten != nil } <= Session.branchLimit)
    // One checkpoint each.
    let forgotten = session.done.compactMap(\.forgotten)
    #expect(forgotten.allSatisfy { $0.timeline.checkpoints.count == 1 })
    #expect(session.branches.map(\.id) == [201])
  }

  @Test(
    "What was done can be taken back after the session was written and read",
    arguments: [false, true])
  func written(isLate: Bool) throws {
    var session = try Self.session()
    session.undo()
    session.forget(2)
    let snapshot = session.snapshot()
    var saved = SavedSession(
      branches: snapshot.branches.map(\.saved), current: snapshot.session.shown)
    saved.states = Dictionary(
      uniqueKeysWithValues: snapshot.branches.map { ($0.description.id, $0.state) })
    saved.actions = snapshot.actions
    var again = try Session(saved, isLate: { isLate })
    // What was forgotten is not written.
    session.undo()
    var moves = 0
    while again.summary.undo != nil {
      again.undo()
      session.undo()
      moves += 1
      #expect(again.run.state.parameters == session.run.state.parameters)
    }
    #expect(moves > 0 && again.run.step == 60)
  }
}
