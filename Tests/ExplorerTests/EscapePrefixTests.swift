import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Esc and another key that come as one")
struct EscapePrefixTests {
  typealias Desk = KeySettingTests.Desk

  /// The keys in bytes that are read at once.
  private static func keys(_ bytes: [UInt8]) -> [Event] {
    var parser = InputParser()
    return parser.feed(bytes)
  }

  @Test("are Esc, then that key, in every box")
  func boxes() throws {
    for opening in [":", "w", "p", "?"] as [Unicode.Scalar] {
      for byte in [0x0D, 0x09, 0x7F, 0x65] as [UInt8] {
        var desk = try Desk("xor")
        desk.key(opening)
        try #require(desk.explorer.overlays.count == 1)
        let events = Self.keys([0x1B, byte])
        #expect(events.count == 1)
        let effects = events.flatMap { desk.explorer.handle($0) }
        #expect(desk.explorer.overlays.isEmpty, "\(opening) \(byte)")
        #expect(!effects.contains { if case .save = $0 { true } else { false } })
        // The other key counts, too.
        if byte == 0x65 { #expect(desk.explorer.form != nil) }
        if byte == 0x09 { #expect(desk.explorer.panes.focused != nil) }
      }
    }
  }

  @Test("Control's keys are not lost behind Esc")
  func control() throws {
    var desk = try Desk("xor")
    desk.key("w")
    let effects = Self.keys([0x1B, 0x03]).flatMap { desk.explorer.handle($0) }
    #expect(effects == [.quit(code: 0)])
  }

  @Test("Keys with sequences of their own keep what they say of Alt")
  func sequences() {
    #expect(Key(.up, alt: true).afterEscape == nil)
    #expect(Key(.enter).afterEscape == nil)
    #expect(Key(.character("c"), control: true, alt: true).afterEscape == .control("c"))
  }
}
