import Presets
import Testing
import Training

@Suite("Mistakes in presets are told with their place")
struct ErrorTests {
  /// What is wrong with a text, one `line:column: message` each.
  static func messages(_ text: String, views: [String]? = ["loss", "function"]) -> [String] {
    do {
      _ = try PresetFile.parse(text, file: "p", name: "p", views: views)
      return []
    } catch {
      return error.description.split(separator: "\n").map { String($0.dropFirst(2)) }
    }
  }

  /// A right preset with `line` added or, where its key is there, put in its place.
  static func preset(_ line: String, model: Bool = false) -> String {
    let base =
      model
      ? ["glissade: 1", "model: {kind: mlp, hidden: [2]}", "data: xor", "seed: 1"]
      : ["glissade: 1", "function: {landscape: rosenbrock}", "start: {x: 1, y: 2}", "seed: 1"]
    let key = line.prefix { $0 != ":" }
    return (base.filter { !$0.hasPrefix(key + ":") } + [line]).joined(separator: "\n") + "\n"
  }

  /// A mistake: the line, whether it is about a model, the column it is told at, and words of the
  /// message.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let line: String
    var model = false
    let column: Int
    let words: String
    var testDescription: String { line }
  }

  static let mistakes: [Mistake] = [
    .init(line: "sumary: x", column: 1, words: "did you mean summary?"),
    .init(line: "title: [a]", column: 8, words: "title must be a text, not a list"),
    .init(line: "seed: -1", column: 7, words: "whole number from 0 to 18446744073709551615"),
    .init(line: "steps: 1.5", column: 8, words: "steps must be a whole number, not \"1.5\""),
    .init(line: "steps: -1", column: 8, words: "0 to 1000000000000000"),
    .init(line: "steps:", column: 1, words: "steps has no value"),
    .init(line: "pace: fast", column: 7, words: "or `full`"),
    .init(line: "learning_rate: 1e999", column: 16, words: "a number that a double can hold"),
    .init(line: "learning_rate: 1/lamda_max", column: 16, words: "`1/lambda_max`"),
    .init(line: "learning_rate: -1", column: 16, words: "at least 0"),
    .init(line: "learning_rate: .nan", column: 16, words: "must be a number"),
    .init(line: "learning_rate: 0x10", column: 16, words: "must be a number"),
    .init(line: "optimizer: adm", column: 12, words: "did you mean adam?"),
    .init(line: "optimizer: {name: adam, betta1: 1}", column: 25, words: "did you mean beta1?"),
    .init(line: "optimizer: {name: adam, beta1: 2}", column: 32, words: "beta1 must be 0 to"),
    .init(line: "optimizer: {name: adam, eps: x}", column: 30, words: "eps must be a number"),
    .init(line: "optimizer: {beta1: 0.9}", column: 12, words: "has no name"),
    .init(
      line: "optimizer: {name: adam, reset_each_epoch: maybe}", column: 43, words: "true or false"),
    .init(line: "optimizer: [adam]", column: 12, words: "must be a name"),
    .init(line: "schedule: cosin", column: 11, words: "did you mean cosine?"),
    .init(line: "views: [los]", column: 9, words: "did you mean loss?"),
    .init(line: "stop: {patience: 0}", column: 18, words: "patience must be 1 to"),
    .init(line: "stop: {los_below: 0}", column: 8, words: "did you mean loss_below?"),
    .init(line: "start: {x: 1, z: 2}", column: 15, words: "start has no key \"z\""),
    .init(line: "start: {x: 1}", column: 8, words: "no value for y"),
    .init(line: "start: [1, 2, 3]", column: 8, words: "3 numbers given; 2 are needed: x, y"),
    .init(line: "function: {landscape: rosenbrok}", column: 23, words: "did you mean rosenbrock?"),
    .init(
      line: "function: {x_range: [3, 1], landscape: saddle}", column: 21, words: "the lesser first"),
    .init(line: "function: {}", column: 11, words: "function needs a `formula:`"),
    .init(line: "function: {formula: x sni(y)}", column: 23, words: "did you mean sin?"),
    .init(line: "function: {formula: \"x + * y\"}", column: 26, words: "formula"),
    .init(line: "loss: mse", column: 1, words: "loss belongs to a model"),
    .init(line: "batch: 10", column: 8, words: "a function has no samples"),
    .init(
      line: "variants: [{name: a, set: {optimizer: adm}}]", column: 39, words: "did you mean adam?"),
    .init(
      line: "variants: [{name: a, set: {nothing: 1}}]", column: 37, words: "no key \"nothing\""),
    .init(line: "variants: [{name: a}]", column: 12, words: "needs `name:` and `set:`"),
    .init(line: "changes: [{step: 1}]", column: 11, words: "exactly one of"),
    .init(
      line: "changes: [{step: 5, learning_rate: 1}, {step: 4, learning_rate: 1}]", column: 40,
      words: "in the order of their steps"),
    .init(line: "changes: [{step: 5, parameters: [1]}]", column: 11, words: "2"),
    .init(line: "glissade: 2", column: 11, words: "version 1, not 2"),
    .init(line: "data: xorr", model: true, column: 7, words: "did you mean xor?"),
    .init(line: "data: {name: spiral, noise: -1}", model: true, column: 29, words: "noise must be"),
    .init(
      line: "data: {inputs: [[1], [2, 3]], targets: [1, 0]}", model: true, column: 22,
      words: "row 2 has 2"),
    .init(
      line: "data: {inputs: [[1], [2]], targets: [1]}", model: true, column: 37,
      words: "2 rows of inputs, but 1"),
    .init(line: "data: {csv: missing.csv}", model: true, column: 13, words: "cannot read"),
    .init(line: "model: {kind: mpl}", model: true, column: 15, words: "did you mean mlp?"),
    .init(line: "model: {kind: mlp, hidden: [0]}", model: true, column: 29, words: "1 to 16384"),
    .init(
      line: "model: {kind: mlp, hidden: [{units: 2, activation: tahn}]}", model: true, column: 52,
      words: "did you mean tanh?"),
    .init(
      line: "model: {kind: linear, hidden: [2]}", model: true, column: 23, words: "of kind mlp"),
    .init(line: "model: {kind: mlp, features: [x9]}", model: true, column: 31, words: "2 inputs"),
    .init(line: "loss: bcee", model: true, column: 7, words: "did you mean bce?"),
    .init(line: "reduction: men", model: true, column: 12, words: "did you mean mean?"),
    .init(line: "l2: -1", model: true, column: 5, words: "l2 must be"),
    .init(line: "start: [1, 2]", model: true, column: 8, words: "9 are needed"),
    .init(line: "start: {initializer: glorot}", model: true, column: 22, words: "glorot_uniform"),
    .init(
      line: "start: {layers: [{weights: [[1, 2]], biases: [1, 2]}]}", model: true, column: 46,
      words: "1 rows of weights, but 2 biases"),
    .init(
      line: "batch: {size: 2, order: shufled}", model: true, column: 25,
      words: "did you mean shuffled?"),
    .init(
      line: "batch: {size: 2, order: blocks, after: 3}", model: true, column: 33,
      words: "after belongs to `order: numpy_blocks`"),
    .init(
      line: "batch: {size: 2, order: numpy_blocks, after: -1}", model: true, column: 46,
      words: "after must be 0 to"),
    .init(line: "batch: {order: blocks}", model: true, column: 8, words: "needs `size:`"),
    .init(line: "batch: {rows: [[9]]}", model: true, column: 8, words: "batch"),
    .init(
      line: "batch: {size: 2, steps_per_epoch: 3}", model: true, column: 18,
      words: "belongs to batches given"),
  ]

  @Test("A single mistake is told at its line and column", arguments: mistakes)
  func single(mistake: Mistake) {
    let text = Self.preset(mistake.line, model: mistake.model)
    let line = text.split(separator: "\n").count
    let messages = Self.messages(text)
    #expect(messages.count == 1, "\(messages)")
    #expect(messages.first?.hasPrefix("\(line):\(mistake.column): ") == true, "\(messages)")
    #expect(messages.first?.contains(mistake.words) == true, "\(messages)")
  }

  @Test("All mistakes are told together, in the order of the text")
  func together() {
    let messages = Self.messages(
      """
      glissade: 1
      sumary: x
      model: {kind: mlpp}
      data: xorr
      optimizer: adm
      steps: many
      """)
    #expect(messages.map { $0.prefix(2) } == ["2:", "3:", "4:", "5:", "6:"])
  }

  @Test("Mistakes of one kind are told once, at the first place, with how many more there are")
  func counted() {
    let rows = (0..<30).map { "[\($0), a\($0)]" }.joined(separator: ", ")
    #expect(
      Self.messages("glissade: 1\nmodel: linear\ndata:\n  rows: [\(rows)]\nsede: 1\nsteeps: 2\n")
        == [
          "4:14: rows must be a number, not \"a0\" (and 29 more such mistakes)",
          "5:1: a preset has no key \"sede\"; did you mean seed?",
          "6:1: a preset has no key \"steeps\"; did you mean steps?",
        ])
  }

  @Test("Text that is no YAML is told with its place")
  func notYAML() {
    #expect(Self.messages("glissade: 1\nfunction: {formula: [}\n")[0].hasPrefix("2:22: not YAML"))
    #expect(
      Self.messages("glissade: 1\n\tsteps: 3\n")[0].hasPrefix(
        "2:1: the line is indented with a tab"))
    #expect(Self.messages("")[0].contains("empty"))
    #expect(Self.messages("- 1\n- 2\n")[0].contains("must be lines of keys"))
    #expect(Self.messages("glissade: 1\n---\nsteps: 3\n")[0].contains("one document"))
  }

  @Test(
    "What is not closed is named where it opened",
    arguments: [
      ("\"x", "the quote that opens at 2:11 is never closed"),
      ("[1", "the list that begins at 2:11 needs a ]"),
      ("{a", "the mapping that begins at 2:11 needs a }"),
      ("a \u{1} b", "a control character; take it out"),
    ])
  func unclosed(value: String, message: String) {
    let told = Self.messages("glissade: 1\nfunction: \(value)\n")
    #expect(told.count == 1 && told[0].contains(message), "\(told)")
  }

  @Test("Lines are those of editors, whatever else YAML or Unicode calls a line break")
  func lineBreaks() {
    for sign in ["\u{85}", "\u{2028}", "\u{2029}"] {
      let told = Self.messages("glissade: 1\ntitle: \"a\(sign)b\"\r\nstep: 3\n")
      #expect(told.contains { $0.hasPrefix("3:1: a preset has no key \"step\"") }, "\(told)")
      let same = Self.messages("glissade: 1\n# a\(sign)step: 3\n")
      #expect(same.contains { $0.hasPrefix("2:5: ") }, "\(same)")
    }
    let reader = Self.messages("glissade: 1\n# \u{B}é\ntitle: é\u{1}\n")
    #expect(reader.first?.hasPrefix("2:3: not YAML: a control character") == true, "\(reader)")
    let aliases = Self.messages(
      "glissade: 1\r\na: [" + String(repeating: "*a, ", count: 20) + "]\n")
    #expect(aliases.first?.hasPrefix("2:") == true, "\(aliases)")
  }

  @Test("A key that is given twice is a mistake")
  func twice() {
    #expect(Self.messages("glissade: 1\nsteps: 1\nsteps: 2\n")[0].contains("more than once"))
  }

  @Test("A preset without a problem, or without its version, says what is missing")
  func missing() {
    #expect(Self.messages("glissade: 1\n")[0].contains("`function:`"))
    #expect(Self.messages("function: {landscape: saddle}\n")[0].contains("`glissade: 1`"))
    #expect(Self.messages("glissade: 1\nmodel: mlp\n")[0].contains("`data:`"))
  }

  @Test("Control characters of a file do not reach messages")
  func escaped() {
    let message = Self.messages("glissade: 1\n\"\\e[31mred\": 1\nfunction: {landscape: saddle}\n")[
      0]
    #expect(!message.unicodeScalars.contains { $0.value < 32 })
    #expect(message.contains("\\u{1B}[31m"))
  }

  @Test("Files that unfold without end are refused at once")
  func bombs() {
    var laughs = "glissade: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      let previous = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      laughs += "a\(level): &a\(level) [\(previous)]\n"
    }
    #expect(Self.messages(laughs)[0].contains("aliases"))
    #expect(Self.messages("title: " + String(repeating: "[", count: 500))[0].contains("YAML"))
    let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(Self.messages("title: \(deep)\n")[0].contains("deeper than 32"))
    let wide = "glissade: 1\ntitle: x" + String(repeating: "x", count: 9 << 20)
    #expect(Self.messages(wide)[0].contains("larger than"))
  }
}
