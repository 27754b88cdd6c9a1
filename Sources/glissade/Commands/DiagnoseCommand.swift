import ArgumentParser
import Doctor
import Presets
import Training

/// `glissade diagnose`: what keeps a run from what it is meant to do.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract:
      "Say why a run does not learn: what is wrong, since when, on what evidence, and what to do.",
    discussion: """
      The run is replayed and examined; nothing is said of a run that has done its work. A finding \
      is exact where a theorem \
      says so about this run, else a rule of thumb whose figure is given. `glissade list causes` \
      shows all causes with \
      their criteria. \
      Each remedy has been tried before it is told: those that mend come first, those that do not \
      help are left out where \
      another does.

      It exits with 0 whether something is found or not. --json prints one object: file, sick, \
      findings, the most \
      important first.
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    parsing: .unconditional, help: "How many steps to judge (default: what the preset says).",
    transform: WholeNumber.read)
  var steps: Int?

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func validate() throws {
    if let steps, !(1...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 1 to \(PresetLimits.steps)")
    }
  }

  func run() throws {
    do {
      let loaded = try preset.load(from: Wiring.shelf)
      let length = steps ?? loaded.experiment.steps
      let judged = try Doctor.judge(loaded.experiment, steps: length)
      let findings = TriedRemedies.findings(of: judged, in: loaded, steps: length)
      let report = DiagnosisReport(file: preset.preset, findings: findings)
      try OutputFile.standardOutput.write(lines: json ? [report.json.line] : report.lines)
    } catch {
      throw ExitStatus.report(error)
    }
  }
}
