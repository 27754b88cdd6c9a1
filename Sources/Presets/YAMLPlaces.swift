import Yams

/// Places in a text of YAML as editors count them.
///
/// YAML 1.1 ends lines at NEL, U+2028 and U+2029, too; editors do not. Where a text has none of
/// these, both count alike.
struct YAMLPlaces {
  /// Where each line begins that YAML counts; empty: as editors count.
  private let starts: [TextPlace]
  private let file: String

  /// Places in `text`, which messages call `file`.
  init(_ text: String, file: String) {
    self.file = file
    guard text.unicodeScalars.contains(where: Self.isExtra) else {
      starts = []
      return
    }
    var place = TextPlace()
    var starts = [place]
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      let isSecond = scalar == "\n" && isAfterReturn
      isAfterReturn = scalar == "\r"
      if scalar == "\n" || scalar == "\r" {
        if isSecond { continue }
        place = TextPlace(line: place.line + 1)
        starts.append(place)
      } else {
        place.column += 1
        if Self.isExtra(scalar) { starts.append(place) }
      }
    }
    self.starts = starts
  }

  private static func isExtra(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  /// The place of a mark.
  func place(_ mark: Mark) -> TextPlace {
    guard starts.indices.contains(mark.line - 1) else {
      return TextPlace(line: mark.line, column: mark.column)
    }
    let start = starts[mark.line - 1]
    return TextPlace(line: start.line, column: start.column + mark.column - 1)
  }

  /// The same as an origin.
  func origin(_ mark: Mark) -> Origin {
    let place = place(mark)
    return .file(name: file, line: place.line, column: place.column)
  }
}

extension TextPlace {
  /// The place after `text`.
  init(after text: some Sequence<Unicode.Scalar>) {
    self.init()
    var isAfterReturn = false
    for scalar in text {
      if scalar == "\n" || scalar == "\r" {
        if !(scalar == "\n" && isAfterReturn) { self = TextPlace(line: line + 1) }
      } else {
        column += 1
      }
      isAfterReturn = scalar == "\r"
    }
  }
}
