import Foundation
import Terminal
import Testing

@Suite("Terminal bytes become events")
struct InputParserTests {
  /// What one spelling means, once nothing more comes.
  struct Spelling: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var events: [Event]
    init(_ text: String, _ events: Event...) {
      bytes = Array(text.utf8)
      self.events = events
    }
    init(raw: [UInt8], _ events: Event...) {
      bytes = raw
      self.events = events
    }
    var testDescription: String {
      bytes.map { (0x21...0x7E).contains($0) ? "\(Unicode.Scalar($0))" : "<\($0)>" }.joined()
    }
  }

  private static func key(
    _ code: KeyCode, control: Bool = false, alt: Bool = false, shift: Bool = false
  ) -> Event { .key(Key(code, control: control, alt: alt, shift: shift)) }

  static let keys: [Spelling] = [
    Spelling("a", key(.character("a"))), Spelling("Q", key(.character("Q"))),
    Spelling("é", key(.character("é"))), Spelling("∂", key(.character("∂"))),
    Spelling("🙂", key(.character("🙂"))), Spelling("\r", key(.enter)), Spelling("\n", key(.enter)),
    Spelling("\t", key(.tab)), Spelling("\u{7F}", key(.backspace)),
    Spelling("\u{8}", key(.backspace)), Spelling("\u{0}", key(.character(" "), control: true)),
    Spelling("\u{1}", key(.character("a"), control: true)),
    Spelling("\u{1A}", key(.character("z"), control: true)),
    Spelling("\u{1C}", key(.character("\\"), control: true)),
    Spelling("\u{1B}", key(.escape)), Spelling("\u{1B}\u{1B}", key(.escape), key(.escape)),
    Spelling("\u{1B}x", key(.character("x"), alt: true)),
    Spelling("\u{1B}ß", key(.character("ß"), alt: true)),
    Spelling("\u{1B}\u{7F}", key(.backspace, alt: true)),
    Spelling("\u{1B}[", key(.character("["), alt: true)),
    Spelling("\u{1B}O", key(.character("O"), alt: true)),
    Spelling("\u{1B}]", key(.character("]"), alt: true)),
    Spelling("\u{1B}P", key(.character("P"), alt: true)),
    Spelling("\u{1B}[A", key(.up)), Spelling("\u{1B}OA", key(.up)),
    Spelling("\u{1B}[B", key(.down)), Spelling("\u{1B}OC", key(.right)),
    Spelling("\u{1B}[D", key(.left)), Spelling("\u{1B}\u{1B}[D", key(.left, alt: true)),
    Spelling("\u{1B}[1;5A", key(.up, control: true)),
    Spelling("\u{1B}[1;2B", key(.down, shift: true)),
    Spelling("\u{1B}[1;3C", key(.right, alt: true)),
    Spelling("\u{1B}[1;8D", key(.left, control: true, alt: true, shift: true)),
    Spelling("\u{1B}O5A", key(.up, control: true)), Spelling("\u{1B}Oa", key(.up, control: true)),
    Spelling("\u{1B}[a", key(.up, shift: true)), Spelling("\u{1B}[H", key(.home)),
    Spelling("\u{1B}OF", key(.end)), Spelling("\u{1B}[1~", key(.home)),
    Spelling("\u{1B}[7~", key(.home)), Spelling("\u{1B}[4~", key(.end)),
    Spelling("\u{1B}[2~", key(.insert)), Spelling("\u{1B}[3~", key(.delete)),
    Spelling("\u{1B}[3;5~", key(.delete, control: true)),
    Spelling("\u{1B}[3$", key(.delete, shift: true)),
    Spelling("\u{1B}[3^", key(.delete, control: true)),
    Spelling("\u{1B}[5~", key(.pageUp)), Spelling("\u{1B}[6;2~", key(.pageDown, shift: true)),
    Spelling("\u{1B}[Z", key(.backTab)), Spelling("\u{1B}[1;2Z", key(.backTab)),
    Spelling("\u{1B}OP", key(.function(1))), Spelling("\u{1B}[11~", key(.function(1))),
    Spelling("\u{1B}[[A", key(.function(1))),
    Spelling("\u{1B}[1;5P", key(.function(1), control: true)),
    Spelling("\u{1B}[15~", key(.function(5))), Spelling("\u{1B}[17~", key(.function(6))),
    Spelling("\u{1B}[24~", key(.function(12))),
    Spelling("\u{1B}[25~", key(.function(1), shift: true)),
    Spelling("\u{1B}Ok", key(.character("+"))), Spelling("\u{1B}OM", key(.enter)),
    Spelling("\u{1B}[97u", key(.character("a"))),
    Spelling("\u{1B}[97;5u", key(.character("a"), control: true)),
    Spelling("\u{1B}[97:65;2u", key(.character("A"))),
    Spelling("\u{1B}[97;2u", key(.character("A"))),
    Spelling("\u{1B}[27u", key(.escape)), Spelling("\u{1B}[13;2u", key(.enter, shift: true)),
    Spelling("\u{1B}[9;2u", key(.backTab)), Spelling("\u{1B}[57399u", key(.character("0"))),
    Spelling("\u{1B}[97;1:3u"), Spelling("\u{1B}[1;1:3A"), Spelling("\u{1B}[57358u"),
    Spelling("\u{1B}[27;5;105~", key(.character("i"), control: true)),
    Spelling("\u{1B}[I", .focus(true)), Spelling("\u{1B}[O", .focus(false)),
    Spelling("\u{1B}[?62;c"), Spelling("\u{1B}[?2026;2$y"),
    Spelling("\u{1B}]11;rgb:0/0/0\u{7}x", .background(Color(0)), key(.character("x"))),
    Spelling("\u{1B}]11;rgb:1e1e/20/fff\u{1B}\\", .background(Color(0x1E20FF))),
    Spelling("\u{1B}]11;rgba:ff/ff/ff/80\u{7}", .background(Color(0xFFFFFF))),
    Spelling("\u{1B}]10;rgb:0/0/0\u{7}x", key(.character("x"))),
    Spelling("\u{1B}]11;rgb:0/0\u{7}x", key(.character("x"))),
    Spelling("\u{1B}P1+r\u{1B}\\x", key(.character("x"))),
    Spelling("\u{1B}[12\u{18}x", key(.character("x"), control: true), key(.character("x"))),
  ]

  @Test("Every spelling of a key is that key", arguments: keys)
  func spelling(_ spelling: Spelling) {
    var parser = InputParser()
    #expect(parser.feed(spelling.bytes) + parser.flush() == spelling.events)
    #expect(parser.patience == nil)
  }

  static let mice: [Spelling] = [
    Spelling("\u{1B}[<0;10;5M", .mouse(Mouse(.press, x: 9, y: 4))),
    Spelling("\u{1B}[<0;10;5m", .mouse(Mouse(.release, x: 9, y: 4))),
    Spelling("\u{1B}[<2;1;1M", .mouse(Mouse(.press, button: .right, x: 0, y: 0))),
    Spelling("\u{1B}[<32;3;4M", .mouse(Mouse(.drag, x: 2, y: 3))),
    Spelling("\u{1B}[<35;3;4M", .mouse(Mouse(.move, button: .none, x: 2, y: 3))),
    Spelling("\u{1B}[<64;3;4M", .mouse(Mouse(.wheelUp, button: .none, x: 2, y: 3))),
    Spelling("\u{1B}[<65;300;200M", .mouse(Mouse(.wheelDown, button: .none, x: 299, y: 199))),
    Spelling(
      "\u{1B}[<28;3;4M",
      .mouse(Mouse(.press, x: 2, y: 3, control: true, shift: true, alt: true))),
    Spelling("\u{1B}[<66;3;4M"), Spelling("\u{1B}[<128;3;4M"), Spelling("\u{1B}[<0;0;4M"),
    Spelling("\u{1B}[<0;4M"),
    Spelling("\u{1B}[<0;99999999999999999999;4M", .mouse(Mouse(.press, x: 9_999, y: 3))),
    Spelling(raw: [0x1B, 0x5B, 0x4D, 32, 43, 38], .mouse(Mouse(.press, x: 10, y: 5))),
    Spelling(
      raw: [0x1B, 0x5B, 0x4D, 35, 43, 38], .mouse(Mouse(.release, button: .none, x: 10, y: 5))),
  ]

  @Test("Mouse reports say what, where and with which keys", arguments: mice)
  func mouse(_ spelling: Spelling) {
    var parser = InputParser()
    #expect(parser.feed(spelling.bytes) == spelling.events)
  }

  @Test("Pasted text is one event, whatever it holds")
  func paste() {
    var parser = InputParser()
    let text = "a\u{1B}[A\u{1B}[20\u{1B}[201 é\n"
    #expect(
      parser.feed("\u{1B}[200~\(text)\u{1B}[201~q".utf8) == [
        .paste(text), Self.key(.character("q")),
      ])
  }

  @Test("A paste is bounded, and one without an end is given up")
  func pasteIsBounded() {
    var parser = InputParser()
    var events = parser.feed("\u{1B}[200~".utf8)
    events += parser.feed([UInt8](repeating: 0x61, count: InputParser.pasteLimit + 5_000))
    #expect(events.isEmpty)
    #expect(parser.patience == .seconds(1))
    #expect(parser.flush() == [.paste(String(repeating: "a", count: InputParser.pasteLimit))])
    #expect(parser.feed("b".utf8) == [Self.key(.character("b"))])
  }

  @Test(
    "Invalid UTF-8 is dropped and harms no neighbour",
    arguments: [
      [0xFF], [0xC3], [0xE2, 0x88], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0x80], [0xE0, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC2, 0x9B],
    ] as [[UInt8]])
  func invalid(_ bytes: [UInt8]) {
    var parser = InputParser()
    #expect(
      parser.feed([0x61] + bytes + [0x62]) == [
        Self.key(.character("a")), Self.key(.character("b")),
      ])
  }

  /// Bytes that look like input: fragments of sequences between random bytes.
  private static func noise(_ generator: inout SeededGenerator) -> [UInt8] {
    let all = keys + mice
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes += all.randomElement(using: &generator)?.bytes ?? []
      case 1: bytes += (all.randomElement(using: &generator)?.bytes ?? []).dropLast()
      case 2: bytes += Array("\u{1B}[200~héllo\u{1B}[201~".utf8)
      case 3: bytes += [0x1B, UInt8.random(in: 0x20...0x7E, using: &generator)]
      default:
        for _ in 0..<Int.random(in: 0..<8, using: &generator) {
          bytes.append(UInt8.random(in: 0...255, using: &generator))
        }
      }
    }
    return bytes
  }

  @Test("Events do not depend on how bytes are cut into reads", arguments: 0..<8)
  func splits(seed: Int) {
    var generator = SeededGenerator(UInt64(seed))
    for _ in 0..<150 {
      let bytes = Self.noise(&generator)
      var whole = InputParser()
      let expected = whole.feed(bytes) + whole.flush()
      var parts = InputParser()
      var events: [Event] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...min(7, rest.count), using: &generator)
        events += parts.feed(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      #expect(events + parts.flush() == expected, "\(bytes)")
    }
  }

  @Test("After any bytes and a pause, the next key is understood", arguments: 0..<8)
  func recovers(seed: Int) {
    var generator = SeededGenerator(1_000 + UInt64(seed))
    for _ in 0..<300 {
      var parser = InputParser()
      let bytes = Self.noise(&generator)
      _ = parser.feed(bytes)
      _ = parser.flush()
      #expect(parser.patience == nil)
      #expect(
        parser.feed("\u{1B}[Ax".utf8) == [Self.key(.up), Self.key(.character("x"))], "\(bytes)")
    }
  }

  /// Sequences that no hand types: replies, reports, keys of several bytes, and what they mean.
  static let sequences: [Spelling] =
    (keys + mice).filter { $0.bytes.count > 2 && $0.bytes[0] == 0x1B && $0.bytes[1] != 0x1B }
    .filter { [0x5B, 0x5D, 0x50].contains($0.bytes[1]) && !$0.bytes.contains(0x18) }

  /// Feeds bytes with a pause of `pause` after the first `cut` of them.
  private static func events(
    of bytes: [UInt8], cut: Int, pause: Duration
  ) -> [Event] {
    var parser = InputParser()
    var events = parser.feed(bytes.prefix(cut))
    if let patience = parser.patience, patience <= pause { events += parser.flush() }
    events += parser.feed(bytes.dropFirst(cut))
    return events + parser.flush()
  }

  @Test("A sequence that has begun may pause for most of a second anywhere", arguments: sequences)
  func pauses(spelling: Spelling) {
    for cut in 2..<spelling.bytes.count {
      for pause in [31, 50, 300, 900] {
        #expect(
          Self.events(of: spelling.bytes, cut: cut, pause: .milliseconds(pause))
            == spelling.events, "cut after \(cut), \(pause) ms")
      }
    }
  }

  /// Replies and reports of the mouse: those whose third byte tells them from typed text.
  static let late: [Spelling] = sequences.filter {
    (0x30...0x3F).contains($0.bytes[2]) && $0.bytes[2] != 0x3A && $0.bytes[2] != 0x3B
  }

  @Test("A sequence cut right behind its ESC is the Escape key, and never letters", arguments: late)
  func cutBehindEscape(spelling: Spelling) {
    for pause in [31, 50, 5_000] {
      #expect(
        Self.events(of: spelling.bytes, cut: 1, pause: .milliseconds(pause))
          == [Self.key(.escape)] + spelling.events)
    }
  }

  @Test(
    "What a hand types after Escape is typed", arguments: ["[x", "]", "Px", "O", "[", "[[", "P"])
  func typedAfterEscape(text: String) {
    var parser = InputParser()
    var events = parser.feed([0x1B]) + parser.flush()
    for byte in text.utf8 { events += parser.feed([byte]) }
    events += parser.flush()
    #expect(
      events == [Self.key(.escape)] + text.unicodeScalars.map { Self.key(.character($0)) })
    #expect(parser.patience == nil)
  }

  @Test(
    "Cut and delayed sequences among keys are never letters",
    arguments: 0..<(ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1" ? 100 : 2))
  func cutStorm(seed: Int) {
    var generator = SeededGenerator(77_000 + UInt64(seed))
    for _ in 0..<1_000 {
      var parser = InputParser()
      var events: [Event] = []
      var expected: [Event] = []
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        guard let spelling = Self.late.randomElement(using: &generator) else { continue }
        var rest = spelling.bytes[...]
        var isFirst = true
        var wasCutBehindEscape = false
        while !rest.isEmpty {
          // Pauses behind both of the first two bytes leave nothing to tell a reply by.
          let least = wasCutBehindEscape ? min(2, rest.count) : 1
          let count = Int.random(in: least...rest.count, using: &generator)
          let isCutBehindEscape = isFirst && count == 1
          wasCutBehindEscape = false
          events += parser.feed(rest.prefix(count))
          rest = rest.dropFirst(count)
          isFirst = false
          // A pause of 31 to 900 ms, or none.
          let pause = Duration.milliseconds(
            Bool.random(using: &generator) ? 0 : Int.random(in: 31...900, using: &generator))
          if let patience = parser.patience, patience <= pause {
            events += parser.flush()
            if isCutBehindEscape { expected.append(Self.key(.escape)) }
            wasCutBehindEscape = isCutBehindEscape
          }
        }
        expected += spelling.events
      }
      #expect(events + parser.flush() == expected)
    }
  }
}
