import Lanes
import Terminal
import Training

extension View {
  /// The runs of a race in order.
  package static let ranking = View(
    name: "ranking",
    summary:
      "The runs of a race in order: loss, when the goal was reached, who led, who is fast",
    holdsAllMoments: { _ in true },
    suits: { $0.race != nil },
    title: { _ in "ranking" },
    readout: RankingView.readout,
    pick: RankingView.pick,
    draw: RankingView.draw)
}

private enum RankingView {
  static func readout(_ scene: Scene) -> [String] {
    guard let race = scene.snapshot.race else { return [] }
    var parts = ["at step " + NumberText.count(race.step)]
    if let goal = race.race.goal { parts.append("goal loss ≤ " + Scene.number(goal)) }
    if race.race.isFair { parts.append("each at its best rate") }
    return parts
  }

  /// A column of the table.
  private struct Column {
    var title: String
    var cells: [String]
    var isLeft = false
  }

  /// The rows of runs that are shown, and the first of them.
  private static func rows(_ scene: Scene, _ race: RaceStanding, _ area: Rect) -> (Int, Int) {
    let room = max(0, area.height - 1)
    let count = min(race.count, room)
    let leader = race.order.firstIndex(of: race.leader) ?? 0
    return (max(0, min(leader - count / 2, race.count - count)), count)
  }

  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard let race = scene.snapshot.race, area.contains(place) else { return .nothing }
    let (first, count) = rows(scene, race, area)
    let row = place.y - area.y - 1
    guard row >= 0, row < count else { return .nothing }
    return .leader(race.order[first + row])
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "—" }
    return NumberText.compact(value, digits: 3)
  }

  /// The columns, the first of which stay longest.
  private static func columns(
    _ scene: Scene, _ race: RaceStanding, _ shown: ArraySlice<Int>
  ) -> [Column] {
    let places = race.places
    let isDiverged = { (number: Int) in race.runs[number].divergedAt != nil }
    var columns = [
      Column(title: "", cells: shown.map { isDiverged($0) ? "×" : "\(places[$0])" }),
      Column(
        title: race.race.key.split(separator: ".").last.map(String.init) ?? race.race.key,
        cells: shown.map { scene.name($0, of: race) }, isLeft: true),
      Column(
        title: "loss",
        cells: shown.map { number in
          race.runs[number].divergedAt.map { "diverged at \(NumberText.count($0))" }
            ?? self.number(race.runs[number].loss)
        }),
    ]
    if race.race.isFair {
      columns.append(
        Column(title: "best η", cells: shown.map { number(race.race.rate($0)) }))
    }
    if race.runs.contains(where: { $0.accuracy != nil }) {
      columns.append(
        Column(
          title: "right",
          cells: shown.map { number in
            race.runs[number].accuracy.map { NumberText.percent($0) }
              ?? "—"
          }))
    }
    if let goal = race.race.goal {
      columns.append(
        Column(
          title: "to " + Scene.number(goal),
          cells: shown.map { race.arrival($0, at: goal).map(NumberText.count) ?? "—" }))
    }
    columns.append(
      Column(
        title: "led",
        cells: shown.map { number in
          let share = race.shareLed(number)
          return share > 0 ? "\(Int((share * 100).rounded())) %" : "—"
        }))
    columns.append(
      Column(
        title: "tenfold every",
        cells: shown.map { number in
          guard !isDiverged(number), let steps = race.stepsPerDecade(number), steps < 1e12 else {
            return "—"
          }
          return NumberText.count(Int(steps.rounded())) + " steps"
        }))
    return columns
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let race = scene.snapshot.race else {
      scene.note("no race: type `race` and what differs in the palette", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    let (first, count) = rows(scene, race, area)
    let shown = race.order[first..<first + count]
    var columns = columns(scene, race, shown)
    let lead = 6
    func widths() -> [Int] {
      columns.map { column in
        ([column.title] + column.cells).map { scene.glyphs.width($0) }.max() ?? 0
      }
    }
    while columns.count > 3,
      widths().reduce(0, +) + 2 * (columns.count - 1) + lead > area.width
    {
      columns.removeLast()
    }
    let widths = widths()
    // Where there is room, columns stand apart.
    let free = area.width - lead - widths.reduce(0, +) - 2 * (columns.count - 1)
    let gap = 2 + max(0, min(4, free / max(1, columns.count - 1)))
    let hidden = scene.snapshot.many.race.hidden
    for row in -1..<count {
      let y = area.y + row + 1
      guard y < area.maxY else { break }
      let number = row < 0 ? nil : shown[shown.startIndex + row]
      let isLeader = number == race.leader
      if isLeader, !theme.isMonochrome {
        let ground = theme.pane.mixed(with: theme.focusedBorder, 0.1)
        for x in area.x..<area.maxX where canvas.bounds.contains(Point(x: x, y: y)) {
          canvas[x, y].style.background = ground
        }
      }
      var x = area.x
      for (index, column) in columns.enumerated() {
        let text = row < 0 ? column.title : column.cells[row]
        let used = scene.glyphs.width(text)
        let isDiverged = number.map { race.runs[$0].divergedAt != nil } ?? false
        let color =
          row < 0
          ? theme.muted
          : isDiverged && index == 2
            ? theme.bad
            : number.map { hidden.contains($0) } == true ? theme.muted : theme.text
        canvas.writeCut(
          text, x: column.isLeft ? x : x + widths[index] - used, y: y,
          limit: max(0, area.maxX - x), within: area, glyphs: scene.glyphs, foreground: color)
        x += widths[index] + gap
        if index == 0, let number {
          drawSwatch(
            number, scene, race, isHidden: hidden.contains(number), x: x - gap + 1, y: y, area,
            into: &canvas)
        }
        if index == 0 { x += lead - gap }
      }
    }
    drawWords(
      scene, race,
      Rect(
        x: area.x, y: area.y + count + 2, width: area.width,
        height: max(0, area.height - count - 2)), into: &canvas)
  }

  /// The leader's mark, and the colour of a curve.
  private static func drawSwatch(
    _ number: Int, _ scene: Scene, _ race: RaceStanding, isHidden: Bool, x: Int, y: Int,
    _ area: Rect, into canvas: inout Canvas
  ) {
    let color = scene.racer(number, of: race)
    if number == race.leader {
      canvas.mark(
        scene.glyphs.mark("▸", ascii: ">"), at: Point(x: x, y: y), within: area,
        foreground: scene.theme.warning)
    }
    let isPlain = scene.theme.isMonochrome || scene.glyphs == .ascii
    let mark = isHidden ? "  " : isPlain ? scene.letter(number) + " " : "━━"
    canvas.writeCut(
      mark, x: x + 1, y: y, limit: 2, within: area, glyphs: scene.glyphs, foreground: color)
  }

  /// Who is lowest, who is fastest; of seeds, how sure that is.
  private static func drawWords(
    _ scene: Scene, _ race: RaceStanding, _ area: Rect, into canvas: inout Canvas
  ) {
    guard !area.isEmpty else { return }
    let theme = scene.theme
    var lines: [(String, String, Color)] = []
    if race.isOverSeeds {
      lines = sureness(scene, race)
    } else {
      if let best = race.order.first, race.runs[best].divergedAt == nil {
        lines.append(("lowest loss", scene.name(best, of: race), theme.text))
      }
      let fastest = (0..<race.count).filter { race.runs[$0].divergedAt == nil }
        .compactMap { number in race.stepsPerDecade(number).map { (number, $0) } }
        .min { $0.1 < $1.1 }
      if let (number, steps) = fastest, steps < 1e12 {
        let count = NumberText.count(Int(steps.rounded()))
        let whole = "\(scene.name(number, of: race)), tenfold every \(count) steps"
        let fits = scene.glyphs.width(whole) <= area.width - 14
        lines.append(
          (
            "steepest fall", fits ? whole : "tenfold in \(count): \(scene.label(number, of: race))",
            theme.good
          ))
      }
      lines.append(
        (
          "rates",
          race.race.members.contains { $0.change != nil }
            ? "as asked, or as `now` says"
            : race.race.isFair
              ? "of 64 over six decades the one with the least loss"
              : area.width < 70
                ? "the preset's, not the best"
                : "as the preset has them: `race fair` finds each run's best", theme.muted
        ))
    }
    for (row, line) in lines.prefix(area.height).enumerated() {
      canvas.writeCut(
        line.0, x: area.x, y: area.y + row, limit: min(13, area.width), within: area,
        glyphs: scene.glyphs, foreground: theme.muted)
      canvas.writeCut(
        line.1, x: area.x + 14, y: area.y + row, limit: max(0, area.width - 14), within: area,
        glyphs: scene.glyphs, foreground: line.2)
    }
  }

  private static func sureness(
    _ scene: Scene, _ race: RaceStanding
  ) -> [(String, String, Color)] {
    let theme = scene.theme
    func text(_ value: Double) -> String { value.isFinite ? Scene.number(value) : "∞" }
    let ranked = race.runs.map { $0.loss.isNaN ? .infinity : $0.loss }.sorted()
    let (low, median, high) = RaceStanding.quartiles(race.count)
    var lines = [
      ("median", text(ranked[median]), theme.text),
      ("quartiles", "\(text(ranked[low])) … \(text(ranked[high]))", theme.text),
      ("extremes", "\(text(ranked[0])) … \(text(ranked[race.count - 1]))", theme.text),
    ]
    if let goal = race.race.goal {
      let there = ranked.count { $0 <= goal }
      let interval = Wilson(there, of: race.count)
      lines.append(
        (
          "at the goal",
          "\(there) of \(race.count); 95 % interval \(interval.text)", theme.good
        ))
    }
    return lines
  }
}
