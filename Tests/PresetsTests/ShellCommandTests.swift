import Presets
import Testing
import Training

@Suite("Command lines of runs")
struct ShellCommandTests {
  static let shelf = PresetShelf(folder: "/nonexistent")

  /// The words of a command line as a shell parts them.
  static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var escaped = false
    for character in line {
      if escaped {
        word = (word ?? "") + String(character)
        escaped = false
      } else if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == "\\", !isQuoted {
        escaped = true
      } else if character == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }

  @Test(
    "what the line says is what runs",
    arguments: [
      ("xor", ["hidden=8"]), ("xor", ["hidden=8,4", "activation=relu", "learning_rate=0.3"]),
      ("moons", ["optimizer=momentum", "momentum=0.8", "data.noise=0.3"]),
      ("xsin", ["start.x=2.5"]), ("spiral", ["features=x1,sin(x2)", "l2=0.01", "seed=7"]),
      ("rosenbrock", []), ("notes-sgd", ["batch.size=10", "schedule=cosine"]),
    ])
  func roundTrip(name: String, settings: [String]) throws {
    let base = try Self.shelf.load(name)
    let wanted = try PresetKeys.apply(settings.map { try PresetKeys.parse($0) }, to: base)
    let line = try ShellCommand.text(of: wanted, from: base)
    let words = Self.words(line)
    #expect(words[0] == "glissade")
    let typed = try stride(from: 3, to: words.count, by: 2).map { try PresetKeys.parse(words[$0]) }
    var made = try PresetKeys.apply(typed, to: Self.shelf.load(words[1]))
    made.experiment.name = wanted.experiment.name
    var expected = wanted.experiment
    expected.changes = []
    made.experiment.changes = []
    #expect(made.experiment == expected, "\(line)")
    if name != "notes-sgd" { #expect(words[1] == name, "\(line)") }
  }

  @Test("without a preset of that name it is the string; quotes survive the shell")
  func strings() throws {
    let xor = try Self.shelf.load("xor")
    let words = Self.words(try ShellCommand.text(of: xor, from: nil))
    #expect(words.count == 2 && ShareString.isOne(words[1]))
    for word in ["it's", "a b", "$(x)", "`x`", "", "plain-1.5e-3", "\"", "*"] {
      #expect(Self.words(ShellCommand.quoted(word)) == [word])
    }
  }
}
