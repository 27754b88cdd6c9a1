import Differentiation
import Lanes
import Training

extension PresetReader {
  /// The keys of a lesson, of its steps, and of what stands in those.
  static let lessonKeys = ["title", "section", "order", "steps"]
  static let stepKeys = [
    "text", "press", "watch", "set", "advance", "ask", "goal", "facts",
  ]
  static let questionKeys = [
    "text", "choices", "answer", "number", "tolerance", "hint", "shows", "because",
  ]
  static let goalKeys = ["text", "when", "solution"]
  static let solutionKeys = ["set", "steps"]
  static let factKeys = ["when", "set", "steps"]

  /// What a preset teaches.
  func lesson(_ node: PresetNode) -> Lesson? {
    guard
      let map = MappingReader(node, "a lesson", allowed: Self.lessonKeys, problems: problems)
    else { return nil }
    let title = map["title"].flatMap { reader.text($0, "title", limit: PresetLimits.title) }
    if map["title"] == nil { problems.add(node.origin, "a lesson needs `title:`") }
    let section = map["section"].flatMap { reader.text($0, "section", limit: PresetLimits.title) }
    let order = map["order"].flatMap { reader.integer($0, "order", in: 0...1_000_000) }
    guard let stepsNode = map["steps"] else {
      problems.add(node.origin, "a lesson needs `steps:`")
      return nil
    }
    guard case .sequence(let items) = stepsNode.content, !items.isEmpty else {
      reader.expected("a list of steps", stepsNode, for: "steps")
      return nil
    }
    guard items.count <= PresetLimits.lessonSteps else {
      problems.add(
        stepsNode.origin,
        "\(items.count) steps; at most \(PresetLimits.lessonSteps) are allowed")
      return nil
    }
    guard let steps = reader.all(items, step), let title else { return nil }
    return Lesson(title: title, section: section ?? "", order: order, steps: steps)
  }

  private func step(_ node: PresetNode) -> LessonStep? {
    guard
      let map = MappingReader(
        node, "a step of a lesson", allowed: Self.stepKeys, problems: problems)
    else { return nil }
    guard let textNode = map["text"] else {
      problems.add(node.origin, "a step of a lesson needs `text:`")
      return nil
    }
    guard let text = prose(textNode, "text") else { return nil }
    var step = LessonStep(text: text)
    if let node = map["press"] { step.keys = names(node, "press", "key", known: keys) ?? [] }
    if let node = map["watch"] {
      step.view = names(node, "watch", "view", known: views, limit: 1)?.first
    }
    if let node = map["set"] { step.settings = settings(node) }
    step.advance = map["advance"].flatMap {
      reader.integer($0, "advance", in: 0...PresetLimits.lessonAdvance)
    }
    if let origin = map.keyOrigin("advance"), map["set"] == nil {
      problems.add(
        origin, "advance needs `set:`, which begins the run (`set: {}` as the preset says)")
    }
    if let node = map["ask"] { step.question = question(node) }
    if let node = map["goal"] { step.goal = goal(node) }
    if let node = map["facts"] { step.facts = facts(node) ?? [] }
    return step
  }

