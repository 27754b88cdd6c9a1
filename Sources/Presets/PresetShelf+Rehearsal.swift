package import Training

extension PresetShelf {
  /// Takes the steps of the lesson that `reference` (loaded as `preset`) has, if any.
  ///
  /// - Throws: `PresetError` with what is not as the lesson says, at the steps' places; `NotFound`
  ///   when the file went away.
  package func rehearse(_ reference: String, _ preset: Preset) throws {
    guard let rehearsal = LessonRehearsal(preset) else { return }
    let findings = rehearsal.findings()
    guard !findings.isEmpty else { return }
    let steps = try tree(of: reference)["lesson"]?["steps"]
    throw PresetError(
      findings.map { finding in
        var origin = Origin.program
        if case .sequence(let nodes)? = steps?.content, nodes.indices.contains(finding.step) {
          origin = nodes[finding.step].origin
        }
        return Diagnostic(origin, "lesson, \(finding)")
      })
  }

  /// The preset as a tree, with places.
  private func tree(of reference: String) throws -> PresetNode {
    switch try source(of: reference) {
    case .file(let path): return try YAMLComposer.compose(Self.text(path), file: path)
    case .builtIn(let name, let text):
      return try YAMLComposer.compose(text, file: "\(name).yaml")
    }
  }
}
