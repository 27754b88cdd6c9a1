/// Reads files of text within bounds.
enum TextFile {
  /// The text of a regular file of at most `limit` bytes of UTF-8, without a byte order mark.
  static func read(_ path: String, limit: Int) throws(FileFailure) -> String {
    var bytes = try RegularFile(path, limit: limit).bytes()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return try decode(bytes)
  }

  /// The text of `bytes`, or the place of the first byte that is not UTF-8 (or is zero).
  static func decode(_ bytes: [UInt8]) throws(FileFailure) -> String {
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) { return text }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw FileFailure("the file is in UTF-16; save it as UTF-8", at: TextPlace())
    }
    var place = TextPlace()
    var isAfterReturn = false
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue("\n") where isAfterReturn: isAfterReturn = false
      case .scalarValue(let scalar) where scalar == "\n" || scalar == "\r":
        place = TextPlace(line: place.line + 1)
        isAfterReturn = scalar == "\r"
      case .scalarValue("\0"):
        throw FileFailure("a zero byte; this is not a text in UTF-8", at: place)
      case .scalarValue:
        place.column += 1
        isAfterReturn = false
      case .error:
        throw FileFailure("a byte that is not UTF-8; save the file as UTF-8", at: place)
      case .emptyInput: throw FileFailure("not UTF-8; save the file as UTF-8", at: place)
      }
    }
  }
}
