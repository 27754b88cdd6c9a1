import Doctor
import Lanes
import Models
import Presets
import Training

/// Remedies of what was found, each tried on the run before it is told.
struct TriedRemedies {
  /// What a remedy came to, best first.
  private enum Rank: Int, Comparable, CaseIterable {
    /// Nothing is wrong any more.
    case mends
    /// That cause is gone and the loss is lower, or it is for people to do.
    case betters
    /// The same is still found, but the loss is clearly lower.
    case helps
    /// It is of no help by itself.
    case vain

    static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
  }

  /// The most steps times samples times parameters of a run whose remedies are tried.
  private static let most = 3_000_000_000.0

  private let preset: Preset
  private let steps: Int
  private let sick: Doctor.Judgement

  /// Findings of a preset's first `steps` steps, with the remedies that help, best first.
  ///
  /// A remedy that helps only where the file's dated changes do not undo it is told with
  /// `changes=`, which leaves them out. Where none helps, all are told, and that they do not. Those
  /// of long runs of large models are told untried.
  static func findings(
    of sick: Doctor.Judgement, in preset: Preset, steps: Int
  ) -> [Finding] {
    guard !sick.findings.isEmpty, let run = try? Run(preset.experiment) else {
      return sick.findings
    }
    let size = Double(max(run.objective.sampleCount, 1) * max(run.objective.parameterCount, 1))
    guard Double(steps) * size <= most else { return sick.findings }
    let trial = TriedRemedies(preset: preset, steps: steps, sick: sick)
    return sick.findings.map { finding in
      var finding = finding
      finding.remedies = trial.tried(finding)
      return finding
    }
  }

  private func tried(_ finding: Finding) -> [Finding.Remedy] {
    var ranked: [(remedy: Finding.Remedy, rank: Rank)] = []
    for remedy in finding.remedies {
      guard !remedy.settings.isEmpty else {
        ranked.append((remedy, .betters))
        continue
      }
      var (best, rank) = (remedy, self.rank(remedy, finding.cause))
      if rank != .mends, !preset.experiment.changes.isEmpty {
        let alone = Finding.Remedy(
          remedy.text + ", in place of the changes that the file makes on the way",
          [Setting(key: "changes", value: "")] + remedy.settings, afresh: remedy.startsAfresh)
        if let without = self.rank(alone, finding.cause), without < rank ?? .vain {
          (best, rank) = (alone, without)
        }
      }
      if let rank { ranked.append((best, rank)) }
    }
    if ranked.contains(where: { $0.rank < .vain && !$0.remedy.settings.isEmpty }) {
      ranked.removeAll { $0.rank == .vain }
    }
    return Rank.allCases.flatMap { rank in
      ranked.filter { $0.rank == rank }.map { entry in
        guard rank == .vain else { return entry.remedy }
        var remedy = entry.remedy
        remedy.text += " (tried: not enough by itself)"
        return remedy
      }
    }
  }

  /// What a remedy comes to; nil where the preset does not take it.
  private func rank(_ remedy: Finding.Remedy, _ cause: String) -> Rank? {
    guard let mended = try? SettingEditor(preset).begin(remedy.settings).preset else { return nil }
    let length = remedy.settings.contains { $0.key == "steps" } ? mended.experiment.steps : steps
    guard let judged = try? Doctor.judge(mended.experiment, steps: length) else { return nil }
    guard judged.loss.isFinite else { return .vain }
    if judged.findings.isEmpty { return .mends }
    let isComparable = Self.loss(of: mended.experiment) == Self.loss(of: preset.experiment)
    if !judged.findings.contains(where: { $0.cause == cause }) {
      return !isComparable || judged.loss < sick.loss ? .betters : .vain
    }
    let (before, after) =
      if let before = sick.testLoss, let after = judged.testLoss { (before, after) } else {
        (sick.loss, judged.loss)
      }
    let isLower = !before.isFinite || after < before - 0.1 * abs(before)
    return isComparable && isLower ? .helps : .vain
  }

  /// What the loss is called, and whether penalties are part of it.
  private static func loss(of experiment: Experiment) -> [String] {
    guard case .model(let model) = experiment.problem else { return [] }
    return [model.loss.name, "\(model.reduction)", "\(model.l1)", "\(model.l2)"]
  }
}
