import Lanes
import Terminal
import Testing
import Training
import Views

@Suite("Legends say what is drawn")
struct LegendLawTests {
  /// Characters that stand for one thing each.
  private static let marks = Set("○●◦•◌◇◆□■△▲✕✗".unicodeScalars)

  @Test(
    "A view with a legend explains every mark that it draws, in its colour and on its ground",
    arguments: views.names)
  func marksAreExplained(name: String) throws {
    let view = try #require(views[name])
    for (kind, snapshot) in Specimens.zoo {
      let probes = ProbeCache()
      for theme in [Theme.dark, .light, .projector] {
        var canvas = Canvas(
          size: Size(width: 90, height: 26),
          blank: Cell(" ", style: Style(foreground: theme.text, background: theme.pane)))
        canvas.reader = PictureReader()
        view.draw(
          ViewLawTests.scene(snapshot, theme: theme, probes: probes), canvas.bounds, &canvas)
        let entries = canvas.reader?.explained ?? []
        let known = entries.filter { $0.mark.unicodeScalars.contains { Self.marks.contains($0) } }
        // The knobs of sliders are no marks of a picture, and where nets stand side by side a
        // legend may end with a count.
        guard !known.isEmpty, !["scaled_activation", "nets"].contains(name) else { continue }
        for cell in canvas.cells where Self.marks.contains(cell.scalar) {
          let style = cell.style
          // A wrong answer has the shape of its class and the colours of wrong ones.
          let isExplained =
            known.contains { $0.mark.unicodeScalars.contains(cell.scalar) }
            && known.contains { entry in
              entry.color == style.foreground
                && (style.background != theme.wrong.ground || entry.ground == style.background)
            }
          #expect(
            isExplained,
            "\(name), \(kind), \(theme.name): \(cell.scalar) \(style.foreground)")
          if !isExplained { break }
        }
      }
    }
  }

  @Test("A wrong answer stands out from its cell and from right ones in every theme")
  func wrongIsSeen() {
    for theme in Theme.all where !theme.isMonochrome {
      let (ink, ground) = theme.wrong
      func distance(_ a: Color, _ b: Color) -> Double {
        abs(Oklab(a).lightness - Oklab(b).lightness)
      }
      #expect(distance(ink, ground) > 0.4, "\(theme.name)")
      #expect(ink != theme.onMap && ground != theme.pane)
      // No answer of a map looks like the cell of a wrong one.
      for share in stride(from: 0.0, through: 1, by: 0.125) {
        #expect(
          Oklab(theme.classes[share]).squaredDistance(to: Oklab(ground)) > 0.01, "\(theme.name)")
      }
    }
  }

  @Test("Where rows suffice no entry is left out, and what is left out is counted")
  func rowsHoldAll() {
    let names = ["test, median", "quartiles", "train", "norm of the weights", "theory"]
    let legend = Legend(names.map { Legend.Entry(name: $0, color: Color(1)) })
    for width in 12...90 {
      for most in 1...4 {
        let rows = legend.rows(width: width, most: most, .braille)
        #expect(rows.count <= most)
        #expect(rows.allSatisfy { $0.width(.braille) <= width })
        let shown = rows.flatMap(\.entries)
        let counted = shown.filter { $0.name.hasPrefix("+") }.compactMap {
          Int($0.name.dropFirst().prefix { $0.isNumber })
        }
        let whole = shown.filter { !$0.name.hasPrefix("+") }.map(\.name)
        #expect(whole == Array(names.prefix(whole.count)))
        // A name that is wider than the picture has no row.
        if width >= 23 { #expect(whole.count + counted.reduce(0, +) == names.count) }
      }
    }
  }

  @Test("Titles that hold no names of the person's fit the narrow panes of 80 columns")
  func titlesFit() throws {
    for (kind, snapshot) in Specimens.zoo {
      for view in views.entries where view.suits(snapshot) {
        let title = view.title(ViewLawTests.scene(snapshot))
        guard !["function", "boundary", "map", "contour", "scaled_activation"].contains(view.name)
        else { continue }
        #expect(GlyphSet.braille.width(title) <= 29, "\(kind): \(title)")
      }
    }
  }

  @Test(
    "Percentages are rounded, and 100 % is all",
    arguments: [
      (80, 120, "66.7 %"), (50, 120, "41.7 %"), (119, 120, "99.2 %"), (120, 120, "100 %"),
      (0, 120, "0 %"), (9_999, 10_000, "99.9 %"), (99_999, 100_000, "99.9 %"), (1, 3, "33.3 %"),
      (2, 3, "66.7 %"), (1, 2, "50 %"),
    ])
  func percent(right: Int, count: Int, text: String) {
    #expect(NumberText.percent(Double(right) / Double(count)) == text)
  }
}
