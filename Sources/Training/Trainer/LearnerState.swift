/// A run and what the person at the keys wants of it: the part of a trainer that knows neither
/// thread nor clock.
struct LearnerState: Sendable {
  /// The run and its past.
  private(set) var session: Session
  /// Whether it waits.
  private(set) var isPaused: Bool
  /// Steps per second; infinity is full speed.
  private(set) var pace: Double
  /// Steps that were asked for one by one and are still to be taken.
  private(set) var owedSteps = 0
  /// The newest request that was taken in.
  private(set) var acknowledged: Request.Ticket = 0
  /// The last requests that could not take effect.
  private(set) var refusals: [Refusal] = []

  /// The race that the run leads; nil: it is alone.
  private var race: (course: RaceCourse, leader: Int)?
  /// The branches on which runs of races are, or were, shown: of which start of a race, and of
  /// which of its runs.
  private(set) var racing: [Branch.ID: (start: RaceStart, race: Race, number: Int)] = [:]
  /// Threads that the others of a race work on, the trainer's own among them: not more, so that
  /// keys are heard at once.
  private static let raceThreads = min(2, Parallel.processors)
  /// The start of the race at hand, and how many there were.
  private var raceStart = RaceStart(number: 0, first: 0)
  private var raceStarts = 0

  /// A start of a race: the first, or one of its restarts.
  struct RaceStart: Equatable, Sendable {
    /// Numbers all starts.
    var number: Int
    /// The start of which it is a restart; its own number: of none.
    var first: Int
  }

  /// The condition that is looked for after each step, and the request for it.
  private var watched: (reader: ConditionReader, ticket: Request.Ticket)?
  /// When it held first.
  private var sighting: Sighting?

  /// Refusals that are kept for whoever has not heard of them.
  static let refusalLimit = 256

  /// A run that has not moved.
  init(_ run: Run, isPaused: Bool, pace: Double) {
    self.init(Session(run), isPaused: isPaused, pace: pace)
  }

  /// A session as it stands.
  init(_ session: Session, isPaused: Bool, pace: Double) {
    self.session = session
    self.isPaused = isPaused
    self.pace = pace > 0 ? pace : .infinity
  }

  /// The run that is shown.
  var run: Run { session.run }

  /// Whether there are steps to be taken now.
  var isActive: Bool {
    isCatchingUp || session.run.status == .running && (!isPaused || owedSteps > 0)
  }

  /// Whether the run that leads and the others of a race have come to different steps: one of them
  /// is brought on at full speed, also while the run waits.
  var isCatchingUp: Bool {
    guard let course = race?.course, !session.isPast else { return false }
    return course.step < session.run.step
      || course.step > session.run.step && session.run.status == .running
  }

  /// Takes up to `limit` steps of a race's leader, or of the others, towards the same step; returns
  /// how many it took.
  private mutating func catchUp(_ limit: Int) -> Int {
    guard let step = race?.course.step else { return 0 }
    if step < session.run.step {
      let target = min(session.run.step, step + max(1, limit))
      race?.course.advance(to: target, threads: Self.raceThreads)
      return target - step
    }
    // A run alone has the same bits whoever takes its steps.
    let taken = session.advance(min(max(1, limit), step - session.run.step))
    follow()
    return taken
  }

  /// Brings a race's leader and the others to the same step.
  mutating func finishCatchingUp() {
    while isCatchingUp, catchUp(1 << 14) > 0 {
      if session.wantsCheckpoint { session.keepCheckpoint() }
    }
  }

  /// Begins a race, or the race at hand again.
  private mutating func begin(
    _ race: Race, leader: Int, isRestart: Bool = false
  ) throws(RunError) {
    let course = try RaceCourse(race, threads: Self.raceThreads)
    try session.load(race.members[leader].experiment)
    session.label(LearnerState.label(race, leader))
    self.race = (course, leader)
    raceStarts += 1
    raceStart = RaceStart(number: raceStarts, first: isRestart ? raceStart.first : raceStarts)
    noteBranch()
    owedSteps = 0
  }

  /// What the branch of a race's run is called.
  private static func label(_ race: Race, _ number: Int) -> String {
    "race: \(race.members[number].name)"
  }

  /// Keeps in mind which run of the race the present branch is of, and nothing of branches that are
  /// no more.
  private mutating func noteBranch() {
    guard let (course, leader) = race else { return }
    racing[session.current] = (raceStart, course.race, leader)
    let kept = Set(session.branches.map(\.id))
    racing = racing.filter { kept.contains($0.key) }
  }

