import Differentiation
import Lanes
import Models
import Terminal
import Training

extension View {
  /// Differentiation, operation by operation.
  package static let tape = View(
    name: "tape",
    summary: "The formula's operations here: values, forward tangents, reverse adjoints, by steps",
    role: .extra, suits: { TracedFormula.exists(in: $0) },
    title: { TapeView.title($0) },
    readout: { TapeView.readout($0) },
    draw: { TapeView.draw($0, $1, &$2) })
}

private enum TapeView {
  /// How far the sweeps have come.
  private enum Stage: Equatable {
    /// Both are done.
    case whole
    /// The forward sweep has done so many rows.
    case forward(Int)
    /// The forward sweep is done, and so many rows of the backward sweep.
    case backward(Int)
  }

  private struct Key: Hashable {
    var problem: ObjectiveID
    var parameters: [Double]
  }

  private enum Outcome {
    case tape(Tape)
    case refused(String)
  }

  private static func outcome(_ scene: Scene) -> Outcome? {
    guard let formula = TracedFormula.of(scene) else { return nil }
    let point = scene.snapshot.parameters
    return scene.probes.value(
      "tape", for: Key(problem: scene.snapshot.objectiveID, parameters: point)
    ) {
      do throws(FormulaError) {
        return Outcome.tape(try formula.tape(at: point))
      } catch {
        return Outcome.refused(error.explanation)
      }
    }
  }

  private static func tape(_ scene: Scene) -> Tape? {
    if case .tape(let tape) = outcome(scene) { return tape }
    return nil
  }

  /// The selection counts rows of the forward sweep, then of the backward sweep; 0, and every
  /// round, shows all.
  private static func stage(_ scene: Scene, _ tape: Tape) -> Stage {
    let forward = tape.forwardOrder.count
    let rounds = forward + tape.backwardOrder.count + 1
    let selection = scene.state.selection % rounds
    let step = selection < 0 ? selection + rounds : selection
    if step == 0 { return .whole }
    return step <= forward ? .forward(step) : .backward(step - forward)
  }

