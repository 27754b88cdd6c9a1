import Foundation
import Presets

/// Makes rows of the lines of one source: JSON objects, or tables with a line of names.
///
/// Programs print other things between their metrics; what is no row is passed over and counted. A
/// table begins where a line of names is followed by a line of as many cells with a number in it.
struct MetricsLines: Sendable {
  /// Lines that were no rows.
  private(set) var passedOver = 0
  private let source: Int
  private let name: String
  private var runs: [String: Int?] = [:]
  private var lastRun: (name: String, number: Int?)?
  /// The names of the last object, in order: the next one most often has the same.
  private var expected: [Expectation] = []
  /// Whether all names of the present object stood at the same places of the last one.
  private var isAsBefore = true
  private var fields: [(name: Int, value: Double)] = []
  private var run: String?
  private var prefix: [UInt8] = []
  private var table: Table?
  private var candidate: [UInt8]?

  /// A name of the last object.
  private struct Expectation: Sendable {
    var key: [UInt8]
    var number: Int?
    /// Whether it stood in the object before.
    var isRepeated: Bool
  }

  /// A table's columns.
  private struct Table: Sendable {
    var delimiter: UInt8
    var columns: [Int?]
  }

  /// Lines of a source; `name` is that of its run, where it does not name its runs itself.
  init(source: Int, name: String) {
    self.source = source
    self.name = name
  }

  /// Forgets how the source was written: it begins anew.
  mutating func restart() {
    table = nil
    candidate = nil
  }

  /// Counts a line that was not read.
  mutating func passOver() { passedOver += 1 }

  /// The runs of this source.
  var ownRuns: [Int] { runs.values.compactMap { $0 } }

