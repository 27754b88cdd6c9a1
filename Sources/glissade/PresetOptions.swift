import ArgumentParser
import Presets
import Training

/// A preset on the command line, with settings over it.
struct PresetOptions: ParsableArguments {
  @Argument(help: "A preset's name, or the path of a preset file.")
  var preset: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Changes one key of the preset, with the same keys as in preset files.",
      discussion: "learning_rate=0.05, optimizer=adam, beta1=0.8, data.noise=0.1, start.x=4, "
        + "hidden=8,8, variant=\"starts at 4\". May be given several times; later ones win.",
      valueName: "key=value"))
  var settings: [String] = []

  /// The experiment with the settings applied.
  func load(from shelf: PresetShelf) throws -> Experiment {
    try Self.apply(settings, to: shelf.load(preset), shelf: shelf)
  }

  /// `experiment` with settings, `variant=NAME` standing for those of a variant.
  static func apply(
    _ settings: [String], to experiment: Experiment, shelf: PresetShelf
  ) throws -> Experiment {
    var all: [Setting] = []
    for text in settings {
      let setting = try SettingPath.parse(text)
      if setting.key == "variant" {
        all += try experiment.settings(ofVariant: setting.value)
      } else {
        all.append(setting)
      }
    }
    return try SettingPath.apply(all, to: experiment, views: shelf.views)
  }
}
