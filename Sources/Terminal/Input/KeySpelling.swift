/// How terminals spell keys.
enum KeySpelling {
  /// A key with xterm's modifier number (1 + shift + 2·alt + 4·control; 8 and up are ignored).
  private static func key(_ code: KeyCode, _ modifiers: Int, alt: Bool) -> Key {
    let bits = max(0, modifiers - 1)
    return Key(
      code, control: bits & 4 != 0, alt: alt || bits & 2 != 0,
      shift: bits & 1 != 0 && code != .backTab)
  }

  /// A control byte: Control with a letter, or a key of its own.
  static func control(_ byte: UInt8, alt: Bool) -> Key {
    switch byte {
    case 0x09: Key(.tab, alt: alt)
    case 0x0A, 0x0D: Key(.enter, alt: alt)
    case 0x08, 0x7F: Key(.backspace, alt: alt)
    case 0x00: Key(.character(" "), control: true, alt: alt)
    case 0x01...0x1A: Key(.character(Unicode.Scalar(byte + 0x60)), control: true, alt: alt)
    default: Key(.character(Unicode.Scalar(byte + 0x40)), control: true, alt: alt)
    }
  }

  /// `CSI … letter`.
  static func lettered(_ final: UInt8, modifiers: Int, alt: Bool) -> Key? {
    switch final {
    case 0x5A: key(.backTab, modifiers, alt: alt)
    // rxvt: shifted arrows in small letters.
    case 0x61...0x64: arrow(final - 0x20).map { Key($0, alt: alt, shift: true) }
    default: (arrow(final) ?? function(final)).map { key($0, modifiers, alt: alt) }
    }
  }

  /// Arrows, Home and End by their letter.
  private static func arrow(_ letter: UInt8) -> KeyCode? {
    switch letter {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    default: nil
    }
  }

  /// F1…F4 by their letter.
  private static func function(_ letter: UInt8) -> KeyCode? {
    (0x50...0x53).contains(letter) ? .function(Int(letter) - 0x4F) : nil
  }

  /// `CSI number ~`, or rxvt's `$` (shift), `^` (control), `@` (both) instead of `~`.
  static func numbered(_ number: Int, final: UInt8, modifiers: Int, alt: Bool) -> Key? {
    var bits = max(0, modifiers - 1)
    if final == 0x24 || final == 0x40 { bits |= 1 }
    if final == 0x5E || final == 0x40 { bits |= 4 }
    let code: KeyCode
    switch number {
    case 1, 7: code = .home
    case 2: code = .insert
    case 3: code = .delete
    case 4, 8: code = .end
    case 5: code = .pageUp
    case 6: code = .pageDown
    case 11...15: code = .function(number - 10)
    case 17...21: code = .function(number - 11)
    case 23, 24: code = .function(number - 12)
    // F13…F20 are what shifted F1…F8 send.
    case 25, 26: (code, bits) = (.function(number - 24), bits | 1)
    case 28, 29: (code, bits) = (.function(number - 25), bits | 1)
    case 31...34: (code, bits) = (.function(number - 26), bits | 1)
    default: return nil
    }
    return key(code, bits + 1, alt: alt)
  }

  /// `ESC O letter`: arrows in application mode, F1…F4, and the numeric keypad.
  static func single(_ final: UInt8, modifiers: Int, alt: Bool) -> Key? {
    if let code = arrow(final) ?? function(final) { return key(code, modifiers, alt: alt) }
    switch final {
    case 0x61...0x64: return arrow(final - 0x20).map { Key($0, control: true, alt: alt) }
    case 0x4D: return key(.enter, modifiers, alt: alt)
    case 0x49: return key(.tab, modifiers, alt: alt)
    case 0x20: return key(.character(" "), modifiers, alt: alt)
    case 0x58: return key(.character("="), modifiers, alt: alt)
    case 0x6A...0x79:
      // The keypad's characters are their ASCII codes plus 0x40.
      return key(.character(Unicode.Scalar(final - 0x40)), modifiers, alt: alt)
    default: return nil
    }
  }

  /// A key by its code point (kitty, modifyOtherKeys); kitty's keypad and functional keys live in
  /// the private use area.
  static func point(_ value: Int, shifted: Int?, modifiers: Int, alt: Bool) -> Key? {
    switch value {
    case 9 where max(0, modifiers - 1) & 1 != 0: return key(.backTab, modifiers, alt: alt)
    case 9: return key(.tab, modifiers, alt: alt)
    case 10, 13, 57_414: return key(.enter, modifiers, alt: alt)
    case 27: return key(.escape, modifiers, alt: alt)
    case 8, 127: return key(.backspace, modifiers, alt: alt)
    case 57_399...57_408: return character(UInt32(value - 57_399 + 0x30), nil, modifiers, alt)
    case 57_409...57_413, 57_415:
      let keypad: [UInt32] = [0x2E, 0x2F, 0x2A, 0x2D, 0x2B, 0, 0x3D]
      return character(keypad[value - 57_409], nil, modifiers, alt)
    case 57_417...57_426:
      let keypad: [KeyCode] = [
        .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, .insert, .delete,
      ]
      return key(keypad[value - 57_417], modifiers, alt: alt)
    case 0xE000...0xF8FF: return nil
    default: return UInt32(exactly: value).flatMap { character($0, shifted, modifiers, alt) }
    }
  }

  /// A printable key: Shift goes into the character where it has a shifted form.
  private static func character(
    _ value: UInt32, _ shifted: Int?, _ modifiers: Int, _ alt: Bool
  ) -> Key? {
    guard value >= 0x20, !(0x7F...0x9F).contains(value), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    var result = key(.character(scalar), modifiers, alt: alt)
    guard result.shift else { return result }
    if let shifted, shifted > 0x20, let point = UInt32(exactly: shifted),
      let upper = Unicode.Scalar(point), !(0x7F...0x9F).contains(point)
    {
      result.code = .character(upper)
      result.shift = false
    } else if (0x61...0x7A).contains(value), !result.control,
      let upper = Unicode.Scalar(value - 0x20)
    {
      result.code = .character(upper)
      result.shift = false
    } else if !(0x61...0x7A).contains(value), value != 0x20 {
      result.shift = false
    }
    return result
  }
}
