import Lanes
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("Boxes and prompts")
struct BoxTests {
  @Test("the rate is typed after `=`, Enter takes it, Escape leaves it")
  func exactRate() {
    var explorer = Fixture.explorer()
    explorer.type("=0.05")
    #expect(explorer.bottom.contains("learning_rate = 0.05"))
    #expect(explorer.press(.enter) == [.control(.change(.learningRate(0.05)))])
    explorer.type("=7")
    #expect(explorer.press(.escape).isEmpty)
    #expect(explorer.overlays.isEmpty && explorer.learningRate == 0.05)
  }

  @Test(
    "garbage is refused while it is typed and by Enter",
    arguments: ["abc", "1..2", "--", "1e", "∞", "1 2", "NaN", "1e400", "½"])
  func garbage(text: String) {
    var explorer = Fixture.explorer()
    explorer.type("=")
    _ = explorer.handle(.paste(text))
    #expect(explorer.press(.enter).isEmpty, "\(text)")
    #expect(explorer.overlays.count == 1)
    #expect(explorer.bottom.contains("learning_rate must be"), "\(explorer.bottom)")
    #expect(explorer.press(.escape).isEmpty && explorer.overlays.isEmpty)
  }

  @Test("pasted text is one line of printable scalars of bounded length")
  func paste() {
    var field = TextField()
    field.insert("a\u{1B}[31mb\u{200B}\nsecond line")
    #expect(field.text == "a[31mb")
    field.insert(String(repeating: "x", count: 10_000))
    #expect(field.characters.count == TextField.capacity)
  }

  @Test("a field is edited as a shell's line is")
  func editing() {
    var field = TextField("one two three")
    #expect(field.handle(.control("w")) && field.text == "one two ")
    #expect(field.handle(.control("a")) && field.cursor == 0)
    #expect(field.handle(.type("X")) && field.text == "Xone two ")
    #expect(field.handle(Key(.delete)) && field.text == "Xne two ")
    #expect(field.handle(.control("k")) && field.text == "X")
    #expect(field.handle(Key(.backspace)) && field.isEmpty)
    #expect(field.handle(Key(.backspace)) && field.handle(Key(.delete)) && field.isEmpty)
    #expect(!field.handle(.control("p")) && !field.handle(Key(.character("a"), alt: true)))
  }

  @Test("the marked text goes with the first character, and stays when the cursor moves")
  func marked() {
    var field = TextField("0.01", marked: true)
    _ = field.handle(.type("5"))
    #expect(field.text == "5")
    field = TextField("0.01", marked: true)
    _ = field.handle(Key(.left))
    _ = field.handle(.type("5"))
    #expect(field.text == "0.051")
  }

  @Test("the picker filters by typing, previews, and loads")
  func picker() {
    var explorer = Fixture.explorer(Fixture.function)
    explorer.type("p")
    for word in ["Functions", "Two variables", "Gates", "rosenbrock", "starts at 2"] {
      #expect(explorer.text.contains(word), "\(explorer.text)")
    }
    explorer.type("banana")
    #expect(explorer.text.contains("A bent ravine.") && !explorer.text.contains("parabola"))
    #expect(explorer.press(.enter) == [.load(preset: "rosenbrock", variant: nil)])
    explorer.type("p")
    explorer.press(.down)
    #expect(explorer.press(.enter) == [.load(preset: "xsin", variant: "starts at 2")])
    explorer.type("p")
    explorer.press(.up)
    #expect(explorer.press(.enter) == [.load(preset: "or", variant: nil)])
  }

  @Test("Escape clears the filter first, then closes")
  func escape() {
    var explorer = Fixture.explorer()
    explorer.type("p")
    explorer.type("xy")
    explorer.press(.escape)
    #expect(explorer.overlays.count == 1)
    explorer.press(.escape)
    #expect(explorer.overlays.isEmpty)
  }

  @Test("help filters by typing, scrolls, and Enter does the chosen row")
  func help() {
    var explorer = Fixture.explorer()
    explorer.type("?")
    explorer.press(.end)
    #expect(explorer.text.contains("draw the whole screen again"))
    #expect(!explorer.text.contains("pause, or go on"))
    explorer.press(.home)
    explorer.type("halved")
    #expect(explorer.text.contains("restart with the learning rate halved"))
    #expect(explorer.press(.enter).contains(.control(.change(.learningRate(0.005)))))
    #expect(explorer.overlays.isEmpty)
  }

