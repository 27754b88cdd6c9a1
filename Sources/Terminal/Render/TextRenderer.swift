/// A canvas as plain text.
package enum TextRenderer {
  /// Rows without trailing blanks, each ended by a line feed.
  package static func render(_ canvas: Canvas) -> String {
    canvas.size.height == 0 ? "" : canvas.text + "\n"
  }
}
