import Presets
import Testing
import Training

@testable import Doctor

@Suite("Remedies")
struct RemedyTests {
  @Test("Each is taken by the preset, and one of them mends", arguments: DiagnosisTests.sick)
  func mends(_ sample: Sample) throws {
    let preset = try sample.preset()
    let steps = preset.experiment.steps
    let sick = try Doctor.judge(preset.experiment, steps: steps)
    let finding = try #require(sick.findings.first)
    let remedies = finding.remedies.filter { !$0.settings.isEmpty }
    var isMended = remedies.isEmpty
    for remedy in remedies {
      let mended = try SettingEditor(preset).begin(remedy.settings).preset.experiment
      guard !isMended else { continue }
      let judged = try Doctor.judge(
        mended, steps: remedy.settings.contains { $0.key == "steps" } ? mended.steps : steps)
      isMended =
        judged.loss.isFinite
        && (!judged.findings.contains { $0.cause == finding.cause }
          || judged.loss < 0.9 * sick.loss)
    }
    #expect(isMended, "\(finding.cause): \(remedies.map(\.text))")
  }
}
