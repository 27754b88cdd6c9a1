import Lanes
import Terminal
import Training
import Views

/// What the panel of a lesson says at a step, as lines of styled pieces.
struct LessonText {
  /// How a piece looks.
  enum Tone { case text, bold, muted, key, question, good, warning }

  /// A piece of a line.
  struct Piece: Equatable {
    var text: String
    var tone: Tone
  }

  /// The lines, top to bottom.
  private(set) var lines: [[Piece]] = []
  /// How many of them, from the top, say what nothing else does while the question's box is open.
  private(set) var toldCount = 0
  private let width: Int
  /// There is room for blank lines and for what each key does.
  private let isRoomy: Bool

  /// The text of the step that `explorer` shows, for lines of `width` columns.
  init(_ explorer: Explorer, _ state: LessonState, width: Int, isRoomy: Bool) {
    self.width = max(8, width)
    self.isRoomy = isRoomy
    let step = state.step
    if isRoomy {
      add(state.lesson.title, .bold)
      if !state.lesson.section.isEmpty { add(state.lesson.section, .muted) }
      gap()
    }
    add(step.text, .text)
    toldCount = lines.count
    addQuestion(explorer, state)
    addGoal(explorer, state)
    addActions(explorer, step, Self.keys(explorer, state))
  }

  /// The keys that the step speaks of, after that which starts a run that waits at its beginning;
  /// while a question has to be answered first, without those that move the run.
  private static func keys(_ explorer: Explorer, _ state: LessonState) -> [String] {
    var keys = state.step.keys
    let starts = keys.contains { ["space", "."].contains($0) }
    let waits = explorer.standing == .paused && explorer.snapshot.step == 0
    if state.waitsForStart, waits, !starts { keys.insert("space", at: 0) }
    let isCovered = Self.isCovered(explorer, state.step)
    return keys.filter { key in
      guard let binding = binding(of: key) else { return true }
      return !explorer.refuses(binding) && !(isCovered && binding.group == .pictures)
    }
  }

  /// Whether the picture that the step speaks of is covered.
  private static func isCovered(_ explorer: Explorer, _ step: LessonStep) -> Bool {
    step.view.map { explorer.cover?.hides($0) == true } ?? false
  }

  /// What a key does, as lessons spell keys.
  private static func binding(of key: String) -> KeyBinding? {
    keyBindings.entries.first { $0.keys.contains { $0.text == key } }
  }

  // MARK: - Parts

  private mutating func addQuestion(_ explorer: Explorer, _ state: LessonState) {
    guard let question = state.step.question else { return }
    gap()
    guard let answer = state.answers[state.index] else {
      add(question.text, .question, mark: "?")
      if isRoomy, case .choice(let texts, _) = question.answer {
        for (number, text) in texts.enumerated() {
          add("\(number + 1)  \(text)", .text, mark: " ")
        }
      }
      if let tried = state.firstTries[state.index] {
        add(Self.hint(tried, question), .warning, mark: "✕")
        add(Self.offer(explorer) ?? "g tries again", .muted, mark: " ")
      } else {
        let shown = state.answerRuns ? "shows what happens" : "uncovers the rest"
        add(Self.offer(explorer) ?? "g answers, and \(shown)", .muted, mark: " ")
      }
      return
    }
    let right: String
    switch question.answer {
    case .choice(let texts, let index): right = texts[index]
    case .number(let value, _): right = Explorer.text(value)
    }
    add(question.text, .muted, mark: "?")
    switch answer.isRight(question) {
    case true?: add("right: \(right)", .good, mark: "✓")
    case false?:
      add("you said \(Self.told(answer, question)); it is: \(right)", .warning, mark: "✕")
    case nil: add("it is: \(right)", .warning, mark: "✓")
    }
    add(question.explanation, .text, mark: " ")
  }

  /// How the box of the answer, where it is open, takes one.
  private static func offer(_ explorer: Explorer) -> String? {
    (explorer.overlays.last as? AnswerBox).map { "\($0.way), or ? to see it" }
  }

  /// What is said after a first answer that is wrong.
  static func hint(_ tried: LessonAnswer, _ question: LessonQuestion) -> String {
    var sentence = "not \(told(tried, question))"
    if case .choice = tried { sentence = "not “\(told(tried, question))”" }
    if case .number(let value) = tried, case .number(let right, _) = question.answer {
      sentence += value < right ? ", it is more" : ", it is less"
    }
    return question.hint.isEmpty ? "\(sentence): think again" : "\(sentence). \(question.hint)"
  }

