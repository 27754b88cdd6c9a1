import Foundation
import Terminal

/// One line of text being typed.
struct TextField: Equatable, Sendable {
  /// The longest text that is taken, unless a field says otherwise.
  static let capacity = 256
  /// The longest text that this field takes.
  private let limit: Int
  /// The text, scalars of one cell or two.
  private(set) var scalars: [Unicode.Scalar]
  /// Scalars before the cursor.
  private(set) var cursor: Int
  /// The whole text is marked: the first character typed replaces it.
  private(set) var isMarked: Bool

  /// A field with text in it; `marked` text is replaced by what is typed.
  init(_ text: String = "", marked: Bool = false, limit: Int = TextField.capacity) {
    self.limit = limit
    scalars = Array(CellText.cells(of: TextField.composed(text)).map(\.scalar).prefix(limit))
    cursor = scalars.count
    isMarked = marked && !scalars.isEmpty
  }

  /// The text.
  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Letters with their accents in one scalar each, where there is one.
  private static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Columns that the scalars from one place to another take.
  func width(from start: Int, to end: Int) -> Int {
    guard start < end else { return 0 }
    return scalars[start..<min(end, scalars.count)].reduce(0) { $0 + ScalarWidth.width($1) }
  }

  /// Columns that the text takes.
  var width: Int { width(from: 0, to: scalars.count) }

  /// The first scalar that is seen in a line of `columns`, so that the cursor is.
  func firstShown(in columns: Int) -> Int {
    var first = 0
    let own = cursor < scalars.count ? ScalarWidth.width(scalars[cursor]) : 1
    while first < cursor, width(from: first, to: cursor) + own > columns { first += 1 }
    return first
  }

  /// Whether nothing is typed.
  var isEmpty: Bool { scalars.isEmpty }

  /// Puts text at the cursor: the first line of it, cut to what fits; unprintable scalars are left
  /// out.
  mutating func insert(_ text: String) {
    let line = TextField.composed(text).unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    let printable = line.filter { ScalarWidth.width($0) > 0 }
    guard !printable.isEmpty else { return }
    if isMarked { clear() }
    let room = limit - scalars.count
    let added = printable.prefix(room)
    scalars.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Does what editing keys do (those of readline included); false when the key is none of them.
  mutating func handle(_ key: Key) -> Bool {
    if key.control, case .character(let letter) = key.code {
      switch letter {
      case "a": move(to: 0)
      case "e": move(to: scalars.count)
      case "u":
        scalars.removeSubrange(..<cursor)
        move(to: 0)
      case "k":
        scalars.removeSubrange(cursor...)
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
      if isMarked { clear() } else if cursor > 0 { scalars.remove(at: cursor - 1); cursor -= 1 }
    case .delete:
      if isMarked { clear() } else if cursor < scalars.count { scalars.remove(at: cursor) }
    case .left: move(to: cursor - 1)
    case .right: move(to: cursor + 1)
    case .home: move(to: 0)
    case .end: move(to: scalars.count)
    default: return false
    }
    return true
  }

  private mutating func move(to place: Int) {
    cursor = max(0, min(place, scalars.count))
    isMarked = false
  }

  private mutating func clear() {
    scalars = []
    move(to: 0)
  }

  private mutating func removeWord() {
    var start = cursor
    while start > 0, scalars[start - 1] == " " { start -= 1 }
    while start > 0, scalars[start - 1] != " " { start -= 1 }
    scalars.removeSubrange(start..<cursor)
    move(to: start)
  }
}
