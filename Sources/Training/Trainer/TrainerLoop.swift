/// What a trainer's thread does all day.
struct TrainerLoop: Sendable {
  private var state: LearnerState
  private let desk: TrainerDesk
  private let clock = SuspendingClock()
  private var pacer: Pacer
  private var meter: SpeedMeter
  private var generation: UInt64 = 1
  private var publishedAt: SuspendingClock.Instant
  private var publishingCost = Duration.zero
  private var isStale = false
  private var near = NearReplays()
  /// Time spent on steps since the last checkpoint, and what it cost.
  private var trained = Duration.zero
  private var checkpointCost = Duration.zero
  /// Steps in a chunk at full speed, fitted to take `chunkTime`.
  private var chunk = 1

  private static let chunkTime = Duration.milliseconds(2)
  private static let checkpointTime = Duration.milliseconds(4)
  private static let frameTime = Duration.microseconds(16_000)
  private static let unreadTime = Duration.milliseconds(250)

  /// A loop that has not begun.
  init(state: LearnerState, desk: TrainerDesk) {
    self.state = state
    self.desk = desk
    let now = clock.now
    publishedAt = now
    pacer = Pacer(pace: state.pace, now: now)
    meter = SpeedMeter(now: now)
  }

  /// Works until there is nothing to do; false: the desk was closed.
  mutating func work() -> Bool {
    // Time that was waited is neither owed nor measured.
    pacer.restart(pace: state.pace, now: clock.now)
    meter.restart(now: clock.now)
    while !desk.shallEnd {
      if desk.mailWaits { readMail() }
      guard state.isActive else {
        if isStale { publish() }
        return true
      }
      if state.isPaused || state.pace == .infinity || state.isCatchingUp {
        advanceChunk()
      } else {
        advancePaced()
      }
    }
    return false
  }

  /// Lets what was asked for last be in the last snapshot.
  mutating func finish() {
    if desk.mailWaits {
      for request in desk.takeMail() { state.handle(request) { true } }
      isStale = true
    }
    if isStale { publish() }
  }

  /// Does what is asked for while there is nothing else to do, if that takes no longer than a
  /// thread may need to wake up: moments of the past that are near. False: nothing was done.
  mutating func handleAtOnce(_ request: Request) -> Bool {
    guard !desk.shallEnd, !desk.mailWaits, !state.isActive, publishingCost < NearReplays.limit,
      let way = state.way(of: request.control), near.covers(way)
    else { return false }
    handle(request) { false }
    publish(wakes: false)
    return true
  }

  private mutating func handle(_ request: Request, isLate: () -> Bool) {
    let way = state.way(of: request.control)
    let begin = clock.now
    state.handle(request, isLate: isLate)
    if let way { near.note(way, took: clock.now - begin) }
  }

  private mutating func readMail() {
    for request in desk.takeMail() {
      handle(request) { [desk] in desk.shallEnd || desk.opensAnother }
    }
    pacer.setPace(state.pace, now: clock.now)
    publish()
  }

  /// As many steps as take about `chunkTime`.
  private mutating func advanceChunk() {
    let begin = clock.now
    let taken = state.advance(chunk)
    let end = clock.now
    note(taken, now: end)
    fitChunk(taken, spent: end - begin)
    keepCheckpointIfDue(trained: end - begin)
    publishIfDue(now: end)
  }

  /// The steps that the pace owes; sleeps when there are none.
  private mutating func advancePaced() {
    let now = clock.now
    let owed = pacer.owed(now: now)
    guard owed > 0 else {
      publishIfDue(now: now, whetherReadOrNot: true)
      var wait = pacer.timeToNext(now: clock.now)
      if isStale { wait = min(wait, .milliseconds(16)) }
      // Fast paces take their steps in small handfuls: a thread that wakes for each one would burn
      // the processor.
      desk.wait(for: max(wait, min(.milliseconds(4), wait + pacer.interval * 8)))
      return
    }
    let begin = clock.now
    let taken = state.advance(min(owed, chunk))
    let end = clock.now
    pacer.paid(taken)
    note(taken, now: end)
    fitChunk(taken, spent: end - begin)
    keepCheckpointIfDue(trained: end - begin)
    publishIfDue(now: end, whetherReadOrNot: true)
  }

  /// Keeps a moment after some milliseconds of training; at most a hundredth of the time goes into
  /// them.
  private mutating func keepCheckpointIfDue(trained time: Duration) {
    trained += time
    guard trained >= Self.checkpointTime, trained >= checkpointCost * 100, state.wantsCheckpoint
    else { return }
    let begin = clock.now
    state.keepCheckpoint()
    checkpointCost = clock.now - begin
    trained = .zero
  }

