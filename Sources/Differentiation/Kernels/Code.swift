/// A formula as instructions for a stack machine: no nesting, so that running it needs no recursion
/// in Swift.
struct Code: Equatable, Sendable {
  /// How a vector becomes one number, or two vectors do.
  enum Reduction: Equatable, Sendable {
    case sum, product, mean, norm, least, greatest, length, dot
  }

  /// One instruction; "pops" and "pushes" speak of the stack of values.
  enum Instruction: Equatable, Sendable {
    /// Pushes a number, or a number that has a name.
    case number(Double)
    case constant(Int)
    /// Pushes a variable, a whole vector variable, or one that is to be indexed.
    case variable(Int)
    case vector(Int)
    /// Pops an index and pushes that component of a vector variable.
    case component(Int)
    /// Reads and writes (popping) a local of the running function, or a definition's value.
    case local(Int), store(Int), global(Int), define(Int)
    /// Pops operands, pushes the result; vectors go entry by entry.
    case unary(Operation), binary(Operation)
    /// Pops entries, pushes a vector; pops an index and a vector, pushes the entry.
    case gather(Int), pick
    /// Pops a vector (two for `dot`).
    case reduce(Reduction)
    /// Pops a condition: goes on or jumps to the other branch; the text says what was asked.
    case branch(otherwise: Int, text: Int)
    /// Ends the first branch (jump) and the second.
    case endFirst(Int), endSecond
    /// Pops a condition that must be known: goes on while it holds, else jumps.
    case whileHolds(exit: Int)
    /// Pops two bounds into locals as plain numbers.
    case range(first: Int, last: Int)
    /// Goes on while local `index` ≤ local `last`, else jumps; `next` adds 1 to a local.
    case whileInRange(index: Int, last: Int, exit: Int), next(Int)
    case jump(Int)
    /// Tells the tape that a round begins; the number of an entry of `rounds`.
    case round(Int)
    /// Calls a function whose arguments are on the stack; goes back to the caller.
    case call(Int), back
    case end
  }

  /// A function that the formula defines.
  struct Routine: Equatable, Sendable {
    var name: String
    var parameters: [String]
    var entry: Int
    /// The number of locals, parameters first.
    var localCount: Int
  }

  /// A vector variable: its name and where its components stand among the variables.
  struct VectorVariable: Equatable, Sendable {
    var name: String
    var components: [Int]
    /// Whether its length is known (declared or found); else it grows when indexed.
    var isFixed: Bool
  }

  var instructions: [Instruction] = []
  /// Where each instruction came from.
  var ranges: [Range<Int>] = []
  var routines: [Routine] = []
  var vectors: [VectorVariable] = []
  /// Named constants: `π`.
  var constants: [(name: String, value: Double)] = []
  /// Texts for the tape: conditions, and names of loop variables.
  var texts: [String] = []
  /// What is shown of each round of a loop: pairs of a text's number (the name) and a local.
  var rounds: [[Int]] = []
  /// The number of locals of the main program, and of definitions.
  var localCount = 0
  var globalNames: [String] = []
  /// Names of variables, in the order of their numbers.
  var variables: [String] = []

  static func == (a: Code, b: Code) -> Bool {
    a.instructions == b.instructions && a.routines == b.routines && a.variables == b.variables
      && a.constants.map(\.name) == b.constants.map(\.name)
      && a.constants.map(\.value.bitPattern) == b.constants.map(\.value.bitPattern)
  }
}
