/// What a terminal can show.
package struct Capabilities: Equatable, Sendable {
  /// How many colours.
  package enum ColorDepth: Int, Sendable, Comparable {
    case mono, ansi8, ansi16, indexed256, direct
    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }
  /// Colours.
  package var colors: ColorDepth
  /// Whether anything but ASCII may be drawn.
  package var unicode: Bool
  /// Capabilities.
  package init(colors: ColorDepth, unicode: Bool) {
    self.colors = colors
    self.unicode = unicode
  }
}

/// Something that shows a canvas and tells what the person does: ncurses, or memory in tests.
package protocol Screen: AnyObject {
  /// Its extent now.
  var size: Size { get }
  /// What it can show.
  var capabilities: Capabilities { get }
  /// Shows a canvas; it differs from the last one only where cells do.
  func present(_ canvas: Canvas)
  /// The next event, waiting at most `timeout` (nil: for ever); nil when time ran out.
  func nextEvent(timeout: Duration?) -> Event?
  /// Gives the terminal back and stops the process as Ctrl-Z does; returns after it was continued.
  func suspend()
  /// Forgets what is shown, so that the next canvas is sent whole: another program wrote over it.
  func redraw()
  /// Puts text on the clipboard of whoever sits at the terminal, where the terminal does that.
  func copy(_ text: String)
  /// Asks the terminal to report the mouse, or to keep it for selecting text.
  func reportMouse(_ isOn: Bool)
  /// Makes `nextEvent` return `.wake`, from any thread.
  var waker: Waker { get }
}