  /// A text that is not empty: lines are joined, a blank line begins a paragraph.
  private func prose(_ node: PresetNode, _ what: String) -> String? {
    guard let text = reader.text(node, what, limit: PresetLimits.lessonText) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split { $0.isWhitespace }.joined(separator: " ")
    }
    let paragraphs = lines.split { $0.isEmpty }.map { $0.joined(separator: " ") }
    guard !paragraphs.isEmpty else {
      problems.add(node.origin, "\(what) is empty")
      return nil
    }
    return paragraphs.joined(separator: "\n")
  }

  /// One name, or a list of names, of those that are known.
  private func names(
    _ node: PresetNode, _ what: String, _ kind: String, known: [String]?,
    limit: Int = PresetLimits.lessonItems
  ) -> [String]? {
    let items = Self.listed(node)
    guard !items.isEmpty, items.count <= limit else {
      problems.add(node.origin, "\(what) names 1 to \(limit) \(kind)s, not \(items.count)")
      return nil
    }
    return reader.all(items) { item in
      guard let name = reader.text(item, "a \(kind)", limit: PresetLimits.title) else { return nil }
      guard let known, !known.contains(name) else { return name }
      let near = Spelling.nearest(to: name, in: known)
      problems.add(
        item.origin,
        "there is no \(kind) \(EscapedText.quoted(name))"
          + (near.map { "; did you mean \($0)?" }
            ?? "; `glissade list \(kind)s` shows all"))
      return nil
    }
  }

  private func settings(_ node: PresetNode) -> [Setting]? {
    guard case .mapping(let entries) = node.content else {
      reader.expected("a mapping of keys to values", node, for: "set")
      return nil
    }
    guard entries.count <= PresetLimits.lessonItems else {
      problems.add(
        node.origin,
        "\(entries.count) settings; at most \(PresetLimits.lessonItems) are allowed")
      return nil
    }
    return Self.settings(entries)
  }

  private func goal(_ node: PresetNode) -> LessonGoal? {
    if case .scalar = node.content { return condition(node).map { LessonGoal(condition: $0) } }
    guard
      let map = MappingReader(node, "a goal", allowed: Self.goalKeys, problems: problems)
    else { return nil }
    guard let when = map["when"] else {
      problems.add(node.origin, "a goal needs `when:`, a condition such as loss < 1e-3")
      return nil
    }
    let text = map["text"].flatMap { prose($0, "text") }
    let solution = map["solution"].flatMap(solution)
    return condition(when).map {
      LessonGoal(text: text ?? "", condition: $0, solution: solution)
    }
  }

  private func solution(_ node: PresetNode) -> LessonSolution? {
    guard
      let map = MappingReader(node, "a solution", allowed: Self.solutionKeys, problems: problems)
    else { return nil }
    guard let stepsNode = map["steps"] else {
      problems.add(node.origin, "a solution needs `steps:`, how many it takes")
      return nil
    }
    let settings = map["set"].flatMap(settings)
    return reader.integer(stepsNode, "steps", in: 0...PresetLimits.lessonAdvance).map {
      LessonSolution(settings: settings ?? [], steps: $0)
    }
  }

  private func facts(_ node: PresetNode) -> [LessonFact]? {
    let items = Self.listed(node)
    guard items.count <= PresetLimits.lessonItems else {
      problems.add(
        node.origin, "\(items.count) facts; at most \(PresetLimits.lessonItems) are allowed")
      return nil
    }
    return reader.all(items, fact)
  }

  private func fact(_ node: PresetNode) -> LessonFact? {
    if case .scalar = node.content { return condition(node).map { LessonFact($0) } }
    guard
      let map = MappingReader(node, "a fact", allowed: Self.factKeys, problems: problems)
    else { return nil }
    guard let when = map["when"] else {
      problems.add(node.origin, "a fact needs `when:`, a condition such as loss < 1e-3")
      return nil
    }
    let settings = map["set"].flatMap(settings) ?? []
    let steps = map["steps"].flatMap {
      reader.integer($0, "steps", in: 0...PresetLimits.lessonAdvance)
    }
    return condition(when).map { LessonFact($0, settings: settings, steps: steps) }
  }

  /// The items of a list; anything else is a list of one.
  static func listed(_ node: PresetNode) -> [PresetNode] {
    if case .sequence(let items) = node.content { items } else { [node] }
  }

  /// A condition's text; what it says is checked once the run that it is asked of is known.
  private func condition(_ node: PresetNode) -> String? {
    guard let text = reader.text(node, "a condition", limit: PresetLimits.condition) else {
      return nil
    }
    guard !text.allSatisfy(\.isWhitespace) else {
      problems.add(node.origin, "a condition is empty")
      return nil
    }
    return text
  }

  private func question(_ node: PresetNode) -> LessonQuestion? {
    guard
      let map = MappingReader(node, "a question", allowed: Self.questionKeys, problems: problems)
    else { return nil }
    map.atMostOne(of: ["choices", "number"], "a question")
    for (key, owner) in [("answer", "choices"), ("tolerance", "number")] where map[owner] == nil {
      if let origin = map.keyOrigin(key) { problems.add(origin, "\(key) belongs to `\(owner):`") }
    }
    guard let textNode = map["text"], let becauseNode = map["because"] else {
      problems.add(node.origin, "a question needs `text:` and `because:`, the explanation")
      return nil
    }
    let text = prose(textNode, "text")
    let because = prose(becauseNode, "because")
    var answer: LessonQuestion.Answer?
    if let choices = map["choices"] {
      answer = choice(choices, map["answer"])
    } else if let number = map["number"] {
      answer = self.number(number, map["tolerance"])
    } else {
      problems.add(node.origin, "a question needs `choices:` and `answer:`, or `number:`")
    }
    let hint = map["hint"].flatMap { prose($0, "hint") }
    let shown = map["shows"].flatMap { names($0, "shows", "view", known: views) }
    guard let text, let because, let answer else { return nil }
    return LessonQuestion(
      text: text, answer: answer, explanation: because, hint: hint ?? "", shown: shown ?? [])
  }

  private func choice(_ node: PresetNode, _ answer: PresetNode?) -> LessonQuestion.Answer? {
    guard case .sequence(let items) = node.content,
      (2...PresetLimits.lessonChoices).contains(items.count)
    else {
      reader.expected("a list of 2 to \(PresetLimits.lessonChoices) texts", node, for: "choices")
      return nil
    }
    let texts = reader.all(items) { reader.text($0, "a choice", limit: PresetLimits.title) }
    guard let answer else {
      problems.add(node.origin, "choices need `answer:`, the number of the right one from 1")
      return nil
    }
    let right = reader.integer(answer, "answer", in: 1...items.count)
    guard let texts, let right else { return nil }
    return .choice(texts, right: right - 1)
  }

  /// A number with its tolerance: another number, or a share of it in percent; by default 5 %.
  private func number(_ node: PresetNode, _ tolerance: PresetNode?) -> LessonQuestion.Answer? {
    guard let value = reader.number(node, "number", in: -1e100...1e100) else { return nil }
    guard let tolerance else { return .number(value, tolerance: abs(value) * 0.05) }
    if case .scalar(let text, _) = tolerance.content, text.hasSuffix("%") {
      let share = ExactDecimal.number(text.dropLast().trimmingSpaces)
      guard let share, (0...100).contains(share) else {
        reader.expected("a number, or a share such as 5%", tolerance, for: "tolerance")
        return nil
      }
      return .number(value, tolerance: abs(value) * share / 100)
    }
    return reader.number(tolerance, "tolerance", in: 0...1e100).map {
      .number(value, tolerance: $0)
    }
  }
}
