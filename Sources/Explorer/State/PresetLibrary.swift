import Lanes
package import Presets
package import Training

/// Where the explorer finds presets.
package protocol PresetLibrary: Sendable {
  /// A preset, or one of its variants.
  func load(_ name: String, variant: String?) throws(PresetFailure) -> Preset
  /// The preset in a string from elsewhere, which may read the file that it names.
  func loadAllowingFiles(_ reference: String) throws(PresetFailure) -> Preset
  /// `preset` with settings, the same as on the command line.
  func apply(_ settings: [Setting], to preset: Preset) throws(PresetFailure) -> Preset
  /// The first rows of a table and the preset that learns from it, with `settings` of its data.
  func preview(table path: String, _ settings: [Setting]) throws(PresetFailure) -> TablePreview
  /// Keeps rows that were pasted as a table; returns its path.
  func keep(pasted text: String) throws(PresetFailure) -> String
}

extension PresetLibrary {
  package func loadAllowingFiles(_ reference: String) throws(PresetFailure) -> Preset {
    try load(reference, variant: nil)
  }

  package func preview(
    table path: String, _ settings: [Setting]
  ) throws(PresetFailure) -> TablePreview {
    do {
      return try TablePreview(path, settings, views: nil)
    } catch {
      throw PresetFailure("\(error)")
    }
  }

  package func keep(pasted text: String) throws(PresetFailure) -> String {
    do {
      return try TablePreview.keep(pasted: text, in: PresetPaths.pasted)
    } catch {
      throw PresetFailure("the rows cannot be kept: \(error)")
    }
  }
}

/// A preset as lists show it.
package struct PresetEntry: Named, Equatable {
  /// The name that loads it (`xsin`).
  package var name: String
  /// Its title for people.
  package var title: String
  /// One sentence.
  package var summary: String
  /// The heading it stands under.
  package var group: String
  /// The heading below that: the chapter of the notes; empty where there is none.
  package var section: String
  /// Names of its variants (`starts at 4`).
  package var variants: [String]
  /// Its lesson; nil when it has none.
  package var lesson: Lesson?

  /// An entry.
  package init(
    name: String, title: String, summary: String, group: String, section: String = "",
    variants: [String] = [], lesson: Lesson? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.group = group
    self.section = section
    self.variants = variants
    self.lesson = lesson
  }
}

/// A system of the lecture notes as the explorer's list of them shows it.
package struct NotesEntry: Equatable, Sendable {
  /// Its number in the order of the notes, from 1.
  package var number: Int
  /// Its title.
  package var title: String
  /// One sentence on what it shows.
  package var summary: String
  /// The chapter of the notes.
  package var section: String
  /// Its first and last line in the notes.
  package var lines: ClosedRange<Int>
  /// The preset that shows it.
  package var preset: String
  /// What is odd about it in the notes; empty: nothing.
  package var remark: String

  /// An entry.
  package init(
    number: Int, title: String, summary: String, section: String, lines: ClosedRange<Int>,
    preset: String, remark: String
  ) {
    self.number = number
    self.title = title
    self.summary = summary
    self.section = section
    self.lines = lines
    self.preset = preset
    self.remark = remark
  }
}

/// A preset that could not be loaded.
package struct PresetFailure: Error, Equatable {
  /// Why, in one line for the status bar or more lines for a box.
  package var message: String
  /// The file that a string from elsewhere would read, where that has not been allowed.
  package var unaskedFile: String?
  /// A failure with its reason.
  package init(_ message: String, unaskedFile: String? = nil) {
    self.message = message
    self.unaskedFile = unaskedFile
  }
}
