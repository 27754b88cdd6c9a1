import Presets
import Testing
import Foundation
@Test func scratch() throws {
  let t = try String(contentsOfFile: "/tmp/bad.yaml", encoding: .utf8)
  do { _ = try PresetFile.parse(t, file: "bad.yaml", name: "bad") } catch { print(error) }
  print(try PresetFile.text(of: RoundTripTests.fullFunction))
  print(try PresetFile.text(of: RoundTripTests.models[0]))
}
