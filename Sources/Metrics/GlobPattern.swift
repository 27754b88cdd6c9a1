/// A pattern for names as shells have them: `*` stands for any characters, `?` for one,
/// `[abc]` and `[a-z]` for one of them.
package struct GlobPattern: Sendable, Equatable {
  /// As it was typed.
  package let text: String
  private let pattern: [Character]

  /// A pattern.
  package init(_ text: String) {
    self.text = text
    pattern = Array(text)
  }

  /// Whether a text holds anything that stands for something else.
  package static func isPattern(_ text: String) -> Bool {
    text.contains { "*?[".contains($0) }
  }

  /// Whether a name fits, as a whole.
  package func matches(_ name: String) -> Bool {
    let name = Array(name)
    var (at, place) = (0, 0)
    // Where the last star stands, and how far the name was when it began.
    var star: (pattern: Int, name: Int)?
    while place < name.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (at, place)
        at += 1
      } else if let next = step(at, name[place]) {
        at = next
        place += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        at = last.pattern + 1
        place = last.name + 1
      } else {
        return false
      }
    }
    while at < pattern.count, pattern[at] == "*" { at += 1 }
    return at == pattern.count
  }

  /// The place after the one that a character fits; nil: it does not.
  private func step(_ at: Int, _ character: Character) -> Int? {
    guard at < pattern.count else { return nil }
    switch pattern[at] {
    case "?": return at + 1
    case "[":
      guard let end = pattern[(at + 1)...].dropFirst().firstIndex(of: "]") else {
        return character == "[" ? at + 1 : nil
      }
      var isIn = false
      var place = at + 1
      while place < end {
        if place + 2 < end, pattern[place + 1] == "-" {
          isIn =
            isIn
            || (pattern[place]...max(pattern[place], pattern[place + 2])).contains(
              character)
          place += 3
        } else {
          isIn = isIn || pattern[place] == character
          place += 1
        }
      }
      return isIn ? end + 1 : nil
    default: return pattern[at] == character ? at + 1 : nil
    }
  }
}
