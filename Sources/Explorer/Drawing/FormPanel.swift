import Lanes
import Models
import Presets
import Terminal
import Training
import Views

/// The experiment's form: beside the pictures in a wide window, a page of columns in another.
struct FormPanel {
  /// Windows of at least this many columns have it at their side.
  private static let wideWindow = 104
  /// Its columns there.
  static func width(in size: Size) -> Int { max(44, min(52, size.width * 3 / 8)) }
  /// Lines about the row with the cursor.
  private static let footHeight = 4
  /// Rows and columns of a feature's picture.
  private static let (pictureHeight, pictureWidth) = (3, 6)
  /// The narrowest column of a page.
  private static let leastColumn = 36

  @Boxed private var explorer: Explorer
  private let state: FormState
  private let rows: [ExperimentForm.Row]

  /// The form of a state; nil when it is hidden.
  init?(_ explorer: Explorer) {
    guard let state = explorer.form else { return nil }
    self.explorer = explorer
    self.state = state
    rows = explorer.formRows
  }

  /// Whether it stands beside the pictures in a window.
  static func isBeside(_ size: Size) -> Bool { size.width >= wideWindow }

  /// Its place.
  var area: Rect {
    let size = explorer.size
    let body = Rect(x: 0, y: 1, width: size.width, height: max(0, size.height - 2))
    guard FormPanel.isBeside(size) else { return body }
    return Rect(
      x: body.maxX - FormPanel.width(in: size), y: body.y, width: FormPanel.width(in: size),
      height: body.height)
  }

  private var inner: Rect { area.inset(left: 2, top: 1, right: 2, bottom: 1) }
  private var lineCount: Int { max(1, inner.height - FormPanel.footHeight) }
  /// As many as the rows need, so that few rows have the page's whole width.
  private var columnCount: Int {
    if FormPanel.isBeside(explorer.size) { return 1 }
    let needed = (rows.count + lineCount - 1) / lineCount
    return max(1, min(needed, 3, inner.width / FormPanel.leastColumn))
  }
  /// Where values begin in a column of a width: behind the longest label, if that leaves them half.
  private func valueColumn(_ width: Int) -> Int {
    let longest = rows.reduce(0) { max($0, explorer.appearance.width($1.label)) }
    return min(max(14, longest + 4), max(14, width * 5 / 8))
  }

  /// The first row that is seen.
  private var top: Int {
    let cursor = explorer.formCursor(rows)
    let seen = lineCount * columnCount
    guard rows.count > seen else { return 0 }
    return max(0, min(cursor - seen / 2, rows.count - seen))
  }

  /// The row of features, where there is room for their pictures above their names.
  private var picturedRow: Int? {
    guard columnCount == 1, rows.count + FormPanel.pictureHeight <= lineCount,
      explorer.snapshot.objective.kind.mapping?.inputCount == 2
    else { return nil }
    return rows.firstIndex { if case .features = $0.kind { true } else { false } }
  }

  /// The place of a row that is seen.
  private func place(of row: Int) -> Rect? {
    let index = row - top
    guard index >= 0, index < lineCount * columnCount else { return nil }
    let width = inner.width / columnCount
    let pictured = picturedRow
    let shift = pictured.map { $0 < row } == true ? FormPanel.pictureHeight : 0
    return Rect(
      x: inner.x + index / lineCount * width, y: inner.y + index % lineCount + shift,
      width: width - (columnCount > 1 ? 2 : 0),
      height: pictured == row ? 1 + FormPanel.pictureHeight : 1)
  }

  /// The slider of a row that is seen; nil where it has none.
  func slider(of row: ExperimentForm.Row) -> FormSlider? {
    guard columnCount == 1, let index = rows.firstIndex(where: { $0.id == row.id }),
      let place = place(of: index)
    else { return nil }
    return FormSlider(row, in: place, value: valueColumn(place.width))
  }