  /// Takes in a line without its end.
  mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, into rows: inout MetricsTable, arrival: Double
  ) {
    var first = 0
    var end = line.count
    // Some programs begin a file with a mark of the order of bytes.
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { first = 3 }
    while first < end, line[first].isBlank { first += 1 }
    while end > first, line[end - 1].isBlank { end -= 1 }
    // Objects of a list have a comma after them; the comma after a cell begins an empty one.
    if first < end, line[first] == UInt8(ascii: "{") || line[first] == UInt8(ascii: "[") {
      while end > first, line[end - 1].isBlank || line[end - 1] == UInt8(ascii: ",") { end -= 1 }
    }
    // The brackets of a list of objects, a line each.
    guard first < end, end - first > 1 || !"[]".utf8.contains(line[first]) else { return }
    let isList = line[first] == UInt8(ascii: "[")
    if isList { first += 1 }
    let text = UnsafeBufferPointer(rebasing: line[first..<end])
    var scanner = JSONScanner(text)
    guard scanner.peek == UInt8(ascii: "{") else {
      begin()
      add(isRow: !isList && readCells(text, into: &rows), into: &rows, arrival: arrival)
      return
    }
    // Objects of a list may stand on one line.
    repeat {
      begin()
      let isRow = readObject(&scanner, into: &rows)
      let isEnd = isRow && (scanner.isAtEnd || scanner.take(UInt8(ascii: "]")) && scanner.isAtEnd)
      let hasNext = isRow && !isEnd && scanner.take(UInt8(ascii: ","))
      add(isRow: isEnd || hasNext, into: &rows, arrival: arrival)
      guard hasNext else { return }
    } while !scanner.isAtEnd
  }

  private mutating func begin() {
    fields.removeAll(keepingCapacity: true)
    run = nil
  }

  /// Adds the fields that were read of a row; counts what is none.
  private mutating func add(isRow: Bool, into rows: inout MetricsTable, arrival: Double) {
    guard isRow else {
      passedOver += 1
      return
    }
    guard !fields.isEmpty else { return }
    if let number = number(of: run, in: &rows) {
      let hasPlace = rows.add(fields, to: number, arrival: arrival)
      if !hasPlace { passedOver += 1 }
    }
  }

  /// The run of a row that says which it is, or of the source.
  private mutating func number(of run: String?, in rows: inout MetricsTable) -> Int? {
    let run = run ?? ""
    if let lastRun, lastRun.name == run { return lastRun.number }
    let number: Int?
    if let known = runs[run] {
      number = known
    } else {
      number = rows.begin(
        run: run.isEmpty ? name : name == "-" ? run : "\(name) \(run)", source: source)
      runs[run] = .some(number)
    }
    lastRun = (run, number)
    return number
  }

  // MARK: Objects

  /// Reads one JSON object; objects in it give names with points (`train.loss`), lists and texts
  /// are passed over. False: it is none.
  private mutating func readObject(
    _ scanner: inout JSONScanner, into rows: inout MetricsTable
  ) -> Bool {
    var depth = 0
    var place = 0
    var open: [Int] = []
    prefix.removeAll(keepingCapacity: true)
    isAsBefore = true
    guard scanner.take(UInt8(ascii: "{")) else { return false }
    if scanner.take(UInt8(ascii: "}")) { return true }
    while true {
      guard let key = scanner.text(), scanner.take(UInt8(ascii: ":")) else { return false }
      switch scanner.value() {
      case .number(let value):
        if let number = number(of: key, at: place, in: &rows) {
          // Of a name that stands twice the last value holds, as JSON readers have it. Where all
          // names so far are those of the last object, it is known whether this one is new.
          if !isAsBefore || place >= expected.count || expected[place].isRepeated {
            fields.removeAll { $0.name == number }
          }
          fields.append((number, value))
        }
        place += 1
      case .text(let value):
        takeText(value, at: key, in: &rows)
      case .nothing: break
      case .object:
        depth += 1
        guard depth <= 8 else { return false }
        open.append(prefix.count)
        prefix.append(contentsOf: key)
        prefix.append(UInt8(ascii: "."))
        if scanner.peek == UInt8(ascii: "}") { break }
        continue
      case .damaged: return false
      }
      while scanner.take(UInt8(ascii: "}")) {
        guard let length = open.popLast() else { return true }
        prefix.removeLast(prefix.count - length)
        depth -= 1
      }
      guard scanner.take(UInt8(ascii: ",")) else { return false }
    }
  }

  /// The number of the name at a place of the object.
  @inline(__always)
  private mutating func number(
    of key: UnsafeBufferPointer<UInt8>, at place: Int, in rows: inout MetricsTable
  ) -> Int? {
    if prefix.isEmpty, place < expected.count, expected[place].key.count == key.count,
      expected[place].key.withUnsafeBufferPointer({
        memcmp($0.baseAddress ?? UnsafePointer(key.baseAddress!), key.baseAddress!, key.count) == 0
      })
    {
      return expected[place].number
    }
    return unexpected(key, at: place, in: &rows)
  }

  private mutating func unexpected(
    _ key: UnsafeBufferPointer<UInt8>, at place: Int, in rows: inout MetricsTable
  ) -> Int? {
    isAsBefore = false
    let whole = prefix + key
    let number = rows.number(of: JSONScanner.unescaped(whole))
    if prefix.isEmpty {
      let next = Expectation(
        key: whole, number: number,
        isRepeated: fields.contains { $0.name == number })
      if place < expected.count {
        expected[place] = next
      } else if place == expected.count, place < 256 {
        expected.append(next)
      }
    }
    return number
  }

  /// A text may name the run, tell the time, or spell a number that JSON does not have.
  private mutating func takeText(
    _ value: UnsafeBufferPointer<UInt8>, at key: UnsafeBufferPointer<UInt8>,
    in rows: inout MetricsTable
  ) {
    // Long texts are messages; a name that never has a number is not kept.
    guard value.count <= 64 else { return }
    let text = String(decoding: JSONScanner.unescaped(Array(value)), as: UTF8.self)
    if prefix.isEmpty, key.elementsEqual("run".utf8) {
      run = text
    } else if let number = MetricsWords.number(text) ?? MetricsWords.time(text),
      let name = rows.number(of: JSONScanner.unescaped(prefix + key))
    {
      let isTime = MetricsWords.number(text) == nil
      if !isTime || rows.roles[name] == .clock { fields.append((name, number)) }
    }
  }

  // MARK: Tables

  private mutating func readCells(
    _ text: UnsafeBufferPointer<UInt8>, into rows: inout MetricsTable
  ) -> Bool {
    if let table {
      if takeCells(text, table, into: &rows) { return true }
    } else if let candidate, let begun = begin(names: candidate, first: text, in: &rows) {
      table = begun
      passedOver -= 1
      self.candidate = nil
      return takeCells(text, begun, into: &rows)
    }
    if text.count < 1 << 16 { candidate = Array(text) }
    // The same names again, or others: the program began anew, or writes another table now.
    if table != nil, let candidate,
      JSONScanner.cells(text, table?.delimiter ?? 0).allSatisfy({
        MetricsWords.number($0) == nil
      })
    {
      self.candidate = candidate
      table = nil
    }
    return false
  }

  /// The table that a line of names begins, if the line after it fits.
  private func begin(
    names: [UInt8], first: UnsafeBufferPointer<UInt8>, in rows: inout MetricsTable
  ) -> Table? {
    // `# step loss`, as NumPy writes it.
    let names =
      names.first == UInt8(ascii: "#") ? Array(names.dropFirst().drop { $0.isBlank }) : names
    for delimiter in [",", ";", "\t", "|", " "].compactMap(\.utf8.first) {
      let header = names.withUnsafeBufferPointer { JSONScanner.cells($0, delimiter) }
      let cells = JSONScanner.cells(first, delimiter)
      let numbers = cells.count { MetricsWords.number($0) != nil }
      guard header.count == cells.count, cells.count > 1, numbers > 0,
        delimiter != UInt8(ascii: " ") || numbers == cells.count,
        header.allSatisfy({ !$0.isEmpty && MetricsWords.number($0) == nil })
      else { continue }
      // Columns of one name are told apart by a number.
      var seen: [String: Int] = [:]
      let names = header.map { name in
        seen[name, default: 0] += 1
        let count = seen[name, default: 1]
        return count == 1 ? name : "\(name) (\(count))"
      }
      return Table(delimiter: delimiter, columns: names.map { rows.number(of: Array($0.utf8)) })
    }
    return nil
  }

  /// Reads the cells of a row; false: it is none of this table.
  private mutating func takeCells(
    _ text: UnsafeBufferPointer<UInt8>, _ table: Table, into rows: inout MetricsTable
  ) -> Bool {
    var column = 0
    var start = 0
    let mergesBlanks = table.delimiter == UInt8(ascii: " ")
    while start <= text.count {
      let end = JSONScanner.cellEnd(text, from: start, table.delimiter)
      if mergesBlanks, end == start, end < text.count {
        start += 1
        continue
      }
      guard column < table.columns.count else { return false }
      var (low, high) = (start, end)
      while low < high, text[low].isBlank || text[low] == UInt8(ascii: "\"") { low += 1 }
      while high > low, text[high - 1].isBlank || text[high - 1] == UInt8(ascii: "\"") { high -= 1 }
      if low < high, let name = table.columns[column] {
        let cell = UnsafeBufferPointer(rebasing: text[low..<high])
        if case .number(let value, _) = DecimalText.read(
          cell, comma: table.delimiter != UInt8(ascii: ","))
        {
          fields.append((name, value))
        } else {
          takeWord(String(decoding: cell, as: UTF8.self), name, rows.roles[name])
        }
      }
      column += 1
      start = end + 1
    }
    return column == table.columns.count && (!fields.isEmpty || run != nil)
  }

  private mutating func takeWord(_ text: String, _ name: Int, _ role: MetricsTable.Role) {
    switch role {
    case .run: run = text
    case .clock:
      if let value = MetricsWords.number(text) ?? MetricsWords.time(text) {
        fields.append((name, value))
      }
    case .step, .value:
      if let value = MetricsWords.number(text) { fields.append((name, value)) }
    }
  }
}