  static func title(_ scene: Scene) -> String {
    guard let tape = tape(scene) else { return "tape" }
    switch stage(scene, tape) {
    case .whole: return "tape"
    case .forward: return "tape: forward sweep"
    case .backward: return "tape: backward sweep"
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let tape = tape(scene) else { return [] }
    let count = tape.forwardOrder.count
    let value = "f = " + NumberText.compact(tape.value, digits: 4)
    switch stage(scene, tape) {
    case .whole: return [value, operations(tape)]
    case .forward(let step): return ["\(step) of \(count)", value]
    case .backward(let step): return ["\(step) of \(tape.backwardOrder.count)", value]
    }
  }

  /// How many operations there are: variables and remarks are rows, but none is computed.
  private static func operations(_ tape: Tape) -> String {
    let count = tape.rows.count { $0.kind == .operation }
    return count == 1 ? "1 operation" : NumberText.count(count) + " operations"
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    switch outcome(scene) {
    case nil: scene.note("the tape of a formula is shown here", in: area, into: &canvas)
    case .refused(let reason): scene.note(reason, in: area, into: &canvas)
    case .tape(let tape): draw(tape, scene, area, &canvas)
    }
  }

  private static func draw(_ tape: Tape, _ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    let stage = stage(scene, tape)
    // How far each row has come, and the row at which the sweep stands.
    var hasValue = [Bool](repeating: true, count: tape.rows.count)
    var hasAdjoint = hasValue
    var current: Int?
    switch stage {
    case .whole: break
    case .forward(let step):
      for row in tape.forwardOrder.dropFirst(step) { hasValue[row] = false }
      hasAdjoint = [Bool](repeating: false, count: tape.rows.count)
      current = tape.forwardOrder[step - 1]
      // Remarks are known when the sweep has come to what follows them.
      for row in tape.rows.indices where tape.rows[row].kind == .remark {
        hasValue[row] = row < current ?? 0 || step == tape.forwardOrder.count
      }
    case .backward(let step):
      for row in tape.backwardOrder.dropFirst(step) { hasAdjoint[row] = false }
      current = tape.backwardOrder[step - 1]
    }
    let columns = self.columns(stage, width: area.width)
    let header = area.height >= 4 ? 1 : 0
    let height = area.height - header
    let wanted = current.map { $0 - height / 2 } ?? max(0, scene.state.scroll)
    let top = max(0, min(wanted, tape.rows.count - height))
    let operands = current.map { tape.rows[$0].operands } ?? []
    if header > 0 {
      for (index, column) in columns.enumerated() {
        write(
          column.title, column: index, of: columns.count, y: area.y, scene.theme.muted, [], scene,
          area, &canvas)
      }
      canvas.writeCut(
        "operation", x: area.x + 2, y: area.y, limit: textWidth(area, columns.count) - 2,
        within: area, glyphs: scene.glyphs, foreground: scene.theme.muted)
    }
    for line in 0..<height where top + line < tape.rows.count {
      let index = top + line
      let row = tape.rows[index]
      let y = area.y + header + line
      let isCurrent = index == current
      let color =
        row.kind == .remark
        ? scene.theme.muted
        : operands.contains(index)
          ? scene.theme.warning : row.kind == .variable ? scene.theme.series(0) : scene.theme.text
      let shade = hasValue[index] ? color : scene.faint(color, 0.65)
      if isCurrent {
        canvas.mark(
          scene.glyphs.mark("▸", ascii: ">"), at: Point(x: area.x, y: y), within: area,
          foreground: scene.theme.focusedBorder)
      }
      let indent = 2 + 2 * min(4, max(0, row.depth))
      let text = row.kind == .operation ? "\(row.name) = \(row.text)" : row.text
      canvas.writeCut(
        text, x: area.x + indent, y: y,
        limit: (row.kind == .remark ? area.width : textWidth(area, columns.count)) - indent,
        within: area, glyphs: scene.glyphs, foreground: shade,
        attributes: isCurrent ? .bold : [])
      guard row.kind != .remark else { continue }
      for (place, column) in columns.enumerated() {
        guard column.isAdjoint ? hasAdjoint[index] : hasValue[index] else { continue }
        write(
          NumberText.compact(row[keyPath: column.number], digits: 4), column: place,
          of: columns.count, y: y, color, isCurrent ? .bold : [], scene, area, &canvas)
      }
    }
  }

  private struct Column {
    var title: String
    var number: KeyPath<Tape.Row, Double>
    var isAdjoint = false
  }

  private static let numberWidth = 11

  /// As many columns of numbers as leave room for the operations; those of the sweep that goes on
  /// stay longest.
  private static func columns(_ stage: Stage, width: Int) -> [Column] {
    let value = Column(title: "value", number: \.value)
    let tangent = Column(title: "tangent", number: \.tangent)
    let adjoint = Column(title: "adjoint", number: \.adjoint, isAdjoint: true)
    switch (width - 16) / numberWidth {
    case ..<1: return []
    case 1:
      if case .backward = stage { return [adjoint] }
      return [value]
    case 2:
      if case .forward = stage { return [value, tangent] }
      return [value, adjoint]
    default: return [value, tangent, adjoint]
    }
  }

  private static func textWidth(_ area: Rect, _ columns: Int) -> Int {
    max(0, area.width - columns * numberWidth)
  }

  /// Writes a number, or a column's title, flush right.
  private static func write(
    _ text: String, column: Int, of count: Int, y: Int, _ color: Color, _ attributes: Attributes,
    _ scene: Scene, _ area: Rect, _ canvas: inout Canvas
  ) {
    let end = area.maxX - (count - 1 - column) * numberWidth
    let width = min(scene.glyphs.width(text), numberWidth - 1)
    canvas.writeCut(
      text, x: end - width, y: y, limit: width, within: area, glyphs: scene.glyphs,
      foreground: color, attributes: attributes)
  }
}
