/// Where a trainer's loop lies while it has nothing to do, so that whoever wants a moment of the past
/// that is near goes there himself: a thread that must wake up first, and wake somebody in turn, may
/// take longer than the work, on a busy machine by milliseconds.
final class TrainerRest: Sendable {
  private let resting = Locked<TrainerLoop?>(nil)

  /// Lets a loop work whenever there is something to do, until the desk is closed.
  func run(_ loop: consuming TrainerLoop, _ desk: TrainerDesk) {
    var loop: TrainerLoop? = loop
    while loop?.work() == true {
      lay(&loop)
      desk.wait()
      loop = resting.withLock { $0.take() }
    }
    loop?.finish()
  }

  /// Lets the loop that rests do what is asked for, in the caller's thread; false: it was not done.
  func handle(_ request: Request) -> Bool {
    resting.withLock { $0?.handleAtOnce(request) ?? false }
  }

  /// Nobody else holds it afterwards: what it changes is not copied.
  private func lay(_ loop: inout TrainerLoop?) {
    let laid = loop.take()
    resting.withLock { $0 = laid }
  }
}
