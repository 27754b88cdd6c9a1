import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A piece of probing that can be given up while a thread is at it.
///
/// Probes take many values of functions. Once the work is given up, every further value is NaN and
/// costs nothing, so that whatever is being computed ends soon; its result is nobody's any more.
package final class ProbeWork: Sendable {
  private let isOutdated = Atomic<Bool>(false)

  /// Work that is wanted.
  package init() {}

  /// Whether nobody wants it any more.
  package var isGivenUp: Bool { isOutdated.load(ordering: .relaxed) }

  /// Lets it end soon; from any thread.
  package func giveUp() { isOutdated.store(true, ordering: .relaxed) }

  /// Where a thread keeps the work it is at.
  private static let place: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  /// The work that this thread is at; nil where nothing can be given up.
  package static var current: ProbeWork? {
    pthread_getspecific(place).map {
      Unmanaged<ProbeWork>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// Whether this thread's work was given up: loops that take no values of functions ask.
  package static var isCurrentGivenUp: Bool { current?.isGivenUp ?? false }

  /// Does `body` as this work.
  package func perform<Result>(_ body: () -> Result) -> Result {
    let before = pthread_getspecific(ProbeWork.place)
    pthread_setspecific(ProbeWork.place, Unmanaged.passUnretained(self).toOpaque())
    defer { pthread_setspecific(ProbeWork.place, before) }
    return withExtendedLifetime(self) { body() }
  }
}
