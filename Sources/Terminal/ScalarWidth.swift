/// How many cells a scalar takes in a terminal.
package enum ScalarWidth {
  /// 1 or 2 cells for a printable scalar, 0 for what may not be drawn: controls, marks that need a
  /// letter, what turns text round, private and unassigned scalars.
  ///
  /// Wide are the East Asian wide and full-width ones and the emoji that are shown as pictures, as
  /// terminals and the C library's `wcwidth` count them; a scalar of ambiguous width takes one
  /// cell.
  package static func width(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x7F { return value >= 0x20 ? 1 : 0 }
    if isUsual(value) { return 1 }
    if isWide(value) { return scalar.properties.generalCategory == .unassigned ? 0 : 2 }
    return isOther(scalar) ? 1 : 0
  }

  /// Whether `scalar` is printable and one cell wide.
  package static func isSingle(_ scalar: Unicode.Scalar) -> Bool { width(scalar) == 1 }

  /// The blocks that pictures and Western texts are made of, all of one cell.
  private static func isUsual(_ value: UInt32) -> Bool {
    switch value {
    case 0xA1...0xAC, 0xAE...0x2FF, 0x2010...0x2027, 0x2500...0x25FC, 0x2800...0x28FF: true
    case 0x3A3...0x3FF, 0x400...0x481, 0x1FB00...0x1FB8B, 0x1CD00...0x1CDE5: true
    default: false
    }
  }

  /// Scalars of other scripts and symbols: letters, figures, punctuation. Letters that are written
  /// from right to left stand in the order in which they are read, one a cell: most terminals show
  /// cells as they come, and those that turn words round keep them in their cells.
  private static func isOther(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFDFD, 0x1_0800...0x1_0FFF, 0x1_E800...0x1_EFFF: return false
    case 0x1160...0x11FF, 0xD7B0...0xD7FF, 0x1_F1E6...0x1_F1FF: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation,
      .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      return true
    default: return false
    }
  }

  /// Whether a value lies in one of `wide`.
  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count && wide[low].contains(value)
  }

  /// East Asian wide and full-width scalars (Unicode 15, EastAsianWidth.txt), in order.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
    0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
    0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
    0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
    0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
    0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
    0x2E80...0x2FFB, 0x3000...0x3029, 0x3030...0x303E, 0x3041...0x3096, 0x309B...0xA4C6,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1_6FE0...0x1_6FE3,
    0x1_7000...0x1_8D08,
    0x1_AFF0...0x1_B2FB, 0x1_F004...0x1_F004, 0x1_F0CF...0x1_F0CF, 0x1_F18E...0x1_F18E,
    0x1_F191...0x1_F19A, 0x1_F200...0x1_F265, 0x1_F300...0x1_F320, 0x1_F32D...0x1_F335,
    0x1_F337...0x1_F37C, 0x1_F37E...0x1_F393, 0x1_F3A0...0x1_F3CA, 0x1_F3CF...0x1_F3D3,
    0x1_F3E0...0x1_F3F0, 0x1_F3F4...0x1_F3F4, 0x1_F3F8...0x1_F43E, 0x1_F440...0x1_F440,
    0x1_F442...0x1_F4FC, 0x1_F4FF...0x1_F53D, 0x1_F54B...0x1_F54E, 0x1_F550...0x1_F567,
    0x1_F57A...0x1_F57A, 0x1_F595...0x1_F596, 0x1_F5A4...0x1_F5A4, 0x1_F5FB...0x1_F64F,
    0x1_F680...0x1_F6C5, 0x1_F6CC...0x1_F6CC, 0x1_F6D0...0x1_F6D2, 0x1_F6D5...0x1_F6DF,
    0x1_F6EB...0x1_F6EC, 0x1_F6F4...0x1_F6FC, 0x1_F7E0...0x1_F7F0, 0x1_F90C...0x1_F93A,
    0x1_F93C...0x1_F945, 0x1_F947...0x1_F9FF, 0x1_FA70...0x1_FAF8, 0x2_0000...0x2_FFFD,
    0x3_0000...0x3_FFFD,
  ]
}
