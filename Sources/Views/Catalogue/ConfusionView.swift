import Lanes
import Models
import Terminal
import Training

extension View {
  /// Which classes are taken for which: a matrix with recall and precision, the commonest mistakes,
  /// and the samples of one of them.
  package static let confusion = View(
    name: "confusion",
    summary: "Which classes are taken for which, with recall and precision; test and train",
    role: .asked,
    suits: { ClassAnswers.classCount($0.objective) != nil },
    title: { _ in "confusion" },
    readout: ConfusionView.readout,
    draw: ConfusionView.draw)
}

private enum ConfusionView {
  /// A share below this is marked.
  private static let weak = 0.9

  /// What `d` chose: the split (test first, where there is one), and counts or shares.
  private struct Choice {
    var split: Split
    var isShare: Bool

    init(_ scene: Scene) {
      let hasTest = scene.snapshot.objective.testCount > 0
      let number = Scene.wrapped(scene.state.selection, hasTest ? 4 : 2)
      split = hasTest && number % 2 == 0 ? .test : .train
      isShare = number >= (hasTest ? 2 : 1)
    }
  }

  private static func answers(_ scene: Scene, _ split: Split) -> ClassAnswers? {
    scene.probes.value(
      split == .train ? "confusion.train" : "confusion.test", for: scene.networkKey()
    ) {
      ClassAnswers(
        scene.snapshot.objective, at: scene.snapshot.parameters, split: split)
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    let choice = Choice(scene)
    guard let answers = answers(scene, choice.split) else { return [] }
    let confusion = Confusion(answers)
    return [
      choice.split == .train ? "train" : "test",
      "\(NumberText.count(confusion.count)) samples",
      "\(NumberText.count(confusion.count - confusion.right)) wrong",
    ]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let choice = Choice(scene)
    guard let answers = answers(scene, choice.split) else {
      scene.note("there are no answers: parameters are not finite", in: area, into: &canvas)
      return
    }
    let confusion = Confusion(answers)
    let mistakes = confusion.mistakes
    let place = max(0, min(scene.state.scroll, mistakes.count - 1))
    let chosen = mistakes.isEmpty ? nil : mistakes[place]
    let picture = Picture(scene, confusion, choice.isShare, chosen)
    // Beside the matrix where it leaves room.
    let side = area.width - picture.width(cell: 5) - 3
    let showsSide = side >= 34 && area.height >= 10
    let left = Rect(
      x: area.x, y: area.y, width: showsSide ? area.width - min(side, 48) - 3 : area.width,
      height: area.height)
    picture.draw(in: left, into: &canvas)
    guard showsSide else { return }
    let right = Rect(
      x: left.maxX + 3, y: area.y, width: area.maxX - left.maxX - 3, height: area.height)
    let used = drawMistakes(scene, confusion, mistakes, chosen, choice, right, into: &canvas)
    guard let chosen else { return }
    let rest = right.inset(top: used + 1)
    drawSamples(scene, answers, chosen, rest, into: &canvas)
  }

  /// The commonest mistakes, and how good it is as a whole; the rows it took.
  private static func drawMistakes(
    _ scene: Scene, _ confusion: Confusion, _ mistakes: [Confusion.Mistake],
    _ chosen: Confusion.Mistake?, _ choice: Choice, _ area: Rect, into canvas: inout Canvas
  ) -> Int {
    let theme = scene.theme
    var y = area.y
    func write(_ text: String, _ x: Int, _ color: Color, right: Bool = false, limit: Int = .max) {
      canvas.writeCut(
        text, x: right ? x - scene.glyphs.width(text) : x, y: y, limit: limit, within: area,
        glyphs: scene.glyphs, foreground: color)
    }
    let columns = (truth: area.x + 2, told: area.x + 14, times: area.x + 31, share: area.maxX)
    write("true", columns.truth, theme.muted)
    write("answered", columns.told, theme.muted)
    write("times", columns.times, theme.muted, right: true)
    y += 1
    let room = max(2, min(8, area.height / 3))
    // The chosen one is seen.
    let place = mistakes.firstIndex { $0 == chosen } ?? 0
    let first = max(0, min(place - room / 2, mistakes.count - room))
    for mistake in mistakes.dropFirst(first).prefix(room) {
      if mistake == chosen {
        canvas.fill(
          Rect(x: area.x, y: y, width: area.width, height: 1),
          with: Cell(
            " ",
            style: Style(
              foreground: theme.text, background: theme.pane.mixed(with: theme.focusedBorder, 0.2)))
        )
        write("▸", area.x, theme.warning)
      }
      write(confusion.names[mistake.truth], columns.truth, theme.text, limit: 11)
      write(confusion.names[mistake.told], columns.told, theme.text, limit: 11)
      write("\(mistake.times)", columns.times, theme.text, right: true)
      let all = confusion.counts[mistake.truth].reduce(0, +)
      write(
        percent(Double(mistake.times) / Double(max(1, all))), columns.share, theme.muted,
        right: true)
      y += 1
    }
    if mistakes.isEmpty {
      write("no mistake", columns.truth, theme.good)
      y += 1
    }
    y += 1
    let other = answers(scene, choice.split == .train ? .test : .train).map { Confusion($0) }
    let pair: (test: Confusion?, train: Confusion?) =
      choice.split == .train ? (test: other, train: confusion) : (test: confusion, train: other)
    let measures: [(word: String, value: (Confusion) -> String?)] = [
      ("accuracy", { confusion in confusion.accuracy.map { percent($0) } }),
      (
        "macro F1",
        { confusion in confusion.macroF1.map { NumberText.fixed($0, decimals: 3) } }
      ),
    ]
    for measure in measures {
      write(measure.word, area.x, theme.muted)
      var text = "train " + (pair.train.flatMap { measure.value($0) } ?? "—")
      if let test = pair.test, test.count > 0, let value = measure.value(test) {
        text = "test \(value)   " + text
      }
      write(text, area.maxX, theme.text, right: true)
      y += 1
    }
    let recalls = confusion.counts.indices.compactMap { number in
      confusion.recall(number).map { (number, $0) }
    }
    if let weakest = recalls.min(by: { $0.1 < $1.1 }), weakest.1 < 1 {
      write("weakest", area.x, theme.muted)
      write(
        "\(confusion.names[weakest.0]), recall \(percent(weakest.1))", area.maxX,
        weakest.1 < weak ? theme.warning : theme.text, right: true)
      y += 1
    }
    return y - area.y
  }

  /// The samples of the chosen mistake: as images where they are squares of pixels, else as rows.
  private static func drawSamples(
    _ scene: Scene, _ answers: ClassAnswers, _ chosen: Confusion.Mistake, _ area: Rect,
    into canvas: inout Canvas
  ) {
    guard area.height >= 3 else { return }
    let theme = scene.theme
    let names = answers.names
    canvas.writeCut(
      "true \(names[chosen.truth]), answered \(names[chosen.told])", x: area.x, y: area.y,
      limit: area.width, within: area, glyphs: scene.glyphs, foreground: theme.text,
      attributes: .bold)
    let own = answers.truth.indices.filter {
      answers.truth[$0] == chosen.truth && answers.told[$0] == chosen.told
    }
    let side = Int(Double(answers.samples.inputCount).squareRoot())
    let isImage = side >= 4 && side * side == answers.samples.inputCount
    let tile =
      isImage
      ? Size(width: side + 2, height: (side + 1) / 2 + 2) : Size(width: area.width, height: 1)
    let across = max(1, area.width / tile.width)
    for (place, sample) in own.enumerated() {
      let x = area.x + place % across * tile.width
      let y = area.y + 1 + place / across * tile.height
      guard y + tile.height <= area.maxY, x + min(tile.width, 10) <= area.maxX else { break }
      let input = Array(answers.samples.input(sample))
      let told = NumberText.fixed(answers.score(sample, chosen.told), decimals: 2)
      let truth = NumberText.fixed(answers.score(sample, chosen.truth), decimals: 2)
      func write(_ text: String, _ x: Int, _ y: Int, _ color: Color) {
        canvas.writeCut(
          text, x: x, y: y, limit: area.maxX - x, within: area, glyphs: scene.glyphs,
          foreground: color)
      }
      guard isImage else {
        let values = input.prefix(6).map { NumberText.short($0) }.joined(separator: " ")
        write("\(told) / \(truth)", x, y, theme.warning)
        write(values, x + 13, y, theme.muted)
        continue
      }
      let most = input.max() ?? 1
      PixelImage(ink: input, rows: side, columns: side, most: most, theme: theme)
        .draw(scene, unit: 1, at: Point(x: x, y: y), within: area, into: &canvas)
      let below = y + tile.height - 2
      write(names[chosen.told] + " " + told, x, below, theme.warning)
      write(names[chosen.truth] + " " + truth, x, below + 1, theme.muted)
    }
  }

  static func percent(_ share: Double) -> String {
    "\(PlotMath.int((share * 100).rounded(), in: 0...100)) %"
  }

  /// The matrix.
  private struct Picture {
    let scene: Scene
    let confusion: Confusion
    let isShare: Bool
    let chosen: Confusion.Mistake?
    let label: Int
    private static let recallWidth = 8

    init(_ scene: Scene, _ confusion: Confusion, _ isShare: Bool, _ chosen: Confusion.Mistake?) {
      self.scene = scene
      self.confusion = confusion
      self.isShare = isShare
      self.chosen = chosen
      label = 1 + min(12, confusion.names.map { scene.glyphs.width($0) }.max() ?? 1)
    }

    /// Its width with cells of a width.
    func width(cell: Int) -> Int { max(6, label) + confusion.names.count * cell + Self.recallWidth }

    func draw(in area: Rect, into canvas: inout Canvas) {
      let theme = scene.theme
      let count = confusion.names.count
      let label = max(6, self.label)
      let cell = max(
        1, min(12, (area.width - label - Picture.recallWidth) / max(1, count)))
      let height = max(1, min(3, (area.height - 5) / max(1, count)))
      let rows = min(count, max(0, (area.height - 4) / height))
      let right = area.x + label + count * cell
      func write(
        _ text: String, _ end: Int, _ y: Int, _ color: Color, _ attributes: Attributes = [],
        limit: Int = .max
      ) {
        let width = min(limit, scene.glyphs.width(text))
        canvas.writeCut(
          text, x: end - width, y: y, limit: limit, within: area, glyphs: scene.glyphs,
          foreground: color, attributes: attributes)
      }
      canvas.write(
        "true", x: area.x, y: area.y, within: area, glyphs: scene.glyphs, foreground: theme.muted)
      canvas.write(
        "answered", x: area.x + label, y: area.y, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
      write("recall", right + Picture.recallWidth - 1, area.y, theme.muted)
      if cell >= 2 {
        for (number, name) in confusion.names.enumerated() {
          write(
            name, area.x + label + (number + 1) * cell - 1, area.y + 1, theme.text, .bold,
            limit: cell - 1)
        }
      }
      let mostRight = confusion.counts.indices.map { confusion.counts[$0][$0] }.max() ?? 0
      let mostWrong = confusion.mistakes.first?.times ?? 0
      for truth in 0..<rows {
        let y = area.y + 2 + truth * height
        write(confusion.names[truth], area.x + label - 1, y, theme.text, .bold, limit: label - 1)
        for told in 0..<count {
          let place = Rect(
            x: area.x + label + told * cell, y: y, width: cell,
            height: height > 1 ? height - 1 : 1)
          let all = confusion.counts[truth].reduce(0, +)
          canvas.reader?.add(
            [
              "true \(confusion.names[truth]), answered \(confusion.names[told])",
              "\(confusion.counts[truth][told]) of \(all) times",
            ], in: place)
          draw(
            truth, told, place.intersection(area), most: truth == told ? mostRight : mostWrong,
            into: &canvas)
        }
        share(confusion.recall(truth), right + Picture.recallWidth - 1, y, area, into: &canvas)
      }
      let y = area.y + 2 + rows * height
      if y < area.maxY, cell >= 4 {
        canvas.write(
          "prec.", x: area.x, y: y, within: area, glyphs: scene.glyphs, foreground: theme.muted)
        for told in 0..<count {
          let text = confusion.precision(told).map { percent($0).dropLast(2) } ?? "—"
          let isWeak = confusion.precision(told).map { $0 < weak } ?? false
          write(
            String(text), area.x + label + (told + 1) * cell - 1, y,
            isWeak ? theme.warning : theme.text)
        }
        write("%", right + Picture.recallWidth - 1, y, theme.muted)
      }
      if let chosen, y + 1 < area.maxY {
        let all = confusion.counts[chosen.truth].reduce(0, +)
        canvas.writeCut(
          "▸ a true \(confusion.names[chosen.truth]), answered \(confusion.names[chosen.told]), "
            + "\(chosen.times) of \(all) times", x: area.x, y: y + 1, limit: area.width,
          within: area, glyphs: scene.glyphs, foreground: theme.muted)
      }
    }

    private func share(
      _ value: Double?, _ end: Int, _ y: Int, _ area: Rect, into canvas: inout Canvas
    ) {
      let text = value.map(percent) ?? "—"
      let color = value.map { $0 < weak } ?? false ? scene.theme.warning : scene.theme.text
      canvas.write(
        text, x: end - scene.glyphs.width(text), y: y, within: area, glyphs: scene.glyphs,
        foreground: color)
    }

    private func draw(
      _ truth: Int, _ told: Int, _ place: Rect, most: Int, into canvas: inout Canvas
    ) {
      guard !place.isEmpty else { return }
      let theme = scene.theme
      let times = confusion.counts[truth][told]
      let isCursor = chosen.map { $0.truth == truth && $0.told == told } ?? false
      let share = most > 0 ? Double(times) / Double(most) : 0
      let tint = theme.series(truth == told ? 0 : 1)
      let ground =
        times == 0
        ? theme.pane.mixed(with: theme.grid, 0.6) : theme.pane.mixed(with: tint, 0.2 + 0.8 * share)
      var attributes: Attributes = truth == told || isCursor ? .bold : []
      if theme.isMonochrome, isCursor { attributes.insert(.reverse) }
      let color = times == 0 ? theme.muted : share > 0.55 ? theme.background : theme.text
      canvas.fill(
        place,
        with: Cell(
          " ",
          style: Style(
            foreground: color, background: theme.isMonochrome ? theme.pane : ground)))
      guard place.width >= 2 else { return }
      let all = max(1, confusion.counts[truth].reduce(0, +))
      let number = isShare ? percent(Double(times) / Double(all)) : "\(times)"
      let text = times == 0 ? "·" : isShare && place.width < 6 ? String(number.dropLast(2)) : number
      guard scene.glyphs.width(text) < place.width || place.width == 2 && text.count <= 2 else {
        return
      }
      canvas.write(
        text, x: place.maxX - scene.glyphs.width(text) - (place.width > 2 ? 1 : 0), y: place.y,
        within: place, glyphs: scene.glyphs,
        foreground: theme.isMonochrome ? theme.text : color, attributes: attributes)
      if isCursor, place.width >= 4 {
        canvas.mark(
          scene.glyphs.mark("▸", ascii: ">"), at: Point(x: place.x, y: place.y), within: place,
          foreground: theme.isMonochrome ? theme.text : color)
      }
    }
  }
}
