import Doctor
import Lanes
import Terminal
import Training
import Views

/// The doctor's box: what keeps the run from what it is meant to do, the evidence, and remedies
/// that digits carry out.
struct DoctorBox: Overlay {
  private var number = 0
  private var top = 0

  /// One line of the box.
  private struct Line {
    var text: String
    var color: Color
    var isBold = false
    /// The remedy that a click on it carries out.
    var remedy: Int?
  }

  func area(in explorer: Explorer) -> Rect {
    let width = min(86, explorer.size.width - 4)
    let height = max(5, min(lines(explorer, width: width - 6).count + 4, explorer.size.height - 4))
    return Rect(
      x: (explorer.size.width - width) / 2, y: (explorer.size.height - height) / 2, width: width,
      height: height)
  }

  private func finding(_ explorer: Explorer) -> Finding? {
    let findings = explorer.findings
    return findings.isEmpty ? nil : findings[number % findings.count]
  }

  private func lines(_ explorer: Explorer, width: Int) -> [Line] {
    let theme = explorer.appearance.theme
    guard let finding = finding(explorer) else {
      let text =
        explorer.checkup.report == nil
        ? "Looking at the run…"
        : "Nothing found in \(NumberText.count(explorer.checkup.report?.step ?? 0)) steps; "
          + "\(Cause.catalogue.entries.count) causes asked."
      return Reader.wrap(text, width: max(1, width)).map { Line(text: $0, color: theme.text) }
    }
    var lines: [Line] = []
    func add(_ text: String, _ color: Color, bold: Bool = false, remedy: Int? = nil) {
      // What fits keeps its columns.
      if explorer.appearance.width(text) <= width {
        lines.append(Line(text: text, color: color, isBold: bold, remedy: remedy))
        return
      }
      lines += Reader.wrap(text, width: max(1, width)).map {
        Line(text: $0, color: color, isBold: bold, remedy: remedy)
      }
    }
    let cause = Cause.catalogue[finding.cause]
    add(cause?.title ?? finding.cause, theme.warning, bold: true)
    add(finding.words, theme.text)
    add("", theme.text)
    add("since       step \(NumberText.count(finding.since))", theme.text)
    add(
      "certainty   " + (finding.isExact ? "theorem: it holds of this run" : "rule of thumb"),
      finding.isExact ? theme.good : theme.warning)
    if let cause { add("criterion   " + cause.criterion, theme.muted) }
    add("", theme.text)
    let widest = finding.evidence.map(\.name.count).max() ?? 0
    for evidence in finding.evidence.prefix(8) {
      let gap = String(repeating: " ", count: widest - evidence.name.count + 2)
      add(
        evidence.name.spaced + gap + NumberText.compact(evidence.value, digits: 4), theme.muted)
    }
    add("", theme.text)
    for (index, remedy) in finding.remedies.prefix(9).enumerated() {
      guard !remedy.settings.isEmpty else {
        add("·  \(remedy.text)", theme.text)
        continue
      }
      add("\(index + 1)  \(remedy.text)", theme.good, bold: true, remedy: index)
      let settings = remedy.settings.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      add("   " + settings, theme.muted, remedy: index)
    }
    return lines
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.control { return .ignored }
    let area = area(in: explorer)
    switch key.code {
    case .escape, .enter, .character("q"), .character("!"): return .close
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
    guard let remedies = finding(explorer)?.remedies, remedies.indices.contains(index),
      !remedies[index].settings.isEmpty
    else { return .stay }
    return .closeAnd(.mend(remedies[index]))
  }

  private mutating func scroll(by rows: Int, _ explorer: Explorer, _ area: Rect) {
    let count = lines(explorer, width: area.width - 6).count
    top = max(0, min(top + rows, count - max(1, area.height - 4)))
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    scroll(by: up ? -3 : 3, explorer, area(in: explorer))
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = area(in: explorer)
    let lines = lines(explorer, width: area.width - 6)
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
    let lines = lines(explorer, width: area.width - 6)
    let height = max(0, area.height - 4)
    let first = max(0, min(top, lines.count - height))
    for row in 0..<height where first + row < lines.count {
      let line = lines[first + row]
      appearance.write(
        line.text, at: Point(x: area.x + 3, y: area.y + 2 + row), limit: area.width - 6,
        color: line.color, attributes: line.isBold ? .bold : [], into: &canvas)
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    var hints: [(keys: String, label: String)] = []
    let remedies = finding(explorer)?.remedies.filter { !$0.settings.isEmpty }.count ?? 0
    if remedies > 0 { hints.append((remedies == 1 ? "1" : "1–\(remedies)", "mend")) }
    if explorer.findings.count > 1 { hints.append(("d", "next finding")) }
    return hints + [("up down", "scroll"), ("esc", "back")]
  }
}
