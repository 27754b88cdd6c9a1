import Training

extension PresetReader {
  /// A race in one line, as far as the line alone tells.
  func race(_ node: PresetNode) -> String? {
    guard let text = reader.text(node, "race", limit: PresetLimits.summary) else { return nil }
    if text.isEmpty { return text }
    do {
      let count = try Race.parts(text).values.count
      if (1...Race.limit).contains(count) { return text }
      problems.add(node.origin, "a race has 1 to \(Race.limit) runs, these are \(count)")
    } catch {
      for diagnostic in error.diagnostics { problems.add(node.origin, diagnostic.message) }
    }
    return nil
  }

  /// A map in one line, as far as the line alone tells.
  func map(_ node: PresetNode) -> String? {
    guard let text = reader.text(node, "map", limit: PresetLimits.summary) else { return nil }
    if text.isEmpty { return text }
    do {
      _ = try MapLine(text)
      return text
    } catch {
      for diagnostic in error.diagnostics { problems.add(node.origin, diagnostic.message) }
      return nil
    }
  }
}
