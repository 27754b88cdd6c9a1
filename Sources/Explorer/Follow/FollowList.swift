import Metrics
import Terminal
import Views

/// The list of runs and series, with what is best and what the crosshair reads.
struct FollowList {
  /// A line of it.
  private enum Line: Equatable {
    case runHead, seriesHead, blank
    case row(Follow.Row)
    case note(String)
  }

  private let follow: Follow
  private let area: Rect
  private let lines: [Line]
  private let first: Int

  /// The list in a place.
  init(_ follow: Follow, _ area: Rect) {
    self.follow = follow
    self.area = area
    let rows = follow.rows
    var lines: [Line] = [.runHead]
    lines += rows.compactMap { if case .run = $0 { .row($0) } else { nil } }
    lines += [.blank, .seriesHead]
    lines += rows.compactMap { if case .series = $0 { .row($0) } else { nil } }
    let notes = FollowList.notes(follow)
    if !notes.isEmpty { lines += [.blank] + notes.map { .note($0) } }
    // Where all have no room, the headings stay away and the chosen line is seen.
    if lines.count > area.height {
      lines = rows.map { .row($0) } + notes.map { .note($0) }
    }
    self.lines = lines
    let chosen = lines.firstIndex(of: .row(follow.chosen)) ?? 0
    first = max(0, min(chosen - area.height / 2, lines.count - area.height))
  }

  /// The row of the list at a row of the window.
  func row(at y: Int) -> Follow.Row? {
    let place = y - area.y + first
    guard lines.indices.contains(place), case .row(let row) = lines[place] else { return nil }
    return row
  }

  /// Draws it.
  func draw(into canvas: inout Canvas) {
    let columns = Columns(follow, area)
    for (offset, line) in lines[first...].prefix(area.height).enumerated() {
      let y = area.y + offset
      switch line {
      case .blank: break
      case .note(let text): write(text, area.x, y, theme.muted, into: &canvas)
      case .runHead:
        write("run", area.x + 5, y, theme.muted, into: &canvas)
        for column in columns.ofRuns {
          right(column.title, column.end, y, theme.muted, into: &canvas)
        }
      case .seriesHead:
        write("series", area.x + 5, y, theme.muted, into: &canvas)
        for (title, end) in columns.ofSeries {
          right(title, end, y, theme.muted, into: &canvas)
        }
      case .row(let row):
        if row == follow.chosen {
          canvas.fill(
            Rect(x: area.x - 1, y: y, width: area.width + 2, height: 1),
            with: Cell(
              " ", style: Style(foreground: theme.text, background: appearance.chosen)))
          write("▸", area.x - 1, y, theme.text, into: &canvas)
        }
        switch row {
        case .run(let number): draw(run: number, y, columns, into: &canvas)
        case .series(let number): draw(series: number, y, columns, into: &canvas)
        }
      }
    }
  }

  private var appearance: Appearance { follow.appearance }
  private var theme: Theme { appearance.theme }

  private func write(
    _ text: String, _ x: Int, _ y: Int, _ color: Color, limit: Int = .max,
    attributes: Attributes = [], into canvas: inout Canvas
  ) {
    canvas.writeCut(
      text, x: x, y: y, limit: min(limit, area.maxX - x), within: area.inset(left: -1, right: -1),
      glyphs: appearance.glyphs, foreground: color, attributes: attributes)
  }

  private func right(
    _ text: String, _ end: Int, _ y: Int, _ color: Color, into canvas: inout Canvas
  ) {
    let cut = appearance.width(text) > 9 ? String(text.prefix(8)) + "…" : text
    write(cut, end - appearance.width(cut), y, color, into: &canvas)
  }

  /// Where the columns of both tables end.
  private struct Columns {
    /// A column of the runs: rows, the last value of a series, how the source stands.
    enum Content { case rows, value(Int), state }
    var ofRuns: [(content: Content, title: String, end: Int)] = []
    var ofSeries: [(title: String, end: Int)] = []
    /// Where names end.
    let nameEnd: Int

    init(_ follow: Follow, _ area: Rect) {
      let table = follow.frame.table
      let stateWidth = area.width >= 44 ? 16 : 8
      var end = area.maxX
      ofRuns = [(.state, "state", end)]
      end -= stateWidth
      let values = area.width >= 56 ? 2 : area.width >= 40 ? 1 : 0
      for pane in follow.panes.prefix(values).reversed() {
        guard let number = pane.series.first else { continue }
        ofRuns.append((.value(number), table.names[number], end))
        end -= 10
      }
      if area.width >= 34 {
        ofRuns.append((.rows, "rows", end))
        end -= 9
      }
      nameEnd = max(area.x + 9, end)
      ofSeries = [("pane", area.maxX), ("at", area.maxX - 6), ("best", area.maxX - 16)]
    }
  }

