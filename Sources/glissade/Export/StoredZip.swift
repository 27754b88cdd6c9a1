import Presets

/// A zip archive of files that are not compressed.
struct StoredZip {
  private var files: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a file.
  mutating func add(_ content: [UInt8], named name: String) {
    let sum = Checksum.crc32(content)
    let offset = files.count
    // Version 2.0, names in UTF-8, stored, dated 1980-01-01.
    let common =
      Self.little(20, 2) + Self.little(0x800, 2) + Self.little(0, 2) + Self.little(0, 2)
      + Self.little(0x21, 2) + Self.little(Int(sum), 4) + Self.little(content.count, 4)
      + Self.little(content.count, 4) + Self.little(name.utf8.count, 2) + Self.little(0, 2)
    files += Self.little(0x0403_4B50, 4) + common + Array(name.utf8) + content
    directory +=
      Self.little(0x0201_4B50, 4) + Self.little(20, 2) + common + Self.little(0, 2)
      + Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 4) + Self.little(offset, 4)
      + Array(name.utf8)
    count += 1
  }

  /// The whole archive.
  var bytes: [UInt8] {
    files + directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(files.count, 4)
      + Self.little(0, 2)
  }

  private static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
