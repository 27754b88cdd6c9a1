import Lanes
import Terminal
import Training

/// Where settings changed, as marks above the curve.
struct ChangeMarks {
  private let marks: [(step: Int, label: String)]
  private let scene: Scene

  init(_ scene: Scene) {
    self.scene = scene
    var marks: [(step: Int, label: String)] = []
    for change in scene.snapshot.changes {
      let label = ChangeMarks.label(change.command)
      // Several turns of the same knob at one step are one change: the last counts.
      if let last = marks.last, last.step == change.step { marks.removeLast() }
      marks.append((change.step, label))
    }
    self.marks = marks
  }

  var isEmpty: Bool { marks.isEmpty }

  static func label(_ command: Command) -> String {
    switch command {
    case .learningRate(let rate): "η " + NumberText.short(rate)
    case .optimizer(let choice, _): choice.name
    case .hyperparameter(let name, let value): name + " " + NumberText.short(value)
    case .schedule(let choice): choice.name
    case .batching(let batching): ChangeMarks.label(batching)
    case .activation(let choice): choice.name
    case .parameters, .entries: "moved"
    case .addPoint: "point"
    case .set(let change): ChangeMarks.label(change.setting)
    case .ignoreStopRule: "on"
    }
  }

  /// The last part of the key, and a short value.
  private static func label(_ setting: Setting) -> String {
    let key = setting.key.split(separator: ".").last.map(String.init) ?? setting.key
    let value = setting.value.filter { !"[] ".contains($0) }
    return value.count <= 8 ? "\(key) \(value)" : key
  }

  private static func label(_ batching: Batching) -> String {
    switch batching {
    case .full: "full batch"
    case .sequential(let size), .carried(let size), .shuffled(let size),
      .withReplacement(let size), .blocks(let size),
      .numpyBlocks(let size, _), .blockSequence(let size, _, _):
      "batch \(size)"
    case .explicit: "batches"
    }
  }

  func drawLines(plot: Plot, into canvas: inout Canvas) {
    for mark in marks {
      guard let column = column(of: mark.step, plot) else { continue }
      for row in plot.area.y..<plot.area.maxY {
        canvas.mark(
          scene.glyphs.mark("┊", ascii: ":"), at: Point(x: column, y: row), within: plot.area,
          foreground: scene.faint(scene.theme.warning, 0.72))
      }
    }
  }

  func drawLabels(plot: Plot, into canvas: inout Canvas) {
    let row = plot.area.y - 1
    let mark = scene.glyphs.mark("▾", ascii: "v")
    // From the newest: where there is no room for all, the latest changes keep their names.
    var taken = plot.area.maxX + 1
    for change in marks.reversed() {
      guard let column = column(of: change.step, plot) else { continue }
      let width = scene.glyphs.width(change.label)
      guard column < taken else { continue }
      canvas.mark(
        mark, at: Point(x: column, y: row), within: plot.outer, foreground: scene.theme.warning)
      if column + 2 + width < taken {
        canvas.write(
          change.label, x: column + 2, y: row, within: plot.outer, glyphs: scene.glyphs,
          foreground: scene.theme.muted)
      } else if taken > plot.area.maxX, column - 1 - width >= plot.area.x {
        // The last change of all may stand at the right edge: its name goes to the left.
        canvas.write(
          change.label, x: column - 1 - width, y: row, within: plot.outer, glyphs: scene.glyphs,
          foreground: scene.theme.muted)
        taken = column - 1 - width
        continue
      }
      taken = column
    }
  }

  private func column(of step: Int, _ plot: Plot) -> Int? {
    let place = plot.place(Double(step), plot.y.lower).x
    guard place >= Double(plot.area.x), place < Double(plot.area.maxX) else { return nil }
    return Int(place)
  }
}
