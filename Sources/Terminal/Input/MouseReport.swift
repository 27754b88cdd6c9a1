/// How terminals report the mouse.
enum MouseReport {
  /// `CSI < code ; x ; y M` (or `m` for a release), places from 1.
  static func modern(_ parameters: [Int], released: Bool) -> Event? {
    decode(code: parameters[0], x: parameters[1] - 1, y: parameters[2] - 1, released: released)
  }

  /// The three bytes after `CSI M`, each 32 too large; places from 1.
  static func old(_ bytes: [UInt8]) -> Event? {
    guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
    return decode(
      code: Int(bytes[0]) - 32, x: Int(bytes[1]) - 33, y: Int(bytes[2]) - 33, released: nil)
  }

  /// Bits of the code: 0–1 button, 4 shift, 8 alt, 16 control, 32 motion, 64 wheel, 128 further
  /// buttons. `released` is nil where the code itself says so (button 3).
  private static func decode(code: Int, x: Int, y: Int, released: Bool?) -> Event? {
    guard (0..<256).contains(code), code & 128 == 0, x >= 0, y >= 0 else { return nil }
    let low = code & 3
    let action: Mouse.Action
    var button: Mouse.Button = [.left, .middle, .right, .none][low]
    if code & 64 != 0 {
      // Sideways wheels (2 and 3) and releases of a wheel say nothing here.
      guard low < 2, released != true else { return nil }
      action = low == 0 ? .wheelUp : .wheelDown
      button = .none
    } else if code & 32 != 0 {
      action = low == 3 ? .move : .drag
    } else if released ?? (low == 3) {
      action = .release
    } else {
      guard low != 3 else { return nil }
      action = .press
    }
    return .mouse(
      Mouse(
        action, button: button, x: min(x, 9_999), y: min(y, 9_999), control: code & 16 != 0,
        shift: code & 4 != 0, alt: code & 8 != 0))
  }
}
