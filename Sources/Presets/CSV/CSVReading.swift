import Models
import Training

/// The numbers of a table while its rows come in.
struct CSVReading {
  private let layout: CSVLayout
  private let dialect: CSVDialect
  /// Whether targets are classes.
  private let classes: Bool
  private let missing: CSVFormat.Missing
  /// What fills the gaps of each input; nil: the mean of what is known of it.
  private let means: [Double]?
  /// Rows that were kept.
  private(set) var rows = 0
  private var inputs: [Double] = []
  private var targets: [Double] = []
  private var problems = CSVProblems()
  /// Inputs that are not known and will be filled.
  private var gaps: [Int] = []
  private var dropped = 0
  /// Where a fraction was first set off by a point, and where by a comma.
  private var point: TextPlace?
  private var comma: TextPlace?
  /// The words of the target column, numbered as they come; nil: it holds numbers, or nothing is
  /// known yet.
  private var words: [String: Int]?
  /// Where the first of them stands.
  private var firstWord: TextPlace?
  /// Whether somebody said that targets are names of classes, or that they are not.
  private let isSaid: Bool?
  private var hasNumbers = false
  /// Values of one row until it is known to be kept.
  private var row: [Double] = []

  /// A reading that has no rows yet.
  init(
    _ layout: CSVLayout, dialect: CSVDialect, classes: Bool, format: CSVFormat = CSVFormat(),
    means: [Double]? = nil
  ) {
    self.means = means
    isSaid = format.classes
    missing = format.missing ?? .error
    self.layout = layout
    self.dialect = dialect
    self.classes = classes && layout.targets.count == 1 && format.classes != false
  }

  /// Makes room for about as many rows as a file of `bytes` has when its first `headBytes` hold
  /// `headRows`.
  mutating func reserve(bytes: Int, headBytes: Int, headRows: Int) {
    guard headBytes > 0 else { return }
    let expected = Double(bytes) / Double(headBytes) * Double(headRows) * 1.02
    let most = min(PresetLimits.csvRows, ModelLimits.numbers / max(layout.kept, 1))
    let count = Int(min(expected, Double(most))) + 16
    inputs.reserveCapacity(count * layout.inputs.count)
    targets.reserveCapacity(count * layout.targets.count)
  }

  /// Takes in the row on which a scanner stands.
  mutating func take(_ scanner: CSVScanner) {
    guard scanner.cells.count == layout.width else {
      problems.add(
        .width, at: TextPlace(line: scanner.line),
        "this row has \(scanner.cells.count) \(scanner.cells.count == 1 ? "cell" : "cells"), the "
          + "first has \(layout.width): add what is missing, or take the row out")
      return
    }
    row.removeAll(keepingCapacity: true)
    var hasGap = false
    for column in layout.inputs {
      let value = number(scanner, column)
      if value.isNaN {
        hasGap = true
        if missing == .mean { gaps.append(inputs.count + row.count) }
      }
      row.append(value)
    }
    var lacksTarget = false
    for column in layout.targets {
      let value = classes ? label(scanner, column) : number(scanner, column)
      if value.isNaN { lacksTarget = true }
      row.append(value)
    }
    // A target that is not known cannot be made up.
    if missing != .error, lacksTarget || hasGap && missing == .drop {
      dropped += 1
      while let last = gaps.last, last >= inputs.count { gaps.removeLast() }
      return
    }
    rows += 1
    inputs.append(contentsOf: row[..<layout.inputs.count])
    targets.append(contentsOf: row[layout.inputs.count...])
  }

  /// The number in a cell; NaN where there is none, which is noted unless gaps are allowed.
  private mutating func number(_ scanner: CSVScanner, _ column: Int) -> Double {
    let cell = scanner.cells[column]
    switch DecimalText.read(scanner.bytes(cell), comma: dialect.allowsDecimalComma) {
    case .number(let value, let mark):
      switch mark {
      case .none: break
      case .point: if point == nil { point = scanner.place(cell.start) }
      case .comma: if comma == nil { comma = scanner.place(cell.start) }
      }
      // Digits that are not 0 stand before the exponent.
      if value == 0,
        scanner.bytes(cell).prefix(while: { $0 | 0x20 != 0x65 }).contains(where: { (49...57) ~= $0 }
        )
      {
        problems.add(
          .tooSmall(column: column), at: scanner.place(cell.start),
          "\(layout.title(column)): \(EscapedText.quoted(scanner.text(column))) is too small for a "
            + "double (at least 5e-324); write 0 if that is meant")
      }
      return value
    case .tooLarge:
      problems.add(
        .tooLarge(column: column), at: scanner.place(cell.start),
        "\(layout.title(column)): \(EscapedText.quoted(scanner.text(column))) is too large for a "
          + "double (at most 1.8e308)")
      return 0
    case .other: return notNumber(scanner, column)
    }
  }

