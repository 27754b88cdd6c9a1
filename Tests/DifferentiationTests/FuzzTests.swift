import Differentiation
import Glibc
import Testing

/// Any byte string is a formula or a clear error, in bounded time.
///
/// Runs 100,000 seeded executions; `GLISSADE_FUZZ_EXECUTIONS=10000000` in the environment runs as
/// many as it says, on all processors, prints the slowest, and fails if one took 100 ms of
/// processor time.
@Suite("Fuzzing")
struct FuzzTests {
  struct Outcome: Sendable {
    var executions = 0
    var formulas = 0
    var slowest = 0.0
    var slowestText = ""
    var failures: [String] = []

    mutating func join(_ other: Outcome) {
      executions += other.executions
      formulas += other.formulas
      failures += other.failures.prefix(5)
      if other.slowest > slowest {
        slowest = other.slowest
        slowestText = other.slowestText
      }
    }
  }

  @Test(
    "Bytes, mutations and mixed words: a formula that prints and differentiates, or an error inside the text"
  )
  func fuzz() async throws {
    let wanted = getenv("GLISSADE_FUZZ_EXECUTIONS").flatMap { Int(String(cString: $0)) }
    let total = wanted ?? 100_000
    let parts = wanted == nil ? 8 : 64
    let outcome = await withTaskGroup(of: Outcome.self) { group in
      for part in 0..<parts {
        group.addTask { Fuzzer(seed: UInt64(part) + 1).run(total / parts) }
      }
      var all = Outcome()
      for await one in group { all.join(one) }
      return all
    }
    #expect(outcome.failures == [])
    #expect(outcome.executions == total / parts * parts)
    #expect(outcome.formulas > outcome.executions / 20)
    if wanted != nil {
      print(
        "\(outcome.executions) executions, \(outcome.formulas) formulas, slowest "
          + "\(outcome.slowest * 1000) ms: \(outcome.slowestText.debugDescription)")
      #expect(outcome.slowest < 0.1)
    }
  }
}

private struct Fuzzer {
  private var random: SplitMix
  private var corpus = Fuzzer.seeds.map { Array($0.utf8) }

  init(seed: UInt64) { random = SplitMix(seed) }

  consuming func run(_ count: Int) -> FuzzTests.Outcome {
    var fuzzer = self
    var outcome = FuzzTests.Outcome()
    for _ in 0..<count {
      let text = String(decoding: fuzzer.bytes(), as: UTF8.self)
      let (failure, isFormula, time) = fuzzer.timed(text)
      outcome.executions += 1
      if isFormula { outcome.formulas += 1 }
      if let failure { outcome.failures.append("\(failure): \(text.debugDescription)") }
      if time > outcome.slowest {
        outcome.slowest = time
        outcome.slowestText = String(text.prefix(400))
      }
    }
    return outcome
  }

  private mutating func timed(_ text: String) -> (String?, Bool, Double) {
    let start = Fuzzer.processorTime()
    let (failure, isFormula) = execute(text)
    return (failure, isFormula, Fuzzer.processorTime() - start)
  }

  /// One execution: reading, printing and reading again, value, gradient and tape at a point.
  private mutating func execute(_ text: String) -> (failure: String?, isFormula: Bool) {
    do {
      let formula = try Formula(text)
      if formula.canonicalText.unicodeScalars.count < 400, random.next() % 4 == 0 {
        corpus[Int(random.next() % UInt64(corpus.count))] = Array(text.utf8)
      }
      do {
        let again = try Formula(formula.canonicalText)
        if again != formula || again.graph != formula.graph {
          return ("not the same after printing as \(again.canonicalText)", true)
        }
      } catch {
        return ("\(formula.canonicalText) is not read again: \(error)", true)
      }
      let point = formula.variables.map { _ in number() }
      let (value, gradient) = formula.valueAndGradient(at: point)
      if gradient.count != formula.variables.count { return ("gradient of wrong length", true) }
      let alone = formula.value(at: point)
      if alone != value, !alone.isNaN || !value.isNaN {
        return ("value \(alone) alone, \(value) with the gradient at \(point)", true)
      }
      if random.next() % 8 == 0 { _ = try? formula.tape(at: point) }
      return (nil, true)
    } catch {
      let count = text.unicodeScalars.count
      if error.range.lowerBound < 0 || error.range.upperBound > max(count, 1) {
        return ("the error is outside the text: \(error.range)", false)
      }
      if error.message.isEmpty { return ("the error says nothing", false) }
      return (nil, false)
    }
  }

