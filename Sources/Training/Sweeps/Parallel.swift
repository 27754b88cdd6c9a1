import Glibc
import Synchronization

/// Independent pieces of work on a few threads.
package enum Parallel {
  /// The processors that threads can have at once.
  static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// `body` of each of 0 ..< `count`, in order of the numbers, whatever thread did which.
  package static func map<Result: Sendable>(
    count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    guard threads > 1, count > 1 else { return (0..<count).map(body) }
    let desk = Desk<Result>(count: count)
    let helpers = (1..<min(threads, count)).map { _ in DedicatedThread { desk.work(body) } }
    desk.work(body)
    for helper in helpers { helper.join() }
    return desk.results
  }

  /// Hands out numbers and gathers results.
  private final class Desk<Result: Sendable>: Sendable {
    private let next = Atomic<Int>(0)
    private let slots: Locked<[Result?]>
    private let count: Int

    init(count: Int) {
      self.count = count
      slots = Locked(Array(repeating: nil, count: count))
    }

    func work(_ body: (Int) -> Result) {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = body(index)
        slots.withLock { $0[index] = result }
      }
    }

    /// All results; every number was handed out and finished.
    var results: [Result] { slots.withLock { $0.compactMap { $0 } } }
  }
}
