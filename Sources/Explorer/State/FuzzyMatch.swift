/// How well a few typed letters fit a name.
enum FuzzyMatch {
  /// A score, greater for better; nil when some word of `query` is not in `name` as a subsequence, nor in `keywords` as the
  /// start of a word. An empty query fits everything equally.
  static func score(_ query: String, name: String, keywords: String = "") -> Int? {
    let words = query.lowercased().split(whereSeparator: isSeparator)
    var total = 0
    for word in words {
      let letters = Array(word.unicodeScalars)
      let inName = subsequence(letters, in: Array(name.lowercased().unicodeScalars))
      let inKeywords = keywords.lowercased().split(whereSeparator: isSeparator)
        .contains { $0.unicodeScalars.starts(with: letters) }
      guard let best = [inName, inKeywords ? 4 * letters.count : nil].compactMap({ $0 }).max()
      else { return nil }
      total += best
    }
    if !words.isEmpty {
      let joined = words.joined(separator: " ")
      let plain = name.lowercased().split(whereSeparator: isSeparator).joined(separator: " ")
      if plain == joined { total += 1000 } else if plain.hasPrefix(joined) { total += 200 }
    }
    return total
  }

  private static func isSeparator(_ character: Character) -> Bool {
    character == " " || character == "_" || character == "-"
  }

  /// Scores `letters` found in order in `name`: 12 a letter that starts a word or follows the letter before, 4 elsewhere,
  /// less one for each eight letters of the name; the best alignment counts.
  private static func subsequence(_ letters: [Unicode.Scalar], in name: [Unicode.Scalar]) -> Int? {
    guard letters.count <= name.count, !letters.isEmpty else { return letters.isEmpty ? 0 : nil }
    let none = Int.min / 2
    // best[j]: the best score of the letters so far with the last of them at j.
    var best = [Int](repeating: none, count: name.count)
    for (index, letter) in letters.enumerated() {
      var row = [Int](repeating: none, count: name.count)
      var before = none
      for place in name.indices {
        if place > 0 { before = max(before, best[place - 1]) }
        guard name[place] == letter else { continue }
        let startsWord = place == 0 || " _-".unicodeScalars.contains(name[place - 1])
        let earlier = index == 0 ? 0 : before
        guard earlier > none / 2 else { continue }
        var score = earlier + (startsWord ? 12 : 4)
        if index > 0, place > 0, best[place - 1] > none / 2 {
          score = max(score, best[place - 1] + 12)
        }
        row[place] = score
      }
      best = row
    }
    guard let top = best.max(), top > none / 2 else { return nil }
    return top - name.count / 8
  }
}