  private static func told(_ answer: LessonAnswer, _ question: LessonQuestion) -> String {
    switch (answer, question.answer) {
    case (.choice(let index), .choice(let texts, _)) where texts.indices.contains(index):
      texts[index]
    case (.number(let value), _): Explorer.text(value)
    default: "nothing"
    }
  }

  private mutating func addGoal(_ explorer: Explorer, _ state: LessonState) {
    guard let goal = state.step.goal else { return }
    gap()
    let text = goal.text.isEmpty ? goal.condition : goal.text
    // While a question is open the figures of the run are covered, and so are the goal's.
    guard explorer.cover == nil else {
      add(text, .question, mark: "○")
      return
    }
    if let step = state.reached[state.index] {
      add("\(text) (reached at step \(NumberText.count(step)))", .good, mark: "✓")
      return
    }
    add(text, .question, mark: "○")
    if let problem = state.watch.reader?.problem {
      add("cannot be checked on this run: \(problem)", .warning, mark: " ")
      return
    }
    let values = state.watch.reader?.condition?.labels(in: explorer.snapshot) ?? []
    let now = values.map { label, value, isShare in
      switch value {
      case .number(let number) where !number.isFinite: "no \(label) yet"
      case .number(let number) where isShare: "\(StatusLine.percent(number, label))"
      case .number(let number): "\(label) \(Self.short(number))"
      case .word(let word): "\(label) \(word)"
      }
    }.joined(separator: "  ")
    // One line whatever the values are, so that the panel stands still.
    let line = now.isEmpty ? goal.condition : "now  \(now)"
    lines.append([Piece(text: "  \(line)", tone: .muted)])
  }

  private static func short(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e9 { return NumberText.count(Int(value)) }
    return NumberText.compact(value, digits: 3)
  }

  private mutating func addActions(
    _ explorer: Explorer, _ step: LessonStep, _ keys: [String]
  ) {
    let watched = (Self.isCovered(explorer, step) ? nil : step.view).map { name in
      let number = explorer.paneOrder.names.firstIndex(of: name).map { "\($0 + 1) " } ?? ""
      return number + explorer.paneTitle(name)
    }
    guard !keys.isEmpty || watched != nil else { return }
    gap()
    guard isRoomy else {
      var line: [Piece] = []
      if !keys.isEmpty { line.append(Piece(text: "press ", tone: .muted)) }
      for key in keys {
        line.append(Piece(text: " \(key) ", tone: .key))
        line.append(Piece(text: " ", tone: .muted))
      }
      if let watched {
        line.append(Piece(text: line.isEmpty ? "watch " : "  watch ", tone: .muted))
        line.append(Piece(text: watched, tone: .bold))
      }
      lines.append(line)
      return
    }
    for key in keys {
      var line = [Piece(text: " \(key) ", tone: .key)]
      let action = Self.binding(of: key)?.summary ?? ""
      let used = CellText.width(key) + 3
      let wrapped = Reader.wrap(action, width: max(8, width - used))
      line.append(Piece(text: " \(wrapped.first ?? "")", tone: .muted))
      lines.append(line)
      for more in wrapped.dropFirst() {
        lines.append([Piece(text: String(repeating: " ", count: used) + more, tone: .muted)])
      }
    }
    if let watched {
      lines.append([Piece(text: "watch  ", tone: .muted), Piece(text: watched, tone: .bold)])
    }
  }

  // MARK: - Lines

  /// A blank line where there is room for one.
  private mutating func gap() {
    if isRoomy, !lines.isEmpty { lines.append([]) }
  }

  /// Wrapped text; `mark` stands before its first line, and the others are indented.
  private mutating func add(_ text: String, _ tone: Tone, mark: String? = nil) {
    let indent = mark == nil ? 0 : 2
    for (number, line) in Reader.wrap(text, width: max(4, width - indent)).enumerated() {
      guard let mark else {
        lines.append([Piece(text: line, tone: tone)])
        continue
      }
      let head = number == 0 ? "\(mark) " : "  "
      lines.append([Piece(text: head, tone: tone), Piece(text: line, tone: tone)])
    }
  }
}
