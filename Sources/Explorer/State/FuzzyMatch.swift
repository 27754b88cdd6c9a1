/// How well a few typed letters fit a name.
enum FuzzyMatch {
  /// What is searched, prepared once.
  struct Target: Sendable {
    /// The name in small letters.
    fileprivate let name: [Unicode.Scalar]
    /// The name's words with single blanks between them.
    fileprivate let plain: [Unicode.Scalar]
    /// Words that count less: those of a summary.
    fileprivate let keywords: [[Unicode.Scalar]]

    /// Prepares a name and words that go with it.
    init(_ name: String, keywords: String = "") {
      let scalars = Array(name.lowercased().unicodeScalars)
      self.name = scalars
      plain = Array(FuzzyMatch.words(scalars).joined(separator: " ".unicodeScalars))
      self.keywords = FuzzyMatch.words(Array(keywords.lowercased().unicodeScalars))
    }
  }

  /// What was typed, prepared once.
  struct Query: Sendable {
    fileprivate let words: [[Unicode.Scalar]]
    fileprivate let plain: [Unicode.Scalar]

    /// Prepares typed text.
    init(_ text: String) {
      words = FuzzyMatch.words(Array(text.lowercased().unicodeScalars))
      plain = Array(words.joined(separator: " ".unicodeScalars))
    }

    /// Whether nothing was typed.
    var isEmpty: Bool { words.isEmpty }
  }

  /// A score, greater for better; nil when some word of `query` is not in the name as a subsequence, nor the start of a
  /// keyword. An empty query fits everything equally.
  static func score(_ query: Query, _ target: Target) -> Int? {
    var total = 0
    for word in query.words {
      let inName = subsequence(word, in: target.name)
      let inKeywords =
        target.keywords.contains { $0.starts(with: word) } ? 4 * word.count : nil
      guard let best = [inName, inKeywords].compactMap({ $0 }).max() else { return nil }
      total += best
    }
    if query.isEmpty { return 0 }
    if target.plain == query.plain { return total + 1000 }
    return target.plain.starts(with: query.plain) ? total + 200 : total
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "_" || scalar == "-"
  }

  private static func words(_ scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    scalars.split(whereSeparator: isSeparator).map(Array.init)
  }

  /// Scores `letters` found in order in `name`: 12 a letter that starts a word or follows the letter before, 4 elsewhere,
  /// less one for each eight letters of the name; the best alignment counts. Where more than one letter in three stands
  /// alone in the middle of words it is chance, not a likeness.
  private static func subsequence(_ letters: [Unicode.Scalar], in name: [Unicode.Scalar]) -> Int? {
    guard holds(letters, name) else { return nil }
    let none = Int.min / 2
    // best[j]: the best score of the letters so far with the last of them at j.
    var best = [Int](repeating: none, count: name.count)
    var row = best
    for (index, letter) in letters.enumerated() {
      var before = none
      for place in name.indices {
        row[place] = none
        if place > 0 { before = max(before, best[place - 1]) }
        guard name[place] == letter else { continue }
        let startsWord = place == 0 || isSeparator(name[place - 1])
        let earlier = index == 0 ? 0 : before
        guard earlier > none / 2 else { continue }
        var score = earlier + (startsWord ? 12 : 4)
        if index > 0, place > 0, best[place - 1] > none / 2 {
          score = max(score, best[place - 1] + 12)
        }
        row[place] = score
      }
      swap(&best, &row)
    }
    guard let top = best.max(), top > none / 2 else { return nil }
    let stray = (12 * letters.count - top) / 8
    guard stray <= max(1, letters.count / 3) else { return nil }
    return top - name.count / 8
  }

  /// Whether all letters are there, in order: most names are dismissed here.
  private static func holds(_ letters: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
    var next = letters.startIndex
    for scalar in name where next < letters.endIndex && scalar == letters[next] { next += 1 }
    return next == letters.endIndex
  }
}

/// Things that are found by typing, and those that fit what is typed now, best first.
struct FuzzyIndex<Item: Sendable>: Sendable {
  /// All of them, in their order.
  let all: [Item]
  /// Those that fit, best first; all in their order when nothing is typed.
  private(set) var found: [Item]
  private let targets: [[FuzzyMatch.Target]]

  /// Prepares items; each is found under any of its targets.
  init(_ items: [Item], targets: (Item) -> [FuzzyMatch.Target]) {
    all = items
    found = items
    self.targets = items.map(targets)
  }

  /// Looks for what fits.
  mutating func search(_ text: String) {
    let query = FuzzyMatch.Query(text)
    guard !query.isEmpty else {
      found = all
      return
    }
    var scored: [(score: Int, index: Int)] = []
    for (index, targets) in targets.enumerated() {
      let best = targets.compactMap { FuzzyMatch.score(query, $0) }.max()
      if let best { scored.append((best, index)) }
    }
    scored.sort { ($1.score, $0.index) < ($0.score, $1.index) }
    found = scored.map { all[$0.index] }
  }
}
