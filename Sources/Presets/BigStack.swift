import Synchronization
import Training

/// Runs work whose depth of recursion is bounded, but larger than small thread stacks hold.
enum BigStack {
  /// What `work` returns, computed on a thread with a stack of 16 MB; nil when the system refuses
  /// such a thread.
  static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result? {
    let box = Box<Result>()
    let thread = DedicatedThread.start(stackSize: 16 << 20) {
      let result = work()
      box.value.withLock { $0 = result }
    }
    guard let thread else { return nil }
    thread.join()
    return box.value.withLock { $0 }
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
