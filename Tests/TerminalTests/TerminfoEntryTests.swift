import Foundation
import Terminal
import Testing

@Suite("Terminal descriptions in memory")
struct TerminfoEntryTests {
  static let entry = TerminfoEntry(
    names: ["test", "a description"], booleans: [true, false, true],
    numbers: [80, -1, 16_777_216], strings: [[0x1B, 0x5B, 0x48], nil, [0xFF], []],
    extendedBooleans: ["AX", "RGB"])

  private func word(_ bytes: [UInt8], _ place: Int) -> Int {
    Int(Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8))
  }

  @Test("The compiled form is what term(5) says")
  func compiled() throws {
    let bytes = try #require(Self.entry.compiled)
    let title = "test|a description"
    #expect((0..<6).map { word(bytes, $0 * 2) } == [0o1036, title.utf8.count + 1, 3, 3, 4, 7])
    #expect(Array(bytes[12..<(12 + title.utf8.count)]) == Array(title.utf8))
    var place = 12 + title.utf8.count + 1
    #expect(Array(bytes[place..<(place + 3)]) == [1, 0, 1])
    place += 3
    place += place % 2
    #expect(Array(bytes[place..<(place + 12)]) == [80, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 1])
    place += 12
    #expect((0..<4).map { word(bytes, place + $0 * 2) } == [0, -1, 4, 6])
    place += 8
    #expect(Array(bytes[place..<(place + 7)]) == [0x1B, 0x5B, 0x48, 0, 0xFF, 0, 0])
    place += 7
    place += place % 2
    #expect((0..<5).map { word(bytes, place + $0 * 2) } == [2, 0, 0, 2, 7])
    #expect(Array(bytes[(place + 10)...]) == [1, 1, 0, 0, 3, 0] + Array("AX\0RGB\0".utf8))
  }

  @Test("The variable is URL-safe base 64 of it")
  func variable() throws {
    let text = try #require(Self.entry.variable)
    #expect(text.hasPrefix("b64:"))
    let plain = text.dropFirst(4).replacing("-", with: "+").replacing("_", with: "/")
    #expect(Data(base64Encoded: String(plain)).map(Array.init) == Self.entry.compiled)
  }

  @Test("What is too large for the format is refused")
  func tooLarge() {
    var entry = Self.entry
    entry.strings = [[UInt8](repeating: 65, count: 40_000)]
    #expect(entry.compiled == nil && entry.variable == nil)
  }
}
