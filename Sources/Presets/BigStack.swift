import Foundation
import Synchronization

/// Runs work whose depth of recursion is bounded, but larger than small thread stacks hold.
enum BigStack {
  /// What `work` returns, computed on a thread with a stack of 16 MB; nil when there was no such
  /// thread.
  static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result? {
    let box = Box<Result>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let result = work()
      box.value.withLock { $0 = result }
      done.signal()
    }
    thread.stackSize = 16 << 20
    thread.start()
    done.wait()
    return box.value.withLock { $0 }
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
