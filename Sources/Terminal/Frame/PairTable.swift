/// Numbers for pairs of colours, as ncurses wants them: bounded, and started anew when it is full.
package struct PairTable: Sendable {
  /// How many pairs there may be; numbers run from 1 to this.
  package let capacity: Int
  private var numbers: [ColorSnapper.Pair: Int32] = [:]
  /// A direct-mapped cache in front of the dictionary.
  private var keys = [UInt64](repeating: .max, count: PairTable.slots)
  private var values = [Int32](repeating: 0, count: PairTable.slots)
  private static let slots = 4096

  /// An empty table.
  package init(capacity: Int) { self.capacity = max(0, capacity) }

  /// How many pairs have numbers.
  package var count: Int { numbers.count }

  /// The number of a pair, and whether it is new; nil when the table is full. Both defaults are
  /// pair 0.
  package mutating func number(_ pair: ColorSnapper.Pair) -> (number: Int32, isNew: Bool)? {
    if pair.foreground < 0, pair.background < 0 { return (0, false) }
    let key =
      UInt64(UInt32(bitPattern: pair.foreground)) << 32
      | UInt64(UInt32(bitPattern: pair.background))
    let slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 52)
    if keys[slot] == key { return (values[slot], false) }
    var isNew = false
    var number = numbers[pair] ?? 0
    if number == 0 {
      guard numbers.count < capacity else { return nil }
      number = Int32(numbers.count + 1)
      numbers[pair] = number
      isNew = true
    }
    keys[slot] = key
    values[slot] = number
    return (number, isNew)
  }

  /// Forgets all numbers.
  package mutating func reset() { self = PairTable(capacity: capacity) }
}
