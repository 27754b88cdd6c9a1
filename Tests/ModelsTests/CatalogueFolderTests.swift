import Foundation
import Lanes
import Testing

@testable import Models

@Suite struct CatalogueFolderTests {
  static let folders: [(folder: String, type: String, names: [String])] = [
    ("Activations", "Activation", Activation.all.names),
    ("Losses", "Loss", Loss.all.names),
    ("Landscapes", "Landscape", Landscape.all.names),
    ("Data", "DataSet", DataSet.all.names),
    ("Initializers", "Initializer", Initializer.all.names),
  ]

  /// The names that files of a folder give to entries: the first string after `= Type(`, or after
  /// a maker of entries that ends in `.dataSet(`.
  static func declared(_ type: String, in folder: String) throws -> [String: [String]] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let place = root.appending(path: "Sources/Models/\(folder)")
    var names: [String: [String]] = [:]
    for file in try FileManager.default.contentsOfDirectory(
      at: place, includingPropertiesForKeys: nil)
    {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard let extended = text.range(of: "extension \(type) {") else { continue }
      let body = String(text[extended.upperBound...])
      let entry = try Regex(#"static let \w+ = (\w+\.dataSet|"# + type + #")\(\s*"([^"]+)""#)
      for match in body.matches(of: entry) {
        names[file.lastPathComponent, default: []].append(String(match.output[2].substring ?? ""))
      }
    }
    return names
  }

  @Test("a catalogue lists every entry that its folder holds", arguments: folders)
  func complete(folder: String, type: String, names: [String]) throws {
    let declared = try Self.declared(type, in: folder)
    #expect(Set(declared.values.joined()) == Set(names))
    #expect(declared.values.joined().count == names.count)
  }

  @Test("an entry has a file of its own", arguments: folders)
  func alone(folder: String, type: String, names: [String]) throws {
    for (file, entries) in try Self.declared(type, in: folder) {
      #expect(entries.count == 1, "\(file): \(entries)")
    }
  }
}
