import Models
import Training

extension CSVRequest {
  /// A column of NumPy's arrays, as tables have them.
  private struct Column {
    var array: String
    var name: String
    var values: [Double]
    var words: [String]?
  }

  /// Arrays of these names hold targets, where nobody says which do.
  private static let usualTargets = [
    "y", "target", "targets", "label", "labels", "y_train", "classes",
  ]

  /// Reads the samples of a `.npy` or `.npz` file: the columns of all arrays side by side, each row
  /// a sample. Images and other arrays of more dimensions become rows of numbers. The target is the
  /// last column of a single array; of several, the array named `y`, `target`, `labels` and so on,
  /// else the last.
  func readArrays(_ origins: Origins) throws(PresetError) -> FileTable {
    let arrays: [(name: String, array: NumPyArray)]
    do throws(FileFailure) {
      arrays = try NumPyFile(path).arrays
    } catch {
      throw unreadable(error, origins)
    }
    let all = try columns(of: arrays, origins)
    let names = all.map(\.name)
    func expanded(_ wanted: [String]) -> [String] {
      wanted.flatMap { name in
        let own = all.filter { $0.array == name && !name.isEmpty }.map(\.name)
        return own.isEmpty ? [name] : own
      }
    }
    let isNamed = arrays.count > 1 || !arrays[0].name.isEmpty
    func indices(_ wanted: [String], _ origin: Origin) throws(PresetError) -> [Int] {
      try self.indices(
        expanded(wanted), names: isNamed ? names : [], width: all.count, at: origin)
    }
    var targets: [Int] = []
    let usual =
      arrays.map(\.name).first { Self.usualTargets.contains($0.lowercased()) }
      ?? arrays[arrays.count - 1].name
    if !target.isEmpty {
      targets = try indices(target, origins.target)
    } else if arrays.count > 1 {
      let candidates = arrays.map(\.name).filter {
        Self.usualTargets.contains($0.lowercased())
      }
      guard candidates.count < 2 else {
        throw PresetError(
          origins.target,
          "\(candidates.map(EscapedText.quoted).joined(separator: " and ")) could each be the "
            + "target: say which (target: \(EscapedText.visible(candidates[0]))), and the inputs "
            + "(columns: …)")
      }
      targets = all.indices.filter { all[$0].array == usual }
    } else {
      targets = [all.count - 1]
    }
    let inputs: [Int]
    if !columns.isEmpty {
      inputs = try indices(columns, origins.columns)
    } else if hasTargets || arrays.count > 1 && Self.usualTargets.contains(usual.lowercased()) {
      inputs = all.indices.filter { !targets.contains($0) }
    } else {
      inputs = Array(all.indices)
    }
    if !hasTargets { targets = [] }
    try distinct(inputs, besides: targets, origins) { EscapedText.quoted(all[$0].name) }
    guard !inputs.isEmpty else {
      throw PresetError(
        origins.columns,
        "\(EscapedText.quoted(path)) has one column only, and inputs and a target are needed")
    }
    if let words = inputs.first(where: { all[$0].words != nil }) {
      throw PresetError(
        origins.columns,
        "\(all[words].name) holds words; inputs are numbers (choose `columns:`)")
    }
    return try table(
      all, inputs, targets, isNamed: isNamed, arrays.map { ($0.name, $0.array.shape) })
  }

  private func columns(
    of arrays: [(name: String, array: NumPyArray)], _ origins: Origins
  ) throws(PresetError) -> [Column] {
    var columns: [Column] = []
    var rows: (count: Int, array: String)?
    for (name, array) in arrays {
      let count = array.shape.first ?? 1
      if let rows, rows.count != count {
        throw PresetError(
          origins.file,
          "\(EscapedText.quoted(path)): \(EscapedText.visible(name)) has \(count) rows, "
            + "\(EscapedText.visible(rows.array)) has \(rows.count); each row is a sample")
      }
      rows = (count, name)
      let width = array.shape.dropFirst().reduce(1, *)
      guard count > 0, width > 0 else {
        throw mistake("\(name.isEmpty ? "the array" : EscapedText.visible(name)) is empty")
      }
      guard columns.count + width <= PresetLimits.csvColumns, count <= PresetLimits.csvRows else {
        throw mistake(
          "\(count) rows of \(columns.count + width) columns; at most \(PresetLimits.csvRows) rows "
            + "and \(PresetLimits.csvColumns) columns are read")
      }
      for column in 0..<width {
        let places = stride(from: column, to: count * width, by: width)
        let title = width == 1 ? name : "\(name)[\(column + 1)]"
        switch array.content {
        case .numbers(let values):
          columns.append(Column(array: name, name: title, values: places.map { values[$0] }))
        case .words(let words):
          columns.append(
            Column(array: name, name: title, values: [], words: places.map { words[$0] }))
        }
      }
    }
    return columns
  }

