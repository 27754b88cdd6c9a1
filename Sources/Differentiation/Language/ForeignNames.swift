/// What people write who know other languages, and how it is written here.
enum ForeignNames {
  /// Functions and operators of other languages: what to write for a call.
  private static let functions: [String: String] = [
    "pow": "x^2 for pow(x, 2)", "power": "x^2 for power(x, 2)", "sqr": "x^2", "square": "x^2",
    "cube": "x^3", "root": "sqrt(x), cbrt(x), or x^(1/n)", "nthroot": "cbrt(x), or x^(1/n)",
    "exp2": "2^x", "exp10": "10^x", "hypot": "sqrt(x^2 + y^2) for hypot(x, y)",
    "sec": "1/cos(x)", "csc": "1/sin(x)", "cosec": "1/sin(x)", "cot": "1/tan(x)",
    "cotan": "1/tan(x)", "sech": "1/cosh(x)", "csch": "1/sinh(x)", "coth": "1/tanh(x)",
    "asec": "acos(1/x)", "arcsec": "acos(1/x)", "acsc": "asin(1/x)", "arccsc": "asin(1/x)",
    "acot": "atan(1/x)", "arccot": "atan(1/x)", "sinc": "sin(x)/x", "versin": "1 - cos(x)",
    "mod": "x - y floor(x/y) for the remainder", "fmod": "x - y floor(x/y) for the remainder",
    "rem": "x - y floor(x/y) for the remainder", "div": "floor(x/y)", "round": "floor(x + 0.5)",
    "trunc": "sign(x) floor(|x|)", "int": "sign(x) floor(|x|)", "fix": "sign(x) floor(|x|)",
    "frac": "x - floor(x)", "clip": "min(max(x, a), b)", "clamp": "min(max(x, a), b)",
    "factorial": "prod(i, 1, n, i)", "fact": "prod(i, 1, n, i)", "gamma": "prod(i, 1, n - 1, i)",
    "erfc": "1 - erf(x)", "logit": "log(x/(1 - x))", "swish": "x sigmoid(x)",
    "silu": "x sigmoid(x)", "gelu": "x/2 (1 + erf(x/sqrt(2)))", "elu": "x > 0 ? x : expm1(x)",
    "average": "mean(v)", "avg": "mean(v)", "sumsq": "dot(v, v)", "ifelse": "if(c, a, b)",
    "where": "if(c, a, b)", "piecewise": "if(c, a, b), or c ? a : b", "xor": "a != b",
    "nroot": "cbrt(x), or x^(1/n)", "fabs": "abs(x)", "absolute": "abs(x)", "len": "length(v)",
    "diff": "the formula itself: derivatives are computed from it",
    "derivative": "the formula itself: derivatives are computed from it",
    "integrate": "a sum: sum(i, 0, 99, f(i/100))/100",
    "gauss": "exp(-x^2)", "gaussian": "exp(-x^2)", "normal": "exp(-x^2/2)/sqrt(2π)",
    "heaviside": "step(x)", "step": "step(x)", "rect": "if(|x| < 1/2, 1, 0)",
    "infinity": "inf", "infty": "inf", "degrees": "180/π x", "deg": "π/180 x",
    "radians": "π/180 x", "tg": "tan(x)", "ctg": "1/tan(x)", "arctg": "atan(x)",
    "sh": "sinh(x)", "ch": "cosh(x)", "th": "tanh(x)",
    "selu": "1.0507 (x > 0 ? x : 1.67326 expm1(x))", "hard_tanh": "max(-1, min(1, x))",
    "hardtanh": "max(-1, min(1, x))", "leaky_relu": "max(x, 0.01 x)",
    "softsign": "x/(1 + |x|)", "mish": "x tanh(softplus(x))", "softmax": "exp(x)/sum(v)",
    "beta": "no special functions but erf", "zeta": "no special functions but erf",
    "dx": "the formula itself: derivatives are computed from it",
    "dy": "the formula itself: derivatives are computed from it",
    "dt": "the formula itself: derivatives are computed from it",
  ]

  /// What to write instead of a name of another language; nil for a name that is not known there
  /// either.
  ///
  /// Single letters are variables, whatever they mean elsewhere.
  static func hint(_ name: String) -> String? {
    guard name.unicodeScalars.count > 1 else { return nil }
    return functions[name] ?? functions[name.lowercased()]
  }

  /// What to write instead of a character that has no meaning here.
  static func hint(_ character: Unicode.Scalar) -> String? {
    switch character {
    case "%": "x - y floor(x/y) for a remainder, or /100 for a percentage"
    case "&": "and"
    case "{", "}": "parentheses"
    case "\\": "plain text instead of TeX, as in sqrt(x)/2"
    case "'", "′", "’": "the formula itself: derivatives are computed from it"
    case "∞": "inf"
    case "⌊", "⌋": "floor(x)"
    case "⌈", "⌉": "ceil(x)"
    case "±", "∓": "one formula with + and one with -"
    case "$": "the formula without dollar signs"
    case "#", "@": "the formula alone"
    case "½", "¼", "¾", "⅓", "⅔": "a quotient, as in 1/2"
    case "\"", "“", "”", "„", "‘": "the formula without quotes"
    case ".": "x^2 without a point before the sign"
    case "°": "π/180 times the number"
    case "~", "≈": "== to compare"
    case "→": "a definition, as in f(x) = x^2; f(x)"
    case "∂", "∇", "∫": "the formula itself: derivatives are computed from it"
    default: nil
    }
  }

  /// A digit of another script, as it is written here.
  static func digit(_ character: Unicode.Scalar) -> String? {
    guard character.properties.numericType == .decimal,
      let value = character.properties.numericValue
    else { return nil }
    return "the digit \(Int(value))"
  }

  /// What to write instead of a letter that only looks like one that people mean: raised, wide and
  /// double-struck ones, signs beside letters; nil: it is a letter of its own.
  static func plain(_ letter: Unicode.Scalar) -> String? {
    switch letter {
    case "ˆ", "˄": return "^ for a power"
    case "µ": return "μ, the Greek letter"
    default: break
    }
    switch letter.properties.generalCategory {
    case .modifierLetter: return "a letter or ^ for a power"
    case .letterNumber: return "the number in digits"
    default: break
    }
    switch letter.value {
    case 0xFF21...0xFF5A:
      // Wide forms stand in the order of ASCII.
      return Unicode.Scalar(letter.value - 0xFEE0).map { "the plain letter \($0)" }
    case 0xAA, 0xBA, 0x2100...0x214F, 0x1D400...0x1D7FF: return "the plain letter"
    default: return nil
    }
  }

  /// `xy` as `x y`, `xsin` as `x sin`: functions, constants and letters that stand together; nil
  /// when it is not made so.
  static func pieces(_ name: String) -> [String]? {
    var pieces: [String] = []
    var rest = name[...]
    let words = Function.reservedNames.filter { $0.unicodeScalars.count > 1 }
    while !rest.isEmpty {
      if let word = words.filter({ rest.hasPrefix($0) }).max(by: { $0.count < $1.count }) {
        pieces.append(word)
        rest = rest.dropFirst(word.count)
        continue
      }
      guard let letter = rest.first, letter.isLetter else { return nil }
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      pieces.append(String(letter) + digits)
      rest = rest.dropFirst(1 + digits.count)
    }
    // Of more letters it is rather a word that was meant.
    let letters = pieces.count { !words.contains($0) }
    return pieces.count > 1 && letters <= 3 ? pieces : nil
  }
}
