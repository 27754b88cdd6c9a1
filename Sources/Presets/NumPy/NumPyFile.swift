import Models

/// A `.npy` file or a `.npz` archive: arrays with their names.
struct NumPyFile {
  /// The arrays, in the order of the file; the only one of a `.npy` file has no name.
  let arrays: [(name: String, array: NumPyArray)]

  /// What names of such files end in.
  static let endings = [".npy", ".npz"]

  /// Whether a path is that of one.
  static func isOne(_ path: String) -> Bool {
    endings.contains { path.lowercased().hasSuffix($0) }
  }

  /// Reads the file at a path.
  init(_ path: String) throws(FileFailure) {
    let bytes = try RegularFile(path, limit: PresetLimits.csvBytes).bytes()
    do throws(FileFailure) { arrays = try Self.arrays(bytes) } catch { throw error.inContent }
  }

  private static func arrays(
    _ bytes: [UInt8]
  ) throws(FileFailure) -> [(name: String, array: NumPyArray)] {
    guard bytes.starts(with: Array("PK".utf8)) else {
      return [("", try NumPyArray(bytes, limit: ModelLimits.numbers))]
    }
    let archive = try ZipArchive(bytes)
    var arrays: [(name: String, array: NumPyArray)] = []
    var rest = ModelLimits.numbers
    for entry in archive.entries where entry.name.hasSuffix(".npy") {
      let name = String(entry.name.dropLast(4))
      guard !arrays.contains(where: { $0.name == name }) else {
        throw FileFailure("holds two arrays \(EscapedText.quoted(name)); give each its own name")
      }
      let content = try archive.content(of: entry, limit: PresetLimits.csvBytes)
      do throws(FileFailure) {
        let array = try NumPyArray(content, limit: rest)
        rest -= array.shape.reduce(1, *)
        arrays.append((name, array))
      } catch {
        throw FileFailure("its array \(EscapedText.quoted(name)) \(error.message)")
      }
    }
    guard !arrays.isEmpty else { throw FileFailure("holds no array") }
    return arrays
  }
}