  private mutating func notNumber(_ scanner: CSVScanner, _ column: Int) -> Double {
    let cell = scanner.cells[column]
    let text = scanner.text(column)
    if CSVMissing.isMissing(text) {
      if missing == .error {
        problems.add(
          .missing, at: scanner.place(cell.start),
          "\(layout.title(column)): "
            + (text.isEmpty ? "the cell is empty" : "\(EscapedText.quoted(text)) is no number")
            + "; fill it in, or add `missing: drop` (leaves such rows out) or `missing: mean` to "
            + "the data")
      }
      return .nan
    }
    if !scanner.isText(cell) { return notText(scanner, column) }
    let advice =
      NumberSlip(text, allowsDecimalComma: dialect.allowsDecimalComma)?.advice
      ?? (layout.inputs.contains(column) ? Quantity(text)?.advice : nil)
      ?? (layout.targets.contains(column)
        ? "classes in words need a model that tells classes apart (kind: softmax)"
        : "leave the column out with `columns:`, or mend the cell")
    problems.add(
      .notNumber(column: column), at: scanner.place(cell.start),
      "\(layout.title(column)): \(EscapedText.quoted(text)) is not a number; \(advice)")
    return 0
  }

  private mutating func notText(_ scanner: CSVScanner, _ column: Int) -> Double {
    problems.add(
      .notText(column: column), at: scanner.place(scanner.cells[column].start),
      "\(layout.title(column)): the cell is not UTF-8; save the file as UTF-8")
    return 0
  }

  /// 2⁵³: below it all whole numbers are told apart as doubles.
  static let lastWholeNumber = 9_007_199_254_740_992.0

  /// The number of a class; the first cell says whether classes are numbers or words.
  private mutating func label(_ scanner: CSVScanner, _ column: Int) -> Double {
    let cell = scanner.cells[column]
    let reading =
      isSaid == true
      ? .other : DecimalText.read(scanner.bytes(cell), comma: dialect.allowsDecimalComma)
    if words == nil, reading != .other {
      hasNumbers = true
      let value = number(scanner, column)
      if value.magnitude >= Self.lastWholeNumber {
        problems.add(
          .tooLarge(column: column), at: scanner.place(cell.start),
          "\(layout.title(column)): \(EscapedText.quoted(scanner.text(column))) is beyond 2^53, "
            + "where classes in numbers run together; write classes as words (such as c"
            + "\(scanner.text(column)))")
      }
      return value
    }
    let text = scanner.text(column)
    // Of names, whatever they look like, only what is empty is none.
    if isSaid == true ? text.isEmpty : CSVMissing.isMissing(text) {
      return notNumber(scanner, column)
    }
    if hasNumbers {
      problems.add(
        .wordAmongNumbers, at: scanner.place(cell.start),
        "\(layout.title(column)): \(EscapedText.quoted(text)) is a word among numbers; write all "
          + "classes as numbers, or all as words, or say `labels: true` in the data")
      return 0
    }
    if reading != .other {
      problems.add(
        .numberAmongWords, at: scanner.place(cell.start),
        "\(layout.title(column)): \(EscapedText.quoted(text)) is a number among words; write all "
          + "classes as numbers, or all as words, or say `labels: true` in the data")
      return 0
    }
    if !scanner.isText(cell) { return notText(scanner, column) }
    if isSaid == nil, let slip = NumberSlip(text, allowsDecimalComma: dialect.allowsDecimalComma) {
      problems.add(
        .notNumber(column: column), at: scanner.place(cell.start),
        "\(layout.title(column)): \(EscapedText.quoted(text)) looks like a number, and is none; "
          + "\(slip.advice), or say `labels: true` in the data if it is a class")
      return 0
    }
    let count = words?.count ?? 0
    if let number = words?[text] { return Double(number) }
    guard count < ModelLimits.classes else {
      problems.add(
        .tooManyClasses, at: scanner.place(cell.start),
        "\(layout.title(column)): more than \(ModelLimits.classes) different words are no classes")
      return 0
    }
    words = words ?? [:]
    if firstWord == nil { firstWord = scanner.place(cell.start) }
    words?[text] = count
    return Double(count)
  }