extension UInt8 {
  /// A blank, tabulator or the rest of a line's end.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}

/// Words that stand for numbers.
enum MetricsWords {
  /// A number, or one of the words for what is none.
  static func number(_ text: String) -> Double? {
    switch DecimalText.read(text, comma: false) {
    case .number(let value, _): return value
    case .tooLarge: return text.hasPrefix("-") ? -.infinity : .infinity
    case .other: break
    }
    switch text.lowercased() {
    case "nan", "-nan", "+nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// Seconds since 1970 of a date and time (ISO 8601; without a zone: UTC).
  static func time(_ text: String) -> Double? {
    let parts = text.split { "-T:Z+ ".contains($0) }
    guard text.count >= 19, parts.count >= 6, parts[0].count == 4,
      let year = Int32(parts[0]), let month = Int32(parts[1]), let day = Int32(parts[2]),
      let hour = Int32(parts[3]), let minute = Int32(parts[4]), let second = Double(parts[5]),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var date = tm()
    (date.tm_year, date.tm_mon, date.tm_mday) = (year - 1900, month - 1, day)
    (date.tm_hour, date.tm_min) = (hour, minute)
    var seconds = Double(timegm(&date)) + second
    let zone = text.dropFirst(19)
    if let sign = zone.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let digits = zone[sign...].dropFirst().filter(\.isNumber)
      if let offset = Int(digits), digits.count == 4 || digits.count == 2 {
        let minutes = digits.count == 2 ? offset * 60 : offset / 100 * 60 + offset % 100
        seconds += Double(zone[sign] == "+" ? -minutes : minutes) * 60
      }
    }
    return seconds
  }
}
