import Foundation
import Terminal

/// One line of text being typed.
struct TextField: Equatable, Sendable {
  /// The longest text that is taken, unless a field says otherwise.
  static let capacity = 256
  /// The longest text that this field takes.
  private let limit: Int
  /// The text, a grapheme each: what a person takes for one letter or sign.
  private(set) var characters: [Character]
  /// Graphemes before the cursor.
  private(set) var cursor: Int
  /// The whole text is marked: the first character typed replaces it.
  private(set) var isMarked: Bool

  /// A field with text in it; `marked` text is replaced by what is typed.
  init(_ text: String = "", marked: Bool = false, limit: Int = TextField.capacity) {
    self.limit = limit
    characters = TextField.composed(text).prefix(limit).map { TextField.isTaken($0) ? $0 : "·" }
    cursor = characters.count
    isMarked = marked && !characters.isEmpty
  }

  /// The text.
  var text: String { String(characters) }

  /// Letters with their accents in one scalar each, where there is one.
  private static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Whether a grapheme begins with something that is drawn, and holds nothing that moves the
  /// cursor or turns text round.
  private static func isTaken(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    guard let first = scalars.first, CellText.isDrawn(first) else { return false }
    return scalars.dropFirst().allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
      // Joiners, and the letters of flags of regions.
      case .format: [0x200C, 0x200D].contains(scalar.value) || scalar.value >= 0xE_0020
      default: true
      }
    }
  }

  /// Columns that the graphemes from one place to another take.
  func width(from start: Int, to end: Int) -> Int {
    guard start < end else { return 0 }
    return characters[start..<min(end, characters.count)].reduce(0) {
      $0 + CellText.width(String($1))
    }
  }

  /// Columns that the text takes.
  var width: Int { width(from: 0, to: characters.count) }

  /// The grapheme that holds a scalar of the text, by their numbers.
  func place(ofScalar number: Int) -> Int {
    var rest = number
    for (place, character) in characters.enumerated() {
      rest -= character.unicodeScalars.count
      if rest < 0 { return place }
    }
    return characters.count + max(0, rest)
  }

  /// The first grapheme that is seen in a line of `columns`, so that the cursor is.
  func firstShown(in columns: Int) -> Int {
    var first = 0
    let own = cursor < characters.count ? width(from: cursor, to: cursor + 1) : 1
    while first < cursor, width(from: first, to: cursor) + own > columns { first += 1 }
    return first
  }

  /// Whether nothing is typed.
  var isEmpty: Bool { characters.isEmpty }

  /// Puts text at the cursor: the first line of it, cut to what fits; what is not drawn is left
  /// out. What belongs to the grapheme before the cursor joins it, as keyboards and terminals send
  /// an accent, or the second half of a flag, after the first.
  mutating func insert(_ text: String) {
    var line = String.UnicodeScalarView()
    line.append(contentsOf: text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" })
    let before = isMarked || cursor == 0 ? "" : String(characters[cursor - 1])
    var added = Array(TextField.composed(before + String(line)))
    var last: Character?
    if !before.isEmpty, !added.isEmpty {
      let joined = added.removeFirst()
      if TextField.isTaken(joined) { last = joined }
    }
    added = added.filter(TextField.isTaken)
    guard !added.isEmpty || last.map({ String($0) != before }) == true else { return }
    if isMarked { clear() }
    if let last { characters[cursor - 1] = last }
    added = Array(added.prefix(limit - characters.count))
    characters.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Does what editing keys do (those of readline included); false when the key is none of them.
  mutating func handle(_ key: Key) -> Bool {
    if key.control, case .character(let letter) = key.code {
      switch letter {
      case "a": move(to: 0)
      case "e": move(to: characters.count)
      case "u":
        characters.removeSubrange(..<cursor)
        move(to: 0)
      case "k":
        characters.removeSubrange(cursor...)
        move(to: cursor)
      case "w": removeWord()
      default: return false
      }
      return true
    }
    guard !key.alt, !key.control else { return false }
    switch key.code {
    case .character(let scalar): insert(String(Character(scalar)))
    case .backspace:
      if isMarked { clear() } else if cursor > 0 { characters.remove(at: cursor - 1); cursor -= 1 }
    case .delete:
      if isMarked { clear() } else if cursor < characters.count { characters.remove(at: cursor) }
    case .left: move(to: cursor - 1)
    case .right: move(to: cursor + 1)
    case .home: move(to: 0)
    case .end: move(to: characters.count)
    default: return false
    }
    return true
  }

  private mutating func move(to place: Int) {
    cursor = max(0, min(place, characters.count))
    isMarked = false
  }

  private mutating func clear() {
    characters = []
    move(to: 0)
  }

  private mutating func removeWord() {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    characters.removeSubrange(start..<cursor)
    move(to: start)
  }
}
