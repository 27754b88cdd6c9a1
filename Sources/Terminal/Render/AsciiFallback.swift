/// What a scalar becomes on a terminal without Unicode.
package enum AsciiFallback {
  /// A printable ASCII scalar: itself, the nearest likeness, or `?`.
  package static func scalar(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    let value = scalar.value
    if (0x20...0x7E).contains(value) { return scalar }
    if let known = likenesses[scalar] { return known }
    switch Glyph(scalar) {
    case .boxes(let boxes):
      let area = boxes.reduce(0) { $0 + $1.width * $1.height }
      return area < 0.2 ? "." : area < 0.45 ? ":" : area < 0.8 ? "*" : "#"
    case .shade(let value): return value < 0.4 ? "." : value < 0.6 ? ":" : "*"
    case .dots(let bits):
      return bits == 0 ? " " : bits.nonzeroBitCount < 3 ? "." : bits.nonzeroBitCount < 6 ? ":" : "*"
    case .lines(let arms):
      let vertical = arms.up != .none || arms.down != .none
      let horizontal = arms.left != .none || arms.right != .none
      return vertical && horizontal ? "+" : vertical ? "|" : "-"
    case .dashes(_, let horizontal, _): return horizontal ? "-" : "|"
    case nil: return "?"
    }
  }

  private static let likenesses: [Unicode.Scalar: Unicode.Scalar] = [
    "·": ".", "…": "~", "−": "-", "–": "-", "—": "-", "×": "x", "÷": "/", "←": "<", "→": ">",
    "↑": "^", "↓": "v", "●": "@", "○": "o", "■": "#", "□": "o", "▲": "^", "▼": "v", "◀": "<",
    "▶": ">", "◆": "@", "◇": "o", "✓": "v", "✗": "x", "⏸": "=", "≤": "<", "≥": ">", "≈": "~",
    "≠": "!", "±": "+", "°": "o", "“": "\"", "”": "\"", "‘": "'", "’": "'", "•": "*", "★": "*",
    "²": "2", "³": "3", "¹": "1", "⁰": "0", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6",
    "₇": "7", "₈": "8", "₉": "9", "∞": "8", "╱": "/", "╲": "\\", "╳": "x", "η": "n", "α": "a",
    "β": "b", "γ": "g", "δ": "d", "ε": "e", "θ": "t", "λ": "l", "μ": "u", "σ": "s", "π": "p",
  ]
}
