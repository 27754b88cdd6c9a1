import Lanes
import Models
import Presets
import Terminal
import Training
import Views

/// One thing that the palette finds.
struct PaletteItem: Sendable {
  /// What is matched and shown first (`optimizer adam`).
  var title: String
  /// The name without its kind (`adam`), which is matched as well.
  var bareName: String?
  /// Other words under which it is found.
  var words = ""
  /// One sentence.
  var summary: String
  /// What stands at the right end: a key, a value.
  var end: String
  /// What Enter does.
  var action: Action
  /// The heading it stands under.
  var heading = Heading.set

  /// The headings, in the order in which they stand while nothing is typed.
  enum Heading: String, CaseIterable, Sendable {
    case set = "set a value"
    case act = "do"
    case show = "show"
    case presets, lessons
  }

  /// Everything that can be done in this state but to load presets, which have lines of their own
  /// (`PresetLine`).
  static func all(in explorer: Explorer) -> [PaletteItem] {
    var items: [PaletteItem] = []
    for binding in keyBindings.entries where binding.isInPalette {
      items.append(
        PaletteItem(
          title: binding.name.spaced, summary: binding.summary, end: binding.keyText,
          action: .key(binding.name), heading: .act))
    }
    // A race and a map are begun further below.
    let taken = Set(items.map(\.title) + ["race"])
    for tunable in Tunable.all(in: explorer) where !taken.contains(tunable.name) {
      items.append(
        PaletteItem(
          title: tunable.name, words: tunable.key?.alsoFound ?? "", summary: tunable.summary,
          end: tunable.current, action: .ask(tunable)))
    }
    func add(
      _ entries: [Vocabulary.Entry], _ kind: String, now: String?, _ action: (String) -> Action
    ) {
      for entry in entries {
        items.append(
          PaletteItem(
            title: "\(kind) \(entry.name)", bareName: entry.name, summary: entry.summary,
            end: entry.name == now ? "now" : "", action: action(entry.name)))
      }
    }
    let vocabulary = explorer.vocabulary
    add(vocabulary.optimizers.entries, "optimizer", now: explorer.optimizer.name, Action.optimizer)
    add(vocabulary.schedules.entries, "schedule", now: explorer.schedule.name, Action.schedule)
    if let activation = explorer.activation {
      add(vocabulary.activations.entries, "activation", now: activation.name, Action.activation)
    }
    for (index, name) in explorer.paneOrder.names.enumerated() {
      guard let view = vocabulary.views[name] else { continue }
      items.append(
        PaletteItem(
          title: "view \(name)", bareName: name, summary: view.summary,
          end: index < 9 ? "\(index + 1)" : "", action: .view(name), heading: .show))
    }
    for theme in Theme.all {
      items.append(
        PaletteItem(
          title: "theme \(theme.name)", summary: theme.summary,
          end: theme.name == explorer.appearance.theme.name ? "now" : "",
          action: .theme(theme.name), heading: .show))
    }
    for glyphs in GlyphSet.allCases {
      items.append(
        PaletteItem(
          title: "glyphs \(glyphs.rawValue)", summary: "characters for lines and maps",
          end: glyphs == explorer.appearance.glyphs ? "now" : "", action: .glyphs(glyphs),
          heading: .show))
    }
    for format in ExportFormat.allCases {
      items.append(
        PaletteItem(
          title: "export \(format.rawValue)", summary: format.summary, end: "",
          action: .export(format), heading: .act))
    }
    items.append(
      PaletteItem(
        title: "open a file",
        summary: "your own data, a table (.csv, .tsv): columns, target and names are asked for",
        end: "", action: .complete("open "), heading: .act))
    items.append(
      PaletteItem(
        title: "race", summary: "compare runs side by side: race optimizer gd, adam",
        end: "", action: .complete("race optimizer "), heading: .act))
    for part in PicturePart.allCases {
      for format in PictureFormat.allCases {
        items.append(
          PaletteItem(
            title: "\(part.rawValue) \(format.rawValue)", summary: part.summary,
            end: part == .pane && format == .png ? "P" : "", action: .picture(format, part),
            heading: .act))
      }
    }
    if explorer.snapshot.race != nil {
      for (title, summary, wish) in RaceWish.plain {
        items.append(
          PaletteItem(
            title: title, summary: summary, end: "", action: .race(wish), heading: .act))
      }
    }
    let done = explorer.doneLessons
    let tick = String(Character(explorer.appearance.glyphs.mark("✓", ascii: "+")))
    for preset in explorer.tour {
      items.append(
        PaletteItem(
          title: "lesson \(preset.name)", bareName: preset.name,
          summary: preset.lesson?.title ?? "",
          end: done.contains(preset.name)
            ? "\(tick) L" : explorer.place(inLesson: preset).map { "\($0)  L" } ?? "L",
          action: .lesson(preset.name),
          heading: .lessons))
    }
    return items
  }

  /// A string from elsewhere that was typed or pasted: the item that opens it.
  static func sent(_ text: String) -> PaletteItem? {
    guard PresetShelf.isSent(text) else { return nil }
    return PaletteItem(
      title: "open the experiment in this line",
      summary: "a string of `glissade share`, or a link of TensorFlow Playground",
      end: "enter", action: .load(preset: text, variant: nil), heading: .presets)
  }

