import Doctor
import Lanes
import Presets
import Terminal
import Training
import Views

extension Explorer {
  /// What the doctor found in this run, most important first.
  var findings: [Finding] { checkup.report?.findings ?? [] }

  /// The run so far as it can be replayed: how it began, and what was changed at which step.
  private var replayed: Experiment { savedRun.experiment }

  /// Lets the doctor look at the newest snapshot, and try remedies while his box is open. A moment
  /// of the past has to be shown for a while first: keys that go on to the next do not wait for
  /// him. Where he is busy he looks later.
  mutating func consultDoctor() {
    let isPutOff = checkup.see(snapshot, isPassing: isPast, session: replayed)
    consultation = isPutOff ? now + Self.stay : nil
    if overlays.contains(where: { $0 is DoctorBox }) { tryRemedies() }
  }

  /// How long a moment of the past is shown before the doctor looks at it, and he is left in peace.
  private static var stay: Duration { .milliseconds(400) }

  /// Lets the doctor look at what he was too busy for, or at a moment that has been shown for a
  /// while.
  mutating func consultDoctorLate() {
    consultation = checkup.see(snapshot, session: replayed) ? now + Self.stay : nil
  }

  /// Opens the doctor's box, and has the run examined as it is now.
  mutating func openDoctor() -> [Effect] {
    if let refused = refuseCovered() { return refused }
    guard snapshot.step > 0 else {
      say("the doctor judges what has run: nothing has yet", .warning)
      return []
    }
    checkup.examine(snapshot, session: replayed)
    tryRemedies()
    return open(DoctorBox())
  }

  /// Has the remedies of what was found tried, one after the other, while the box is open.
  func tryRemedies() {
    guard let report = checkup.report, !report.findings.isEmpty else { return }
    let (preset, run, views) = (savedPreset, replayed, vocabulary.views.names)
    checkup.tryOut(report, of: run) { finding, remedy in
      try? Mending(remedy, since: finding.since, preset: preset, run: run, views: views)
    }
  }

  /// Carries out a remedy: on a branch from the step before it went wrong, or on a new beginning
  /// where it is about the start; the sick run stays as a ghost.
  mutating func mend(_ remedy: Finding.Remedy, since: Int) -> [Effect] {
    let mending: Mending
    do {
      mending = try Mending(
        remedy, since: since, preset: savedPreset, run: replayed, views: vocabulary.views.names)
    } catch {
      say(error.diagnostics.map(\.message).joined(separator: "; "), .bad)
      return []
    }
    switch mending.way {
    case .part(let step, _):
      say("\(mending.label), from step \(NumberText.count(step)) on a branch: u goes back", .good)
    case .again: say("\(mending.label), begun anew: u goes back", .good)
    }
    return [ask(mending.control), setRunning(true)]
  }
}
