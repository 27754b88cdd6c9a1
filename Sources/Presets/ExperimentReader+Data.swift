import Lanes
import Training

extension ExperimentReader {
  /// Keys that every kind of data may have.
  static let preparationKeys = ["test_fraction", "standardize", "added"]
  /// Keys of rows given in the preset, and of CSV files.
  static let inlineKeys = ["inputs", "targets", "rows"]
  static let csvKeys = ["csv", "columns", "target", "header", "delimiter"]

  /// Where samples come from; `classes`: targets must be of more than one class.
  func data(_ node: PresetNode, classes: Bool) -> DataSource? {
    if case .scalar = node.content {
      return reader.choice(node, .datasets).map { DataSource(.generated($0)) }
    }
    guard case .mapping = node.content else {
      reader.expected(
        "a name (\(ChoiceKind.datasets.names.joined(separator: ", "))) or a mapping", node,
        for: "data")
      return nil
    }
    let origin: DataSource.Origin?
    let map: MappingReader?
    var format = CSVFormat()
    if node["csv"] != nil {
      map = MappingReader(
        node, "data from a CSV file", allowed: Self.csvKeys + Self.preparationKeys,
        problems: problems)
      origin = map.flatMap { csv($0, classes: classes, format: &format) }
    } else if Self.inlineKeys.contains(where: { node[$0] != nil }) {
      map = MappingReader(
        node, "data in rows", allowed: Self.inlineKeys + Self.preparationKeys,
        problems: problems)
      origin = map.flatMap(inline)
    } else {
      let choice = reader.choice(node, .datasets, besides: Self.preparationKeys)
      origin = choice.map { .generated($0) }
      // Keys were checked with the choice; here only values are looked up.
      map = MappingReader(
        node, "data",
        allowed: ["name"] + Self.preparationKeys
          + (choice.flatMap { ChoiceKind.datasets.settings[$0.name] } ?? []).map(\.name),
        problems: choice == nil ? Problems() : problems)
    }
    guard let map, let origin else { return nil }
    var source = DataSource(origin)
    source.csv = format
    prepare(map, &source)
    return source
  }

  private func prepare(_ map: MappingReader, _ source: inout DataSource) {
    if let node = map["test_fraction"],
      let value = reader.number(node, "test_fraction", in: 0...0.9)
    {
      source.testFraction = value
    }
    if let node = map["standardize"], let value = reader.flag(node, "standardize") {
      source.standardize = value
    }
    if let node = map["added"] {
      source.added = reader.all(reader.items(node), point) ?? []
    }
  }

  /// A sample added by hand.
  func point(_ node: PresetNode) -> AddedPoint? {
    guard
      let map = MappingReader(
        node, "a point", allowed: ["inputs", "targets"], problems: problems)
    else { return nil }
    guard let inputs = map["inputs"], let targets = map["targets"] else {
      problems.add(node.origin, "a point needs `inputs:` and `targets:`")
      return nil
    }
    guard let first = reader.numbers(inputs, "inputs"),
      let second = reader.numbers(targets, "targets")
    else { return nil }
    return AddedPoint(inputs: first, targets: second)
  }

  private func inline(_ map: MappingReader) -> DataSource.Origin? {
    if let node = map["rows"] {
      map.atMostOne(of: ["rows", "inputs"], "data")
      map.atMostOne(of: ["rows", "targets"], "data")
      guard let rows = reader.rows(node, "rows") else { return nil }
      guard let width = rows.first?.count, width >= 2 else {
        problems.add(
          node.origin, "rows must hold at least one row of inputs with the target as last number")
        return nil
      }
      return .inline(
        inputs: rows.map { Array($0.dropLast()) }, targets: rows.map { [$0[width - 1]] })
    }
    guard let inputNode = map["inputs"], let targetNode = map["targets"] else {
      problems.add(map.node.origin, "data in rows needs `inputs:` and `targets:`, or `rows:`")
      return nil
    }
    guard let inputs = reader.rows(inputNode, "inputs"),
      let targets = reader.rows(targetNode, "targets")
    else { return nil }
    guard !inputs.isEmpty, inputs[0].count > 0 else {
      problems.add(inputNode.origin, "inputs must hold at least one row of at least one number")
      return nil
    }
    guard inputs.count == targets.count else {
      problems.add(
        targetNode.origin,
        "there are \(inputs.count) rows of inputs, but \(targets.count) of targets")
      return nil
    }
    guard targets[0].count > 0 else {
      problems.add(targetNode.origin, "targets must hold at least one number a row")
      return nil
    }
    return .inline(inputs: inputs, targets: targets)
  }

  private func csv(
    _ map: MappingReader, classes: Bool, format: inout CSVFormat
  ) -> DataSource.Origin? {
    guard let node = map["csv"], let path = reader.text(node, "csv", limit: 4_096) else {
      return nil
    }
    if let node = map["header"] { format.header = reader.flag(node, "header") }
    if let node = map["delimiter"] {
      format.delimiter = reader.word(
        node, "delimiter",
        [
          (",", ","), (";", ";"), ("\t", "\t"), ("tab", "\t"), ("|", "|"), ("space", " "),
          (" ", " "),
        ])
    }
    func names(_ key: String) -> [String]? {
      guard let node = map[key] else { return [] }
      return reader.all(reader.items(node)) { reader.text($0, key, limit: 200) }
    }
    guard let columns = names("columns"), let target = names("target") else { return nil }
    let request = CSVRequest(
      path: PresetPaths.resolve(path, in: directory), columns: columns, target: target,
      format: format, classes: classes)
    do {
      let table = try request.read(
        origin: node.origin, columnsOrigin: map["columns"]?.origin ?? node.origin,
        targetOrigin: map["target"]?.origin ?? node.origin)
      return .csv(
        path: request.path, columns: columns, target: target, inputs: table.inputs,
        targets: table.targets)
    } catch {
      for diagnostic in error.diagnostics { problems.add(diagnostic) }
      return nil
    }
  }
}
