import Foundation
import Lanes
import Testing

@testable import Models

@Suite struct CatalogueFolderTests {
  static let folders: [(folder: String, type: String, count: Int)] = [
    ("Activations", "Activation", Activation.all.entries.count),
    ("Losses", "Loss", Loss.all.entries.count),
    ("Landscapes", "Landscape", Landscape.all.entries.count),
    ("Data", "DataSet", DataSet.all.entries.count),
    ("Initializers", "Initializer", Initializer.all.entries.count),
  ]

  @Test("a catalogue lists every entry that its folder holds", arguments: folders)
  func complete(folder: String, type: String, count: Int) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let place = root.appending(path: "Sources/Models/\(folder)")
    let files = try FileManager.default.contentsOfDirectory(
      at: place, includingPropertiesForKeys: nil)
    let entries = try files.filter { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      return text.contains("extension \(type) {") && text.contains("static let ")
    }
    #expect(entries.count == count)
  }
}