  /// The row under a cell, and whether one of its signs is: −1 for less, 1 for more.
  func row(at point: Point) -> (row: ExperimentForm.Row, sign: Int, column: Int)? {
    for index in rows.indices {
      guard let place = place(of: index), place.contains(point) else { continue }
      let sign =
        point.x >= place.maxX - 1
        ? 1 : point.x >= place.maxX - 3 && point.x < place.maxX - 1 ? -1 : 0
      return (rows[index], hasSigns(rows[index]) ? sign : 0, point.x - place.x)
    }
    return nil
  }

  private func hasSigns(_ row: ExperimentForm.Row) -> Bool {
    switch row.kind {
    case .heading, .features: false
    case .layer: columnCount == 1
    case .key(let key):
      switch key.form {
      case .number, .word, .choice: columnCount == 1
      case .written: columnCount == 1 && (key.takesOneNumber || Double(row.value) != nil)
      }
    }
  }

  /// The feature under a column of its row.
  func feature(at column: Int, in features: [ExperimentForm.Feature]) -> Int? {
    var x = 2
    for (index, feature) in features.enumerated() {
      let width = featureWidth(feature)
      if column >= x, column < x + width { return index }
      x += width
    }
    return nil
  }

  /// The columns of a feature: its name, or its picture, and a gap.
  private func featureWidth(_ feature: ExperimentForm.Feature) -> Int {
    let name = explorer.appearance.width(feature.name)
    return (picturedRow == nil ? name : max(name, FormPanel.pictureWidth)) + 1
  }

  // MARK: Drawing

  /// Draws it.
  func draw(into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    appearance.drawFrame(
      area, color: state.isFocused ? theme.focusedBorder : theme.border, into: &canvas)
    let changes = rows.count { $0.isChanged }
    let told = changes == 0 ? "" : ", \(changes) changed"
    appearance.write(
      " experiment\(told) ", at: Point(x: area.x + 2, y: area.y), limit: max(0, area.width - 4),
      color: changes == 0 ? theme.text : theme.warning, attributes: .bold, into: &canvas)
    let cursor = explorer.formCursor(rows)
    for index in rows.indices {
      guard let place = place(of: index) else { continue }
      draw(rows[index], isChosen: index == cursor && state.isFocused, in: place, into: &canvas)
    }
    let seen = lineCount * columnCount
    if rows.count > seen {
      let text = " \(top + 1)–\(min(top + seen, rows.count)) of \(rows.count) "
      let width = appearance.width(text)
      appearance.write(
        text, at: Point(x: area.maxX - width - 2, y: area.maxY - 1), limit: width,
        color: theme.muted, into: &canvas)
    }
    if rows.indices.contains(cursor) { drawFoot(rows[cursor], into: &canvas) }
  }