  /// Leaves the race, with all its restarts: no way back leads into it.
  private mutating func endRace() {
    guard race != nil else { return }
    race = nil
    racing = racing.filter { $0.value.start.first != raceStart.first }
  }

  /// Shows another run of the race, on the branch where it was shown last, unless that leads beyond
  /// the race's step, or from its start; it catches up with the race by and by. A branch on which
  /// nothing was done is not kept.
  private mutating func lead(_ number: Int) throws(RunError) {
    // Others that are still on their way to the step that is shown come to it first.
    if let step = race?.course.step, step < session.run.step { finishCatchingUp() }
    guard let (course, leader) = race, course.race.members.indices.contains(number),
      number != leader
    else { return }
    noteBranch()
    let before = session.current
    let known = session.branches.last {
      racing[$0.id]?.start == raceStart && racing[$0.id]?.number == number
        && $0.head.session == course.race.members[number].experiment
        && $0.head.step <= course.step
    }
    if let known {
      session.goTo(branch: known.id)
    } else {
      try session.show(
        course.race.members[number].experiment, label: LearnerState.label(course.race, number))
    }
    race?.leader = number
    noteBranch()
    session.forgetUntouched(before)
  }

  /// Lets the session go to another branch or moment: where that is a race's run, the race goes
  /// there with it; elsewhere it ends.
  private mutating func followSession(
    _ move: (inout Session) -> Void
  ) throws(RunError) {
    owedSteps = 0
    // The moment that is left is the race's.
    finishCatchingUp()
    let before = session.here
    move(&session)
    guard session.here != before else { return }
    guard let found = racing[session.current] else {
      race = nil
      return
    }
    // The race has no moments before its own: it goes on from here.
    if session.isPast || session.isDetached { session.fork() }
    if race != nil, found.start == raceStart {
      race?.leader = found.number
      try changeLeader()
    } else {
      let changed = found.race.replacing(found.number, with: session.run)
      race = (try RaceCourse(changed, threads: Self.raceThreads), found.number)
      raceStart = found.start
    }
    noteBranch()
  }

  /// Lets the others follow the run that leads; where it has diverged, the best that goes on leads.
  private mutating func follow() {
    guard race != nil, !session.isPast else { return }
    if session.run.step > race?.course.step ?? 0 {
      race?.course.advance(to: session.run.step, threads: Self.raceThreads)
    }
    guard session.run.status != .running, let (course, leader) = race else { return }
    // In the bundle the leader may not yet have taken the step that loses it.
    let best = course.standing().order.first { $0 != leader && course.goesOn($0) }
    if let best { try? lead(best) }
  }

  /// The race with the leader as the person changed it. At the race's step it goes on with the run
  /// as it is; a change in the past leaves what came after it, and all begin again and come to the
  /// step that is shown by and by.
  private mutating func changeLeader() throws(RunError) {
    guard let (course, leader) = race else { return }
    if session.run.step == course.step {
      race?.course.replace(leader, by: session.run)
      return
    }
    race = (
      try RaceCourse(
        course.race.replacing(leader, with: session.run), threads: Self.raceThreads), leader
    )
  }