  private mutating func fitChunk(_ taken: Int, spent: Duration) {
    if taken == chunk, spent < Self.chunkTime / 2 {
      chunk = min(chunk * 2, 1 << 24)
    } else if spent > Self.chunkTime * 3 / 2 {
      chunk = max(1, chunk / 2)
    }
  }

  private mutating func note(_ taken: Int, now: SuspendingClock.Instant) {
    meter.add(taken, now: now)
    if taken > 0 || !state.isActive { isStale = true }
  }

  private mutating func publishIfDue(
    now: SuspendingClock.Instant, whetherReadOrNot: Bool = false
  ) {
    guard isStale else { return }
    let age = now - publishedAt
    guard age >= Self.frameTime, age >= Self.distance(publishingCost) else { return }
    if !whetherReadOrNot, age < Self.unreadTime, !desk.isRead { return }
    publish()
  }

  private mutating func publish(wakes: Bool = true) {
    let begin = clock.now
    generation += 1
    let speed = state.isActive ? meter.stepsPerSecond(now: begin) : 0
    desk.publish(state.snapshot(stepsPerSecond: speed, generation: generation), wakes: wakes)
    let end = clock.now
    publishedAt = end
    publishingCost = end - begin
    isStale = false
  }

  /// The time between two snapshots that take `cost` each: fifty times as long, so that a fiftieth
  /// of the time goes into them. Those of more than ten milliseconds would come too seldom; they
  /// get a tenth.
  static func distance(_ cost: Duration) -> Duration {
    min(cost * 50, max(.milliseconds(500), cost * 10))
  }
}

/// Owes steps at a pace. Time that the steps themselves take counts; a debt of more than a tenth of
/// a second is forgiven.
struct Pacer {
  private var pace: Double
  private var since: SuspendingClock.Instant
  private var paidSteps = 0.0

  /// Owes nothing yet.
  init(pace: Double, now: SuspendingClock.Instant) {
    self.pace = pace
    since = now
  }

  /// Forgets all debts.
  mutating func restart(pace: Double, now: SuspendingClock.Instant) {
    self = Pacer(pace: pace, now: now)
  }

  /// Another pace from now on.
  mutating func setPace(_ pace: Double, now: SuspendingClock.Instant) {
    if pace != self.pace { restart(pace: pace, now: now) }
  }

  /// Steps that are due.
  mutating func owed(now: SuspendingClock.Instant) -> Int {
    let due = seconds(now - since) * pace - paidSteps
    let most = max(1, pace * 0.1)
    if due > most + 1 {
      // Too slow for the pace: go on from here.
      since = now
      paidSteps = -most
      return clamped(most)
    }
    return clamped(due)
  }

  /// Steps were taken.
  mutating func paid(_ steps: Int) {
    paidSteps += Double(steps)
  }

  /// The time until the next step is due, at most a quarter of a second.
  func timeToNext(now: SuspendingClock.Instant) -> Duration {
    let wait = (paidSteps + 1) / pace - seconds(now - since)
    return .nanoseconds(Int(min(max(wait, 0), 0.25) * 1e9) + 1)
  }

  /// The time between two steps, at most a quarter of a second.
  var interval: Duration { .nanoseconds(Int(min(1 / pace, 0.25) * 1e9)) }

  private func clamped(_ steps: Double) -> Int { Int(min(max(steps, 0), 1e9)) }

  private func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
  }
}

/// Measures steps per second over the last half second or so.
struct SpeedMeter {
  private var begin: SuspendingClock.Instant
  private var steps = 0
  private var last = 0.0

  /// Has seen nothing.
  init(now: SuspendingClock.Instant) { begin = now }

  /// Begins again.
  mutating func restart(now: SuspendingClock.Instant) { self = SpeedMeter(now: now) }

  /// Steps were taken.
  mutating func add(_ count: Int, now: SuspendingClock.Instant) {
    steps += count
    let age = now - begin
    if age >= .milliseconds(500) {
      last = rate(age)
      begin = now
      steps = 0
    }
  }

  /// The rate over the last full window, or over what there is of the first.
  func stepsPerSecond(now: SuspendingClock.Instant) -> Double {
    if last > 0 { return last }
    let age = now - begin
    return age > .milliseconds(20) ? rate(age) : 0
  }

  private func rate(_ age: Duration) -> Double {
    let parts = age.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    return seconds > 0 ? Double(steps) / seconds : 0
  }
}
