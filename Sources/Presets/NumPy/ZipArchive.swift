/// A zip archive, read: what NumPy's `savez` and `savez_compressed` write.
///
/// Names, sizes and places come from the directory at its end; files are stored or deflated.
/// Archives in parts, with passwords, or beyond 4 GiB are none of NumPy's.
struct ZipArchive {
  /// One file of it.
  struct Entry {
    /// Its name, folders included.
    let name: String
    fileprivate let method: Int
    fileprivate let packed: Int
    fileprivate let size: Int
    fileprivate let sum: UInt32
    fileprivate let place: Int
  }

  /// The files, in the directory's order.
  let entries: [Entry]
  private let bytes: [UInt8]

  /// Reads the directory of an archive.
  init(_ bytes: [UInt8]) throws(FileFailure) {
    self.bytes = bytes
    guard let end = Self.end(bytes) else { throw FileFailure("is no zip archive, or is cut off") }
    let count = Self.number(bytes, end + 10, 2)
    var at = Self.number(bytes, end + 16, 4)
    var entries: [Entry] = []
    for _ in 0..<count {
      guard at + 46 <= bytes.count, Self.number(bytes, at, 4) == 0x0201_4B50 else {
        throw FileFailure("has a damaged directory")
      }
      let name = Self.number(bytes, at + 28, 2)
      let next = at + 46 + name + Self.number(bytes, at + 30, 2) + Self.number(bytes, at + 32, 2)
      guard next <= bytes.count else { throw FileFailure("has a damaged directory") }
      guard Self.number(bytes, at + 8, 2) & 1 == 0 else {
        throw FileFailure("is locked by a password")
      }
      entries.append(
        Entry(
          name: String(decoding: bytes[at + 46..<at + 46 + name], as: UTF8.self),
          method: Self.number(bytes, at + 10, 2), packed: Self.number(bytes, at + 20, 4),
          size: Self.number(bytes, at + 24, 4), sum: UInt32(Self.number(bytes, at + 16, 4)),
          place: Self.number(bytes, at + 42, 4)))
      at = next
    }
    self.entries = entries
  }

  /// The content of a file, of at most `limit` bytes.
  func content(of entry: Entry, limit: Int) throws(FileFailure) -> [UInt8] {
    let name = EscapedText.quoted(entry.name)
    guard entry.size <= limit else {
      throw FileFailure("holds \(name) of \(entry.size) bytes; at most \(limit) are read")
    }
    let at = entry.place
    guard at + 30 <= bytes.count, Self.number(bytes, at, 4) == 0x0403_4B50 else {
      throw FileFailure("is damaged: \(name) is not where the directory says")
    }
    let start = at + 30 + Self.number(bytes, at + 26, 2) + Self.number(bytes, at + 28, 2)
    guard start + entry.packed <= bytes.count else { throw FileFailure("is cut off in \(name)") }
    let packed = Array(bytes[start..<start + entry.packed])
    let content: [UInt8]?
    switch entry.method {
    case 0: content = packed
    case 8: content = Deflate.expand(packed, dictionary: [], limit: entry.size)
    default: throw FileFailure("packs \(name) in a way that is not read (\(entry.method))")
    }
    guard let content, content.count == entry.size, Deflate.checksum(content) == entry.sum else {
      throw FileFailure("is damaged: the checksum of \(name) does not fit")
    }
    return content
  }

  /// Where the record at the end begins; a comment of up to 64 KiB may follow it.
  private static func end(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    var at = bytes.count - 22
    while at >= max(0, bytes.count - 22 - 65_535) {
      if number(bytes, at, 4) == 0x0605_4B50 { return at }
      at -= 1
    }
    return nil
  }

  /// A number, least byte first.
  private static func number(_ bytes: [UInt8], _ at: Int, _ size: Int) -> Int {
    guard at >= 0, at + size <= bytes.count else { return 0 }
    return (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }
}
