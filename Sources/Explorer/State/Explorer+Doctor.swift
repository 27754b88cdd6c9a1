import Doctor
import Lanes
import Training

extension Explorer {
  /// What the doctor found in this run, most important first.
  var findings: [Finding] { checkup.report?.findings ?? [] }

  /// The run so far as it can be replayed: how it began, and what was changed at which step.
  private var replayed: Experiment { savedRun.experiment }

  /// Lets the doctor look at the newest snapshot.
  func consultDoctor() { checkup.see(snapshot, session: replayed) }

  /// Opens the doctor's box, and has the run examined as it is now.
  mutating func openDoctor() -> [Effect] {
    if let refused = refuseCovered() { return refused }
    guard snapshot.step > 0 else {
      say("the doctor judges what has run: nothing has yet", .warning)
      return []
    }
    checkup.examine(snapshot, session: replayed)
    return open(DoctorBox())
  }

  /// Carries out a remedy: the run begins anew with its settings over those in force.
  mutating func mend(_ remedy: Finding.Remedy) -> [Effect] {
    var base = savedPreset
    if remedy.startsAfresh, let original = snapshot.original {
      // Where it is about the start or the data, settings that were changed under way stay as they
      // are.
      base.start = original.start
    }
    say(remedy.text, .good)
    return [.begin(LessonRun(base: base, settings: remedy.settings, beginning: .running))]
  }
}
