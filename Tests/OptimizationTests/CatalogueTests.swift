import Foundation
import Lanes
import Optimization
import Testing

@Suite("The catalogues of optimizers and schedules")
struct CatalogueTests {
  /// Names of the entries in a text: the first string after `= Type(` or `= Type.maker(`.
  func entries(of type: String, in text: String) throws -> [String] {
    let entry = try Regex("= \(type)(?:\\.\\w+)?\\(\\s*\"([^\"]+)\"")
    return text.matches(of: entry).map { String($0.output[1].substring ?? "") }
  }

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
      names.formUnion(try entries(of: type, in: text))
    }
    return names
  }

  @Test("list every entry that a file of their folder declares")
  func complete() throws {
    #expect(try declared("Optimizer", in: "Optimizers") == Set(optimizers.names))
    #expect(try declared("Schedule", in: "Schedules") == Set(schedules.names))
  }

  @Test(
    "have one file an entry",
    arguments: [("Optimizer", "Optimizers"), ("Schedule", "Schedules")])
  func files(type: String, folder: String) throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Optimization/\(folder)")
    for file in try FileManager.default.contentsOfDirectory(
      at: sources, includingPropertiesForKeys: nil)
    {
      let text = try String(contentsOf: file, encoding: .utf8)
      let entries = try entries(of: type, in: text).count
      #expect(entries == (file.lastPathComponent == "\(type).swift" ? 0 : 1), "\(file)")
    }
  }

  @Test("say what optimizers remember, under the names that their memory has")
  func memory() throws {
    for optimizer in optimizers.entries {
      for flags in [0.0, 1.0] {
        var choice = Choice(optimizer.name)
        for setting in optimizer.hyperparameters
        where ["rate_inside", "centered"].contains(setting.name) {
          choice.settings[setting.name] = flags
        }
        let chain = try OptimizerChain(choice, parameterCount: 3)
        for vector in chain.memory.vectors where vector.values.count == 3 {
          #expect(
            Optimizer.quantity(vector.name, of: choice) != nil,
            "\(optimizer.name) says nothing of \(vector.name)")
        }
      }
    }
    #expect(Optimizer.quantity("nothing", of: Choice("adam")) == nil)
  }

  @Test("know plain descent from everything else")
  func plain() {
    for optimizer in optimizers.entries {
      #expect(Optimizer.isPlainDescent(Choice(optimizer.name)) == (optimizer.name == "gd"))
    }
    #expect(!Optimizer.isPlainDescent(Choice("gd", ["weight_decay": 0.1])))
    #expect(!Optimizer.isPlainDescent(Choice("gd", ["clip_norm": 1])))
    #expect(Optimizer.isPlainDescent(Choice("gd", ["clip_norm": 0])))
    #expect(!Optimizer.isPlainDescent(Choice("nobody")))
    for schedule in schedules.entries {
      #expect(Schedule.isConstant(Choice(schedule.name)) == (schedule.name == "constant"))
      #expect(schedule.hearsLoss == (schedule.name == "reduce_on_plateau"))
    }
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
