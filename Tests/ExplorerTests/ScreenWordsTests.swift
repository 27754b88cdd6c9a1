import Differentiation
import Lanes
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("What the screen says is whole")
struct ScreenWordsTests {
  /// The rows of the screen.
  private func rows(_ explorer: Explorer) -> [String] {
    explorer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("A message longer than a row takes two, and none of it is lost", arguments: [60, 80, 100])
  func longMessages(width: Int) {
    var explorer = Fixture.explorer(size: Size(width: width, height: 24))
    let text =
      "Y takes η = 0.001, usual for adam; now 0.05 · adam: weights kept, memory starts anew"
    explorer.say(text, .warning)
    let rows = rows(explorer)
    let said = rows.suffix(3).dropLast().joined(separator: " ")
    for word in text.split(separator: " ") { #expect(said.contains(word), "\(width): \(word)") }
    // The keys keep their row.
    #expect(rows.last?.contains("quit") == true)
  }

  @Test("Of a message about a file far away the reason is seen", arguments: [80, 100, 160])
  func reasons(width: Int) {
    var explorer = Fixture.explorer(size: Size(width: width, height: 24))
    let path = "/home/somebody/a-rather-long-folder-name/with-another-in-it/points.csv"
    for text in [
      "\(path): \(path):1:1: cannot read \"\(path)\": No such file or directory",
      "not saved: \(path): cannot write here: No such file or directory",
    ] {
      explorer.say(text, .bad)
      let said = rows(explorer).suffix(3).dropLast().joined(separator: " ")
      #expect(said.contains("No such file") && said.contains("points.csv"), "\(said)")
    }
  }

  @Test(
    "With a list open a message covers no title of a pane",
    arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30)], [":", "?", "p"])
  func messagesBelowLists(size: Size, key: String) {
    var explorer = Fixture.explorer(size: size)
    let titles = rows(explorer)[1]
    explorer.type(key)
    explorer.say("noise: 0.2 → 0.5; weights that still fit are kept")
    let rows = rows(explorer)
    #expect(rows[1] == titles)
    #expect(rows[size.height - 2].contains("weights that still fit are kept"))
  }

  @Test("Choosing an optimizer far from its usual rate says the key first, and all of it")
  func offer() {
    var explorer = Fixture.explorer(Fixture.function)
    _ = explorer.chooseOptimizer("adam")
    guard explorer.offeredRate != nil else { return }
    #expect(explorer.toast?.text.hasPrefix("Y takes η = ") == true)
  }

  @Test("The keys that a beginner needs most stay in the bar at 80 columns")
  func mostNeededKeys() {
    let explorer = Fixture.explorer()
    for offer in ["space", "e experiment", "= rate", "? help", "q quit"] {
      #expect(explorer.bottom.contains(offer), "\(offer): \(explorer.bottom)")
    }
    #expect(!explorer.bottom.contains("N "))
  }

  @Test("The form's bar names the way out at every width", arguments: [60, 80, 100, 120, 160])
  func wayOutOfForm(width: Int) {
    var explorer = Fixture.explorer(size: Size(width: width, height: 24))
    explorer.type("e")
    #expect(explorer.bottom.contains("esc close"), "\(explorer.bottom)")
  }

  @Test("Typing what the palette lists does what the list does")
  func listedNames() {
    let explorer = Fixture.explorer()
    let presets = explorer.presetIndex.lines.map(\.item)
    for item in PaletteItem.all(in: explorer) + presets {
      var palette = Palette(explorer)
      palette.paste(item.title, in: explorer)
      #expect(palette.items.first?.title == item.title)
      #expect(palette.items.first?.action == item.action, "\(item.title)")
    }
  }

  @Test(
    "The palette knows what people call things",
    arguments: [
      ("csv", "open a file"), ("tsv", "open a file"), ("grow", "hidden"), ("add unit", "hidden"),
      ("add layer", "hidden"), ("layers", "hidden"), ("units", "hidden"), ("larger net", "hidden"),
      ("notes", "about"),
    ])
  func otherWords(query: String, title: String) {
    let explorer = Fixture.explorer()
    var palette = Palette(explorer)
    palette.paste(query, in: explorer)
    // The best are on the screen at once.
    #expect(
      palette.items.prefix(6).contains { $0.title == title },
      "\(palette.items.prefix(8).map(\.title))")
  }

  @Test("The start of a function's variable is listed with the value that it has")
  func starts() throws {
    let desk = try KeySettingTests.Desk("xsin")
    let start = try #require(Tunable.all(in: desk.explorer).first { $0.name == "start.x" })
    let first = try #require(desk.explorer.snapshot.trajectory.points.first)
    #expect(Double(start.current.replacing("−", with: "-")) == first)
    var palette = Palette(desk.explorer)
    palette.paste("start", in: desk.explorer)
    #expect(palette.items.contains { $0.title == "start.x" })
  }

  @Test("The window of an own function begins and ends at numbers that are written shortly")
  func windows() throws {
    for text in ["x^4 - 3x^2 + x", "(x - 300)^2", "(x - 7.3)^2", "(x + 41)^2 + 1"] {
      let formula = try Formula(text)
      let window = FormulaWindow.showingValley(of: formula, from: -3...3)
      for bound in [window.lowerBound, window.upperBound] {
        #expect("\(bound)".count <= 7, "\(text): \(bound)")
      }
    }
  }

  @Test("The picker finds a preset by its lesson's title, and shows it")
  func lessonTitles() throws {
    let lesson = try #require(Fixture.taught.lesson)
    let entry = PresetEntry(
      name: "taught", title: "A curve", summary: "Many valleys in it.", group: "Functions",
      lesson: lesson)
    let preset = Fixture.function
    var explorer = Explorer(
      snapshot: Fixture.snapshot(preset), preset: preset, vocabulary: Fixture.vocabulary,
      presets: Fixture.presets + [entry], appearance: Appearance(),
      size: Size(width: 80, height: 24))
    explorer.type("p" + lesson.title)
    #expect(explorer.text.contains("lesson: \(lesson.title)"))
    #expect(explorer.text.contains("taught"))
  }

  @Test("The title keeps whole words")
  func titles() {
    for width in 44...120 {
      var preset = Fixture.xor
      preset.title = "Why it can jump out of the valley, and where it goes then"
      let top = Fixture.explorer(preset, size: Size(width: width, height: 24)).top
      guard let cut = top.split(separator: "…").first, top.contains("…") else { continue }
      let words = Set(preset.title.replacing(",", with: "").split(separator: " "))
      #expect(cut.split(separator: " ").last.map { words.contains($0) } == true, "\(top)")
    }
  }
}
