import ArgumentParser
import Presets
import Training

/// `glissade share`: an experiment in one line.
struct ShareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share",
    abstract: "Print a preset as one line that can be sent.",
    discussion: """
      The line begins with glz1: and stands wherever a preset is named: glissade 'glz1:…', \
      glissade run 'glz1:…'. It holds \
      the experiment with its changes and the title, compressed, with a checksum; not the name, \
      notes, lesson or variants.

      Data from a file are not in it: the line names the file, and whoever reads it must allow \
      that with --allow-files.
      """)

  @OptionGroup var preset: PresetOptions

  @Flag(help: "Print a link of TensorFlow Playground instead, where the experiment fits one.")
  var playground = false

  func run() throws {
    do {
      let loaded = try preset.load(from: Wiring.shelf)
      if playground {
        let settings = try PlaygroundSettings(of: loaded)
        return try OutputFile.standardOutput.write(lines: [settings.link])
      }
      let files = ShareString.files(of: loaded)
      if !files.isEmpty {
        StandardError.write(
          lines: [
            "glissade: the line names \(files.joined(separator: ", ")), "
              + "which the receiver needs too"
          ])
      }
      try OutputFile.standardOutput.write(lines: [ShareString.string(of: loaded)])
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
