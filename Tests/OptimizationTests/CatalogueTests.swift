import Foundation
import Lanes
import Optimization
import Testing

@Suite("The catalogues of optimizers and schedules")
struct CatalogueTests {
  /// Names that the files of a source folder give to entries: `Optimizer(` followed by a string.
  func declared(_ type: String, in folder: String) throws -> Set<String> {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Optimization/\(folder)")
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(
      at: sources, includingPropertiesForKeys: nil)
    {
      let text = try String(contentsOf: file, encoding: .utf8)
      for part in text.components(separatedBy: "= \(type)(").dropFirst() {
        let pieces = part.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        names.insert(String(pieces[1]))
      }
    }
    return names
  }

  @Test("list every entry that a file of their folder declares")
  func complete() throws {
    #expect(try declared("Optimizer", in: "Optimizers") == Set(optimizers.names))
    #expect(try declared("Schedule", in: "Schedules") == Set(schedules.names))
  }

  @Test("have one file an optimizer")
  func files() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Optimization/Optimizers")
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    #expect(files.count == optimizers.entries.count)
  }

  @Test("describe every entry and setting", arguments: optimizers.entries)
  func described(_ optimizer: Optimizer) {
    #expect(!optimizer.summary.isEmpty && !optimizer.formula.isEmpty)
    #expect(optimizer.reference.contains { $0.isNumber })
    #expect(optimizer.suggestedRate > 0)
    #expect(
      Set(optimizer.hyperparameters.map(\.name)).count == optimizer.hyperparameters.count)
  }
}