  /// Lets a request take effect.
  ///
  /// - Parameter isLate: Asked while a session is done again, which may take long; true: it is
  ///   given up.
  mutating func handle(_ request: Request, isLate: () -> Bool = { false }) {
    acknowledged = max(acknowledged, request.ticket)
    do throws(RunError) {
      switch request.control {
      case .resume:
        isPaused = false
        owedSteps = 0
        session.goOn()
      case .pause:
        isPaused = true
        owedSteps = 0
      case .step(let count):
        isPaused = true
        let (sum, overflow) = owedSteps.addingReportingOverflow(max(0, count))
        owedSteps = overflow ? Int.max : sum
        session.goOn()
      case .pace(let pace):
        if pace > 0 { self.pace = pace }
      case .restart(let seed):
        if let (course, leader) = race {
          var next = course.race
          if !session.run.changes.isEmpty {
            // With the settings in force, as a run alone begins again.
            var mine = session.run.experiment
            mine.changes = []
            next = next.replacing(leader, with: mine)
          }
          try begin(
            seed.map { next.reseeded($0) } ?? next, leader: leader, isRestart: true)
        } else {
          try session.restart(seed: seed)
        }
        owedSteps = 0
      case .race(let race, let leader, let pace):
        try begin(race, leader: leader)
        self.pace = pace > 0 ? pace : .infinity
      case .lead(let number): try lead(number)
      case .endRace: endRace()
      case .load(let experiment, let pace):
        try session.load(experiment)
        race = nil
        self.pace = pace > 0 ? pace : .infinity
        owedSteps = 0
      case .open(let saved, let pace):
        try session.open(saved, isLate: isLate)
        race = nil
        self.pace = pace > 0 ? pace : .infinity
        wait()
      case .watch(let condition):
        watched = condition.map { (ConditionReader($0), request.ticket) }
        sighting = nil
      case .change(let command):
        finishCatchingUp()
        try session.apply(command)
        try changeLeader()
        noteBranch()
      case .part(let step, let commands, let label):
        owedSteps = 0
        try session.part(at: step, with: commands, label: label)
        race = nil
      case .beginAgain(let experiment, let label):
        owedSteps = 0
        try session.beginAgain(as: experiment, label: label)
        race = nil
      case .seek(let step):
        wait()
        session.seek(step: step)
      case .move(let steps):
        wait()
        let (step, overflow) = run.step.addingReportingOverflow(steps)
        session.seek(step: overflow ? .max : step)
      case .undo: try followSession { $0.undo() }
      case .redo: try followSession { $0.redo() }
      case .branch(let id): try followSession { $0.goTo(branch: id) }
      case .name(let id, let name): session.name(id, name)
      case .delete(let id): session.forget(id)
      }
    } catch {
      refusals.append(Refusal(ticket: request.ticket, reason: error.description))
      if refusals.count > LearnerState.refusalLimit { refusals.removeFirst() }
    }
  }

  /// Takes up to `limit` steps, and no more than were asked for while paused; returns how many it
  /// took.
  mutating func advance(_ limit: Int) -> Int {
    guard isActive else { return 0 }
    if isCatchingUp { return catchUp(limit) }
    let taken = advanceRun(isPaused ? min(limit, owedSteps) : limit)
    follow()
    if isPaused { owedSteps = session.run.status == .running ? owedSteps - taken : 0 }
    return taken
  }

  /// The way to the moment that is asked for, where that is all that is to be done.
  func way(of control: Control) -> ReplayWay? {
    switch control {
    case .seek(let step): return session.way(to: step)
    case .move(let steps):
      let (step, overflow) = run.step.addingReportingOverflow(steps)
      return overflow ? nil : session.way(to: step)
    default: return nil
    }
  }

  private mutating func wait() {
    isPaused = true
    owedSteps = 0
  }

  /// Whether the present moment should be kept, to be come back to.
  var wantsCheckpoint: Bool { session.wantsCheckpoint }

  /// Keeps the present moment.
  mutating func keepCheckpoint() { session.keepCheckpoint() }

  /// Takes up to `limit` steps, one by one while a condition is looked for.
  private mutating func advanceRun(_ limit: Int) -> Int {
    var taken = 0
    while taken < limit, run.status == .running {
      guard watched != nil, sighting == nil else { return taken + session.advance(limit - taken) }
      let step = session.advance(1)
      guard step > 0 else { return taken }
      taken += step
      look()
    }
    return taken
  }

  /// Looks whether the condition that is watched for holds now.
  private mutating func look() {
    guard let ticket = watched?.ticket, sighting == nil else { return }
    let snapshot = run.snapshot()
    guard watched?.reader.holds(in: snapshot) == true else { return }
    sighting = Sighting(ticket: ticket, step: run.step)
  }

  /// A picture of the run as the user sees it.
  func snapshot(stepsPerSecond: Double, generation: UInt64) -> Snapshot {
    var snapshot = session.snapshot()
    if snapshot.status == .running, isPaused, owedSteps == 0 { snapshot.status = .paused }
    if isPaused, snapshot.status == .running { snapshot.owedSteps = owedSteps }
    snapshot.acknowledged = acknowledged
    snapshot.refusals = refusals
    snapshot.sighting = sighting
    if let (course, leader) = race {
      let standing = course.standing(leader: leader)
      snapshot.race = session.isPast ? standing.past(snapshot.step) : standing
      // Runs that were raced before are shown by the race, and not as ghosts.
      snapshot.ghosts = []
    }
    snapshot.stepsPerSecond = stepsPerSecond
    snapshot.generation = generation
    return snapshot
  }
}
