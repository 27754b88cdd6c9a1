package import Terminal

/// Colours by meaning; the only place that names colours.
package struct Theme: Sendable {
  /// Its name (`dark`, `light`).
  package var name: String
  /// Behind panes.
  package var background: Color
  /// Inside panes.
  package var pane: Color
  /// Pane borders.
  package var border: Color
  /// The border of the pane with the focus.
  package var focusedBorder: Color
  /// Titles and values.
  package var text: Color
  /// Labels.
  package var muted: Color
  /// Grid lines.
  package var grid: Color
  /// Curves in order: train, test, …; colour-blind safe.
  package var series: [Color]
  /// The ball on a function.
  package var ball: Color
  /// Good news (running, solved).
  package var good: Color
  /// Warnings (paused, changed).
  package var warning: Color
  /// Bad news (diverged, errors).
  package var bad: Color

  /// The dark theme of the design.
  package static let dark = Theme(
    name: "dark", background: Color(0x0D1117), pane: Color(0x12161D), border: Color(0x2D333B),
    focusedBorder: Color(0x58A6FF), text: Color(0xE6EDF3), muted: Color(0x7D8590),
    grid: Color(0x1E252E),
    series: [
      Color(0x58A6FF), Color(0xFF9E4A), Color(0x3FB98F), Color(0xD48CC8), Color(0xE3C34B),
      Color(0x9AA4AF),
    ],
    ball: Color(0xFF6B6B), good: Color(0x56D364), warning: Color(0xE3B341), bad: Color(0xFF7B72))
}
