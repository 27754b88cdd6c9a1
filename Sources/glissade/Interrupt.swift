import Foundation
import Synchronization

/// Ctrl-C during headless work: the first asks it to end tidily, the second ends the process.
enum Interrupt {
  private static let asked = Atomic<Bool>(false)

  /// Begins to listen for SIGINT and SIGTERM.
  static func listen() {
    // Made before the handler can run: making it there would not be safe.
    asked.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        Interrupt.asked.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
      sigaction(number, &action, nil)
    }
    // Who started the program may have had them blocked.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGINT)
    sigaddset(&mask, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// Whether the work is to end.
  static var wasAsked: Bool { asked.load(ordering: .relaxed) }
}
