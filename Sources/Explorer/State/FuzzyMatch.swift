/// How well typed words fit a name: each is made of the beginnings of words.
enum FuzzyMatch {
  /// What is searched, prepared once.
  struct Target: Sendable {
    /// The name's words in small letters; digits that end a word are one of their own.
    fileprivate let words: [[Unicode.Scalar]]
    /// The name's words with single blanks between them.
    fileprivate let plain: [Unicode.Scalar]
    /// Words that count less: those of a summary.
    fileprivate let keywords: [[Unicode.Scalar]]

    /// Prepares a name and words that go with it.
    init(_ name: String, keywords: String = "") {
      let words = FuzzyMatch.words(name)
      plain = Array(words.joined(separator: " ".unicodeScalars))
      self.words = words.flatMap(FuzzyMatch.parted)
      self.keywords = FuzzyMatch.words(keywords)
    }
  }

  /// What was typed, prepared once.
  struct Query: Sendable {
    fileprivate let words: [[Unicode.Scalar]]
    fileprivate let plain: [Unicode.Scalar]

    /// Prepares typed text.
    init(_ text: String) {
      words = FuzzyMatch.words(text)
      plain = Array(words.joined(separator: " ".unicodeScalars))
    }

    /// Whether nothing was typed.
    var isEmpty: Bool { words.isEmpty }
  }

  /// A score, greater for better; nil when some word of `query` is neither made of beginnings of
  /// the name's words, in their order (`lr`, `nseed`, `b2`), nor begins a keyword. An empty query
  /// fits everything equally.
  static func score(_ query: Query, _ target: Target) -> Int? {
    if query.isEmpty { return 0 }
    var total = 0
    for word in query.words {
      let inName = beginnings(word[...], in: target.words[...]).map { $0 - target.plain.count / 8 }
      let inKeywords =
        target.keywords.contains { $0.starts(with: word) } ? 4 * word.count : nil
      guard let best = [inName, inKeywords].compactMap({ $0 }).max() else { return nil }
      total += best
    }
    if target.plain == query.plain { return total + 1000 }
    return target.plain.starts(with: query.plain) ? total + 200 : total
  }

  /// 12 a letter, less 4 for each word after the first that is begun; nil where the letters do not
  /// fit.
  private static func beginnings(
    _ letters: ArraySlice<Unicode.Scalar>, in words: ArraySlice<[Unicode.Scalar]>
  ) -> Int? {
    if letters.isEmpty { return 0 }
    var best: Int?
    for place in words.indices {
      let most = zip(letters, words[place]).prefix { $0 == $1 }.count
      guard most > 0 else { continue }
      for count in stride(from: most, through: 1, by: -1) {
        let rest = letters.dropFirst(count)
        guard let after = beginnings(rest, in: words[(place + 1)...]) else { continue }
        let score = 12 * count + after - (rest.isEmpty ? 0 : 4)
        best = max(best ?? score, score)
        // A longer beginning of this word is the better one.
        break
      }
    }
    return best
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    " _-:,;()[]/`\"".unicodeScalars.contains(scalar)
  }

  private static func words(_ text: String) -> [[Unicode.Scalar]] {
    // Points inside a word belong to it (`start.x`), those around it do not (`.csv`).
    Array(text.lowercased().unicodeScalars).split(whereSeparator: isSeparator)
      .map { word in
        var word = word.drop { $0 == "." }
        while word.last == "." { word.removeLast() }
        return Array(word)
      }
      .filter { !$0.isEmpty }
  }

  /// A word and the number that ends it, as two.
  private static func parted(_ word: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    let digits = word.reversed().prefix { $0.value >= 48 && $0.value <= 57 }.count
    guard digits > 0, digits < word.count else { return [word] }
    return [word, Array(word.suffix(digits))]
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

  /// Items with the targets under which each is found.
  init(_ items: [(item: Item, targets: [FuzzyMatch.Target])]) {
    all = items.map(\.item)
    found = all
    targets = items.map(\.targets)
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
