package import Dispatch

/// Threads that work beside the caller, who waits for each piece of work as long as it likes and no
/// longer.
///
/// There is one thread as long as work is short. Where a piece waits because another takes long, a
/// thread joins in, up to a limit. Threads that have had nothing to do for a second end.
package final class SideWorkers: Sendable {
  /// A piece of work and, one day, what came of it.
  package final class Job<Value: Sendable>: Sendable {
    private struct State: Sendable {
      var value: Value?
      var isStarted = false
      var callsBack = false
    }
    private let state = Locked(State())
    private let work = ProbeWork()
    private let done = DispatchSemaphore(value: 0)
    private let wake: @Sendable () -> Void

    fileprivate init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// What came of it; nil until it is done.
    package var value: Value? { state.withLock { $0.value } }

    /// Lets it end soon; what comes of it is of no use.
    package func giveUp() { work.giveUp() }

    /// Whether a thread is at it, or was.
    fileprivate var isStarted: Bool { state.withLock { $0.isStarted } }

    fileprivate func run(_ body: @Sendable () -> Value) {
      state.withLock { $0.isStarted = true }
      let value = work.perform(body)
      let callsBack = state.withLock { state in
        state.value = value
        return state.callsBack
      }
      done.signal()
      if callsBack, !work.isGivenUp { wake() }
    }

    fileprivate func wait(until end: DispatchTime) { _ = done.wait(timeout: end) }

    /// The value, or the promise that `wake` will be called when there is one.
    fileprivate func valueOrCall() -> Value? {
      state.withLock { state in
        if state.value == nil { state.callsBack = true }
        return state.value
      }
    }
  }

  private struct Desk: Sendable {
    var queue: [@Sendable () -> Void] = []
    var threads = 0
    /// Threads that wait and were not called yet.
    var idle = 0
  }

  private let desk = Locked(Desk())
  private let bell = DispatchSemaphore(value: 0)
  private let limit: Int
  private let isPatient: Bool
  private let wake: @Sendable () -> Void

  /// Threads, none yet and at most `limit`; `wake` is called from one when work is done that
  /// somebody stopped waiting for.
  ///
  /// - Parameter isPatient: Their work takes long, and neither keys nor training are to wait for
  ///   it.
  package init(
    limit: Int = 4, isPatient: Bool = false, wake: @escaping @Sendable () -> Void = {}
  ) {
    self.limit = max(1, limit)
    self.isPatient = isPatient
    self.wake = wake
  }

  /// Puts a piece of work in the queue. `atOnce` does not let it wait for another that is being
  /// done.
  package func begin<Value: Sendable>(
    atOnce: Bool = false, _ body: @escaping @Sendable () -> Value
  ) -> Job<Value> {
    let job = Job<Value>(wake: wake)
    let mustStart = desk.withLock { [bell, limit] desk in
      desk.queue.append { job.run(body) }
      if desk.idle > 0 {
        desk.idle -= 1
        bell.signal()
        return false
      }
      guard desk.threads == 0 || atOnce && desk.threads < limit else { return false }
      desk.threads += 1
      return true
    }
    if mustStart { startThread() }
    return job
  }

  /// Waits for a piece of work, at most until `end`. Nil when it is not done then; `wake` is called
  /// once it is.
  package func wait<Value: Sendable>(
    for job: Job<Value>, until end: DispatchTime
  ) -> Value? {
    job.wait(until: min(end, .now() + SideWorkers.turn))
    if let value = job.value { return value }
    if !job.isStarted { join() }
    job.wait(until: end)
    return job.valueOrCall()
  }

  /// A piece that has not begun after so long gets a thread of its own.
  private static let turn = DispatchTimeInterval.milliseconds(3)

  /// One more thread, if work waits and none is idle.
  private func join() {
    let mustStart = desk.withLock { [limit] desk in
      guard !desk.queue.isEmpty, desk.idle == 0, desk.threads < limit else { return false }
      desk.threads += 1
      return true
    }
    if mustStart { startThread() }
  }

  private func startThread() {
    DedicatedThread(isPatient: isPatient) { [self] in work() }.detach()
  }

  private func work() {
    while true {
      let next = desk.withLock { desk -> (@Sendable () -> Void)? in
        guard !desk.queue.isEmpty else {
          desk.idle += 1
          return nil
        }
        return desk.queue.removeFirst()
      }
      if let next {
        next()
      } else if bell.wait(timeout: .now() + .seconds(1)) == .timedOut {
        let mustEnd = desk.withLock { desk in
          guard desk.idle > 0 else { return false }
          desk.idle -= 1
          desk.threads -= 1
          return true
        }
        if mustEnd { return }
        // Called just now: the bell has rung, and must not be heard as a call at the next turn.
        bell.wait()
      }
    }
  }
}
