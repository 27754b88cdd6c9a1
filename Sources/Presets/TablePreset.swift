import Foundation
import Lanes
import Models
import Training

/// The preset of a table that comes without one: a small network that learns the last column from
/// the others.
///
/// The last column is taken for classes when it holds words, or few different whole numbers that
/// repeat; else for values. What was understood stands in the preset's notes.
enum TablePreset {
  /// What names of tables end in.
  static let endings = [".csv", ".tsv"] + NumPyFile.endings
  /// Whole numbers of more different values than this are values, not classes.
  private static let mostClasses = 10

  /// Whether `path` is that of a table.
  static func isTable(_ path: String) -> Bool {
    endings.contains { path.lowercased().hasSuffix($0) }
  }

  /// The preset of the table at `path`, with `settings` of its data (`data.header`, `data.target`,
  /// …) given beforehand.
  static func read(
    _ path: String, _ settings: [Setting], views: [String]?, keys: [String]?
  ) throws(PresetError) -> Preset {
    let path = PresetPaths.resolve(path, in: FileManager.default.currentDirectoryPath)
    var data: [PresetNode.Entry] = [
      .init("csv", .text(path)), .init("standardize", .word("true")),
      .init("test_fraction", .number(0.25)),
    ]
    for setting in settings {
      guard let key = PresetKey.table.first(where: { $0.name == setting.key }),
        key.inner != "csv", !setting.value.isEmpty
      else { continue }
      let origin = Origin.setting("\(setting.key)=\(setting.value)")
      data.append(.init(key.inner, SettingText.read(setting.value, at: origin), at: origin))
    }
    let first = PresetReader(name: PresetName.ofFile(path), directory: "/", views: views)
    guard let table = first.table(.map(data)) else {
      throw PresetError(first.problems.diagnostics)
    }
    let areValues = settings.last { $0.key == "data.labels" }?.value == "false"
    let node = PresetNode.map(entries(table, data: .map(data), areValues: areValues))
    var reader = PresetReader(
      name: PresetName.ofFile(path), directory: "/", views: views, keys: keys)
    reader.extent = .run
    var preset = try reader.read(node)
    if let table = preset.experiment.table, !table.classNumbers.isEmpty {
      preset.experiment.tell(
        "the target's whole numbers are taken for classes, since there are at most "
          + "\(mostClasses) of them: data.labels=false makes them quantities")
    }
    // What was understood, now that it is known whether the target holds classes.
    if let summary = preset.experiment.table?.summary {
      preset.notes = summary.joined(separator: "\n")
      preset.summary = PresetLimits.cutTitle(summary.first ?? "")
    }
    return preset
  }

  private static func entries(
    _ table: FileTable, data: PresetNode, areValues: Bool
  ) -> [PresetNode.Entry] {
    let classes = areValues ? nil : classCount(table.samples)
    let size = min(32, table.samples.count)
    return [
      .init("glissade", .number(1)),
      .init("title", .text(PresetLimits.cutTitle(PresetName.ofFile(table.path)))),
      .init("summary", .text(PresetLimits.cutTitle(table.summary.first ?? ""))),
      .init("notes", .text(table.summary.joined(separator: "\n"))),
      .init(
        "model",
        .map([.init("kind", .word("mlp")), .init("hidden", .list([.number(8)]))])),
      .init("data", data),
      .init("loss", .word(classes == nil ? "mse" : classes == 2 ? "bce" : "softmax_ce")),
      .init("optimizer", .word("adam")), .init("learning_rate", .number(0.01)),
      .init("batch", .map([.init("size", .number(size)), .init("order", .word("shuffled"))])),
      .init("steps", .number(2000)), .init("pace", .number(200)),
    ]
  }

  /// The number of classes in the target; nil: values.
  private static func classCount(_ samples: Samples) -> Int? {
    guard samples.targetCount == 1 else { return nil }
    if let count = samples.classCount { return count }
    guard doRepeat(samples.targets) else { return nil }
    var (train, test) = (samples, samples.selecting([]))
    return Samples.numberClasses(&train, &test, limit: mostClasses)
  }

  /// Whether numbers could be those of classes: they count from 0 or 1, or stand in two rows each
  /// on average; six prices of six houses are no classes.
  private static func doRepeat(_ targets: [Double]) -> Bool {
    let values = Set(targets).sorted()
    let first = values.first ?? 0
    let doCount = values == values.indices.map { first + Double($0) }
    return doCount && (0...1).contains(first) || 2 * values.count <= targets.count
  }
}
