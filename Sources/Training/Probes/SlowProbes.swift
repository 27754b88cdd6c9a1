import Synchronization

/// Pictures that take longer than a frame, made on a thread of their own: coarse ones first, then finer ones.
///
/// For each slot only the newest request counts. The thread begins with the first request and ends when all are done.
package final class SlowProbes: Sendable {
  private struct Job: Sendable {
    var slot: String
    var ticket: Int
    var stages: [@Sendable () -> any Sendable]
  }

  private struct Desk: Sendable {
    var requests: [Job] = []
    /// The newest request and what has been made of it, by slot.
    var tickets: [String: Int] = [:]
    var results: [String: any Sendable] = [:]
    /// Slots whose newest request is not done.
    var pending: Set<String> = []
    var isWorking = false
    var lastTicket = 0
  }

  private let desk = Locked(Desk())
  private let finished = Atomic<Int>(0)
  private let wake: @Sendable () -> Void

  /// A maker of pictures; `wake` is called from its thread whenever a picture is finer than before.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Counts up with every stage that is finished.
  package var revision: Int { finished.load(ordering: .acquiring) }

  /// Asks for a picture in stages, the coarsest first; what was asked for before in this slot is given up. What was made
  /// of it is forgotten, unless the new picture `carriesOn` the old one.
  package func begin(
    _ slot: String, carriesOn: Bool = false, stages: [@Sendable () -> any Sendable]
  ) {
    let mustStart = desk.withLock { desk -> Bool in
      desk.lastTicket += 1
      desk.tickets[slot] = desk.lastTicket
      if !carriesOn { desk.results[slot] = nil }
      desk.pending.insert(slot)
      desk.requests.removeAll { $0.slot == slot }
      desk.requests.append(Job(slot: slot, ticket: desk.lastTicket, stages: stages))
      defer { desk.isWorking = true }
      return !desk.isWorking
    }
    if mustStart {
      DedicatedThread { [self] in work() }.detach()
    }
  }

  /// The finest picture that has been made of the newest request; nil until the first stage is done.
  package func latest(_ slot: String) -> (any Sendable)? { desk.withLock { $0.results[slot] } }

  /// Whether the newest request of a slot is still being worked on.
  package func isBusy(_ slot: String) -> Bool { desk.withLock { $0.pending.contains(slot) } }

  /// Whether nothing is being made.
  package var isIdle: Bool { desk.withLock { !$0.isWorking } }

  private func work() {
    while let job = next() {
      for (number, stage) in job.stages.enumerated() {
        guard desk.withLock({ $0.tickets[job.slot] == job.ticket }) else { break }
        let result = stage()
        let isWanted = desk.withLock { desk -> Bool in
          guard desk.tickets[job.slot] == job.ticket else { return false }
          desk.results[job.slot] = result
          if number == job.stages.count - 1 { desk.pending.remove(job.slot) }
          return true
        }
        guard isWanted else { break }
        finished.add(1, ordering: .releasing)
        wake()
      }
    }
  }

  private func next() -> Job? {
    desk.withLock { desk in
      if desk.requests.isEmpty {
        desk.isWorking = false
        return nil
      }
      return desk.requests.removeFirst()
    }
  }
}
