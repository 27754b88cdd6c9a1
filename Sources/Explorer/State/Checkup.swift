package import Doctor
import Models
package import Training

/// The doctor at work beside a run: examines it on a thread of its own when it has grown, and keeps
/// what was found.
///
/// A run is examined when it has twice the steps of the last time, when it has ended, or when its
/// settings were changed some steps ago; never for more than a fortieth of the time, not where
/// replaying it would take long, and not while moments of the past pass by.
package final class Checkup: Sendable {
  /// What was found.
  package struct Report: Sendable {
    /// What was found, most important first.
    package var findings: [Finding]
    /// The steps that were judged.
    package var step: Int
    /// What remedies came to when they were tried, by finding and remedy.
    package var outcomes: [Place: Mending.Outcome] = [:]
    /// What the run itself came to in these steps, beside which remedies are judged; nil before
    /// they are tried.
    package var own: Mending.Outcome?
    /// Remedies that the run does not take.
    package var unfit: Set<Place> = []
    /// Whether remedies are being tried, or were.
    var isTried = false
  }

  /// A remedy of a report.
  package struct Place: Hashable, Sendable {
    /// The number of the finding.
    package var finding: Int
    /// The number of the remedy in it.
    package var remedy: Int
  }

  fileprivate struct Desk: Sendable {
    /// The run that was seen last.
    var run: RunID?
    var changes = 0
    var step = 0
    var report: Report?
    var ticket = 0
    var isBusy = false
    /// When the last examination ended, and how long it took.
    var end: ContinuousClock.Instant?
    var duration = Duration.zero
  }

  /// The fewest steps that are judged unasked.
  private static let fewest = 50
  /// The most steps times samples times parameters that are replayed.
  private static let most = 3_000_000_000.0

  private let desk = Locked(Desk())
  /// The thread of examinations; nil: they are made at once, and only when asked for.
  private let thread: SlowProbes?

  /// A doctor who calls `wake` from a thread of its own when something was found out; without it,
  /// it examines only when asked, and at once.
  package init(wake: (@Sendable () -> Void)? = nil) { thread = wake.map { SlowProbes(wake: $0) } }

  /// What was found last of the run that was seen last; nil before the first examination.
  package var report: Report? { desk.withLock { $0.report } }
  /// Whether an examination is going on.
  package var isBusy: Bool { desk.withLock { $0.isBusy } }

  /// Takes in a snapshot, and examines its run where that is due.
  ///
  /// - Parameters:
  ///   - isPassing: It is one of many that are shown one after the other, as one goes back in time:
  ///     it is not examined, however due that is.
  ///   - session: What has run so far.
  /// - Returns: Whether it is due and was put off: to be seen again in a while, even if nothing new
  ///   comes.
  @discardableResult
  package func see(
    _ snapshot: Snapshot, isPassing: Bool = false, session: @autoclosure () -> Experiment
  ) -> Bool {
    let isUnasked = thread != nil
    let (isDue, ticket) = desk.withLock { desk -> (Bool, Int?) in
      desk.forget(unless: snapshot)
      if isUnasked { desk.letGo(snapshot) }
      guard isUnasked, desk.isDue(snapshot) else { return (false, nil) }
      let isPutOff = isPassing || desk.isBusy || !desk.isRested
      return (true, isPutOff ? nil : desk.begin(snapshot))
    }
    if let ticket { begin(session(), steps: snapshot.step, ticket: ticket) }
    return isDue && ticket == nil
  }

  /// Examines the run of a snapshot now, whatever it takes; returns at once where there is a thread
  /// for it.
  func examine(_ snapshot: Snapshot, session: @autoclosure () -> Experiment) {
    guard snapshot.step > 0 else { return }
    let ticket = desk.withLock { desk -> Int? in
      desk.forget(unless: snapshot)
      guard !desk.isBusy, desk.report?.step != snapshot.step else { return nil }
      return desk.begin(snapshot)
    }
    if let ticket { begin(session(), steps: snapshot.step, ticket: ticket) }
  }

  /// Tries the remedies of a report, one after the other, beside the run as it is; `mending` works
  /// one out.
  func tryOut(
    _ report: Report, of session: Experiment,
    mending: @escaping @Sendable (Finding, Finding.Remedy) -> Mending?
  ) {
    let ticket = desk.withLock { desk -> Int? in
      guard desk.report?.step == report.step, desk.report?.isTried == false, !desk.isBusy else {
        return nil
      }
      desk.report?.isTried = true
      return desk.ticket
    }
    guard let ticket else { return }
    var stages: [@Sendable () -> any Sendable] = [
      { [self] in
        let own = Mending.outcome(of: session, after: report.step)
        desk.withLock { if $0.ticket == ticket { $0.report?.own = own } }
        return true
      }
    ]
    for (number, finding) in report.findings.enumerated() {
      for (index, remedy) in finding.remedies.prefix(9).enumerated()
      where !remedy.settings.isEmpty {
        stages.append { [self] in
          guard desk.withLock({ $0.ticket == ticket }) else { return false }
          let place = Place(finding: number, remedy: index)
          guard let mended = mending(finding, remedy) else {
            desk.withLock { if $0.ticket == ticket { $0.report?.unfit.insert(place) } }
            return true
          }
          let outcome = mended.outcome(after: report.step)
          desk.withLock { desk in
            guard desk.ticket == ticket, let outcome else { return }
            desk.report?.outcomes[place] = outcome
          }
          return true
        }
      }
    }
    guard let thread else {
      for stage in stages { _ = stage() }
      return
    }
    thread.begin("remedies", stages: stages)
  }

  private func begin(_ session: Experiment, steps: Int, ticket: Int) {
    guard let thread else { return examine(session, steps: steps, ticket: ticket) }
    thread.begin(
      "doctor",
      stages: [
        { [self] in
          examine(session, steps: steps, ticket: ticket)
          return true
        }
      ])
  }

  private func examine(_ session: Experiment, steps: Int, ticket: Int) {
    let start = ContinuousClock.now
    let findings = (try? Doctor.diagnose(session, steps: steps, proofs: true)) ?? []
    let end = ContinuousClock.now
    desk.withLock { desk in
      desk.isBusy = false
      desk.end = end
      desk.duration = end - start
      // Another run has begun meanwhile.
      guard desk.ticket == ticket else { return }
      desk.report = Report(findings: findings, step: steps)
    }
  }
}