  private mutating func number() -> Double {
    switch random.next() % 8 {
    case 0: [0, -0.0, 1, -1, .nan, .infinity, -.infinity, 1e300][Int(random.next() % 8)]
    case 1: Double(random.next() % 20)
    default: random.uniform(-5, 5)
    }
  }

  private mutating func bytes() -> [UInt8] {
    switch random.next() % 8 {
    case 0:
      return (0..<Int(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    case 1, 2:
      var text: [UInt8] = []
      for _ in 0..<Int(random.next() % 24) {
        text += Array(Fuzzer.words[Int(random.next() % UInt64(Fuzzer.words.count))].utf8)
      }
      return text
    default: return mutated()
    }
  }

  private mutating func mutated() -> [UInt8] {
    var text = pick()
    for _ in 0...Int(random.next() % 4) {
      let place = text.isEmpty ? 0 : Int(random.next() % UInt64(text.count + 1))
      switch random.next() % 8 {
      case 0: if place < text.count { text[place] = UInt8(truncatingIfNeeded: random.next()) }
      case 1: if place < text.count { text.remove(at: place) }
      case 2, 3:
        let word = Fuzzer.words[Int(random.next() % UInt64(Fuzzer.words.count))]
        text.insert(contentsOf: Array(word.utf8), at: place)
      case 4:
        let other = pick()
        text = Array(text.prefix(place)) + Array(other.suffix(Int(random.next() % 32)))
      case 5:
        // Repetition looks for limits of depth and length.
        let end = min(text.count, place + Int(random.next() % 6) + 1)
        let piece = Array(text[place..<end])
        let times = random.next() % 16 == 0 ? 1500 : Int(random.next() % 12)
        for _ in 0..<times { text.insert(contentsOf: piece, at: place) }
      case 6:
        let digits = Array(String(random.next() % 100_000).utf8)
        text.insert(contentsOf: digits, at: place)
      default: text.removeLast(text.count - place)
      }
    }
    return text
  }

  private mutating func pick() -> [UInt8] { corpus[Int(random.next() % UInt64(corpus.count))] }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static let words = [
    "x", "y", "x1", "θ", "2", "0.5", "1e-3", "+", "-", "−", "*", "·", "/", "^", "**", "(", ")", "[",
    "]", "|", ",", ";", "=", "==", "<=", "≥", "≠", "<", "?", ":", " and ", " or ", "not ", "²",
    "⁻¹",
    "√", "π", "e", "sin", "cos ", "exp(", "log(", "abs(", "max(", "atan2(", "sum(i, 0, 9, ",
    "prod(j, 1, x, ", "loop(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)", "f(n) = ", "f(",
    "n <= 1 ? 1 : n f(n-1)", "; ", "x[0]", "[1, x]", "dot(", "norm(", "mean(", "x in R^3; ",
    "a = 2; ",
    "if(", "relu(", "1e308", "99999", " ",
  ]

  private static let seeds = [
    "x sin(x^2+1)", "3x1^3 + x2(x1 − 5) + 1", "exp(-x^2) cos(3x)", "|x|", "2πx", "sin(2πx + x²)",
    "2x[0]+3x[1]+5x[2]+7x[3]+11x[4]^2", "√(1 + x²) + exp(x) + sin 2πx", "x >= 0 ? x^2 : -3x + 1",
    "sum(i, 0, 9, x^i)", "loop(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)",
    "fact(n) = n <= 1 ? 1 : n*fact(n-1); fact(x)", "a = 2; b = 3; a x^2 + b y",
    "x in R^3; dot(x, x) + norm(x - [1, 2, 3])", "f(n) = n <= 0 ? x : f(n - 1) + f(n - 2); f(y)",
    "loop(i = 0; i < x; i = i + 0.01; i)", "sum(i, 0, 19, sum(j, 0, 9, x^i y^j))",
    "max(x, y, min(x, 2)) + (x < y and not y > 3)", "f(t) = t²; g(t) = f(f(t)); g(g(x))",
    "sum(i, 1, x, 1/i)", "((((x))))", "- - -x^-2^-x",
  ]
}
