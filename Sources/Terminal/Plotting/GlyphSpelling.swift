extension GlyphSet {
  /// The text in characters that this glyph set allows: unchanged, or spelt in ASCII (`10⁻³` as
  /// `1e-3`, `η` as `eta`).
  package func spell(_ text: String) -> String {
    guard self == .ascii, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var spelt = ""
    var raised = false
    for scalar in text.replacing("10⁰", with: "1").unicodeScalars {
      if let digit = GlyphSet.superscripts[scalar] {
        if !raised {
          // A power of ten reads `1e-3`; any other power `x^2`.
          if spelt.hasSuffix("10"), !(spelt.dropLast(2).last?.isNumber ?? false) {
            spelt.removeLast()
            spelt += "e"
          } else {
            spelt += "^"
          }
        }
        raised = true
        spelt += digit
        continue
      }
      raised = false
      if scalar.isASCII {
        spelt.unicodeScalars.append(scalar)
      } else {
        spelt += GlyphSet.names[scalar] ?? "?"
      }
    }
    return spelt
  }

  /// One scalar, or its ASCII stand-in.
  package func mark(_ scalar: Unicode.Scalar, ascii: Unicode.Scalar) -> Unicode.Scalar {
    self == .ascii ? ascii : scalar
  }

  private static let superscripts: [Unicode.Scalar: String] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-", "⁺": "+", "ᵀ": "T", "ᵗ": "t",
  ]

  private static let names: [Unicode.Scalar: String] = [
    "−": "-", "–": "-", "—": "-", "·": ".", "…": "~", "×": "x", "≈": "~", "≤": "<=", "≥": ">=",
    "±": "+-", "∞": "inf", "√": "sqrt", "∂": "d", "∇": "grad ", "Σ": "sum", "‖": "|", "′": "'",
    "η": "eta", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "θ": "theta",
    "λ": "lambda", "μ": "mu", "ρ": "rho", "σ": "sigma", "φ": "phi", "τ": "tau", "κ": "kappa",
    "π": "pi",
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
    "₉": "9", "ₘ": "m", "ₐ": "a", "ₓ": "x", "ₖ": "k", "ₙ": "n", "ₜ": "t",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "▾": "v", "▴": "^", "◂": "<", "▸": ">", "◀": "<",
    "▶": ">", "●": "o", "○": "o", "•": ".", "◦": ".", "◆": "*", "◇": "*", "✓": "+", "✗": "x",
    "━": "=", "─": "-", "╌": "-", "│": "|", "┊": ":", "╱": "/", "╲": "\\", "█": "#", "▀": "#",
    "▄": "#",
    "░": ".", "▒": ":", "▓": "%", "ö": "o", "é": "e", "ü": "u", "ä": "a", "’": "'", "“": "\"",
    "”": "\"", "ŷ": "y", "\u{302}": "hat",
  ].reduce(into: [:]) { table, entry in
    if let scalar = entry.key.unicodeScalars.first, entry.key.unicodeScalars.count == 1 {
      table[scalar] = entry.value
    }
  }
}
