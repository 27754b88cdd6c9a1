/// A key of the keyboard.
package enum KeyCode: Hashable, Sendable {
  /// A printable character, as typed (shifted letters are upper case).
  case character(Unicode.Scalar)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1...F12.
  case function(Int)
}

/// A key with its modifiers.
package struct Key: Hashable, Sendable {
  /// Which key.
  package var code: KeyCode
  /// Held with Control.
  package var control: Bool
  /// Held with Alt (or preceded by ESC).
  package var alt: Bool
  /// Held with Shift, where the key has no shifted character of its own.
  package var shift: Bool
  /// A key.
  package init(_ code: KeyCode, control: Bool = false, alt: Bool = false, shift: Bool = false) {
    self.code = code
    self.control = control
    self.alt = alt
    self.shift = shift
  }
}

extension Key {
  /// The key that came right behind an Escape; nil where the Escape key had no part in it.
  ///
  /// Terminals put an ESC before a key that is held with Alt, and a slow line hands over the Escape
  /// key and the next one as the same bytes. Keys with sequences of their own (arrows, F1) say in
  /// those that Alt is held.
  package var afterEscape: Key? {
    guard alt else { return nil }
    switch code {
    case .character, .enter, .tab, .backspace:
      var key = self
      key.alt = false
      return key
    default: return nil
    }
  }
}

/// What the mouse did.
package struct Mouse: Hashable, Sendable {
  /// The kinds of actions.
  package enum Action: Hashable, Sendable { case press, release, drag, move, wheelUp, wheelDown }
  /// The buttons.
  package enum Button: Hashable, Sendable { case left, middle, right, none }
  /// What happened.
  package var action: Action
  /// With which button.
  package var button: Button
  /// Column from 0.
  package var x: Int
  /// Row from 0.
  package var y: Int
  /// Held with Control.
  package var control: Bool
  /// Held with Shift.
  package var shift: Bool
  /// Held with Alt.
  package var alt: Bool
  /// An action of the mouse.
  package init(
    _ action: Action, button: Button = .left, x: Int, y: Int, control: Bool = false,
    shift: Bool = false, alt: Bool = false
  ) {
    self.action = action
    self.button = button
    self.x = x
    self.y = y
    self.control = control
    self.shift = shift
    self.alt = alt
  }
}

/// What comes from the terminal.
package enum Event: Equatable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(Mouse)
  /// Text was pasted.
  case paste(String)
  /// The window has another size.
  case resize(Size)
  /// The window gained (true) or lost the keyboard.
  case focus(Bool)
  /// The terminal tells the colour of its background, asked or not.
  case background(Color)
  /// Somebody called `wake()`: new data.
  case wake
  /// The terminal went away, or a signal asks to end: leave with this exit code.
  case end(code: Int32)
}
