import Doctor
import Lanes
import Terminal
import Training
import Views

/// The doctor's box: what keeps the run from what it is meant to do, the evidence with the picture
/// that proves it, and remedies that digits carry out.
struct DoctorBox: Overlay {
  private var number = 0
  private var top = 0
  /// Whether the criterion is told too.
  private var isLong = false

  /// One line of the box.
  private struct Line {
    var text: String
    var color: Color
    var isBold = false
    /// The remedy that a click on it carries out.
    var remedy: Int?
    /// What stands at the right end: a remedy's loss, accuracy and verdict.
    var end: (text: String, color: Color)?
  }

  /// The lines, and where the picture stands beside them.
  private struct Page {
    var lines: [Line] = []
    /// The lines beside which the picture stands, and its columns.
    var picture: (rows: Range<Int>, x: Int, width: Int)?
    /// Lines up to the end of the first remedy.
    var throughFirstRemedy = 0
  }

  /// Rows of the picture where there are few, and where there are many.
  private static func pictureHeight(_ height: Int) -> Int { height < 32 ? 8 : 14 }

  func area(in explorer: Explorer) -> Rect {
    let isTall = explorer.size.height >= 32
    // Where room is short it takes the whole width: borders of panes beside it would double its
    // own.
    let width = min(116, explorer.size.width - (isTall ? 4 : 0))
    let most = explorer.size.height - (isTall ? 4 : 2)
    let height = max(5, min(page(explorer, width: width - 6).lines.count + 4, most))
    return Rect(
      x: (explorer.size.width - width) / 2, y: (explorer.size.height - height) / 2, width: width,
      height: height)
  }

  private func finding(_ explorer: Explorer) -> (index: Int, finding: Finding)? {
    let findings = explorer.findings
    guard !findings.isEmpty else { return nil }
    return (number % findings.count, findings[number % findings.count])
  }

  /// All lines. In a window in which the first remedy would lie below what proves it and out of
  /// sight, it comes before it.
  private func page(_ explorer: Explorer, width: Int) -> Page {
    let page = page(explorer, width: width, remedyFirst: false)
    let room = explorer.size.height - (explorer.size.height >= 32 ? 8 : 6)
    return page.throughFirstRemedy <= room
      ? page : self.page(explorer, width: width, remedyFirst: true)
  }

  private func page(_ explorer: Explorer, width: Int, remedyFirst: Bool) -> Page {
    let theme = explorer.appearance.theme
    var page = Page()
    func add(
      _ text: String, _ color: Color, bold: Bool = false, remedy: Int? = nil, limit: Int? = nil
    ) {
      // What fits keeps its columns.
      let limit = limit ?? width
      let lines =
        explorer.appearance.width(text) <= limit
        ? [text] : Reader.wrap(text, width: max(1, limit))
      page.lines += lines.map { Line(text: $0, color: color, isBold: bold, remedy: remedy) }
    }
    guard let (index, finding) = finding(explorer) else {
      add(
        explorer.checkup.report == nil
          ? "Looking at the run…"
          : "Nothing found in \(NumberText.count(explorer.checkup.report?.step ?? 0)) steps; "
            + "\(Cause.catalogue.entries.count) causes asked.", theme.text)
      return page
    }
    let cause = Cause.catalogue[finding.cause]
    add(cause?.title ?? finding.cause, theme.warning, bold: true)
    add(finding.words, theme.text)
    add(
      "since step \(NumberText.count(finding.since)), "
        + (finding.isExact ? "a theorem: it holds of this run" : "a rule of thumb"),
      finding.isExact ? theme.good : theme.warning)
    if let cause, isLong { add("criterion: " + cause.criterion, theme.muted) }
    func add(_ place: Int, _ remedy: Finding.Remedy) {
      guard !remedy.settings.isEmpty else {
        add("·  \(remedy.text)", theme.text)
        return
      }
      let end = outcome(Checkup.Place(finding: index, remedy: place), explorer)
      let room = width - explorer.appearance.width(end.text) - 2
      let first = page.lines.count
      let worth = worth(Checkup.Place(finding: index, remedy: place), explorer)
      let isVain = (worth ?? .better) > .better
      add(
        "\(place + 1)  \(remedy.text)", isVain ? theme.muted : theme.text, bold: !isVain,
        remedy: place, limit: room)
      page.lines[first].end = end
      let settings = Mending.words(remedy.settings, between: ": ")
      add("   " + settings, theme.muted, remedy: place, limit: room)
    }
    let remedies = DoctorBox.sorted(finding, number: index, explorer.checkup.report)
    func addAll(_ places: some Sequence<Int>) {
      for place in places {
        add(place, finding.remedies[place])
        if page.throughFirstRemedy == 0 { page.throughFirstRemedy = page.lines.count }
      }
    }
    if remedyFirst { addAll(remedies.prefix(1)) }
    add("", theme.text)
    addEvidence(finding, explorer, width: width, to: &page)
    add("", theme.text)
    addAll(remedies.dropFirst(remedyFirst ? 1 : 0))
    return page
  }

