/// Formulas as people read them.
enum Formula {
  /// Powers raised and stars left out: `x*sin(x^2 + 1)` reads `x·sin(x² + 1)`.
  static func pretty(_ text: String) -> String {
    let raised: [Character: Character] = [
      "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
      "9": "⁹",
    ]
    var result = ""
    var characters = Array(text.replacing("**", with: "^"))[...]
    while let next = characters.popFirst() {
      if next == "^", let digit = characters.first, raised[digit] != nil {
        let digits = characters.prefix { raised[$0] != nil }
        // A decimal exponent stays as it is written.
        if characters.dropFirst(digits.count).first != "." {
          result += String(digits.compactMap { raised[$0] })
          characters = characters.dropFirst(digits.count)
          continue
        }
      }
      if next == "*" {
        while result.last == " " { result.removeLast() }
        while characters.first == " " { characters.removeFirst() }
        result += result.last?.isNumber == true && characters.first?.isLetter == true ? "" : "·"
        continue
      }
      result.append(next == "-" ? "−" : next)
    }
    return result.replacing("pi", with: "π")
  }
}
