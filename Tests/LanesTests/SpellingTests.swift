import Testing

@testable import Lanes

@Suite("Spelling")
struct SpellingTests {
  static let words = ["", "a", "ab", "ba", "adam", "adma", "adamw", "sgd", "nesterov", "η₀"]

  static func distance(_ a: String, _ b: String) -> Int {
    Spelling.editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars))
  }

  @Test("the distance is zero from a word to itself only, and the same both ways", arguments: words)
  func metric(_ a: String) {
    for b in Self.words {
      #expect((Self.distance(a, b) == 0) == (a == b))
      #expect(Self.distance(a, b) == Self.distance(b, a))
      let (m, n) = (a.unicodeScalars.count, b.unicodeScalars.count)
      #expect(Self.distance(a, b) >= abs(m - n))
      #expect(Self.distance(a, b) <= max(m, n))
    }
  }

  @Test(
    "an insertion, a deletion, a change and an exchange of neighbours each cost one",
    arguments: [("adam", "adaam"), ("adam", "adm"), ("adam", "adem"), ("adam", "adma")])
  func edits(a: String, b: String) { #expect(Self.distance(a, b) == 1) }

  @Test("of equally near candidates the first is taken")
  func order() {
    #expect(Spelling.nearest(to: "ada", in: ["adx", "ady"]) == "adx")
    #expect(Spelling.nearest(to: "ada", in: []) == nil)
  }
}
