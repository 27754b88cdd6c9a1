/// A short message at the bottom of the screen that goes by itself.
package struct Toast: Equatable, Sendable {
  /// How it is meant.
  package enum Tone: Sendable { case plain, good, warning, bad }
  /// One line.
  package var text: String
  /// How it is meant.
  package var tone: Tone
  /// When it goes, on the loop's clock.
  package var end: Duration

  /// How long a message stays: bad news longer.
  static func lifetime(_ tone: Tone) -> Duration {
    tone == .bad ? .seconds(8) : .seconds(4)
  }
}