  /// Remedies of a finding, as places among them, by what they came to when they were tried: those
  /// that heal first, those in vain last; what is not tried keeps the doctor's order. Each keeps
  /// its digit.
  static func sorted(_ finding: Finding, number: Int, _ report: Checkup.Report?) -> [Int] {
    let all = Array(finding.remedies.prefix(9).indices)
    guard let report, let own = report.own else { return all }
    func rank(_ index: Int) -> (rank: Int, outcome: Mending.Outcome?) {
      let place = Checkup.Place(finding: number, remedy: index)
      // What no setting carries out cannot be tried, and stays between those that help and the
      // others.
      if report.unfit.contains(place) { return (5, nil) }
      guard let outcome = report.outcomes[place] else { return (2, nil) }
      switch outcome.worth(beside: own) {
      case .healthy: return (0, outcome)
      case .better: return (1, outcome)
      case .vain: return (3, outcome)
      case .diverges: return (4, outcome)
      }
    }
    let ranks = all.map(rank)
    return all.sorted { a, b in
      if ranks[a].rank != ranks[b].rank { return ranks[a].rank < ranks[b].rank }
      if let mine = ranks[a].outcome, let other = ranks[b].outcome {
        if mine.isBetter(than: other) { return true }
        if other.isBetter(than: mine) { return false }
      }
      return a < b
    }
  }

  /// What a remedy that was tried is worth; nil where it was not.
  private func worth(_ place: Checkup.Place, _ explorer: Explorer) -> Mending.Outcome.Worth? {
    guard let report = explorer.checkup.report, let own = report.own else { return nil }
    return report.outcomes[place]?.worth(beside: own)
  }

  /// The numbers, and beside them the picture where there is room for both.
  private func addEvidence(
    _ finding: Finding, _ explorer: Explorer, width: Int, to page: inout Page
  ) {
    let theme = explorer.appearance.theme
    let first = page.lines.count
    let widest = finding.evidence.map(\.name.count).max() ?? 0
    page.lines.append(Line(text: DoctorBox.moment(explorer), color: theme.text))
    for evidence in finding.evidence.prefix(8) {
      let gap = String(repeating: " ", count: widest - evidence.name.count + 2)
      let moment = evidence.step.map { " at step \(NumberText.count($0))" } ?? ""
      page.lines.append(
        Line(
          text: evidence.name.spaced + gap + NumberText.compact(evidence.value, digits: 4)
            + moment,
          color: theme.muted))
    }
    guard finding.proof != nil else { return }
    let left = page.lines[first...].reduce(0) { max($0, explorer.appearance.width($1.text)) } + 3
    let height = DoctorBox.pictureHeight(explorer.size.height)
    guard width - left >= 30 else {
      // No room beside the numbers: below them.
      let from = page.lines.count
      page.lines += [Line](repeating: Line(text: "", color: theme.text), count: height)
      page.picture = (from..<(from + height), 0, width)
      return
    }
    while page.lines.count < first + height { page.lines.append(Line(text: "", color: theme.text)) }
    page.picture = (first..<(first + height), left, width - left)
  }

  /// Of which moment the numbers are, and where the run is by now.
  private static func moment(_ explorer: Explorer) -> String {
    let judged = explorer.checkup.report?.step ?? 0
    let now = explorer.snapshot.step
    return "judged at step \(NumberText.count(judged))"
      + (now == judged ? "" : "; now \(NumberText.count(now))")
  }

