package import Dispatch
import Synchronization

/// Pictures that may take longer than a frame, made on threads of their own, which leave the
/// processors to keys and training: coarse ones first, then finer ones.
///
/// For each slot only the newest request counts; what was asked for before is given up while it is
/// being made.
package final class SlowProbes: Sendable {
  /// The newest request of a slot, and what has been made of it.
  private struct Slot: Sendable {
    var ticket: Int
    var work = ProbeWork()
    var result: (any Sendable)?
    var isPending = true
    /// Somebody waits, and will see what is made without being woken.
    var isAwaited = false
    var job: SideWorkers.Job<Bool>?
  }

  private struct Desk: Sendable {
    var slots: [String: Slot] = [:]
    var lastTicket = 0
  }

  private let desk = Locked(Desk())
  private let finished = Atomic<Int>(0)
  private let workers = SideWorkers(isPatient: true)
  private let wake: @Sendable () -> Void

  /// A maker of pictures; `wake` is called from its threads whenever a picture is finer than
  /// before.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Counts up with every stage that is finished while nobody waits for it.
  package var revision: Int { finished.load(ordering: .acquiring) }

  /// Asks for a picture in stages, the coarsest first; what was asked for before in this slot is
  /// given up. What was made of it is forgotten, unless the new picture `carriesOn` the old one.
  package func begin(
    _ slot: String, carriesOn: Bool = false, stages: [@Sendable () -> any Sendable]
  ) {
    let (ticket, work) = desk.withLock { desk -> (Int, ProbeWork) in
      desk.lastTicket += 1
      let before = desk.slots[slot]
      before?.work.giveUp()
      var next = Slot(ticket: desk.lastTicket)
      if carriesOn { next.result = before?.result }
      desk.slots[slot] = next
      return (next.ticket, next.work)
    }
    let job = workers.begin(atOnce: true) { [self] in
      work.perform { make(slot, ticket: ticket, stages: stages) }
      return true
    }
    desk.withLock { desk in
      if desk.slots[slot]?.ticket == ticket { desk.slots[slot]?.job = job }
    }
  }

  /// The finest picture that has been made of the newest request; nil until the first stage is
  /// done.
  package func latest(_ slot: String) -> (any Sendable)? {
    desk.withLock { $0.slots[slot]?.result }
  }

  /// The same, after waiting for the last stage, but not for long.
  package func latest(_ slot: String, waiting limit: DispatchTimeInterval) -> (any Sendable)? {
    let job = desk.withLock { desk -> SideWorkers.Job<Bool>? in
      guard desk.slots[slot]?.isPending == true else { return nil }
      desk.slots[slot]?.isAwaited = true
      return desk.slots[slot]?.job
    }
    if let job { _ = workers.wait(for: job, until: .now() + limit) }
    return desk.withLock { desk in
      desk.slots[slot]?.isAwaited = false
      return desk.slots[slot]?.result
    }
  }

  /// Whether the newest request of a slot is still being worked on.
  package func isBusy(_ slot: String) -> Bool {
    desk.withLock { $0.slots[slot]?.isPending ?? false }
  }

  /// Whether nothing is being made.
  package var isIdle: Bool { desk.withLock { !$0.slots.values.contains(where: \.isPending) } }

  /// Gives everything up that is being made, and forgets all pictures.
  package func giveUp() {
    desk.withLock { desk in
      for slot in desk.slots.values { slot.work.giveUp() }
      desk.slots = [:]
    }
  }

  private func make(_ name: String, ticket: Int, stages: [@Sendable () -> any Sendable]) {
    for (number, stage) in stages.enumerated() {
      guard desk.withLock({ $0.slots[name]?.ticket == ticket }) else { return }
      let result = stage()
      let (isWanted, isAwaited) = desk.withLock { desk -> (Bool, Bool) in
        guard var slot = desk.slots[name], slot.ticket == ticket else { return (false, false) }
        slot.result = result
        if number == stages.count - 1 { slot.isPending = false }
        desk.slots[name] = slot
        return (true, slot.isAwaited)
      }
      guard isWanted else { return }
      if !isAwaited {
        finished.add(1, ordering: .releasing)
        wake()
      }
    }
  }
}
