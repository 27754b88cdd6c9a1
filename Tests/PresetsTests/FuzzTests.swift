import Foundation
import Presets
import Testing
import Training

@Suite("Damaged presets give errors or experiments, never a crash")
struct FuzzTests {
  /// A small deterministic generator (SplitMix64), so that a failure can be had again.
  struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let scraps = [
    "[", "]", "{", "}", ":", ": ", ",", "\n", "\n  ", "- ", "&a ", "*a", "!!str ", "|", ">", "\"",
    "'", "#", "? ", "\t", "\u{0}", "\u{85}", "1e999", "-1", "0", "9223372036854775808", ".nan",
    "null", "~", "true", "<<: *a", "---\n", "%YAML 1.1\n", "\u{1F600}", "\u{202E}",
    "99999999", "1e-320", "0x1p3",
  ]

  static func damage(_ text: String, _ dice: inout Dice) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &dice) {
      let place = Int.random(in: 0...bytes.count, using: &dice)
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: if place < bytes.count { bytes.remove(at: place) }
      case 1:
        let end = min(bytes.count, place + Int.random(in: 0...40, using: &dice))
        bytes.removeSubrange(place..<end)
      case 2:
        let end = min(bytes.count, place + Int.random(in: 0...40, using: &dice))
        bytes.insert(
          contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &dice))
      case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...127, using: &dice) }
      default:
        let scrap = scraps[Int.random(in: 0..<scraps.count, using: &dice)]
        bytes.insert(contentsOf: Array(scrap.utf8), at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Every built-in preset, damaged", arguments: PresetShelf.builtInNames)
  func damaged(name: String) throws {
    let folder = BuiltInPresetsTests.root.appendingPathComponent("presets/\(name).yaml")
    let text = try String(contentsOf: folder, encoding: .utf8)
    var dice = Dice(state: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var right = 0
    for _ in 0..<60 {
      let damaged = Self.damage(text, &dice)
      do {
        let experiment = try PresetFile.parse(damaged, file: "f", name: name)
        right += 1
        let again = try PresetFile.parse(
          PresetFile.text(of: experiment), file: "g", name: name)
        #expect(again == experiment, "\(damaged)")
      } catch {
        let told = (error as? PresetError)?.diagnostics ?? []
        #expect(!told.isEmpty, "\(error)")
        #expect(!told.description.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
      }
    }
    #expect(right < 60)
  }
}
