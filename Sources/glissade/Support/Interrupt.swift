import Foundation
import Synchronization

/// Ctrl-C during headless work: the first asks it to end tidily, the second ends the process.
enum Interrupt {
  /// The signal that came; 0: none.
  private static let asked = Atomic<Int32>(0)

  /// Begins to listen for SIGINT and SIGTERM, and for others.
  static func listen(also others: [Int32] = []) {
    // Made before the handler can run: making it there would not be safe.
    asked.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] + others {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        Interrupt.asked.store(number, ordering: .relaxed)
        Foundation.signal(number, SIG_DFL)
      }
      sigaction(number, &action, nil)
    }
    // Who started the program may have had them blocked.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGINT)
    sigaddset(&mask, SIGTERM)
    for number in others { sigaddset(&mask, number) }
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// Whether the work is to end.
  static var wasAsked: Bool { signal != nil }
  /// The signal that asked.
  static var signal: Int32? {
    let number = asked.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
