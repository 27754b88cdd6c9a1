import Foundation

/// A line on the terminal that shows how far a run has come; it leaves nothing behind.
struct ProgressBar {
  private var last: ContinuousClock.Instant?
  private let began = ContinuousClock.now
  private let unit: String

  /// A line that counts steps, or other units.
  init(unit: String = "steps") { self.unit = unit }

  /// Shows progress, at most ten times a second, and not before the work has taken half a second.
  mutating func show(done: Int, of total: Int) {
    let now = ContinuousClock.now
    guard began.duration(to: now) > .milliseconds(500) else { return }
    if let last, last.duration(to: now) < .milliseconds(100) { return }
    last = now
    let share = total > 0 ? Double(done) / Double(total) : 1
    let filled = Int((share * 30).rounded(.down))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    StandardError.draw("\r[\(bar)] \(done) of \(total) \(unit)\(Self.left(share, since: began))  ")
  }

  /// How long it will take, after what it has taken.
  private static func left(_ share: Double, since began: ContinuousClock.Instant) -> String {
    guard share > 0.02 else { return "" }
    let seconds = Double(began.duration(to: .now).components.seconds) * (1 / share - 1)
    return seconds < 60
      ? ", \(Int(seconds)) s left" : ", \(Int(seconds / 60)) min left"
  }

  /// Removes the line.
  func clear() {
    if last != nil { StandardError.draw("\r\u{1B}[K") }
  }
}