  private func swatch(_ isShown: Bool, _ color: Color, _ y: Int, into canvas: inout Canvas) {
    let mark = isShown ? "■" : "□"
    write(
      appearance.glyphs == .ascii ? (isShown ? "#" : "-") : mark, area.x + 1, y,
      isShown ? color : theme.muted, into: &canvas)
  }

  private func draw(run number: Int, _ y: Int, _ columns: Columns, into canvas: inout Canvas) {
    let table = follow.frame.table
    let run = table.runs[number]
    let isShown = !follow.hiddenRuns.contains(number)
    let color = table.runs.count == 1 ? theme.text : theme.series(number)
    swatch(isShown, number < 8 ? color : theme.muted, y, into: &canvas)
    write(
      run.name == "-" ? "standard input" : run.name, area.x + 3, y,
      isShown ? theme.text : theme.muted,
      limit: columns.nameEnd - area.x - 4,
      attributes: follow.chosen == .run(number) ? .bold : [], into: &canvas)
    for column in columns.ofRuns {
      switch column.content {
      case .rows:
        right(NumberText.count(run.rows), column.end, y, theme.text, into: &canvas)
      case .value(let name):
        let series = name < run.series.count ? run.series[name] : nil
        let point = series.flatMap { series in
          follow.cursor.map { follow.place(of: series, in: run, at: $0) } ?? series.last
        }
        right(
          point.map { NumberText.compact($0.value) } ?? "—", column.end, y,
          point.map { !$0.value.isFinite } ?? false ? theme.bad : theme.text, into: &canvas)
      case .state:
        let source = follow.frame.sources[run.source]
        let (text, tone) = FollowList.words(source, theme)
        write(text, column.end - appearance.width(text), y, tone, into: &canvas)
      }
    }
  }

  private func draw(series number: Int, _ y: Int, _ columns: Columns, into canvas: inout Canvas) {
    let table = follow.frame.table
    let name = table.names[number]
    let isShown = !follow.hiddenSeries.contains(number)
    swatch(isShown, theme.text, y, into: &canvas)
    let wantsGreatest = SeriesSense.wantsGreatest(name)
    write(
      name + (wantsGreatest ? "  (greatest)" : ""), area.x + 3, y,
      isShown ? theme.text : theme.muted, limit: area.width - 30,
      attributes: follow.chosen == .series(number) ? .bold : [], into: &canvas)
    var best: (value: Double, step: Double, run: Int)?
    for (place, run) in table.runs.enumerated() where !follow.hiddenRuns.contains(place) {
      guard number < run.series.count, let series = run.series[number], series.count > 0 else {
        continue
      }
      let own = wantsGreatest ? series.greatest : series.least
      if best.map({ wantsGreatest ? own.value > $0.value : own.value < $0.value }) ?? true {
        best = (own.value, own.step, place)
      }
    }
    let ends = columns.ofSeries.map(\.end)
    if let best {
      right(
        NumberText.compact(best.value), ends[2], y, theme.text, into: &canvas)
      if table.runs.count > 1 {
        write("━━", ends[2] - 12, y, theme.series(best.run), into: &canvas)
      }
      right(
        FollowNotes.step(best.step), ends[1], y, theme.text, into: &canvas)
    }
    let pane = follow.panes.first { $0.series.contains(number) }
      .flatMap { pane in follow.paneNames.firstIndex(of: pane.name) }
    right(pane.map { "\($0 + 1)" } ?? "—", ends[0], y, theme.muted, into: &canvas)
  }

  /// How a source stands, in few words.
  static func words(_ source: MetricsFrame.Source, _ theme: Theme) -> (String, Color) {
    switch source.state {
    case .missing: ("waited for", theme.warning)
    case .live: (source.event ?? "live", source.event == nil ? theme.good : theme.warning)
    case .silent(let seconds):
      (
        "silent for \(seconds < 100 ? "\(Int(seconds)) s" : "\(Int(seconds / 60)) min")",
        theme.warning
      )
    case .ended: ("ended", theme.muted)
    case .failed(let why): (why, theme.bad)
    }
  }

  /// What is to be told besides.
  private static func notes(_ follow: Follow) -> [String] {
    let frame = follow.frame
    var notes: [String] = []
    for source in frame.sources {
      let name = source.path == "-" ? "standard input" : source.path
      if case .failed(let why) = source.state { notes.append("\(name): \(why)") }
      if case .missing = source.state { notes.append("waiting for \(name)") }
      if let event = source.event { notes.append("\(name) was \(event)") }
      if source.hasRest, source.state == .live {
        notes.append("the last line of \(name) waits for its end")
      }
    }
    let late = frame.table.runs.reduce(0) { sum, run in
      run.series.reduce(sum) { $0 + ($1?.late ?? 0) }
    }
    if late > 0 { notes.append("\(NumberText.count(late)) values came late and were sorted in") }
    notes += FollowNotes.lacks(of: frame)
    if follow.isByClock, !frame.table.hasTimes {
      notes.append("rows tell no time: the clock is that of their coming")
    }
    return notes
  }
}
