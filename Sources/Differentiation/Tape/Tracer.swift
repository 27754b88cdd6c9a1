/// Runs a formula's code: with numbers, recording or not, or without them.
///
/// With numbers it takes one branch of each choice, goes round loops and calls functions as the
/// numbers say, and what it records is the program that ran (define by run). Without numbers it
/// spells out the one graph that is right for all numbers, with `select` at choices; where the
/// course of a loop or of a recursion depends on a variable there is no such graph, and it stops
/// with `.dependsOnValues`.
struct Tracer {
  /// The most instructions of one run, and the most calls within one another.
  static let longestRun = 200_000
  static let deepestCall = 10_000

  /// Why a run ended without a value.
  enum Failure: Error {
    case mistake(FormulaError)
    /// Numbers and vectors do not fit together: wrong at every point.
    case misfit(FormulaError)
    /// The course depends on the variables' values.
    case dependsOnValues
  }

  /// A number or a vector on the stack.
  enum Value {
    case scalar(GraphBuilder.Operand)
    case vector([GraphBuilder.Operand])
  }

  /// A remark between operations: where a branch went, a round, a call.
  struct Note {
    /// The number of nodes that were recorded before it.
    var position: Int
    /// The number of calls around it.
    var depth: Int
    var text: String
  }

  struct Frame {
    var routine: Int
    var back: Int
    var base: Int
  }

  /// A choice whose condition is not known: both branches are spelled out.
  struct Choice {
    var condition: GraphBuilder.Operand
    var otherwise: Int
    var first: Value?
  }

  let code: Code
  /// The variables' values; nil when they are not known.
  let point: [Double]?
  /// Records nodes; nil to compute values only.
  let builder: GraphBuilder?
  /// Whether remarks are kept.
  var notesWanted: Bool

  var notes: [Note] = []
  /// Components asked for beyond a vector's known length: its number and the least length that is
  /// needed.
  var grown: [Int: Int] = [:]

  var stack: [Value] = []
  var locals: [Value?] = []
  var globals: [Value?] = []
  var frames: [Frame] = []
  var choices: [Choice] = []
  /// The number of calls around each choice whose condition is not known.
  var openChoices: [Int] = []
  /// The first frame of each function that is running; -1 for the others.
  var outermost: [Int]
  var base = 0
  var counter = 0
  var left = Tracer.longestRun

  init(code: Code, point: [Double]?, builder: GraphBuilder?, notesWanted: Bool = false) {
    self.code = code
    self.point = point
    self.builder = builder
    self.notesWanted = notesWanted
    outermost = [Int](repeating: -1, count: code.routines.count)
  }

  /// Runs to the end and returns the value.
  mutating func run() throws(Failure) -> GraphBuilder.Operand {
    locals = [Value?](repeating: nil, count: code.localCount)
    globals = [Value?](repeating: nil, count: code.globalNames.count)
    while true {
      left -= 1
      if left < 0 {
        // It is the whole that is too long, not the instruction at which it was noticed.
        counter = code.instructions.firstIndex(of: .end) ?? counter
        throw mistake(
          "this needs too many operations (limit \(Tracer.longestRun))",
          expected: "loops and recursions that end earlier")
      }
      let instruction = code.instructions[counter]
      if case .end = instruction { break }
      try step(instruction)
    }
    guard case .scalar(let result)? = stack.last else {
      throw misfit("the result is a vector", expected: "a number, as in sum(…) or norm(…)")
    }
    try checkRoom()
    return result
  }

  /// Stops when the builder cannot keep more.
  func checkRoom() throws(Failure) {
    if builder?.isFull == true {
      throw mistake(
        "this needs too many different operations (limit \(GraphBuilder.capacity))",
        expected: "fewer rounds or terms")
    }
  }

  func mistake(_ message: String, expected: String? = nil) -> Failure {
    .mistake(error(message, expected))
  }

  func misfit(_ message: String, expected: String? = nil) -> Failure {
    .misfit(error(message, expected))
  }

  private func error(_ message: String, _ expected: String?) -> FormulaError {
    let range = counter < code.ranges.count ? code.ranges[counter] : 0..<0
    return FormulaError(message, at: range, expected: expected)
  }

  /// The most remarks that are kept: nobody reads more, and making them takes longer than
  /// computing.
  static let mostNotes = 4000

  mutating func note(_ text: String) {
    notes.append(Note(position: builder?.count ?? 0, depth: frames.count, text: text))
    if notes.count >= Tracer.mostNotes { notesWanted = false }
  }

  // MARK: - The stack

  mutating func push(_ operand: GraphBuilder.Operand) { stack.append(.scalar(operand)) }

  mutating func pop() -> Value { stack.removeLast() }

  mutating func popNumber() throws(Failure) -> GraphBuilder.Operand {
    guard case .scalar(let operand) = pop() else {
      throw misfit("a vector stands where a number is needed")
    }
    return operand
  }

  mutating func popVector() throws(Failure) -> [GraphBuilder.Operand] {
    guard case .vector(let entries) = pop() else {
      throw misfit(
        "a number stands where a vector is needed",
        expected: "a vector: [1, 2], or a variable declared by x in R^3; at the beginning")
    }
    left -= entries.count
    return entries
  }

  /// The number, if it is known: a constant, or anything when the variables' values are.
  func known(_ operand: GraphBuilder.Operand) -> Double? {
    operand.isConstant || point != nil ? operand.value : nil
  }

  func local(_ slot: Int) throws(Failure) -> Value {
    guard let value = locals[base + slot] else { throw mistake("a variable has no value yet") }
    return value
  }
}
