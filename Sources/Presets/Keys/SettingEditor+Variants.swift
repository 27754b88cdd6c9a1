import Lanes
import Training

extension SettingEditor {
  /// Reports what is wrong with the variants of `preset`, where the preset's tree `root` has them.
  static func checkVariants(
    of preset: Preset, in root: PresetNode, views: [String]?, problems: Problems
  ) {
    guard case .sequence(let nodes)? = root["variants"]?.content else { return }
    var plain = preset
    plain.variants = []
    plain.changes = []
    plain.lesson = nil
    let editor = SettingEditor(plain, views: views, isTrial: true)
    for (variant, node) in zip(preset.variants, nodes) {
      do {
        _ = try editor.begin(variant.settings)
      } catch {
        for diagnostic in error.diagnostics {
          problems.add(
            place(of: diagnostic, in: node),
            "variant \(EscapedText.quoted(variant.name)): \(diagnostic.message)")
        }
      }
    }
  }

  /// An experiment that begins just where `experiment` does, and costs little to begin: of many
  /// samples that are drawn only some are.
  static func small(_ experiment: Experiment) -> Experiment {
    var small = experiment
    switch experiment.batching {
    case .full, .sequential, .carried, .shuffled, .withReplacement: break
    // These name rows.
    case .blocks, .numpyBlocks, .blockSequence, .explicit: return experiment
    }
    switch experiment.problem {
    case .model(var model):
      model.data.drawFewer()
      small.problem = .model(model)
    case .network(var network):
      network.data.drawFewer()
      small.problem = .network(network)
    case .function: break
    }
    return small
  }

  /// Where a variant, or a step of a lesson, writes the setting that a diagnostic is about.
  static func place(of diagnostic: Diagnostic, in variant: PresetNode) -> Origin {
    guard case .setting(let label) = diagnostic.origin,
      case .mapping(let entries)? = variant["set"]?.content,
      let entry = entries.first(where: {
        "\($0.key)=\(SettingText.write($0.value))" == label
      })
    else { return variant.origin }
    return entry.value.origin
  }
}

extension DataSource {
  /// Enough samples to see whether a run can begin.
  private static let fewSamples = 2048.0

  /// Draws no more samples than show whether a run can begin.
  fileprivate mutating func drawFewer() {
    guard case .generated(var choice) = origin, let count = choice.settings["samples"],
      count > Self.fewSamples
    else { return }
    choice.settings["samples"] = Self.fewSamples
    origin = .generated(choice)
  }
}
