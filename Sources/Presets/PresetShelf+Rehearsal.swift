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

  /// Makes the race and the map that `reference` (loaded as `preset`) has, if any, as the explorer
  /// does when they are asked for.
  ///
  /// - Throws: `PresetError` with what cannot be made, at the places of the two keys; `NotFound`
  ///   when the file went away.
  package func checkManyRuns(_ reference: String, _ preset: Preset) throws {
    var findings: [(key: String, message: String)] = []
    func check(_ key: String, _ work: () throws(PresetError) -> Void) {
      do throws(PresetError) {
        try work()
      } catch {
        findings += error.diagnostics.map { (key, "\(key): \($0.description)") }
      }
    }
    if !preset.race.isEmpty {
      check("race") { () throws(PresetError) in
        let (key, values) = try Race.parts(preset.race)
        _ = try Race(preset, over: key, values: values, views: views)
      }
    }
    if !preset.map.isEmpty {
      check("map") { () throws(PresetError) in
        let map = try RunMap(preset, preset.map, views: views)
        guard map.measure.needsClasses, try Self.lacksClasses(preset) else { return }
        throw PresetError(.program, "\(map.measure.rawValue) needs classes, and there are none")
      }
    }
    guard !findings.isEmpty else { return }
    let root = try tree(of: reference)
    throw PresetError(
      findings.map { Diagnostic(root[$0.key]?.origin ?? root.origin, $0.message) })
  }

  /// Whether the runs of a preset tell no classes apart.
  ///
  /// - Throws: `PresetError` where no run can begin.
  package static func lacksClasses(_ preset: Preset) throws(PresetError) -> Bool {
    do {
      return try Run(preset.experiment).accuracy == nil
    } catch {
      throw PresetError(.program, "\(error)")
    }
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
