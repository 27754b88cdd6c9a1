import Lanes
package import Training

extension RunMap {
  /// A map as it is written in one line: `learning_rate 1e-4..0.1, momentum 0..0.99`; a measure may
  /// follow (`, steps`). Axes whose ends lie above 0 and a hundredfold apart are logarithmic; `log`
  /// or `linear` after the range says it otherwise.
  ///
  /// - Parameter views: the views that exist; nil when they are not to be checked.
  /// - Throws: `PresetError` where the line has another form, or the preset has no such keys.
  package init(_ preset: Preset, _ line: String, views: [String]? = nil) throws(PresetError) {
    let line = try MapLine(line)
    let editor = SettingEditor(preset, views: views)
    func axis(_ part: MapLine.Part) throws(PresetError) -> Axis {
      // Whether the key exists and takes such values, at both ends.
      let key = PresetKeys.row(part.key, of: preset)
      let isWhole = key.map { !$0.takesRealNumbers } ?? false
      for value in [part.low, part.high] {
        let value = isWhole ? value.rounded() : value
        _ = try editor.begin([Setting(key: part.key, value: ExactDecimal.shortest(value))])
      }
      return Axis(
        key: key?.typed ?? part.key, low: part.low, high: part.high,
        isLogarithmic: part.isLogarithmic, isWhole: isWhole)
    }
    let (x, y) = (try axis(line.parts[0]), try axis(line.parts[1]))
    let settings: @Sendable (Double, Double) -> [Setting] = { across, up in
      [
        Setting(key: x.key, value: ExactDecimal.shortest(across)),
        Setting(key: y.key, value: ExactDecimal.shortest(up)),
      ]
    }
    self.init(
      x: x, y: y, measure: line.measure, steps: preset.experiment.steps, settings: settings
    ) { across, up in
      try? editor.begin(settings(across, up)).run
    }
  }
}

/// What a map's line says, as far as the line alone tells.
struct MapLine {
  /// A key and its range.
  struct Part {
    var key: String
    var low: Double
    var high: Double
    var isLogarithmic: Bool

    /// Reads `KEY RANGE` or `KEY=RANGE`; nil where it has another form. Whether the range is
    /// logarithmic is said by its count (`/log9`, `/9`) or by `log` or `linear` after it, or else
    /// follows from its ends. How many numbers there are is left to the picture, which is as fine
    /// as its pane.
    init?(_ piece: String, wrong: (String) -> PresetError) throws(PresetError) {
      let words = piece.split { $0 == " " || $0 == "=" }.map(String.init)
      guard words.count == 2 || words.count == 3 else { return nil }
      key = words[0]
      do throws(ValueList.Mistake) {
        guard let range = try ValueRange(words[1]) else { return nil }
        let ends = try range.ends()
        // An axis rises, whichever end of a range with a count is written first.
        (low, high) = (ends.first, ends.last)
        if range.count != nil, low > high { (low, high) = (high, low) }
        guard low < high else {
          throw ValueList.Mistake(
            description: "\(words[1]): an axis goes from a number to a greater one")
        }
        isLogarithmic = range.count == nil ? low > 0 && high >= 100 * low : range.isLogarithmic
        if words.count == 3 {
          guard words[2] == "log" || words[2] == "linear" else { return nil }
          isLogarithmic = words[2] == "log"
        }
        guard !isLogarithmic || low > 0 else { throw ValueRange.belowZero(words[1]) }
      } catch {
        throw wrong(error.description)
      }
    }
  }

  /// Across, then up.
  let parts: [Part]
  let measure: MapMeasure

  init(_ line: String) throws(PresetError) {
    func wrong(_ message: String) -> PresetError { PresetError(.setting(line), message) }
    let usage =
      "a map is written as learning_rate 1e-4..0.1, momentum 0..0.99, or with counts as in "
      + "`glissade map`: learning_rate=1e-4..0.1/log9"
    // The two settings are parted by a comma, a semicolon, or as on the command line.
    var pieces = line.replacing("--over", with: ",").split { $0 == "," || $0 == ";" }
      .map(\.trimmingSpaces).filter { !$0.isEmpty }
    var measure = MapMeasure.loss
    if pieces.count == 3 {
      guard let named = MapMeasure(rawValue: pieces[2]) else {
        throw wrong(
          "\(EscapedText.quoted(pieces[2])) is no measure; there are "
            + MapMeasure.allCases.map(\.rawValue).joined(separator: ", "))
      }
      measure = named
      pieces.removeLast()
    }
    guard pieces.count == 2 else { throw wrong(usage) }
    var parts: [Part] = []
    for piece in pieces {
      guard let part = try Part(piece, wrong: wrong) else { throw wrong(usage) }
      parts.append(part)
    }
    guard parts[0].key != parts[1].key else { throw wrong("a map is over two settings") }
    self.parts = parts
    self.measure = measure
  }
}

extension PresetKey {
  /// Whether numbers between whole ones are values.
  fileprivate var takesRealNumbers: Bool {
    switch form {
    case .number(let number): number.scale != .integer && number.scale != .flag
    case .written: takesOneNumber
    case .word, .choice: false
    }
  }
}
