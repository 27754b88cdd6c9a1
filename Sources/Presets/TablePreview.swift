import Foundation
import Lanes
package import Training

/// The first rows of a table, and what becomes of it: what a form shows before anything is trained.
package struct TablePreview: Sendable, Equatable {
  /// A row and the line it begins on.
  package struct Row: Sendable, Equatable {
    /// The line, from 1.
    package var line: Int
    /// The cells as they are written.
    package var cells: [String]
  }

  /// The absolute path.
  package var path: String
  /// How the columns are called: as row 1 names them, else x1, x2, …
  package var names: [String]
  /// The first rows of numbers or words.
  package var rows: [Row]
  /// Whether row 1 holds the names.
  package var hasHeader: Bool
  /// What was understood, a finding a line; empty where it cannot be read.
  package var understood: [String]
  /// The preset that learns from it, or why there is none.
  package var preset: Result<Preset, PresetError>

  package static func == (a: TablePreview, b: TablePreview) -> Bool {
    a.path == b.path && a.names == b.names && a.rows == b.rows && a.hasHeader == b.hasHeader
      && a.understood == b.understood && (try? a.preset.get()) == (try? b.preset.get())
  }

  /// Rows that are shown.
  private static let shown = 5

  /// Looks at the table at `path`, with `settings` of its data (`data.header`, `data.target`, …).
  ///
  /// - Throws: `PresetError` where the file cannot be looked into at all.
  package init(
    _ path: String, _ settings: [Setting], views: [String]?
  ) throws(PresetError) {
    let path = PresetPaths.resolve(path, in: FileManager.default.currentDirectoryPath)
    self.path = path
    let head = try CSVRequest.head(of: path)
    let dialect = CSVDialect.guess(head)
    let first = head.rows(dialect)
    let width = first.map(\.cells.count).max() ?? 0
    let given = settings.first { $0.key == "data.header" }?.value
    let guess = CSVHeader(first.map(\.cells), chosen: { _ in true }, dialect: dialect)
    hasHeader = given.map { $0 == "true" } ?? guess?.hasNames ?? false
    let named = hasHeader ? first.first?.cells ?? [] : []
    names = (0..<width).map { column in
      named.indices.contains(column) && !named[column].isEmpty
        ? EscapedText.visible(named[column]) : "x\(column + 1)"
    }
    rows = first.dropFirst(hasHeader ? 1 : 0).prefix(TablePreview.shown).map {
      Row(line: $0.line, cells: $0.cells.map { EscapedText.visible($0) })
    }
    let read = Result { () throws(PresetError) in
      try TablePreset.read(path, settings, views: views, keys: nil)
    }
    preset = read
    understood = (try? read.get())?.experiment.table?.summary ?? []
  }

  /// Files and folders whose path begins with what was typed, folders first with a slash at their
  /// end; files are tables.
  package static func paths(beginning typed: String) -> [String] {
    let slash = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, beginning) = (String(typed[..<slash]), String(typed[slash...]))
    let place = PresetPaths.resolve(
      folder.isEmpty ? "." : folder, in: FileManager.default.currentDirectoryPath)
    guard let found = try? FileManager.default.contentsOfDirectory(atPath: place) else { return [] }
    var (folders, files): ([String], [String]) = ([], [])
    for name in found.sorted() where name.hasPrefix(beginning) {
      if name.hasPrefix("."), !beginning.hasPrefix(".") { continue }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: place + "/" + name, isDirectory: &isFolder)
      else { continue }
      if isFolder.boolValue {
        folders.append(folder + name + "/")
      } else if TablePreset.isTable(name) {
        files.append(folder + name)
      }
      if folders.count + files.count >= 200 { break }
    }
    return files + folders
  }

  /// Keeps rows that were pasted as a table in `folder`, named by what it holds; returns its path.
  ///
  /// - Throws: `FileFailure` where it cannot be written.
  package static func keep(pasted text: String, in folder: String) throws -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let path = "\(folder)/pasted-\(String(hash, radix: 36)).csv"
    try Folder.make(folder)
    try AtomicFile.write(Array(text.utf8), to: path, replacing: true)
    return path
  }

  /// Whether a text looks like rows of a table: several lines of equally many cells.
  package static func isTable(_ text: String) -> Bool {
    let head = CSVHead(bytes: Array(text.utf8.prefix(1 << 16)), isAll: text.utf8.count <= 1 << 16)
    let rows = head.rows(CSVDialect.guess(head))
    guard rows.count >= 2, let width = rows.first?.cells.count, width >= 2 else { return false }
    return rows.allSatisfy { $0.cells.count == width }
  }
}