extension Checkup.Desk {
  /// Forgets what was found of another run.
  fileprivate mutating func forget(unless snapshot: Snapshot) {
    guard run != snapshot.run || snapshot.step < step else { return }
    run = snapshot.run
    changes = 0
    step = 0
    report = nil
    ticket += 1
  }

  /// Whether a run has become too long to be examined unasked.
  private func isTooLong(_ snapshot: Snapshot) -> Bool {
    let size = max(snapshot.objective.sampleCount, 1) * max(snapshot.objective.parameterCount, 1)
    return Double(snapshot.step) * Double(size) > Checkup.most
  }

  /// Forgets what was found less than half-way of a run that is too long to be examined again: it
  /// may not be so any more.
  fileprivate mutating func letGo(_ snapshot: Snapshot) {
    guard let told = report?.step, snapshot.step > 2 * told, isTooLong(snapshot) else { return }
    report = nil
  }

  /// Whether a fortieth of the time is not used up.
  fileprivate var isRested: Bool {
    guard let end else { return true }
    return ContinuousClock.now - end >= duration * 40
  }

  fileprivate func isDue(_ snapshot: Snapshot) -> Bool {
    guard snapshot.step >= 1, snapshot.step != step, !isTooLong(snapshot) else { return false }
    switch snapshot.status {
    case .diverged, .finished: return true
    case .paused, .running:
      guard snapshot.step >= Checkup.fewest else { return false }
      let last = snapshot.changes.last?.step ?? 0
      return snapshot.step >= 2 * step
        || snapshot.changes.count != changes && snapshot.step >= last + Checkup.fewest
    }
  }

  fileprivate mutating func begin(_ snapshot: Snapshot) -> Int {
    isBusy = true
    changes = snapshot.changes.count
    step = snapshot.step
    ticket += 1
    return ticket
  }
}
