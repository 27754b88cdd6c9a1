import Lanes
import Training

/// A branch of a saved session while it is read or written.
struct BranchDraft: Equatable, Sendable {
  /// The branch; without a beginning of its own, the original is the preset's experiment.
  var branch: SavedSession.Branch
  /// Whether it begins as the preset does.
  var beginsAsPreset = true
  /// Whether it is the one that is shown.
  var isShown = false

  /// The branches of a session.
  static func all(_ session: SavedSession?) -> [BranchDraft] {
    guard let session, let shown = session.shown else { return [] }
    return session.branches.map { branch in
      BranchDraft(
        branch: branch, beginsAsPreset: branch.original.isSameBeginning(as: shown.original),
        isShown: branch.id == shown.id)
    }
  }
}

extension Experiment {
  /// Whether runs of both begin alike.
  fileprivate func isSameBeginning(as other: Experiment) -> Bool {
    var (a, b) = (self, other)
    a.changes = []
    b.changes = []
    return a == b
  }
}

extension PresetWriter {
  /// A branch of a session.
  func branch(_ draft: BranchDraft) -> PresetNode {
    let branch = draft.branch
    var entries: [PresetNode.Entry] = [.init("id", .number(branch.id))]
    if let parent = branch.parent { entries.append(.init("from", .number(parent))) }
    if branch.fork.step > 0 { entries.append(.init("left_at", .number(branch.fork.step))) }
    if branch.fork.changes > 0 { entries.append(.init("shared", .number(branch.fork.changes))) }
    if branch.family != 1 { entries.append(.init("family", .number(branch.family))) }
    if !branch.name.isEmpty { entries.append(.init("name", .text(branch.name))) }
    if draft.isShown { entries.append(.init("shown", .flag(true))) }
    if !draft.beginsAsPreset {
      var begins = Preset(branch.original)
      begins.changes = []
      entries.append(.init("begins", write(begins)))
    }
    let lists = [
      ("planned", branch.original.changes), ("changes", branch.changes), ("ahead", branch.ahead),
    ]
    for (key, changes) in lists where !changes.isEmpty {
      entries.append(.init(key, .list(changes.map { PresetWriter.change($0) })))
    }
    entries.append(.init("steps", .number(branch.steps)))
    entries.append(.init("digest", .text(branch.digest)))
    return .map(entries)
  }
}

extension PresetReader {
  /// The branches of a session.
  func branches(_ node: PresetNode) -> [BranchDraft]? {
    guard case .sequence(let items) = node.content else {
      reader.expected("a list", node, for: "branches")
      return nil
    }
    guard items.count <= Session.branchLimit else {
      problems.add(
        node.origin, "\(items.count) branches; at most \(Session.branchLimit) are allowed")
      return nil
    }
    var last = 0
    var hasShown = false
    var steps: [Branch.ID: Int] = [:]
    return reader.all(items) { item in
      guard let draft = branch(item) else { return nil }
      let branch = draft.branch
      if branch.id <= last {
        problems.add(item.origin, "branches must be in the order of their numbers (`id:`)")
      }
      if draft.isShown, hasShown {
        problems.add(item["shown"]?.origin ?? item.origin, "only one branch can be shown")
      }
      if let parent = branch.parent, parent != branch.id, let length = steps[parent],
        branch.fork.step > length
      {
        problems.add(
          item["left_at"]?.origin ?? item.origin,
          "left_at: branch \(parent) has only \(length) steps")
      }
      last = max(last, branch.id)
      hasShown = hasShown || draft.isShown
      steps[branch.id] = branch.steps
      return draft
    }
  }

  private func branch(_ node: PresetNode) -> BranchDraft? {
    guard
      let map = MappingReader(
        node, "a branch",
        allowed: [
          "id", "from", "left_at", "shared", "family", "name", "shown", "begins", "planned",
          "changes", "ahead", "steps", "digest",
        ], problems: problems)
    else { return nil }
    let lacking = ["id", "steps", "digest"].filter { map[$0] == nil }
    if !lacking.isEmpty {
      let names = lacking.map { "`\($0):`" }.joined(separator: " and ")
      problems.add(node.origin, "a branch needs \(names)")
    }
    let numbers = 1...1_000_000_000
    guard let idNode = map["id"], let id = reader.integer(idNode, "id", in: numbers),
      let stepsNode = map["steps"],
      let steps = reader.integer(stepsNode, "steps", in: 0...PresetLimits.steps),
      let digestNode = map["digest"],
      let digest = reader.text(digestNode, "digest", limit: 16)
    else { return nil }
    if digest.count != 16 || !digest.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
      problems.add(
        digestNode.origin,
        "digest: 16 hexadecimal digits are expected, as W writes them")
    }
    let count = { (key: String, range: ClosedRange<Int>) in
      map[key].flatMap { reader.integer($0, key, in: range) }
    }
    let list = { (key: String) in map[key].flatMap { changes($0) } ?? [] }
    var original = PresetDraft(name: name).experiment
    if let begins = map["begins"] {
      var own = self
      own.extent = .listing
      do throws(PresetError) {
        let preset = try own.read(begins)
        original = preset.experiment
        if PresetName.problem(preset.title) == nil { original.name = preset.title }
      } catch {
        // They are among the reader's problems already.
        return nil
      }
    }
    original.changes = list("planned")
    var branch = SavedSession.Branch(
      id: id, original: original, steps: steps, digest: digest)
    branch.parent = count("from", 1...max(1, id - 1))
    branch.fork = Moment(
      step: count("left_at", 0...PresetLimits.steps) ?? 0,
      changes: count("shared", 0...PresetLimits.changes) ?? 0)
    branch.family = count("family", numbers) ?? 1
    branch.name =
      map["name"].flatMap { reader.text($0, "name", limit: PresetLimits.title) } ?? ""
    branch.changes = list("changes")
    branch.ahead = list("ahead")
    return BranchDraft(
      branch: branch, beginsAsPreset: map["begins"] == nil,
      isShown: map["shown"].flatMap { reader.flag($0, "shown") } ?? false)
  }

  /// The session of a preset, once its experiment is known.
  func session(
    _ drafts: [BranchDraft], of experiment: Experiment, _ places: Places
  ) -> SavedSession? {
    guard let last = drafts.last else { return nil }
    var beginning = experiment
    beginning.changes = []
    let branches = drafts.map { draft in
      var branch = draft.branch
      let planned = branch.original.changes
      if draft.beginsAsPreset { branch.original = beginning }
      branch.original.changes = []
      let begin = branch.original
      let at = places.value("branches")
      branch.original.changes = followed(planned, from: begin, at: at)
      let all = followed(branch.changes + branch.ahead, from: begin, at: at)
      branch.changes = Array(all.prefix(branch.changes.count))
      branch.ahead = Array(all.dropFirst(branch.changes.count))
      return branch
    }
    let shown = (drafts.first(where: \.isShown) ?? last).branch.id
    if let branch = branches.first(where: { $0.id == shown }),
      branch.changes + branch.ahead != experiment.changes
    {
      problems.add(
        places.has("changes") ? places.value("changes") : places.value("branches"),
        "the preset's changes are not those of branch \(shown), which is shown: make both alike, "
          + "or "
          + "take `branches:` away")
    }
    return SavedSession(branches: branches, current: shown)
  }
}
