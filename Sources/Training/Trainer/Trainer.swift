import Dispatch
import Synchronization

/// A run on a thread of its own: an inbox of requests, and a slot with the newest snapshot.
///
/// At a pace it sleeps between steps; at full speed it takes chunks of about two milliseconds, so
/// that requests are answered soon; paused, finished or diverged it waits for a request and burns
/// nothing, and little requests are done by whoever has them. Snapshots are taken at display rate, less often when they are costly (a fiftieth of the
/// time goes into them, a tenth where one takes more than ten milliseconds) or nobody reads them.
package final class Trainer: Learner {
  private let desk: TrainerDesk
  private let rest = TrainerRest()
  private let thread: Locked<DedicatedThread?>

  /// Begins an experiment on a new thread.
  ///
  /// - Parameters:
  ///   - isPaused: whether it waits at first.
  ///   - pace: steps per second at first; infinity is full speed.
  ///   - wake: called on the trainer's thread after each new snapshot; it must return soon. It is
  ///     not called where `send` has done what was asked for before it returns.
  /// - Throws: `RunError` when the experiment does not fit.
  package convenience init(
    _ experiment: Experiment, isPaused: Bool = false, pace: Double = .infinity,
    wake: @escaping @Sendable () -> Void = {}
  ) throws(RunError) {
    self.init(try Run(experiment), isPaused: isPaused, pace: pace, wake: wake)
  }

  /// Goes on with a run on a new thread.
  package convenience init(
    _ run: Run, isPaused: Bool = false, pace: Double = .infinity,
    wake: @escaping @Sendable () -> Void = {}
  ) {
    self.init(Session(run), isPaused: isPaused, pace: pace, wake: wake)
  }

  /// Goes on with a session on a new thread.
  package init(
    _ session: Session, isPaused: Bool = false, pace: Double = .infinity,
    wake: @escaping @Sendable () -> Void = {}
  ) {
    let state = LearnerState(session, isPaused: isPaused, pace: pace)
    let desk = TrainerDesk(
      first: state.snapshot(stepsPerSecond: 0, generation: 1), wake: wake)
    self.desk = desk
    // The thread takes the state out: what its closure held would live as long as the thread.
    let box = Locked<LearnerState?>(state)
    thread = Locked(
      DedicatedThread { [rest] in
        guard let state = box.withLock({ $0.take() }) else { return }
        rest.run(TrainerLoop(state: state, desk: desk), desk)
      })
  }

  deinit { stop() }

  package func send(_ request: Request) {
    if !rest.handle(request) { desk.send(request) }
  }

  package var latest: Snapshot { desk.read() }

  /// Ends the thread and waits until it has ended. The newest snapshot stays readable; further
  /// requests are ignored.
  package func stop() {
    desk.close()
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    running?.join()
  }
}

/// What a trainer's thread shares with everybody else.
final class TrainerDesk: Sendable {
  private struct Slot: Sendable {
    var snapshot: Snapshot
    var isRead = true
  }

  private let inbox = Locked<[Request]>([])
  private let slot: Locked<Slot>
  private let hasMail = Atomic<Bool>(false)
  private let isClosed = Atomic<Bool>(false)
  private let bell = DispatchSemaphore(value: 0)
  private let wake: @Sendable () -> Void

  init(first: Snapshot, wake: @escaping @Sendable () -> Void) {
    slot = Locked(Slot(snapshot: first))
    self.wake = wake
  }

  /// Whether the thread shall end.
  var shallEnd: Bool { isClosed.load(ordering: .acquiring) }
  /// Whether requests wait in the inbox.
  var mailWaits: Bool { hasMail.load(ordering: .acquiring) }
  /// Whether a request waits that puts another run in the place of this one.
  var opensAnother: Bool {
    mailWaits
      && inbox.withLock { inbox in
        inbox.contains { request in
          switch request.control {
          case .load, .open, .beginAgain: true
          default: false
          }
        }
      }
  }
  /// Whether the newest snapshot was read.
  var isRead: Bool { slot.withLock { $0.isRead } }

  /// Puts a request into the inbox. A pace or a rate that is followed by another is dropped: the
  /// inbox stays short.
  func send(_ request: Request) {
    guard !shallEnd else { return }
    inbox.withLock { inbox in
      switch (inbox.last?.control, request.control) {
      case (.pace, .pace), (.change(.learningRate), .change(.learningRate)),
        (.change(.parameters), .change(.parameters)), (.load, .load), (.seek, .seek):
        inbox.removeLast()
      default: break
      }
      inbox.append(request)
    }
    hasMail.store(true, ordering: .releasing)
    bell.signal()
  }

  /// Takes all requests out of the inbox.
  func takeMail() -> [Request] {
    hasMail.store(false, ordering: .releasing)
    return inbox.withLock { inbox in
      defer { inbox = [] }
      return inbox
    }
  }

  /// Waits for a request or the end, for at most `time` if it is given.
  func wait(for time: Duration? = nil) {
    guard let time else { return bell.wait() }
    let parts = time.components
    let nanoseconds = parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    _ = bell.wait(timeout: .now() + .nanoseconds(Int(nanoseconds)))
  }

  /// Lets the thread end.
  func close() {
    isClosed.store(true, ordering: .releasing)
    bell.signal()
  }

  /// Puts a snapshot into the slot, in place of the one before.
  ///
  /// - Parameter wakes: Whether somebody is to be told of it.
  func publish(_ snapshot: Snapshot, wakes: Bool = true) {
    slot.withLock { $0 = Slot(snapshot: snapshot, isRead: false) }
    if wakes { wake() }
  }

  /// The newest snapshot.
  func read() -> Snapshot {
    slot.withLock { slot in
      slot.isRead = true
      return slot.snapshot
    }
  }
}
