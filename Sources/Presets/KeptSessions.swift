package import Foundation

/// The sessions that explorers keep, one file for each time the program was opened, newest first:
/// what was kept is not lost by opening it again.
///
/// There are at most eight in which somebody changed something, and three others; older ones go
/// when a new one begins. Files of other versions of the program are neither read nor removed.
package struct KeptSessions: Sendable {
  /// A session that was kept.
  package struct Entry: Sendable, Equatable {
    /// The file.
    package var path: String
    /// The preset's name.
    package var name: String
    /// What it is: `3 branches, 2 changes, step 1200`.
    package var about: String
    /// When it was written last.
    package var date: Date
    /// Whether somebody changed something in it, or took another way.
    package var isOwn: Bool

    /// The file's name without its ending: when the session began, and in which process.
    package var stem: String {
      String(path.split(separator: "/").last?.dropLast(KeptSessions.suffix.count) ?? "")
    }

    /// Whether it is the session of the explorer that asks.
    package var isOfThisProcess: Bool { stem.hasSuffix("-\(getpid())") }

    /// When it was written last, to the minute: `2026-11-30 17:05`.
    package var time: String {
      let formatter = DateFormatter()
      formatter.locale = Locale(identifier: "en_US_POSIX")
      formatter.dateFormat = "yyyy-MM-dd HH:mm"
      return formatter.string(from: date)
    }
  }

  /// What lists need of a file.
  private struct Header: Decodable {
    var version: Int
    var name: String
    var about: String?
    var isOwn: Bool?
  }

  /// The folder.
  private let folder: String
  /// The file in which versions before kept the only session.
  private let single: String

  /// Sessions in a folder.
  package init(folder: String = PresetPaths.sessions, single: String = PresetPaths.session) {
    self.folder = folder
    self.single = single
  }

  /// Sessions with something of somebody's that are kept, and others.
  private static let (ownLimit, otherLimit) = (8, 3)
  /// Bytes of a file that is looked into.
  private static let bytes = 64 << 20
  private static let suffix = ".json"

  /// The sessions that can be opened, newest first.
  package var entries: [Entry] {
    (paths + [single]).compactMap(KeptSessions.entry).sorted {
      ($0.date, $0.path) > ($1.date, $1.path)
    }
  }

  private var paths: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(KeptSessions.suffix) }.map { folder + "/" + $0 }
  }

  private static func date(of path: String) -> Date {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    return facts?[.modificationDate] as? Date ?? .distantPast
  }

  /// Whether a file says not even which version wrote it.
  private static func isUnreadable(_ path: String) -> Bool {
    struct Version: Decodable { var version: Int }
    guard let bytes = try? RegularFile.bytes(of: path, limit: bytes) else { return true }
    return (try? JSONDecoder().decode(Version.self, from: Data(bytes))) == nil
  }

  private static func entry(_ path: String) -> Entry? {
    guard let bytes = try? RegularFile.bytes(of: path, limit: bytes),
      let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)), header.version == 1,
      let facts = try? FileManager.default.attributesOfItem(atPath: path),
      let date = facts[.modificationDate] as? Date
    else { return nil }
    return Entry(
      path: path, name: header.name, about: header.about ?? "", date: date,
      isOwn: header.isOwn ?? true)
  }

  /// The newest session; a file that is there but cannot be read comes first, so that whoever wants
  /// it is told.
  package var newest: SessionStore? {
    let entries = entries
    let latest = paths.map { (date: KeptSessions.date(of: $0), path: $0) }
      .filter { $0.date > entries.first?.date ?? .distantPast }
      .max { $0.date < $1.date }
    if let latest, KeptSessions.isUnreadable(latest.path) { return SessionStore(path: latest.path) }
    if let entry = entries.first { return SessionStore(path: entry.path) }
    return FileManager.default.fileExists(atPath: single) ? SessionStore(path: single) : nil
  }

  /// The file of a session that begins now.
  package func begin() -> SessionStore {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    let time = formatter.string(from: Date())
    return SessionStore(path: "\(folder)/\(time)-\(getpid())\(KeptSessions.suffix)")
  }

  /// Removes the oldest beyond the limits, but none that an explorer holds.
  ///
  /// - Parameter path: a file that stays.
  package func removeOldest(besides path: String) {
    var (own, others) = (0, 0)
    for entry in entries where entry.path != path && entry.path != single {
      if entry.isOwn { own += 1 } else { others += 1 }
      guard own > KeptSessions.ownLimit || !entry.isOwn && others > KeptSessions.otherLimit else {
        continue
      }
      guard let claim = SessionClaim(entry.path) else { continue }
      // The lock goes with it, when the claim ends.
      withExtendedLifetime(claim) {
        _ = try? FileManager.default.removeItem(atPath: entry.path)
      }
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // Of explorers that were killed before they wrote anything.
    for session in names.compactMap(SessionClaim.session(of:)) where !names.contains(session) {
      _ = SessionClaim("\(folder)/\(session)")
    }
  }
}