  private func table(
    _ all: [Column], _ inputs: [Int], _ targets: [Int], isNamed: Bool,
    _ shapes: [(name: String, shape: [Int])]
  ) throws(PresetError) -> FileTable {
    var words: [String: Int]?
    var columns = all
    for index in targets {
      guard let own = all[index].words else { continue }
      guard targets.count == 1 else {
        throw mistake("\(all[index].name) holds words; several targets are numbers")
      }
      var numbers: [String: Int] = [:]
      columns[index].values = own.map { word in
        let number = numbers[word] ?? numbers.count
        numbers[word] = number
        return Double(number)
      }
      guard numbers.count <= ModelLimits.classes else {
        throw mistake(
          "\(all[index].name): more than \(ModelLimits.classes) different words are no classes")
      }
      words = numbers
    }
    if classes, targets.count == 1,
      let row = columns[targets[0]].values.firstIndex(where: {
        $0.magnitude >= CSVReading.lastWholeNumber
      })
    {
      throw mistake(
        "row \(row + 1) of \(isNamed ? columns[targets[0]].name : "column \(targets[0] + 1)"): "
          + "\(ExactDecimal.shortest(columns[targets[0]].values[row])) is 2^53 or more, where "
          + "classes "
          + "in numbers run together; write classes as words")
    }
    let count = columns[inputs[0]].values.count
    var kept = Array(0..<count)
    var findings = shapes.map { name, shape in
      (name.isEmpty ? "the array" : name) + " has the shape "
        + (shape.isEmpty ? "of one number" : shape.map(String.init).joined(separator: " × "))
    }
    let rearranged = shapes.filter { $0.shape.count > 2 }.map { name, shape in
      (name.isEmpty ? "the array" : name) + ": the "
        + shape.dropFirst().map(String.init).joined(separator: " × ")
        + " numbers of each sample are taken as one row of \(shape.dropFirst().reduce(1, *))"
    }
    let gaps = (inputs + targets).filter { !columns[$0].values.allSatisfy(\.isFinite) }
    if let first = gaps.first {
      let row = columns[first].values.firstIndex { !$0.isFinite } ?? 0
      switch format.missing ?? .error {
      case .error:
        throw mistake(
          "row \(row + 1), \(isNamed ? columns[first].name : "column \(first + 1)"): "
            + "\(columns[first].values[row]) is no number to learn from; `missing: drop` leaves "
            + "such rows out, `missing: mean` fills inputs in")
      case .mean:
        for (place, index) in inputs.enumerated() {
          let known = columns[index].values.filter(\.isFinite)
          guard !known.isEmpty || means != nil else {
            throw mistake("\(columns[index].name) holds no number")
          }
          let mean = means?[place] ?? known.reduce(0) { $0 + $1 / Double(known.count) }
          for row in 0..<count where !columns[index].values[row].isFinite {
            columns[index].values[row] = mean
          }
        }
        fallthrough
      case .drop:
        kept.removeAll { row in
          (inputs + targets).contains { !columns[$0].values[row].isFinite }
        }
        let lost = count - kept.count
        if lost > 0 { findings.append("\(lost) rows with gaps are left out") }
        guard !kept.isEmpty else { throw mistake("no row is left: all have gaps") }
      }
    }
    guard kept.count * (inputs.count + targets.count) <= ModelLimits.numbers else {
      throw mistake("more than \(ModelLimits.numbers) numbers")
    }
    var samples = Samples(
      inputCount: inputs.count, targetCount: max(targets.count, 1),
      inputs: kept.flatMap { row in inputs.map { columns[$0].values[row] } },
      targets: targets.isEmpty
        ? [Double](repeating: 0, count: kept.count)
        : kept.flatMap { row in targets.map { columns[$0].values[row] } })
    if let words { samples.name(words) }
    if isNamed { samples.inputNames = inputs.map { columns[$0].name } }
    if classes, let only = samples.targets.first, samples.targets.allSatisfy({ $0 == only }) {
      throw mistake("all targets are alike; a classifier needs at least two classes")
    }
    var table = FileTable(
      path: path, columns: self.columns, target: target, samples: samples,
      targetNames: isNamed ? targets.map { columns[$0].name } : [], findings: findings)
    table.rearranged = rearranged
    if classes, words == nil { table.classNumbers = Set(samples.targets).sorted() }
    return table
  }
}
