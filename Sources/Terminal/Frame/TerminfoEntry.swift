/// A terminal's description in ncurses' compiled form, so that one can be handed over in memory.
///
/// term(5), with 32-bit numbers: a header of six 16-bit words (magic 01036; bytes of names; counts of booleans, numbers,
/// strings; bytes of the string table), names, booleans, an even boundary, numbers, string offsets, string table; then the
/// same for extended capabilities, whose names follow their values.
package struct TerminfoEntry: Equatable, Sendable {
  /// Names, the description last, as between bars.
  package var names: [String]
  /// Booleans in term.h's order.
  package var booleans: [Bool]
  /// Numbers in term.h's order; -1 absent.
  package var numbers: [Int32]
  /// Strings in term.h's order; nil absent.
  package var strings: [[UInt8]?]
  /// Extended booleans that are set, by name.
  package var extendedBooleans: [String]

  /// An entry.
  package init(
    names: [String], booleans: [Bool], numbers: [Int32], strings: [[UInt8]?],
    extendedBooleans: [String] = []
  ) {
    self.names = names
    self.booleans = booleans
    self.numbers = numbers
    self.strings = strings
    self.extendedBooleans = extendedBooleans
  }

  /// Bytes of the compiled form; nil when it is too large for the format.
  package var compiled: [UInt8]? {
    var table: [UInt8] = []
    var offsets: [Int] = []
    for string in strings {
      guard let string, !string.contains(0) else {
        offsets.append(-1)
        continue
      }
      offsets.append(table.count)
      table += string + [0]
    }
    let title = names.joined(separator: "|").utf8 + [0]
    var bytes: [UInt8] = []
    func word(_ value: Int) { bytes += [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }
    for value in [0o1036, title.count, booleans.count, numbers.count, strings.count, table.count] {
      guard value < 32_768 else { return nil }
      word(value)
    }
    bytes += title
    bytes += booleans.map { $0 ? 1 : 0 }
    if bytes.count % 2 == 1 { bytes.append(0) }
    for number in numbers {
      for shift in [0, 8, 16, 24] {
        bytes.append(UInt8(truncatingIfNeeded: number >> Int32(shift)))
      }
    }
    for offset in offsets { word(offset) }
    bytes += table
    guard !extendedBooleans.isEmpty else { return bytes }
    if bytes.count % 2 == 1 { bytes.append(0) }
    var extendedTable: [UInt8] = []
    var nameOffsets: [Int] = []
    for name in extendedBooleans {
      nameOffsets.append(extendedTable.count)
      extendedTable += name.utf8 + [0]
    }
    for value in [extendedBooleans.count, 0, 0, extendedBooleans.count, extendedTable.count] {
      word(value)
    }
    bytes += [UInt8](repeating: 1, count: extendedBooleans.count)
    if bytes.count % 2 == 1 { bytes.append(0) }
    for offset in nameOffsets { word(offset) }
    return bytes + extendedTable
  }

  /// What the environment variable `TERMINFO` takes instead of a directory: `b64:` and URL-safe base 64.
  package var variable: String? {
    compiled.map { bytes in
      var text = "b64:"
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let part = bytes[start..<min(start + 3, bytes.count)]
        let value = part.enumerated().reduce(UInt32(0)) {
          $0 | UInt32($1.element) << (16 - 8 * $1.offset)
        }
        for place in 0...part.count { text.append(alphabet[Int(value >> (18 - 6 * place) & 63)]) }
        for _ in part.count..<3 { text.append("=") }
      }
      return text
    }
  }
}
