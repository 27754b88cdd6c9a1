import Explorer
import Foundation
import Lanes
import Presets
import Training

/// The shelf of presets as the explorer asks for it.
struct ExplorerPresets: PresetLibrary, Sendable {
  /// The presets.
  let shelf: PresetShelf
  /// A preset that was given by path, offered beside the others.
  let opened: (reference: String, preset: Preset)?

  /// What the person wants of every run.
  var configuration = Configuration()

  /// All presets of a shelf.
  init(_ shelf: PresetShelf, opened: (reference: String, preset: Preset)? = nil) {
    self.shelf = shelf
    self.opened = opened
  }

  /// Reads every preset, piece by piece: the built-in ones first, because they take tens of
  /// milliseconds, then the user's files, of which there may be thousands.
  func read(_ publish: PresetIndex.Publish) {
    let files = shelf.userFiles()
    publish(shelf.builtIn(besides: files).map(Self.entry), .builtIn)
    publish(Self.kept, .builtIn)
    var piece: [PresetEntry] = []
    if let opened, !files.contains(where: { $0.name == opened.reference }),
      !PresetShelf.builtInNames.contains(opened.reference)
    {
      piece.append(
        Self.entry(opened.preset, named: opened.reference, group: opened.preset.group))
    }
    for entry in shelf.own(files) {
      piece.append(Self.entry(entry))
      guard piece.count >= 100 else { continue }
      publish(piece, .own)
      piece = []
    }
    publish(piece, .own)
  }

  /// All presets, when somebody can wait for them.
  var entries: [PresetEntry] { shelf.entries().map(Self.entry) }

  /// Sessions of earlier hours in which somebody changed something, newest first.
  private static var kept: [PresetEntry] {
    KeptSessions().entries.filter { $0.isOwn && !$0.isOfThisProcess }.map { session in
      PresetEntry(
        name: Self.sessionWord + EscapedText.visible(session.stem),
        title: EscapedText.visible("\(session.time)  \(session.name): \(session.about)"),
        summary: "opens it beside what runs now; the newest at the start: glissade --resume",
        group: "kept sessions")
    }
  }

  private static let sessionWord = "session "

  /// The kept session that a name of the list means; nil: it means none.
  private func session(_ name: String) throws(PresetError) -> Preset? {
    guard name.hasPrefix(Self.sessionWord),
      let entry = KeptSessions().entries.first(where: {
        Self.sessionWord + EscapedText.visible($0.stem) == name
      })
    else { return nil }
    return try SessionStore(path: entry.path).read(views: shelf.views)
  }

  func load(_ name: String, variant: String?) throws(PresetFailure) -> Preset {
    do {
      if let session = try session(name) { return session }
      var preset = try shelf.load(name)
      if let variant { preset = try preset.variant(variant, views: shelf.views) }
      preset.pace = configuration.pace(of: preset)
      return preset
    } catch let error as PresetShelf.UnaskedFile {
      throw PresetFailure(error.description, unaskedFile: error.path)
    } catch {
      throw PresetFailure("\(error)")
    }
  }

  func loadAllowingFiles(_ reference: String) throws(PresetFailure) -> Preset {
    var shelf = shelf
    shelf.allowsFiles = true
    var other = ExplorerPresets(shelf, opened: opened)
    other.configuration = configuration
    return try other.load(reference, variant: nil)
  }

  func apply(
    _ settings: [Setting], to preset: Preset
  ) throws(PresetFailure) -> Preset {
    do {
      return try PresetKeys.apply(settings, to: preset, views: shelf.views)
    } catch {
      throw PresetFailure("\(error)")
    }
  }

  /// The lecture notes as the explorer lists them.
  static let notes = NotesSystem.all.entries.map { system in
    NotesEntry(
      number: system.number, title: system.title, summary: system.summary,
      section: system.section.rawValue, lines: system.lines, preset: system.preset,
      remark: system.quirk?.text ?? "")
  }

  /// Writes a preset: to the path that was typed, or under that name in the user's folder.
  func save(_ request: SaveRequest) -> SaveOutcome {
    let typed = request.target
    let isPath = PresetName.isPath(typed)
    if let problem = isPath ? PresetName.problem(ofPath: typed) : PresetName.problem(typed) {
      return .failed(message: problem)
    }
    if !isPath, Glissade.commandNames.contains(typed) {
      return .failed(message: "`glissade \(typed)` is a command; take another name")
    }
    if !isPath, !request.shadows, PresetShelf.builtInNames.contains(typed) {
      return .shadows(name: typed)
    }
    let path =
      isPath
      ? PresetPaths.resolve(typed, in: FileManager.default.currentDirectoryPath)
      : shelf.folder + "/" + typed + ".yaml"
    do {
      if !isPath { try Folder.make(shelf.folder) }
      try PresetFile.save(request.preset, to: path, replacing: request.overwrite)
      return .saved(path: path)
    } catch let error as PresetFile.WriteError {
      return error.exists ? .exists(path: path) : .failed(message: error.description)
    } catch {
      return .failed(message: EscapedText.visible("\(error)"))
    }
  }

  private static func entry(_ entry: PresetShelf.Entry) -> PresetEntry {
    entry.preset.map { Self.entry($0, named: entry.name, group: entry.group) }
      ?? PresetEntry(
        name: entry.name, title: entry.title, summary: entry.summary, group: entry.group)
  }

  private static func entry(
    _ preset: Preset, named name: String, group: String
  ) -> PresetEntry {
    PresetEntry(
      name: name, title: preset.title, summary: preset.summary, group: group,
      section: group == NotesTable.group
        ? NotesSystem.section(ofPreset: name)?.rawValue ?? "" : "",
      variants: preset.variants.map(\.name), lesson: preset.lesson)
  }
}
