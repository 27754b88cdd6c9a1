import Doctor
import Lanes
import Models
import Optimization
import Terminal
import Training
import Views

/// The line at the top: how the run stands and its title at the left, figures at the right, cut by
/// priority.
struct StatusLine {
  private struct Figure {
    var text: String
    var priority: Int
    var color: Color
  }

  @Boxed private var explorer: Explorer

  /// How long the optimizer's name is kept.
  private static let optimizerPriority = 60

  /// The line of a state.
  init(_ explorer: Explorer) { self.explorer = explorer }

  /// Mark, word and colour of how the run stands.
  private var standing: (mark: String, word: String, color: Color) {
    let theme = explorer.appearance.theme
    let isPlain = explorer.appearance.glyphs == .ascii
    // Nothing of the run is told while a question about it is open.
    if explorer.cover != nil { return ("?", "your answer first", theme.warning) }
    if explorer.pending.opensSession {
      return (isPlain ? "~" : "⋯", "doing the session again", theme.warning)
    }
    if explorer.advance != nil {
      return (isPlain ? "~" : "⋯", "taking steps at once", theme.warning)
    }
    if explorer.isPast { return (isPlain ? "<" : "◀", "past", theme.warning) }
    return switch explorer.standing {
    case .running: (isPlain ? "*" : "●", "running", theme.good)
    case .paused: (isPlain ? "=" : "❙❙", "paused", theme.warning)
    case .finished: (isPlain ? "+" : "✓", "finished", theme.good)
    case .diverged: (isPlain ? "x" : "✕", "diverged", theme.bad)
    }
  }

  /// The figures in their order, each with how long it is kept.
  private var figures: [Figure] {
    guard explorer.cover == nil else { return [] }
    let theme = explorer.appearance.theme
    let snapshot = explorer.snapshot
    func figure(_ text: String, _ priority: Int, _ color: Color? = nil) -> Figure {
      Figure(text: text, priority: priority, color: color ?? theme.muted)
    }
    var list = [figure(explorer.optimizer.name, StatusLine.optimizerPriority)]
    if !Schedule.isConstant(explorer.schedule) { list.append(figure(explorer.schedule.name, 20)) }
    list.append(figure("η \(Explorer.text(explorer.learningRate))", 80))
    if let size = explorer.batching.size { list.append(figure("batch \(size)", 25)) }
    let advance = explorer.advance
    // The pace does not hold while steps are taken at once.
    if advance == nil || snapshot.stepsPerSecond > 0 { list.append(figure(speed, 40)) }
    if explorer.sampleCount > 0, snapshot.epoch != snapshot.step {
      list.append(figure("epoch \(NumberText.count(snapshot.epoch))", 30))
    }
    let newest = snapshot.newestStep.map { " of \(NumberText.count($0))" } ?? ""
    let step = NumberText.count(advance?.from ?? snapshot.step)
    let goal = advance.map { " → \(NumberText.count($0.to))" } ?? newest
    list.append(figure("step \(step)\(goal)", 90, goal.isEmpty ? nil : theme.warning))
    if let accuracy = snapshot.accuracy { list.append(figure(Self.percent(accuracy, "right"), 50)) }
    if let accuracy = snapshot.testAccuracy {
      list.append(figure(Self.percent(accuracy, "test"), 45))
    }
    if let loss = snapshot.testLoss {
      list.append(figure("test loss \(NumberText.compact(loss, digits: 3))", 35))
    }
    list.append(
      figure(
        "loss \(NumberText.compact(snapshot.loss, digits: 3))", 100,
        snapshot.loss.isFinite ? theme.text : theme.bad))
    if let race = snapshot.race {
      list.append(figure("shown ▸ \(race.race.members[race.leader].name)", 95, theme.text))
    }
    if let finding = explorer.findings.first {
      let title = Cause.catalogue[finding.cause]?.title ?? finding.cause
      let whole =
        "! \(title.prefix(1).lowercased() + title.dropFirst()) since step "
        + NumberText.count(finding.since)
      // Where room is short the mark alone leaves it to the figures.
      list.append(
        figure(explorer.size.width < 100 ? "! doctor" : whole, 85, theme.warning))
    }
    return list
  }

  /// The measured speed, or the one asked for where none is measured.
  private var speed: String {
    let measured = explorer.snapshot.stepsPerSecond
    guard explorer.standing == .running, measured.isFinite, measured > 0 else {
      return Explorer.paceText(explorer.pace)
    }
    // Two digits: a third would flicker.
    let rounded = PlotMath.int(measured, in: 0...Int.max / 4)
    return rounded < 10_000
      ? "\(NumberText.trimmed(NumberText.compact(measured, digits: 2))) steps/s"
      : "\(NumberText.count(rounded)) steps/s"
  }

  static func percent(_ share: Double, _ word: String) -> String {
    share.isFinite ? "\(NumberText.percent(share)) \(word)" : "\(word) ?"
  }

  /// A title that is too long, cut behind a word.
  private static func cut(_ title: String, to limit: Int, _ appearance: Appearance) -> String {
    guard appearance.width(title) > limit else { return title }
    var words = title.split(separator: " ")
    while words.count > 1, appearance.width(words.joined(separator: " ")) > limit - 2 {
      words.removeLast()
    }
    let last = words.joined(separator: " ").reversed().drop { ",;:".contains($0) }
    return String(last.reversed()) + " …"
  }

  /// Draws the line.
  func draw(into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let width = explorer.size.width
    canvas.fill(
      Rect(x: 0, y: 0, width: width, height: 1),
      with: Cell(" ", style: Style(foreground: theme.text, background: theme.background)))
    let (mark, word, color) = standing
    // A lesson's steps have other settings than the preset, whose title need not fit them.
    let title =
      explorer.shownLesson?.lesson.title
      ?? explorer.preset.title(of: explorer.snapshot.experiment)
    let titleWidth = appearance.width(title)
    let markWidth = appearance.width(mark) + 1
    var figures = figures
    func figuresWidth() -> Int {
      figures.reduce(0) { $0 + appearance.width($1.text) } + max(0, figures.count - 1) * 3
    }
    // Figures go one by one, the least telling first: down to the optimizer for the sake of a title
    // of up to 40 columns, and then for 24 of it; the word keeps its own where there is room.
    let wordWidth = width >= 100 ? appearance.width(word) + 2 : 0
    for (columns, limit) in [(40, StatusLine.optimizerPriority), (24, Int.max)] {
      let kept = markWidth + wordWidth + min(titleWidth, columns) + 4
      while figures.count > 1, kept + figuresWidth() > width - 2,
        let least = figures.indices.min(by: { figures[$0].priority < figures[$1].priority }),
        figures[least].priority < limit
      {
        figures.remove(at: least)
      }
    }
    let right = max(0, width - 1 - figuresWidth())
    var x = 1
    x += appearance.write(
      mark, at: Point(x: x, y: 0), limit: width - x, color: color, attributes: .bold, into: &canvas)
    x += 1
    if x + appearance.width(word) + titleWidth + 5 <= right {
      x +=
        appearance.write(
          word, at: Point(x: x, y: 0), limit: right - x, color: color, into: &canvas) + 2
    }
    appearance.write(
      Self.cut(title, to: right - x - 2, appearance), at: Point(x: x, y: 0),
      limit: right - x - 2, color: theme.text, attributes: .bold, into: &canvas)
    x = right
    for figure in figures {
      x +=
        appearance.write(
          figure.text, at: Point(x: x, y: 0), limit: width - x, color: figure.color, into: &canvas)
        + 3
    }
  }
}
