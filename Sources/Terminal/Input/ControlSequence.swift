/// A control sequence (`ESC [ parameters final`) as the terminal sent it.
struct ControlSequence {
  /// `<`, `?`, `>` or `=` in front of the parameters, or 0.
  let marker: UInt8
  /// The first number of each parameter; absent ones are 1, huge ones are cut.
  let parameters: [Int]
  /// All numbers of each parameter, between colons; absent ones are nil.
  let groups: [[Int?]]
  /// Its last byte.
  let final: UInt8
  /// Whether something stood between the parameters and the final byte.
  let hasIntermediate: Bool

  /// Reads the bytes between `ESC [` and the final one.
  init(_ bytes: [UInt8], final: UInt8) {
    var marker: UInt8 = 0
    var groups: [[Int?]] = [[nil]]
    var intermediate = false
    for (index, byte) in bytes.enumerated() {
      let group = groups.count - 1
      let part = groups[group].count - 1
      switch byte {
      case 0x30...0x39:
        let digit = Int(byte) - 0x30
        groups[group][part] = min((groups[group][part] ?? 0) * 10 + digit, 10_000_000)
      case 0x3B: groups.append([nil])
      case 0x3A: groups[group].append(nil)
      case 0x3C...0x3F where index == 0: marker = byte
      default: intermediate = true
      }
    }
    self.marker = marker
    self.groups = groups
    parameters = groups.map { ($0.first ?? nil) ?? 1 }
    self.final = final
    hasIntermediate = intermediate
  }

  /// Whether pasted text follows.
  var isPasteStart: Bool { final == 0x7E && marker == 0 && parameters == [200] }

  /// The parameter at a place, or 1.
  private func parameter(_ index: Int) -> Int {
    index < parameters.count ? parameters[index] : 1
  }

  /// What it means; nil for what is not a key, an action of the mouse or a focus report.
  func event(alt: Bool) -> Event? {
    if marker == 0x3C {
      guard final == 0x4D || final == 0x6D, parameters.count == 3, !hasIntermediate else {
        return nil
      }
      return MouseReport.modern(parameters, released: final == 0x6D)
    }
    guard marker == 0, !hasIntermediate else { return nil }
    switch final {
    case 0x49 where groups == [[nil]]: return .focus(true)
    case 0x4F where groups == [[nil]]: return .focus(false)
    case 0x75: return kitty(alt: alt)
    case 0x7E where parameter(0) == 27 && parameters.count == 3:
      return KeySpelling.point(parameter(2), shifted: nil, modifiers: parameter(1), alt: alt)
        .map { .key($0) }
    default: break
    }
    // The second group's second number is kitty's kind of event; 3 is a release.
    if groups.count > 1, groups[1].count > 1, groups[1][1] == 3 { return nil }
    let key: Key? =
      switch final {
      case 0x7E, 0x24, 0x5E, 0x40:
        KeySpelling.numbered(parameter(0), final: final, modifiers: parameter(1), alt: alt)
      default: KeySpelling.lettered(final, modifiers: parameter(1), alt: alt)
      }
    return key.map { .key($0) }
  }

  /// kitty's `CSI code : shifted : base ; modifiers : kind ; text u`.
  private func kitty(alt: Bool) -> Event? {
    if groups.count > 1, groups[1].count > 1, groups[1][1] == 3 { return nil }
    let shifted = groups[0].count > 1 ? groups[0][1] : nil
    return KeySpelling.point(parameter(0), shifted: shifted, modifiers: parameter(1), alt: alt)
      .map { .key($0) }
  }
}
