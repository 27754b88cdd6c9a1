import Lanes
import Training

extension PresetReader {
  /// Where samples come from: a name, or a mapping of a generated set, of rows, or of a CSV file.
  func data(_ node: PresetNode, into draft: inout PresetDraft) {
    if let (file, name) = misplacedFile(node) {
      problems.add(
        file.origin,
        "\(EscapedText.quoted(name)) is no data set; a file is read by "
          + "`data: {csv: \(EscapedText.visible(name)), target: COLUMN}`")
      return
    }
    if case .scalar = node.content {
      if let choice = reader.choice(node, .datasets) {
        draft.form(.generated)
        draft.data?.choice = choice
      }
      return
    }
    guard node.isMapping else {
      reader.expected(
        "a name (\(ChoiceKind.datasets.names.joined(separator: ", "))) or a mapping", node,
        for: "data")
      return
    }
    let preparation = PresetKey.preparation.map(\.inner)
    let map: MappingReader?
    if node["csv"] != nil {
      map = MappingReader(
        node, "data from a CSV file", allowed: PresetKey.table.map(\.inner) + preparation,
        problems: problems)
    } else if PresetKey.rows.contains(where: { node[$0.inner] != nil }) {
      map = MappingReader(
        node, "data in rows", allowed: PresetKey.rows.map(\.inner) + preparation,
        problems: problems)
      map?.atMostOne(of: ["rows", "inputs"], "data")
      map?.atMostOne(of: ["rows", "targets"], "data")
    } else {
      guard let choice = reader.choice(node, .datasets, besides: preparation) else { return }
      draft.form(.generated)
      draft.data?.choice = choice
      // Keys were checked with the choice; here only values are looked up.
      map = MappingReader(
        node, "data",
        allowed: ["name"] + preparation
          + (ChoiceKind.datasets.settings[choice.name] ?? []).map(\.name),
        problems: problems)
    }
    guard let map else { return }
    for part in PresetKey.table + PresetKey.rows + PresetKey.preparation {
      take(part, from: map, as: part.inner, into: &draft)
    }
  }

  /// The name of a file where the name of a data set stands, or under a key that other programs
  /// have for it.
  private func misplacedFile(_ node: PresetNode) -> (PresetNode, name: String)? {
    func text(_ node: PresetNode?) -> String? {
      guard case .scalar(let text, _)? = node?.content else { return nil }
      return text
    }
    if let named = [node, node["name"]].compactMap({ $0 }).first(where: { node in
      guard let text = text(node)?.lowercased() else { return false }
      return text.contains("/") || PresetReader.fileEndings.contains { text.hasSuffix($0) }
    }) {
      return text(named).map { (named, $0) }
    }
    guard node["name"] == nil, node["csv"] == nil else { return nil }
    for key in ["file", "filename", "path", "table", "source"] {
      if let value = node[key], let name = text(value) { return (value, name) }
    }
    return nil
  }

  /// What the names of tables end in.
  private static let fileEndings = [".csv", ".tsv", ".txt", ".dat", ".data", ".npy", ".npz"]

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
}
