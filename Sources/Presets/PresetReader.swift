import Lanes
import Training

/// Reads the tree of a preset into a `Preset`, gathering everything that is wrong with it.
struct PresetReader {
  /// The preset's name.
  let name: String
  /// The folder that relative paths start from.
  let directory: String
  /// The views that exist; nil when they are not to be checked.
  let views: [String]?
  /// The keys of the explorer, as lessons name them; nil when they are not to be checked.
  var keys: [String]?
  /// What is wrong so far.
  var problems = Problems()
  /// How far it is tried.
  var extent = PresetExtent.whole

  /// Reads values.
  var reader: NodeReader { NodeReader(problems: problems) }

  /// The preset, or everything that is wrong.
  func read(_ root: PresetNode) throws(PresetError) -> Preset {
    var draft = PresetDraft(name: name)
    take(root, into: &draft)
    if let preset = finish(&draft, whole: root.origin), problems.diagnostics.isEmpty {
      if extent != .listing {
        let check = ExperimentCheck(problems: problems) { ExperimentCheck.place($0, in: root) }
        _ = check.begin(preset.experiment)
      }
      if extent == .whole, problems.diagnostics.isEmpty {
        SettingEditor.checkVariants(of: preset, in: root, views: views, problems: problems)
        LessonCheck(root: root, views: views, problems: problems).check(preset)
      }
      if problems.diagnostics.isEmpty { return preset }
    }
    guard problems.diagnostics.isEmpty else { throw PresetError(problems.diagnostics) }
    throw PresetError(root.origin, "this is not a preset")
  }

  /// Reads every key of a preset.
  private func take(_ root: PresetNode, into draft: inout PresetDraft) {
    let keys = PresetKeys.top
    guard
      let map = MappingReader(
        root, "a preset", allowed: ["glissade"] + keys.map(\.name), problems: problems)
    else { return }
    version(map)
    let kind: PresetDraft.Kind? =
      map["function"] != nil
      ? .function
      : map["network"] != nil ? .network : map["model"] ?? map["data"] != nil ? .model : nil
    if let kind {
      draft.become(kind)
    } else {
      problems.add(
        map.node.origin,
        "a preset needs `function:` (with a formula or a landscape) or `model:` and `data:`")
    }
    for key in keys {
      guard kind == nil || key.owner.fits(kind) else {
        guard let origin = map.keyOrigin(key.name) else { continue }
        problems.add(
          origin,
          kind == .function
            ? "\(key.name) belongs to a model, and this preset has a function; give either, not "
              + "both"
            : "\(key.name) belongs to a model, and this preset has a network of another kind")
        continue
      }
      take(key, from: map, as: key.name, into: &draft)
    }
  }

  private func version(_ map: MappingReader) {
    guard let node = map["glissade"] else {
      problems.add(map.node.origin, "the first line of a preset is `glissade: 1`")
      return
    }
    guard let version = reader.integer(node, "glissade", in: 0...Int.max) else { return }
    if version != 1 {
      problems.add(
        node.origin, "this program reads presets of version 1, not \(version)")
    }
  }

  /// A number, or one over the greatest eigenvalue.
  func learningRate(_ node: PresetNode) -> LearningRate? {
    guard case .scalar(let text, _) = node.content else {
      reader.expected("a number or `1/lambda_max`", node, for: "learning_rate")
      return nil
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmingSpaces)
    if parts.count == 2, parts[1] == "lambda_max" {
      guard let factor = ExactDecimal.number(parts[0]), factor >= 0 else {
        problems.add(
          node.origin,
          "learning_rate: \(EscapedText.quoted(parts[0])) over lambda_max is not a number of at "
            + "least 0"
        )
        return nil
      }
      return .overLargestEigenvalue(factor)
    }
    guard DecimalText.read(text, comma: false) != .other else {
      reader.expected("a number or `1/lambda_max`", node, for: "learning_rate")
      return nil
    }
    return reader.setting(node, LearningRate.number).map { .value($0) }
  }

  /// A seed.
  func seed(_ node: PresetNode, _ what: String) -> UInt64? {
    if case .scalar(let text, _) = node.content, let seed = UInt64(text) { return seed }
    reader.expected("a whole number from 0 to \(UInt64.max)", node, for: what)
    return nil
  }

  /// Steps per second, or all that can be done.
  func pace(_ node: PresetNode) -> Double? {
    if case .scalar("full", _) = node.content { return .infinity }
    guard case .scalar(let text, _) = node.content, ExactDecimal.number(text) != nil else {
      reader.expected("steps per second, or `full`", node, for: "pace")
      return nil
    }
    return reader.number(node, "pace", in: 1e-3...1e12)
  }

  /// Names of views that exist.
  func viewNames(_ node: PresetNode) -> [String]? {
    let items = reader.items(node)
    guard items.count <= PresetLimits.views else {
      problems.add(
        node.origin, "\(items.count) views; at most \(PresetLimits.views) are allowed")
      return nil
    }
    return reader.all(items) { item in
      guard let name = reader.text(item, "a view", limit: PresetLimits.title) else { return nil }
      if let views, !views.contains(name) {
        let near = Spelling.nearest(to: name, in: views)
        problems.add(
          item.origin,
          "there is no view \(EscapedText.quoted(name))"
            + (near.map { "; did you mean \($0)?" }
              ?? "; there are \(views.joined(separator: ", "))")
        )
        return nil
      }
      return name
    }
  }
}
