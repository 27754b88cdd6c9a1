import Lanes
import Presets
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("Strides of the experiment's form")
struct StrideTests {
  /// Presets that have, with their choices, every kind of key.
  static let presets = [
    "xsin", "rosenbrock", "xor", "moons", "spiral", "glyphs-conv", "notes-adaline", "moons-rbf",
  ]

  @Test("Every number has a stride that changes it, can be taken back, and suits its range")
  func strides() throws {
    var checked = 0
    for name in PresetShelf.builtInNames {
      var presets = [try PresetShelf(folder: "/nonexistent").load(name)]
      if Self.presets.contains(name), let preset = presets.first {
        for key in PresetKeys.rows(of: preset) {
          guard case .choice(let kind) = key.form else { continue }
          presets += kind.names.compactMap {
            try? PresetKeys.apply([Setting(key: key.name, value: $0)], to: preset)
          }
        }
      }
      for preset in presets { checked += try Self.check(preset) }
    }
    #expect(checked > 1000)
  }

  /// Checks the rows of a preset's form; returns how many.
  static func check(_ preset: Preset) throws -> Int {
    var checked = 0
    for key in PresetKeys.rows(of: preset) {
      guard key.takesOneNumber, key.name != "learning_rate" else { continue }
      let text = PresetKeys.shown(key, in: preset)
      guard let value = Double(text) else { continue }
      let next = FormStride.next(text, of: key, up: true, isLong: false)
      let before = FormStride.next(text, of: key, up: false, isLong: false)
      #expect(next != nil || before != nil, "\(preset.name) \(key.name) \(text)")
      for (there, up) in [(next, true), (before, false)] {
        guard let there else { continue }
        let number = try #require(Double(there))
        #expect(number != value && (number > value) == up, "\(key.name): \(text) \(there)")
        #expect(PresetKeys.refusal(there, of: key, in: preset) == nil, "\(key.name) \(there)")
        // There and back, from the next value on, is where it was.
        guard let on = FormStride.next(there, of: key, up: up, isLong: false),
          let back = FormStride.next(on, of: key, up: !up, isLong: false)
        else { continue }
        #expect(back == there, "\(key.name): \(there) \(on) \(back)")
      }
      if case .number(let number) = key.form, number.scale == .linear {
        let stride = FormStride.stride(of: number)
        let span = number.range.upperBound - number.range.lowerBound
        let known = max(abs(number.defaultValue), abs(value))
        let isFine = span < 100 ? stride <= span / 8 : stride <= max(known, 0.1)
        #expect(isFine, "\(key.name): \(stride) in \(number.range), \(known)")
      }
      checked += 1
    }
    return checked
  }
}
