package import Terminal

/// Colours by meaning; the only place that names colours.
package struct Theme: Sendable {
  /// Its name (`dark`, `light`, `projector`, `mono`).
  package var name: String
  /// For whom it is, in one sentence.
  package var summary: String
  /// Whether the background is lighter than the text.
  package var isLight = false
  /// Whether lines are thick: seen from the last row.
  package var isBold = false
  /// Whether shapes alone must tell what colours say elsewhere.
  package var isMonochrome = false
  /// Behind panes.
  package var background: Color
  /// Inside panes.
  package var pane: Color
  /// Pane borders.
  package var border: Color
  /// The border of the pane with the focus.
  package var focusedBorder: Color
  /// Titles and values.
  package var text: Color
  /// Labels.
  package var muted: Color
  /// Grid lines.
  package var grid: Color
  /// Curves in order: train, test, …; colour-blind safe.
  package var series: [Color]
  /// Runs of a race in order: at most eight are told apart.
  package var racers: [Color]
  /// The ball on a function, the current point on a map.
  package var ball: Color
  /// Good news (running, solved), minima.
  package var good: Color
  /// Warnings (paused, changed).
  package var warning: Color
  /// Bad news (diverged, errors).
  package var bad: Color
  /// From the first class (0) through doubt (0.5) to the second (1); weights from negative to
  /// positive.
  package var classes: Ramp
  /// From the lowest to the highest place of a landscape.
  package var landscape: Ramp
  /// From the oldest to the newest part of a way.
  package var age: Ramp
  /// From the oldest to the newest part of a way over a landscape.
  package var way: Ramp
  /// Points and lines drawn over a map.
  package var onMap: Color
  /// Behind points over a map that need a second look.
  package var onMapWrong: Color

  /// The dark theme of the design.
  package static let dark = Theme(
    name: "dark", summary: "Light on dark", background: Color(0x0D1117), pane: Color(0x12161D),
    border: Color(0x2D333B),
    focusedBorder: Color(0x58A6FF), text: Color(0xE6EDF3), muted: Color(0x7D8590),
    grid: Color(0x1E252E),
    series: [
      Color(0x58A6FF), Color(0xFF9E4A), Color(0x439B7C), Color(0xD48CC8), Color(0xB3ED87),
      Color(0xAA52FF),
    ],
    racers: [
      Color(0x58A6FF), Color(0xFF9E4A), Color(0xC7E9D6), Color(0xB44CB0), Color(0xFAE83D),
      Color(0xCCACD1), Color(0x3C917A), Color(0xD6453D),
    ],
    ball: Color(0xFF6B6B), good: Color(0x56D364), warning: Color(0xE3B341), bad: Color(0xFF7B72),
    classes: Ramp([
      Color(0x62AAF0), Color(0x4F93D8), Color(0x1B2836), Color(0xCB7B45), Color(0xE98B4B),
    ]),
    landscape: Ramp([
      Color(0x0E1622), Color(0x13283D), Color(0x1A4359), Color(0x2A6672), Color(0x4A8E88),
      Color(0x86BDA4),
    ]),
    age: Ramp([Color(0x58A6FF), Color(0x9DB7C4), Color(0xF2D28B), Color(0xFFE08A)]),
    way: Ramp([Color(0x9C8FA8), Color(0xD9A77C), Color(0xF6D186), Color(0xFFF0B8)]),
    onMap: Color(0xF7F3EC), onMapWrong: Color(0x0B0E13))

  /// The theme for light backgrounds.
  package static let light = Theme(
    name: "light", summary: "Dark on light", isLight: true, background: Color(0xF1F3F5),
    pane: Color(0xFCFCFB),
    border: Color(0xD3D8DE), focusedBorder: Color(0x0B62C4), text: Color(0x1B2128),
    muted: Color(0x69727D), grid: Color(0xE8EBEE),
    series: [
      Color(0x1F6FC9), Color(0xA13900), Color(0x0E8A63), Color(0x670D61), Color(0x857E25),
      Color(0x955580),
    ],
    racers: [
      Color(0x1F6FC9), Color(0xC25A00), Color(0x0E8A63), Color(0x8B1F86), Color(0x8A7300),
      Color(0x7A5C99), Color(0x0B5B5B), Color(0xB3202A),
    ],
    ball: Color(0xD1323B), good: Color(0x1A7F37), warning: Color(0x9A6700), bad: Color(0xC4262E),
    classes: Ramp([
      Color(0x5E9EE0), Color(0x8DBBE8), Color(0xF6F4F1), Color(0xEFB487), Color(0xE58C4C),
    ]),
    landscape: Ramp([
      Color(0xFAFBF7), Color(0xDCEBE4), Color(0xAFD2CF), Color(0x7FB1BE), Color(0x5589A8),
      Color(0x37608C),
    ]),
    age: Ramp([Color(0x1F6FC9), Color(0x8A6FA0), Color(0xC0562F), Color(0xB3400E)]),
    way: Ramp([Color(0x7D6A86), Color(0xA8582A), Color(0xC4470F), Color(0xB3260E)]),
    onMap: Color(0x14181D), onMapWrong: Color(0xB00020))

  /// The theme for projectors, which wash colours out: black on white, few tints, thick lines.
  package static let projector = Theme(
    name: "projector", summary: "Black on white with thick lines, for projectors", isLight: true,
    isBold: true, background: Color(0xFFFFFF),
    pane: Color(0xFFFFFF), border: Color(0x8A929B), focusedBorder: Color(0x003E8A),
    text: Color(0x000000), muted: Color(0x3D444C), grid: Color(0xD5DADF),
    series: [
      Color(0x055BF5), Color(0xD04800), Color(0x007A50), Color(0x64336B), Color(0x5E0F00),
      Color(0x19076E),
    ],
    racers: [
      Color(0x055BF5), Color(0xD04800), Color(0x007A50), Color(0x8A1F8A), Color(0x6E5A00),
      Color(0x64336B), Color(0x004F5A), Color(0xA8001C),
    ],
    ball: Color(0xC00018), good: Color(0x0B6B28), warning: Color(0x7A4E00), bad: Color(0xB00014),
    classes: Ramp([
      Color(0x2F7FDB), Color(0x7DB2EA), Color(0xFFFFFF), Color(0xEFA468), Color(0xDD6A1B),
    ]),
    landscape: Ramp([
      Color(0xFFFFFF), Color(0xCFE6DE), Color(0x93C5C4), Color(0x579BB2), Color(0x2B6C96),
      Color(0x12406F),
    ]),
    age: Ramp([Color(0x055BF5), Color(0x6A4FA0), Color(0xB03A2F), Color(0x9A2200)]),
    way: Ramp([Color(0x5A4468), Color(0x933F16), Color(0xAC3200), Color(0x9A1200)]),
    onMap: Color(0x000000), onMapWrong: Color(0xB00020))

  /// The theme for terminals without colours: brightness is all there is, and shapes carry the
  /// meaning.
  package static let mono = Theme(
    name: "mono", summary: "No colours: shapes and brightness alone", isMonochrome: true,
    background: .terminalDefault, pane: .terminalDefault,
    border: Color(0x808080), focusedBorder: Color(0xFFFFFF), text: Color(0xFFFFFF),
    muted: Color(0xA0A0A0), grid: Color(0x404040),
    series: [
      Color(0xFFFFFF), Color(0xB0B0B0), Color(0xD0D0D0), Color(0x909090), Color(0xE0E0E0),
      Color(0x808080),
    ],
    racers: [
      Color(0xFFFFFF), Color(0xB0B0B0), Color(0xD0D0D0), Color(0x909090), Color(0xE0E0E0),
      Color(0x808080), Color(0xC0C0C0), Color(0xA0A0A0),
    ],
    ball: Color(0xFFFFFF), good: Color(0xFFFFFF), warning: Color(0xFFFFFF), bad: Color(0xFFFFFF),
    classes: Ramp([Color(0x606060), Color(0xE0E0E0)]),
    landscape: Ramp([Color(0x505050), Color(0xE0E0E0)]),
    age: Ramp([Color(0x808080), Color(0xFFFFFF)]),
    way: Ramp([Color(0xA0A0A0), Color(0xFFFFFF)]), onMap: Color(0xFFFFFF),
    onMapWrong: Color(0xFFFFFF))

  /// How the mark of a wrong answer is drawn on any map: its colour, and the cell behind it.
  package var wrong: (ink: Color, ground: Color) { (isLight ? pane : warning, onMapWrong) }

  /// All themes.
  package static let all = [dark, light, projector, mono]

  /// How lines of the series are broken where there are no colours: the first is whole, the others
  /// dashed and dotted.
  package var patterns: [Color: UInt8] {
    guard isMonochrome else { return [:] }
    let bits: [UInt8] = [
      0xFF, 0b0011_1111, 0b0001_0001, 0b0000_1111, 0b0101_0101, 0b0010_1111, 0b0011_0011,
      0b0000_0001,
    ]
    return Dictionary(zip(racers, bits)) { first, _ in first }
  }

  /// The colour of a class or curve; they repeat when there are more than the theme has.
  package func series(_ index: Int) -> Color {
    series[((index % series.count) + series.count) % series.count]
  }

  /// The colour of a class of two, or of many.
  package func classColor(_ index: Int, of count: Int) -> Color {
    count <= 2 ? (index == 0 ? classes[0.02] : classes[0.98]) : series(index)
  }
}
