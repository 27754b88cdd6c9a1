/// Cuts a stream of bytes into the rows and cells of a table, holding one row at a time.
///
/// Lines end with LF, CR LF or CR. Lines without anything but blanks are passed over, and so are
/// those whose first sign is `#`. A cell in double quotes may hold delimiters, line breaks and,
/// written twice, quotes (RFC 4180); blanks at the ends of cells do not count.
final class CSVScanner {
  /// What keeps the rest from being cut.
  struct Fault: Error {
    /// What is wrong.
    let message: String
    /// Where; nil: the file cannot be read.
    let place: TextPlace?
  }

  /// A cell of the present row: its bytes, counted from the row's first.
  struct Cell {
    var start: Int
    var end: Int
    /// Whether quotes are doubled in it.
    var isEscaped = false
  }

  /// Bytes of a row at most: what is longer is no table, or has a quote that nobody closed.
  static let rowLimit = 4 << 20

  /// The cells of the present row.
  private(set) var cells: [Cell] = []
  /// The line on which the present row begins, from 1.
  private(set) var line = 1
  /// Lines that were passed over because they begin with `#`.
  private(set) var comments = 0

  private let dialect: CSVDialect
  private let refill: (UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  /// The present row's first byte, the next byte to look at, and the end of what was read.
  private var row = 0
  private var at = 0
  private var end: Int
  private var hasEnded = false
  private var nextLine: Int

  /// A scanner of `begin` and then of what `refill` puts into a buffer (it returns how much, 0 at
  /// the end). `line` is the line on which `begin` begins.
  init(
    _ dialect: CSVDialect, begin: [UInt8], line: Int = 1,
    refill: @escaping (UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int
  ) {
    self.dialect = dialect
    self.refill = refill
    buffer = .allocate(capacity: max(begin.count, 1 << 16))
    _ = buffer.update(fromContentsOf: begin)
    end = begin.count
    nextLine = line
  }

  deinit { buffer.deallocate() }

  /// Whether all bytes have been taken.
  var isAtEnd: Bool { hasEnded && at == end }

  /// Goes to the next row; false when there is none.
  func next() throws(Fault) -> Bool {
    cells.removeAll(keepingCapacity: true)
    guard try findRow() else { return false }
    while true {
      try readCell()
      guard cells.count <= PresetLimits.csvColumns else {
        throw fault("more than \(PresetLimits.csvColumns) cells in a row", at: cells.last?.start)
      }
      guard try hasByte() else { break }
      let byte = buffer[at]
      if byte == 10 || byte == 13 {
        try endLine()
        break
      }
      // The delimiter; after it there is a cell, even if nothing stands in it.
      at += 1
      if dialect.mergesBlanks {
        try skipBlanks()
        guard try hasByte(), buffer[at] != 10, buffer[at] != 13 else {
          if try hasByte() { try endLine() }
          break
        }
      }
    }
    return true
  }

  /// The bytes of a cell of the present row, where no quotes are doubled in it.
  func bytes(_ cell: Cell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: buffer[(row + cell.start)..<(row + cell.end)])
  }

  /// The text of a cell of the present row; what is not UTF-8 in it is replaced.
  func text(_ index: Int) -> String {
    let cell = cells[index]
    let text = String(decoding: bytes(cell), as: UTF8.self)
    return cell.isEscaped ? text.replacing("\"\"", with: "\"") : text
  }

  /// Whether the text of a cell is UTF-8.
  func isText(_ cell: Cell) -> Bool { String(validating: bytes(cell), as: UTF8.self) != nil }

  /// The place of a byte of the present row, counted from its first.
  func place(_ offset: Int) -> TextPlace {
    var place = TextPlace(line: line)
    var isAfterReturn = false
    for byte in buffer[row..<min(row + offset, end)] {
      let isReturn = byte == 13
      if isReturn || byte == 10 {
        if !(byte == 10 && isAfterReturn) { place = TextPlace(line: place.line + 1) }
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
      isAfterReturn = isReturn
    }
    return place
  }

  private func fault(_ message: String, at offset: Int?) -> Fault {
    Fault(message: message, place: place(offset ?? 0))
  }

  /// Passes over blank lines and remarks; false at the end.
  private func findRow() throws(Fault) -> Bool {
    while true {
      row = at
      line = nextLine
      guard try hasByte() else { return false }
      try skipBlanks()
      guard try hasByte() else { return false }
      switch buffer[at] {
      case 10, 13: try endLine()
      case UInt8(ascii: "#"):
        comments += 1
        while try hasByte(), buffer[at] != 10, buffer[at] != 13 {
          at += 1
          // A remark may be as long as it likes.
          row = at
        }
        if try hasByte() { try endLine() }
      default:
        // Tabulators may be empty cells.
        if !dialect.mergesBlanks { at = row }
        return true
      }
    }
  }

  private func readCell() throws(Fault) {
    let delimiter = dialect.delimiter
    let isTabbed = delimiter == 9
    // The first byte of a cell is looked at three times at most, the others once.
    while try hasByte(), buffer[at] == 32 || buffer[at] == 9 && !isTabbed, !dialect.mergesBlanks {
      at += 1
    }
    if try hasByte(), buffer[at] == UInt8(ascii: "\"") { return try readQuoted() }
    let start = at - row
    while true {
      var place = at
      let end = self.end
      let buffer = self.buffer
      if dialect.mergesBlanks {
        while place < end {
          let byte = buffer[place]
          if byte <= 32, byte == 32 || byte == 9 || byte == 10 || byte == 13 || byte == 0 { break }
          place &+= 1
        }
      } else {
        while place < end {
          let byte = buffer[place]
          if byte == delimiter || byte <= 13 && (byte == 10 || byte == 13 || byte == 0) { break }
          place &+= 1
        }
      }
      at = place
      if place < end { break }
      guard try hasByte() else { break }
    }
    if at < end, buffer[at] == 0 {
      throw fault("a zero byte; this is not a text in UTF-8", at: at - row)
    }
    var last = at
    while last > row + start, buffer[last - 1] == 32 || buffer[last - 1] == 9 { last -= 1 }
    cells.append(Cell(start: start, end: last - row))
  }

  private func readQuoted() throws(Fault) {
    let quote = at - row
    at += 1
    var cell = Cell(start: at - row, end: 0)
    while true {
      guard try hasByte(from: quote) else {
        throw fault("this quote (\") is never closed", at: quote)
      }
      let byte = buffer[at]
      at += 1
      if byte == 0 { throw fault("a zero byte; this is not a text in UTF-8", at: at - 1 - row) }
      if byte == 10 {
        nextLine += 1
      } else if byte == 13 {
        // A line break of two bytes is counted at the second.
        if try !(hasByte(from: quote) && buffer[at] == 10) { nextLine += 1 }
      }
      guard byte == UInt8(ascii: "\"") else { continue }
      guard try hasByte(), buffer[at] == byte else { break }
      cell.isEscaped = true
      at += 1
    }
    cell.end = at - 1 - row
    while cell.start < cell.end, isBlank(cell.start) { cell.start += 1 }
    while cell.end > cell.start, isBlank(cell.end - 1) { cell.end -= 1 }
    if !dialect.mergesBlanks {
      while try hasByte(), buffer[at] == 32 || buffer[at] == 9, buffer[at] != dialect.delimiter {
        at += 1
      }
    }
    let isClosed =
      try !hasByte() || [10, 13, dialect.delimiter].contains(buffer[at])
      || dialect.mergesBlanks && buffer[at] == 9
    guard isClosed else {
      throw fault(
        "text after a closing quote; put all of the cell in quotes, and double those inside",
        at: at - row)
    }
    cells.append(cell)
  }

  private func isBlank(_ offset: Int) -> Bool {
    buffer[row + offset] == 32 || buffer[row + offset] == 9
  }

  private func skipBlanks() throws(Fault) {
    while try hasByte(), buffer[at] == 32 || buffer[at] == 9 { at += 1 }
  }

  /// Takes the line break that is next.
  private func endLine() throws(Fault) {
    let isReturn = buffer[at] == 13
    at += 1
    if isReturn, try hasByte(), buffer[at] == 10 { at += 1 }
    nextLine += 1
  }

  /// Whether there is a next byte; reads on when there may be. `quote`: where one was opened that
  /// is still open.
  @inline(__always)
  private func hasByte(from quote: Int? = nil) throws(Fault) -> Bool {
    if at < end { return true }
    return try fill(quote)
  }

  private func fill(_ quote: Int?) throws(Fault) -> Bool {
    guard !hasEnded else { return false }
    let held = end - row
    guard held < Self.rowLimit else {
      throw fault(
        quote == nil
          ? "a row of more than \(Self.rowLimit) bytes; is this a table?"
          : "this quote (\") is not closed within \(Self.rowLimit) bytes", at: quote)
    }
    if held > buffer.count / 2 {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer[row..<end])
      buffer.deallocate()
      buffer = larger
    } else if row > 0 {
      buffer.baseAddress?.update(from: buffer.baseAddress! + row, count: held)
    }
    at -= row
    row = 0
    end = held
    do throws(FileFailure) {
      let room = UnsafeMutableRawBufferPointer(buffer)[held...]
      let read = try refill(UnsafeMutableRawBufferPointer(rebasing: room))
      hasEnded = read == 0
      end += read
    } catch {
      throw Fault(message: error.message, place: nil)
    }
    return at < end
  }
}
