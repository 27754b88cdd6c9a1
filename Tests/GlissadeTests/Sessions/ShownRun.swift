import Foundation

/// What the explorer's screen tells about a run.
struct ShownRun {
  /// The whole screen.
  let screen: String
  private let status: String

  /// Reads a captured screen.
  init(_ screen: String) {
    self.screen = screen.replacing("−", with: "-")
    status =
      self.screen.split(separator: "\n", omittingEmptySubsequences: false).first
      .map(String.init) ?? ""
  }

  private func number(after word: String, in text: String) -> Double? {
    guard let place = text.range(of: word) else { return nil }
    let digits = text[place.upperBound...].prefix { !$0.isWhitespace }
    return Double(digits.replacing(",", with: ""))
  }

  /// The step that the status line shows.
  var step: Double? { number(after: " step ", in: status) }
  /// The loss that the status line shows.
  var loss: Double? { number(after: " loss ", in: status) }
  /// The learning rate that the status line shows.
  var rate: Double? { number(after: " η ", in: status) }
  /// The function pane's position.
  var x: Double? { number(after: " x = ", in: screen) }
  /// The optimizer that the status line shows.
  var optimizer: String? {
    guard let place = status.range(of: " η ") else { return nil }
    return status[..<place.lowerBound].split(separator: " ").last.map(String.init)
  }
  /// Whether the status line says that the run waits.
  var isPaused: Bool { status.contains("❙❙") }
  /// Whether the status line says that it goes on.
  var isRunning: Bool { status.contains("●") }
  /// Panes on the screen, by their upper left corners.
  var paneCount: Int { screen.count { $0 == "╭" } }
  /// Whether the frame is there as a whole: terminals and tmux show it from the top on, in pieces.
  var isWhole: Bool {
    let rows = screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return step != nil && rows.last?.contains { !$0.isWhitespace } == true
  }
  /// The last line: hints, banners, messages.
  var bar: String {
    screen.split(separator: "\n", omittingEmptySubsequences: true).last.map(String.init) ?? ""
  }
}
