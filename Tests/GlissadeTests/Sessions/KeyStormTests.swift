import Foundation
import Testing

/// SplitMix64 (Steele, Lea, Flood 2014): the same bytes every time.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Sessions {
  @Suite("A storm of keys")
  struct KeyStormTests {
    /// Starts the program again when the palette was made to quit it; a failure ends the loop. Keys
    /// that come in between are no signals to the shell.
    private static let program = """
      ulimit -c 0
      stty -isig
      while true; do
        "\(Program.path)" xor
        code=$?
        echo "ended-$code"
        if [ $code -ne 0 ] || [ -e stop ]; then break; fi
      done
      exec cat >/dev/null

      """

    /// One key or mouse report as a terminal sends it.
    private static func bytes(_ dice: inout Dice) -> [UInt8] {
      switch Int.random(in: 0..<100, using: &dice) {
      case 0..<55:
        // Without q, which quits, and / and ~, which could save a preset somewhere else.
        let plain = (UInt8(0x20)...0x7E).filter { ![0x2F, 0x71, 0x7E].contains($0) }
        return [plain.randomElement(using: &dice) ?? 0x20]
      case 55..<62:
        // All control keys but Ctrl-C, which quits.
        let letter = UInt8.random(in: 1...31, using: &dice)
        return [letter == 3 ? 1 : letter]
      case 62..<80:
        let sequences = [
          "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[1;2A", "\u{1B}[Z", "\u{1B}[5~",
          "\u{1B}[6~", "\u{1B}OP", "\r", "\r", "\t", "\u{7F}", "\u{1B}", "\u{1B}\u{1B}",
          "\u{1B}[200~0.1\u{1B}[201~", "\u{1B}[I", "\u{1B}[O", "é", "日",
        ]
        return Array((sequences.randomElement(using: &dice) ?? "\r").utf8)
      default:
        let button = [0, 0, 0, 1, 2, 32, 64, 65].randomElement(using: &dice) ?? 0
        let x = Int.random(in: 1...125, using: &dice)
        let y = Int.random(in: 1...42, using: &dice)
        let end = Bool.random(using: &dice) ? "M" : "m"
        return Array("\u{1B}[<\(button);\(x);\(y)\(end)".utf8)
      }
    }

    @Test("After 5,000 random keys and mouse reports it still answers, and quits with 0")
    func storm() throws {
      try TerminalSession.run(program: Self.program) { terminal in
        try terminal.wait(for: "the first frame") { ShownRun($0).step != nil }
        var dice = Dice(state: 2)
        for _ in 0..<25 {
          var chunk: [UInt8] = []
          for _ in 0..<200 { chunk += Self.bytes(&dice) }
          try terminal.send(chunk)
        }
        // Whatever is open now closes, key by key. Looks lie between Escape and the next key:
        // together they would be Alt.
        var looks = 0
        func alternate(_ key: String) throws {
          looks += 1
          if looks % 8 == 1 { try terminal.press("Escape") }
          if looks % 8 == 5 { try terminal.type(key) }
        }
        try terminal.wait(for: "an answer") { text in
          #expect(!text.split(separator: "\n").contains { $0.hasPrefix("ended-1") })
          if text.contains("take single steps, then wait") { return true }
          try alternate("?")
          return false
        }
        try Data().write(to: terminal.folder.appendingPathComponent("stop"))
        let end = try terminal.wait(for: "the end") { text in
          if text.contains("ended-"), try !terminal.isAlternate() { return true }
          try alternate("q")
          return false
        }
        let codes = end.split(separator: "\n").filter { $0.hasPrefix("ended-") }
        // What was still to be typed may be echoed behind it.
        #expect(
          codes.allSatisfy { $0.dropFirst(6).prefix { $0.isNumber } == "0" }, "\(codes)")
      }
    }
  }
}
