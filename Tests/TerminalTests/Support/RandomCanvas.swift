import Terminal

/// A canvas of random text, blocks and lines in random styles.
func randomCanvas(
  _ size: Size, colors: [Color], generator: inout SeededGenerator
) -> Canvas {
  let scalars: [Unicode.Scalar] = [" ", "a", "Z", "é", "─", "╭", "▀", "█", "▚", "⣿", "⠁", "●", "▒"]
  var canvas = Canvas(size: size)
  for index in canvas.cells.indices {
    canvas.cells[index] = Cell(
      scalars.randomElement(using: &generator) ?? " ",
      style: Style(
        foreground: colors.randomElement(using: &generator) ?? .terminalDefault,
        background: colors.randomElement(using: &generator) ?? .terminalDefault,
        attributes: Attributes(rawValue: UInt8.random(in: 0..<32, using: &generator))))
  }
  return canvas
}
