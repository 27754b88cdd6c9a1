import Testing

@testable import Presets

@Suite("Decimal numbers are read to the last bit")
struct DecimalTextTests {
  @Test("As the standard library reads them, over forms and magnitudes")
  func sameBits() {
    var dice = FuzzTests.Dice(state: 5)
    for _ in 0..<20_000 {
      let whole = String(
        UInt64.random(in: 0...UInt64.max, using: &dice) >> UInt64.random(in: 0..<64, using: &dice))
      var text = Bool.random(using: &dice) ? "-" : ""
      let cut = Int.random(in: 0...whole.count, using: &dice)
      text += whole.prefix(cut) + (Bool.random(using: &dice) ? "." : "") + whole.dropFirst(cut)
      if Bool.random(using: &dice) { text += "e\(Int.random(in: -330...330, using: &dice))" }
      guard case .number(let value, _) = DecimalText.read(text, comma: false) else {
        #expect(ExactDecimal.number(text) == nil, "\(text)")
        continue
      }
      #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(
    "Only decimals are numbers",
    arguments: [
      "", "-", ".", "e3", "1e", "1e+", "0x1p3", "inf", "nan", "1 2", "1..2", "1,2", "1.2.3", "١",
    ])
  func others(text: String) {
    #expect(DecimalText.read(text, comma: false) == .other)
    #expect(ExactDecimal.number(text) == nil)
  }

  @Test("Commas where they may stand, and what is too large")
  func marks() {
    #expect(DecimalText.read("-1,25e1", comma: true) == .number(-12.5, .comma))
    #expect(DecimalText.read("1.25", comma: true) == .number(1.25, .point))
    #expect(DecimalText.read("1,234,5", comma: true) == .other)
    #expect(DecimalText.read("1.234,5", comma: true) == .other)
    #expect(DecimalText.read("1e999", comma: false) == .tooLarge)
    #expect(
      DecimalText.read("0,12345678901234567890123", comma: true)
        == .number(0.12345678901234567890123, .comma))
  }
}