  /// What was read, or everything that is wrong with it.
  mutating func table(
    path: String, columns: [String], target: [String], findings: [String]
  ) -> Result<FileTable, PresetError> {
    var diagnostics = problems.diagnostics(path)
    if let point, let comma {
      let second = (point.line, point.column) < (comma.line, comma.column) ? comma : point
      diagnostics.append(
        Diagnostic(
          .file(name: path, line: second.line, column: second.column),
          "fractions are set off by points (first at \(point.line):\(point.column)) and by commas "
            + "(first at \(comma.line):\(comma.column)); write all alike"))
    }
    if diagnostics.isEmpty, rows == 0 {
      diagnostics.append(
        Diagnostic(
          .file(name: path, line: 1, column: 1), "no row is left: all \(dropped) have gaps"))
    }
    if isSaid == nil, let words, let firstWord, Quantity.areMeant(by: words.keys) {
      let name = words.min { $0.value < $1.value }?.key ?? ""
      diagnostics.append(
        Diagnostic(
          .file(name: path, line: firstWord.line, column: firstWord.column),
          "\(layout.title(layout.targets[0])): is \(EscapedText.quoted(name)) the name of a class, "
            + "or "
            + "a quantity? Say `labels: true` in the data for a class, or write it as one number"))
    }
    guard diagnostics.isEmpty else { return .failure(PresetError(diagnostics)) }
    var findings = findings
    if comma != nil { findings.append("fractions are set off by commas") }
    if dropped > 0 {
      findings.append(
        "\(dropped) \(dropped == 1 ? "row with a gap is" : "rows with gaps are") left out")
    }
    if !gaps.isEmpty {
      if let column = fill() {
        return .failure(
          PresetError(
            .file(name: path, line: 1, column: 1),
            "\(layout.title(column)) holds no number"
              + (dropped == 0 ? "" : " in the \(rows) rows that have a target")
              + ", so it has no mean; leave it out"))
      }
      findings.append(
        "\(gaps.count) \(gaps.count == 1 ? "gap is" : "gaps are") filled with "
          + (means == nil ? "their columns' means" : "the means of what was learned from"))
    }
    // Samples have a target; where the table has none it is 0.
    var samples = Samples(
      inputCount: layout.inputs.count, targetCount: max(layout.targets.count, 1), inputs: inputs,
      targets: layout.targets.isEmpty ? [Double](repeating: 0, count: rows) : targets)
    // The samples hold the numbers now; two copies of them are never there.
    inputs = []
    targets = []
    if let words { samples.name(words) }
    samples.inputNames = names(layout.inputs)
    if classes, let only = samples.targets.first, samples.targets.allSatisfy({ $0 == only }) {
      let name = words?.keys.first.map(EscapedText.quoted) ?? ExactDecimal.shortest(only)
      return .failure(
        PresetError(
          .file(name: path, line: 1, column: 1),
          "\(layout.title(layout.targets[0])): all targets are \(name); a classifier needs at "
            + "least "
            + "two classes"))
    }
    var table = FileTable(
      path: path, columns: columns, target: target, samples: samples,
      targetNames: names(layout.targets), findings: findings)
    if classes, words == nil { table.classNumbers = Set(samples.targets).sorted() }
    return .success(table)
  }

  private func names(_ columns: [Int]) -> [String] {
    layout.names.isEmpty ? [] : columns.map { layout.names[$0] }
  }

  /// Puts the mean of what is known of its column into each gap; the column of which nothing is
  /// known, if any.
  private mutating func fill() -> Int? {
    let width = layout.inputs.count
    if let means {
      for at in gaps { inputs[at] = means[at % width] }
      return nil
    }
    let columns = Dictionary(grouping: gaps) { $0 % width }
    for (column, gaps) in columns.sorted(by: { $0.key < $1.key }) {
      let known = rows - gaps.count
      guard known > 0 else { return layout.inputs[column] }
      let places = stride(from: column, to: inputs.count, by: width).filter { !inputs[$0].isNaN }
      var mean = places.reduce(0) { $0 + inputs[$1] } / Double(known)
      // The sum of great numbers may be too large where their mean is not.
      if !mean.isFinite { mean = places.reduce(0) { $0 + inputs[$1] / Double(known) } }
      for at in gaps { inputs[at] = mean }
    }
    return nil
  }
}
