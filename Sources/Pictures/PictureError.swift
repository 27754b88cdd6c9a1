/// Why no picture could be made.
package enum PictureError: Error, Equatable, CustomStringConvertible {
  /// No font was found; the places that were looked at.
  case noFont([String])
  /// A font cannot be used: its path and FreeType's error.
  case badFont(String, Int32)
  /// libpng refused, or the picture would be too large.
  case encoding(width: Int, height: Int)

  /// A line for the user.
  package var description: String {
    switch self {
    case .noFont(let places):
      "no monospace font: install fonts-dejavu-core or name one in GLISSADE_FONT (looked for "
        + places.joined(separator: ", ") + ")"
    case .badFont(let path, let code): "\(path) cannot be used as a font (FreeType error \(code))"
    case .encoding(let width, let height): "a picture of \(width)×\(height) pixels cannot be made"
    }
  }
}
