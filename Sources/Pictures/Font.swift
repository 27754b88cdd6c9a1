import CFreeType
import Foundation

/// A monospace font in up to three cuts, at one size.
final class Font {
  /// A glyph's coverage, with its place.
  struct Glyph {
    /// Coverage 0...255, row by row.
    var pixels: [UInt8]
    /// Columns.
    var width: Int
    /// Rows.
    var rows: Int
    /// From the pen to the first column.
    var left: Int
    /// From the baseline up to the first row.
    var top: Int
  }
  /// The cuts.
  enum Cut: Hashable { case regular, bold, italic }

  private var library: FT_Library?
  private var faces: [Cut: FT_Face] = [:]
  private var fallbacks: [FT_Face] = []
  private struct Key: Hashable {
    var scalar: Unicode.Scalar
    var cut: Cut
  }
  private var cache: [Key: Glyph] = [:]

  /// Where DejaVu Sans Mono lives.
  static let usualPlaces = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/dejavu-sans-mono-fonts/DejaVuSansMono.ttf",
    "/usr/share/fonts/TTF/DejaVuSansMono.ttf",
    "/usr/local/share/fonts/DejaVuSansMono.ttf",
    "/opt/homebrew/share/fonts/DejaVuSansMono.ttf",
  ]

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Opens a font: `path`, else `GLISSADE_FONT`, else one of the usual places. A named font that is
  /// missing is an error, not a reason to take another.
  ///
  /// - Parameter size: the em in pixels.
  init(path: String?, environment: [String: String], size: Double) throws(PictureError) {
    let named = path ?? environment["GLISSADE_FONT"].flatMap { $0.isEmpty ? nil : $0 }
    let places = named.map { [$0] } ?? Font.usualPlaces
    // A pipe of that name would be waited for.
    guard let found = places.first(where: Font.isFile) else {
      throw .noFont(places)
    }
    let failure = FT_Init_FreeType(&library)
    guard failure == 0 else { throw .badFont(found, failure) }
    let pixels = Int32((size * 64).rounded())
    var face: FT_Face?
    let refused = glissade_font_open(library, found, pixels, &face)
    guard refused == 0, let face else {
      FT_Done_FreeType(library)
      library = nil  // deinit must not do it again.
      throw .badFont(found, refused)
    }
    faces[.regular] = face
    let stem = found.hasSuffix(".ttf") ? String(found.dropLast(4)) : found
    for (cut, suffix) in [(Cut.bold, "-Bold.ttf"), (.italic, "-Oblique.ttf")] {
      var other: FT_Face?
      if glissade_font_open(library, stem + suffix, pixels, &other) == 0, let other {
        faces[cut] = other
      }
    }
    // Proportional DejaVu knows some symbols that the monospace cut does not.
    var other: FT_Face?
    let sans = stem.replacing("SansMono", with: "Sans") + ".ttf"
    if sans != found, glissade_font_open(library, sans, pixels, &other) == 0, let other {
      fallbacks.append(other)
    }
  }

  deinit {
    for face in faces.values { FT_Done_Face(face) }
    for face in fallbacks { FT_Done_Face(face) }
    if let library { FT_Done_FreeType(library) }
  }

  /// Whether the font has a cut of its own.
  func has(_ cut: Cut) -> Bool { faces[cut] != nil }

  /// A scalar's glyph; nil when FreeType cannot draw it.
  func glyph(_ scalar: Unicode.Scalar, _ cut: Cut) -> Glyph? {
    let key = Key(scalar: scalar, cut: cut)
    if let known = cache[key] { return known }
    guard var face = faces[cut] ?? faces[.regular] else { return nil }
    if glissade_font_has(face, scalar.value) == 0,
      let better = fallbacks.first(where: { glissade_font_has($0, scalar.value) != 0 })
    {
      face = better
    }
    var drawn = glissade_glyph()
    guard glissade_font_draw(face, scalar.value, &drawn) == 0 else { return nil }
    let width = Int(drawn.width)
    let rows = Int(drawn.rows)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * rows)
    if let source = drawn.pixels {
      for row in 0..<rows {
        let start = source + row * Int(drawn.pitch)
        pixels.append(contentsOf: UnsafeBufferPointer(start: start, count: width))
      }
    }
    let glyph = Glyph(
      pixels: pixels, width: width, rows: rows, left: Int(drawn.left), top: Int(drawn.top))
    cache[key] = glyph
    return glyph
  }
}