  /// `open points.csv`: the tables and folders whose path begins so; nil where something else is
  /// typed.
  static func files(_ query: String, _ paths: (String) -> [String]) -> [PaletteItem]? {
    let word = "open "
    let isPath = ["/", "./", "../", "~/"].contains { query.hasPrefix($0) }
    guard isPath || query.hasPrefix(word) else { return nil }
    let typed = String(query.dropFirst(isPath ? 0 : word.count)).trimmingSpaces()
    let found = paths(typed)
    let exact = typed.isEmpty || typed.hasSuffix("/") || found.contains(typed) ? [] : [typed]
    return (found + exact).map { path in
      let isFolder = path.hasSuffix("/")
      return PaletteItem(
        title: "open \(path)",
        summary: isFolder
          ? "a folder: enter goes into it" : "a table: its columns are shown before it is trained",
        end: isFolder ? "tab" : "enter",
        action: isFolder
          ? .complete("open \(path)")
          : .openTable(path: path, [], column: 0, line: .columns),
        heading: .act)
    }
  }

  /// `race optimizer adam, momentum`, `map learning_rate 1e-3..1, momentum 0..0.99`: the item that
  /// begins the race or the map, or changes the race.
  static func many(_ query: String) -> PaletteItem? {
    if query.hasPrefix("map "), query.contains("..") {
      return PaletteItem(
        title: query, summary: "a run a pixel, coarse first", end: "enter",
        action: .map(String(query.dropFirst(4))), heading: .act)
    }
    guard let wish = RaceWish(query) else { return nil }
    let known = RaceWish.plain.first { $0.wish == wish }
    return PaletteItem(
      title: query, summary: known?.summary ?? "runs from the same start, side by side",
      end: "enter",
      action: .race(wish), heading: .act)
  }

  /// What begins like a number and names nothing: which values it may be meant as. Nothing is done
  /// before one of them is chosen and stands there in full; nil where something else is typed.
  static func number(_ query: String, among tunables: [Tunable]) -> [PaletteItem]? {
    let digits = query.drop { "+-−.,".contains($0) }
    guard let first = digits.first, first.isASCII, first.isNumber,
      query.count - digits.count <= 2
    else { return nil }
    let meant = tunables.filter(\.isMeantByNumbers).compactMap { tunable -> PaletteItem? in
      guard case .success(let value) = tunable.read(query) else { return nil }
      let line =
        switch value {
        case .text(let text): "\(tunable.name) \(text)"
        case .count(let count): "\(tunable.name) \(count)"
        case .number, .all: "\(tunable.name) \(query)"
        }
      return PaletteItem(
        title: "\(line)?", summary: "\(query) alone sets nothing; \(tunable.summary)",
        end: "enter", action: .complete(line))
    }
    guard meant.isEmpty else { return meant }
    return [
      PaletteItem(
        title: "\(query): a number of what?",
        summary: "a key stands before its value: learning_rate 0.05, hidden 8,8", end: "",
        action: .complete(query))
    ]
  }

  /// A key that this run does not have, with or without a value: what it is, and what to do.
  static func elsewhere(_ query: String, _ explorer: Explorer) -> PaletteItem? {
    let name = String(query.prefix { $0 != " " && $0 != "=" })
    let objective = explorer.snapshot.objective
    let parameters = objective.parameterCount <= 10_000 ? Array(objective.parameterNames) : []
    guard
      let key = PresetKeys.elsewhere(name, for: explorer.presetNow, parameters: parameters)
    else { return nil }
    return PaletteItem(
      title: "\(name): \(key.summary)", summary: key.reason, end: "", action: .complete(query))
  }

  /// Under what it is found.
  var targets: [FuzzyMatch.Target] {
    [title, bareName].compactMap { $0 }.map {
      FuzzyMatch.Target($0, keywords: "\(summary) \(words)")
    }
  }

  /// `learning_rate 0.05`: the item that sets it, when the first word names a setting and a value
  /// follows.
  static func setting(_ query: String, among tunables: [Tunable]) -> PaletteItem? {
    guard let gap = query.firstIndex(where: { $0 == " " || $0 == "=" }) else { return nil }
    let name = String(query[..<gap])
    let value = String(query[query.index(after: gap)...].drop { $0 == " " || $0 == "=" })
    guard !value.isEmpty else { return nil }
    let looksLikeValue = value.first.map { $0.isNumber || "+-−.".contains($0) } ?? false
    let exact =
      tunables.first { $0.name == name } ?? tunables.first { $0.name == name.lowercased() }
      ?? tunables.first { $0.place == .key(name) }
      ?? tunables.first.flatMap { Tunable(key: name, like: $0) }
    let near =
      looksLikeValue
      ? tunables.compactMap { tunable -> (Tunable, (Int, Int))? in
        guard let score = FuzzyMatch.score(FuzzyMatch.Query(name), FuzzyMatch.Target(tunable.name))
        else { return nil }
        // Those that take the value come first.
        let takes = if case .success = tunable.read(value) { 1 } else { 0 }
        return (tunable, (takes, score))
      }.max { $0.1 < $1.1 }?.0 : nil
    guard let tunable = exact ?? near else { return nil }
    switch tunable.read(value) {
    case .success(let read):
      var told = ""
      if let key = tunable.key, case .text(let text) = read {
        let note = TypedValue(value, of: key).note.map { $0 + " · " } ?? ""
        told = "\(note)\(tunable.current) → \(text) · \(key.effect.rawValue) · "
      }
      return PaletteItem(
        title: "\(exact == nil ? tunable.name : name) = \(value)", summary: told + tunable.summary,
        end: "enter",
        action: .set(tunable, typed: value))
    case .failure(let refusal):
      // A full name with a wrong value says what would be right; anything else may be a search.
      guard exact != nil || looksLikeValue else { return nil }
      let takes = tunable.key.map { "takes \($0.takes); now \(tunable.current)" } ?? ""
      return PaletteItem(
        title: "\(tunable.name): \(refusal.message)", summary: takes, end: "",
        action: .complete("\(name) \(value)"))
    }
  }
}

extension String {
  /// `snake_case` as words.
  var spaced: String { replacing("_", with: " ") }
}
