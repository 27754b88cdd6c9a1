import Presets
import Testing

@Suite("No mistake in YAML is told in a library's words")
struct YAMLWordsTests {
  /// Texts that are no YAML, and a part of what is said of them.
  static let texts: [(String, String)] = [
    ("%YAML 3.0\n---\na: 1\n", "%YAML"), ("%FOO bar\n---\na: 1\n", "directive"),
    ("%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "%"), ("%TAG\n---\na: 1\n", "%"),
    ("a: 1\n...\nb: 2\n", "three points"), (" a: 1\nb: 2\n", "left"),
    ("a: " + String(repeating: "[", count: 2000), "nested deeper than"),
    ("a: {b: 1,, c: 2}\n", "a value is missing"), ("a: [4,\n", "not closed"),
    ("a: \"\\x1\"\n", "hexadecimal"), ("a: \"\\uD800\"\n", "hexadecimal"),
    ("a: \"\\q\"\n", "escape"),
    ("a: \"b\n", "opens at 1:4"), ("a: 'b\n", "opens at 1:4"), ("a: - b\n", "quotes"),
    ("a: ? b\n", "quotes"), ("a: &\n", ""), ("a: *\n", ""), ("a: !<b\n", ""), ("a: |3x\n b\n", ""),
    ("a: >0\n b\n", ""), ("a: \"b\n---\nc\"\n", ""), ("- a\nb: 1\n", ""), ("a:\n- b\n c\n", ""),
    ("a: b\n\tc: d\n", "tab"), ("{a: b\n", "needs a }"), ("[a, b\n", "needs a ]"),
    ("a: [b}\n", ""), ("a: b: c\n", "colon"), ("a: @b\n", "reserved"), ("a: `b\n", "backtick"),
    ("a: 1\na: 2\n", "more than once"), ("? [a]\n: b\n", "a key must be a word"),
    ("a: 1\n--- b\n", "one document"), ("a: \u{7}\n", "control"), (": 1\n", ""), ("}\n", ""),
    ("a: ]\n", ""), ("a: ,\n", ""), ("*a: b\n", ""), ("&a &b: c\n", ""), ("a: !!int &b\n", ""),
  ]
  static let foreign = [
    "did not find", "found ", "while parsing", "while scanning", "yaml_", "document start",
    "block mapping", "flow node", "block scalar", "token", "anchor names", "libyaml", "nest_level",
  ]

  @Test("each is told with its place, in plain words", arguments: texts)
  func words(_ text: String, _ part: String) {
    do {
      _ = try PresetFile.parse(text, file: "p", name: "p", views: nil)
      Issue.record("\(text) was accepted")
    } catch {
      let message = "\(error)"
      #expect(message.contains("p:") && message.contains(part), "\(message)")
      for word in Self.foreign { #expect(!message.contains(word), "\(text): \(message)") }
    }
  }

  @Test(
    "keys at a wrong level are told where they stand; texts that are no lines of keys, why",
    arguments: [
      ("glissade: 1\nhidden: 4\nmodel: mlp\ndata: xor\n", "stands below model"),
      ("glissade: 1\nmodel: {kind: mlp, loss: bce}\ndata: xor\n", "stands at the top"),
      ("glissade: 1\nmodel: {kind: mlp, title: a}\ndata: xor\n", "stands at the top"),
      ("title:T\nmodel:mlp\n", "a blank follows the colon"), ("title = 3\n", "not `key = value`"),
      ("title\u{FF1A}T\n", "U+FF1A"), ("title:\u{A0}T\n", "no-break space"),
    ])
  func levels(_ text: String, _ part: String) {
    do {
      _ = try PresetFile.parse(text, file: "p", name: "p", views: nil)
      Issue.record("\(text) was accepted")
    } catch {
      #expect("\(error)".contains(part), "\(error)")
    }
  }
}