  /// What became of a remedy that was tried, in as many steps as were judged.
  private func outcome(
    _ place: Checkup.Place, _ explorer: Explorer
  ) -> (text: String, color: Color) {
    let theme = explorer.appearance.theme
    if explorer.checkup.report?.unfit.contains(place) == true {
      return ("does not fit", theme.muted)
    }
    guard let outcome = explorer.checkup.report?.outcomes[place] else {
      return (explorer.appearance.glyphs == .ascii ? "..." : "…", theme.muted)
    }
    if outcome.isDiverged { return ("diverges", theme.bad) }
    let right = outcome.accuracy.map { "  \(NumberText.percent($0)) right" }
    let text = "loss \(NumberText.compact(outcome.loss, digits: 3))\(right ?? "")"
    if worth(place, explorer) == .vain { return (text + "  no better", theme.warning) }
    return outcome.isHealthy ? (text + "  healthy", theme.good) : (text, theme.muted)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.control { return .ignored }
    let area = area(in: explorer)
    switch key.code {
    case .escape, .character("q"), .character("!"): return .close
    case .enter: isLong.toggle()
    case .up: scroll(by: -1, explorer, area)
    case .down: scroll(by: 1, explorer, area)
    case .pageUp: scroll(by: 4 - area.height, explorer, area)
    case .pageDown, .character(" "): scroll(by: area.height - 4, explorer, area)
    case .character("d"):
      number += 1
      top = 0
    case .character(let scalar) where ("1"..."9").contains(scalar):
      return carryOut(Int(scalar.value) - 49, explorer)
    default: break
    }
    return .stay
  }

  private func carryOut(_ index: Int, _ explorer: Explorer) -> OverlayReply {
    guard let finding = finding(explorer)?.finding, finding.remedies.indices.contains(index),
      !finding.remedies[index].settings.isEmpty
    else { return .stay }
    return .closeAnd(.mend(finding.remedies[index], since: finding.since))
  }

  private mutating func scroll(by rows: Int, _ explorer: Explorer, _ area: Rect) {
    let count = page(explorer, width: area.width - 6).lines.count
    top = max(0, min(top + rows, count - max(1, area.height - 4)))
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    scroll(by: up ? -3 : 3, explorer, area(in: explorer))
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = area(in: explorer)
    let lines = page(explorer, width: area.width - 6).lines
    let row = place.y - area.y - 2 + top
    guard lines.indices.contains(row), let remedy = lines[row].remedy else { return .stay }
    return carryOut(remedy, explorer)
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let area = area(in: explorer)
    let appearance = explorer.appearance
    let count = explorer.findings.count
    appearance.drawBox(
      area, title: count > 1 ? "doctor \(number % count + 1)/\(count)" : "doctor", into: &canvas)
    let width = area.width - 6
    let page = page(explorer, width: width)
    let height = max(0, area.height - 4)
    let first = max(0, min(top, page.lines.count - height))
    for row in 0..<height where first + row < page.lines.count {
      let line = page.lines[first + row]
      let place = Point(x: area.x + 3, y: area.y + 2 + row)
      appearance.write(
        line.text, at: place, limit: width,
        color: line.color, attributes: line.isBold ? .bold : [], into: &canvas)
      if let end = line.end {
        let length = appearance.width(end.text)
        appearance.write(
          end.text, at: Point(x: place.x + max(0, width - length), y: place.y), limit: length,
          color: end.color, into: &canvas)
      }
    }
    drawPicture(page, explorer, area, first: first, height: height, into: &canvas)
  }

  /// The part of the picture that is not scrolled away.
  private func drawPicture(
    _ page: Page, _ explorer: Explorer, _ area: Rect, first: Int, height: Int,
    into canvas: inout Canvas
  ) {
    guard let finding = finding(explorer)?.finding, let proof = finding.proof,
      let picture = page.picture
    else { return }
    let size = Size(width: picture.width, height: picture.rows.count)
    var paper = Canvas(size: size, blank: canvas[area.x + 1, area.y + 1])
    ProofPicture(proof: proof, since: finding.since, appearance: explorer.appearance).draw(
      in: Rect(x: 0, y: 0, width: size.width, height: size.height), into: &paper)
    for row in 0..<size.height {
      let y = picture.rows.lowerBound + row - first
      guard y >= 0, y < height else { continue }
      for column in 0..<size.width {
        canvas[area.x + 3 + picture.x + column, area.y + 2 + y] = paper[column, row]
      }
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    var hints: [(keys: String, label: String)] = []
    let remedies = finding(explorer)?.finding.remedies.filter { !$0.settings.isEmpty }.count ?? 0
    if remedies > 0 {
      hints.append((remedies == 1 ? "1" : "1–\(remedies)", "mend on a branch"))
    }
    if explorer.findings.count > 1 { hints.append(("d", "next finding")) }
    return hints + [("enter", "criterion"), ("up down", "scroll"), ("esc", "back")]
  }
}