  @Test("help lists every binding", arguments: keyBindings.entries)
  func helpIsWhole(binding: KeyBinding) {
    var explorer = Fixture.explorer(size: Size(width: 80, height: 100))
    explorer.type("?")
    #expect(explorer.text.contains(binding.keyText))
    #expect(explorer.text.contains(binding.summary))
  }

  @Test("a click chooses a preset, a click beside the box closes it, the wheel scrolls")
  func mouse() throws {
    var explorer = Fixture.explorer()
    explorer.type("p")
    let rows = explorer.text.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains("rosenbrock") })
    #expect(explorer.click(40, y) == [.load(preset: "rosenbrock", variant: nil)])
    explorer.type("p")
    #expect(explorer.click(0, 0).isEmpty && explorer.overlays.isEmpty)
    explorer.type("p")
    _ = explorer.handle(.mouse(Mouse(.wheelDown, button: .none, x: 40, y: 12)))
    #expect(explorer.press(.enter) == [.load(preset: "parabola", variant: nil)])
  }

  @Test("saving asks for a name, and before writing over a file")
  func saving() throws {
    var explorer = Fixture.explorer()
    explorer.type("+")
    explorer.type("w")
    explorer.type("mine")
    let effects = explorer.press(.enter)
    guard case .save(let request) = try #require(effects.first) else {
      Issue.record("\(effects)")
      return
    }
    #expect(request.target == "mine" && !request.overwrite)
    #expect(request.preset.learningRate == .value(0.0125))
    explorer.saved(.exists(path: "/home/me/mine.yaml"), request)
    #expect(explorer.text.contains("/home/me/mine.yaml is there already"))
    var refusing = explorer
    #expect(refusing.press(.enter).isEmpty && refusing.overlays.isEmpty)
    var again = request
    again.overwrite = true
    #expect(explorer.type("y") == [.save(again)])
    explorer.saved(.saved(path: "mine.yaml"), again)
    #expect(explorer.message.contains("saved as mine.yaml"))
    explorer.saved(.failed(message: "no room"), again)
    #expect(explorer.message.contains("not saved: no room"))
  }

  @Test("a session is saved with its dated changes, and replays to the same bits")
  func savingASession() throws {
    var experiment = Fixture.xor
    experiment.batching = .shuffled(size: 2)
    var run = try Run(experiment)
    run.advance(40)
    try run.apply(.learningRate(0.03))
    run.advance(25)
    try run.apply(.optimizer(Choice("momentum"), carryState: false))
    run.advance(60)
    var explorer = Explorer(
      snapshot: run.snapshot(), preset: experiment, vocabulary: Fixture.vocabulary,
      presets: Fixture.presets,
      appearance: Appearance(), size: Size(width: 80, height: 24))
    explorer.type("W")
    explorer.type("mine")
    guard case .save(let request) = try #require(explorer.press(.enter).first) else {
      Issue.record("nothing is saved")
      return
    }
    #expect(request.preset.changes.map(\.step) == [40, 65])
    var again = try Run(request.preset)
    again.advance(125)
    #expect(again.parameters == run.parameters)
  }

  @Test("a preset that was saved is in the picker at once")
  func savedIsListed() {
    let files = Locked(["one"])
    let index = PresetIndex(start: { $0() }) { publish in
      publish(
        files.withLock { $0 }.map { PresetEntry(name: $0, title: $0, summary: "", group: "Mine") },
        .own)
    }
    var explorer = Explorer(
      snapshot: Fixture.snapshot(Fixture.xor), preset: Fixture.xor,
      vocabulary: Fixture.vocabulary, presetIndex: index,
      appearance: Appearance(), size: Size(width: 80, height: 24))
    #expect(explorer.presets.map(\.name) == ["one"])
    files.withLock { $0.append("two") }
    explorer.saved(
      .saved(path: "two.yaml"), SaveRequest(target: "two", preset: Fixture.xor))
    #expect(explorer.presets.map(\.name) == ["one", "two"])
    // Files that changed meanwhile, behind a stopped program's back too, are read when it opens.
    files.withLock { $0 = ["three"] }
    explorer.type("p")
    #expect(explorer.presets.map(\.name) == ["three"])
  }

  @Test("boxes above one another close one by one")
  func stack() {
    var explorer = Fixture.explorer()
    explorer.type(":")
    explorer.type("learning_rate")
    explorer.press(.enter)
    #expect(explorer.overlays.first is Prompt)
    explorer.saved(.exists(path: "x"), SaveRequest(target: "x", preset: Fixture.xor))
    #expect(explorer.overlays.count == 2)
    explorer.press(.escape)
    #expect(explorer.overlays.count == 1)
    explorer.press(.escape)
    #expect(explorer.overlays.isEmpty)
  }

  @Test(
    "Ctrl-C quits, Ctrl-Z suspends and Ctrl-L redraws in every box",
    arguments: ["p", ":", "?", "=", "w", "n"])
  func globals(opener: String) {
    for (letter, effect) in [("c", Effect.quit(code: 0)), ("z", .suspend), ("l", .repaint)] {
      var explorer = Fixture.explorer()
      explorer.type(opener)
      #expect(!explorer.overlays.isEmpty)
      let scalar = letter.unicodeScalars.first ?? " "
      #expect(explorer.handle(.key(.control(scalar))) == [effect], "\(opener) \(letter)")
    }
  }

  @Test("long text is wrapped at spaces, words longer than a line are cut")
  func wrapping() {
    #expect(Reader.wrap("one two three", width: 7) == ["one two", "three"])
    #expect(Reader.wrap("abcdefgh", width: 3) == ["abc", "def", "gh"])
    #expect(Reader.wrap("a\n\nb", width: 9) == ["a", "", "b"])
    #expect(Reader.wrap(String(repeating: "x ", count: 100_000), width: 1).count <= 2001)
    // What does not fit stands under its own text.
    #expect(Reader.wrap("- one two three", width: 9) == ["- one two", "  three"])
    #expect(Reader.wrap("  one two three", width: 9) == ["  one two", "  three"])
    #expect(Reader.wrap("        deep", width: 5) == ["deep"])
  }

  @Test("a file's line breaks within a paragraph are joined, its lists and indented lines kept")
  func reflowing() {
    #expect(Reader.reflow("one\ntwo\nthree\n\nfour\nfive") == "one two three\n\nfour five")
    let list = "Try:\n- one\n  more of it\n- two\n1. three\n2) four\n\nend"
    #expect(
      Reader.reflow(list) == "Try:\n- one more of it\n- two\n1. three\n2) four\n\nend")
    let code = "text\n    x = 1\n    y = 2\nmore\ntext"
    #expect(Reader.reflow(code) == "text\n    x = 1\n    y = 2\nmore text")
    #expect(Reader.reflow("") == "")
    // Neither a negative number nor a fraction begins an item.
    #expect(Reader.reflow("from\n-5 to\n0.5 and\n1.5") == "from -5 to 0.5 and 1.5")
  }

  @Test("a preset's notes fill the lines of their box")
  func notes() {
    var experiment = Fixture.function
    experiment.notes = "one two\nthree four\n\nfive"
    let reader = Reader(about: experiment)
    var canvas = Canvas(size: Size(width: 80, height: 24))
    reader.draw(Fixture.explorer(), into: &canvas)
    #expect(canvas.text.contains("one two three four"))
    #expect(!canvas.text.contains("four five"))
  }

  @Test("every box draws at every size", arguments: LayoutTests.sizes)
  func sizes(size: Size) {
    for opener in ["", "p", ":", "?", "=", "w", "n"] {
      for appearance in [Appearance(), Appearance(theme: .mono, glyphs: .ascii)] {
        var explorer = Fixture.explorer(
          Fixture.function, size: size, appearance: appearance)
        explorer.type(opener)
        #expect(explorer.frame().size == size)
        explorer.saved(
          .exists(path: String(repeating: "long/", count: 60)),
          SaveRequest(target: "x", preset: Fixture.xor))
        #expect(explorer.frame().size == size)
      }
    }
  }

  @Test("Wide characters are typed, moved over, taken away and drawn in two cells each")
  func wideField() {
    var field = TextField()
    for scalar in "a降x".unicodeScalars { _ = field.handle(Key(.character(scalar))) }
    #expect(field.text == "a降x" && field.width == 4)
    _ = field.handle(Key(.left))
    _ = field.handle(Key(.backspace))
    #expect(field.text == "ax")
    field.insert("e\u{301}")
    #expect(field.text == "aéx", "accents are composed")
    let appearance = Appearance()
    for width in 3...9 {
      for text in ["日本語", "a日b本c", ""] {
        var canvas = Canvas(size: Size(width: 12, height: 1))
        var field = TextField(text)
        for _ in 0...text.count {
          appearance.drawField(
            field, prompt: "", in: Rect(x: 1, y: 0, width: width, height: 1), into: &canvas)
          #expect(canvas.presentable == canvas)
          let cursors = (0..<12).filter {
            canvas[$0, 0].style.attributes.contains(.reverse) && !canvas[$0, 0].isRightHalf
          }
          #expect(cursors.count == 1 && cursors[0] <= width)
          _ = field.handle(Key(.left))
          canvas = Canvas(size: canvas.size)
        }
      }
    }
  }

  // What keeps two Arabic letters apart is shown, as a dot.
  @Test(
    "Scalars that arrive one by one join their grapheme, which is taken away as one",
    arguments: [
      ("e\u{301}", 1), ("🇩🇪", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("क्ष", 2), ("ก็", 1), ("שָׁ", 1), ("ﻻ", 1),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("می‌خواهم", 7), ("🏴\u{E0067}\u{E0062}\u{E007F}", 2),
    ] as [(String, Int)])
  func graphemes(text: String, width: Int) {
    var field = TextField("a")
    for scalar in text.unicodeScalars { _ = field.handle(Key(.character(scalar))) }
    #expect(field.text == "a" + text && field.width == 1 + width, "\(field.text) \(field.width)")
    // Pasted at once, and typed, it is the same.
    var pasted = TextField("a")
    pasted.insert(text)
    #expect(pasted.text == field.text)
    var canvas = Canvas(size: Size(width: 20, height: 1))
    Appearance().drawField(
      field, prompt: "", in: Rect(x: 0, y: 0, width: 20, height: 1), into: &canvas)
    #expect(canvas.presentable == canvas && CellText.width(canvas.text) == 1 + width)
    for _ in 0..<text.count { _ = field.handle(Key(.backspace)) }
    #expect(field.text == "a")
    // What moves the cursor or turns text round never comes in.
    for scalar: Unicode.Scalar in ["\u{202E}", "\u{1B}", "\u{9B}", "\u{2028}", "\u{200F}"] {
      _ = field.handle(Key(.character(scalar)))
    }
    #expect(field.text == "a")
  }

  @Test("Texts without spaces are broken into lines of the width, wide ones too")
  func wrapWide() {
    let text = "勾配に沿って進みます。Then x moves. 学习率太大会发散。"
    for width in 4...40 {
      let lines = Reader.wrap(text, width: width)
      #expect(lines.allSatisfy { CellText.width($0) <= width }, "\(width): \(lines)")
      #expect(
        lines.joined().filter { $0 != " " } == text.filter { $0 != " " }, "nothing is lost")
    }
  }

  @Test("A message has a row of its own and takes no key away", arguments: [60, 80, 100, 160])
  func message(width: Int) {
    var explorer = Fixture.explorer(size: Size(width: width, height: 24))
    let keys = HintBar(explorer).text
    let bar = explorer.frame().text.split(separator: "\n", omittingEmptySubsequences: false)[23]
    explorer.say("something went wrong that takes many words to tell from beginning to end", .bad)
    #expect(HintBar(explorer).text == keys)
    let rows = explorer.frame().text.split(separator: "\n", omittingEmptySubsequences: false)
    // In a narrow window it takes the row above as well.
    #expect(rows[23] == bar && (rows[21] + rows[22]).contains("something went wrong"))
  }

  @Test("The theme follows the terminal until somebody chooses one, and can be changed at once")
  func themes() {
    var explorer = Fixture.explorer()
    _ = explorer.handle(.background(Color(0xFFFFFF)))
    #expect(explorer.appearance.theme.name == "dark", "it was chosen")
    explorer.appearance.followsTerminal = true
    _ = explorer.handle(.background(Color(0xFAF8F0)))
    #expect(explorer.appearance.theme.name == "light")
    _ = explorer.handle(.background(Color(0x202020)))
    #expect(explorer.appearance.theme.name == "dark")
    for theme in Theme.all {
      _ = explorer.perform(.theme(theme.name))
      #expect(explorer.appearance.theme.name == theme.name)
      _ = explorer.handle(.background(Color(0x202020)))
      #expect(explorer.appearance.theme.name == theme.name)
      #expect(PaletteItem.all(in: explorer).contains { $0.action == .theme(theme.name) })
    }
  }
}