  private func draw(
    _ row: ExperimentForm.Row, isChosen: Bool, in place: Rect, into canvas: inout Canvas
  ) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    if isChosen {
      canvas.fill(
        place,
        with: Cell(
          " ",
          style: Style(
            foreground: theme.text, background: appearance.chosen,
            attributes: theme.isMonochrome ? .reverse : [])))
    }
    let mark: Attributes = isChosen && theme.isMonochrome ? .reverse : []
    func write(
      _ text: String, at column: Int, limit: Int, _ color: Color, _ attributes: Attributes = []
    ) {
      appearance.write(
        text, at: Point(x: place.x + column, y: place.maxY - 1), limit: limit, color: color,
        attributes: attributes.union(mark), into: &canvas)
    }
    if row.isChanged {
      write(
        String(Character(appearance.glyphs.mark("◆", ascii: "*"))), at: 0, limit: 1, theme.warning)
    }
    switch row.kind {
    case .heading(let folded):
      write(row.label, at: 0, limit: place.width, theme.text, .bold)
      if folded > 0 {
        let more = "\(folded) more"
        let column = place.width - appearance.width(more)
        write(more, at: column, limit: place.width - column, theme.muted)
      }
    case .features(let features):
      var column = 2
      let names = place.height - 1
      for (index, feature) in features.enumerated() where column < place.width {
        let isHere = isChosen && index == state.feature
        if names > 0, column + FormPanel.pictureWidth <= place.width,
          let network = explorer.snapshot.objective.kind.mapping
        {
          FeaturePicture.draw(
            feature.name, of: network,
            in: Rect(
              x: place.x + column, y: place.y, width: FormPanel.pictureWidth, height: names),
            theme: theme, glyphs: appearance.glyphs, isOn: feature.isOn, into: &canvas)
        }
        write(
          feature.name, at: column, limit: place.width - column,
          feature.isOn ? theme.good : theme.muted,
          isHere ? [.underline, .bold] : feature.isOn ? .bold : [])
        column += featureWidth(feature)
      }
    case .key, .layer:
      let labels = valueColumn(place.width)
      write(row.label, at: 2, limit: labels - 3, theme.muted)
      let slider = FormSlider(row, in: place, value: labels)
      let value = state.drag?.row == row.id ? state.drag?.value ?? row.value : row.value
      let isShort = appearance.width(value) <= FormSlider.valueWidth
      let room =
        slider != nil && isShort && columnCount == 1
        ? FormSlider.valueWidth : place.width - labels - (hasSigns(row) ? 5 : 0)
      if isChosen, let field = state.field {
        appearance.drawField(
          field, prompt: "",
          in: Rect(x: place.x + labels, y: place.y, width: max(2, room), height: 1),
          into: &canvas)
      } else {
        write(value, at: labels, limit: room, row.isChanged ? theme.warning : theme.text)
        if columnCount == 1, isShort {
          slider?.draw(value: value, original: row.original, appearance, into: &canvas)
        }
      }
      if hasSigns(row) {
        write("− +", at: place.width - 3, limit: 3, theme.muted)
      }
    }
  }

  /// What the row means, what it takes, what a change does, and the preset's value.
  private func drawFoot(_ row: ExperimentForm.Row, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    var lines: [(String, Color)] = []
    switch row.kind {
    case .heading(let folded):
      lines.append((folded > 0 ? "enter shows \(folded) more, at their defaults" : "", theme.muted))
    case .key(let key):
      lines.append(("\(key.typed): \(key.summary)", theme.text))
      lines.append(("takes \(key.takes)", theme.muted))
      lines.append((key.effect.rawValue, theme.good))
    case .layer:
      lines.append(("units of the layer; left and right, i adds one, I a layer", theme.text))
      lines.append(
        (
          explorer.addsSilently
            ? "new units begin with outgoing weights 0 (Z)"
            : "new units begin as the initialiser says (Z)", theme.muted
        ))
      lines.append((PresetKey.Effect.keepsFitting.rawValue, theme.good))
    case .features:
      lines.append(("columns made of the inputs; space switches one", theme.text))
      lines.append(("enter types any: x1, x2^2, x1*x2, sin(x1), poly(3)", theme.muted))
      lines.append((PresetKey.Effect.keepsFitting.rawValue, theme.good))
    }
    if let refusal = state.refusal {
      lines = [lines[0], (refusal, theme.bad)]
    } else if row.isChanged {
      lines.append(("the preset: \(row.original); x puts it back, X all", theme.warning))
    }
    let first = inner.maxY - FormPanel.footHeight
    for (index, line) in lines.prefix(FormPanel.footHeight).enumerated()
    where first + index > area.y {
      appearance.write(
        line.0, at: Point(x: inner.x, y: first + index), limit: inner.width, color: line.1,
        into: &canvas)
    }
  }

  /// What the hint bar offers while it has the keys.
  static func hints(_ state: FormState) -> [(keys: String, label: String)] {
    state.field != nil
      ? [("enter", "take"), ("esc", "leave")]
      : [
        ("left right", "change"), ("enter", "type, list"), ("esc", "close"), ("x", "put back"),
        ("space", "switch"), ("i I", "unit, layer"), ("tab", "panes"), ("?", "help"),
      ]
  }
}
