import Lanes
import Training

extension PresetWriter {
  /// What a preset teaches, as its tree.
  static func lesson(_ lesson: Lesson) -> PresetNode {
    var entries: [PresetNode.Entry] = [.init("title", .text(lesson.title))]
    if !lesson.section.isEmpty { entries.append(.init("section", .text(lesson.section))) }
    if let order = lesson.order { entries.append(.init("order", .number(order))) }
    entries.append(.init("steps", .list(lesson.steps.map { step($0) })))
    return .map(entries)
  }

  /// A text whose paragraphs are parted by blank lines, as it is read.
  private static func prose(_ text: String) -> PresetNode {
    .text(text.replacing("\n", with: "\n\n"))
  }

  private static func step(_ step: LessonStep) -> PresetNode {
    var entries: [PresetNode.Entry] = [.init("text", prose(step.text))]
    if !step.keys.isEmpty {
      entries.append(.init("press", .list(step.keys.map { .text($0) })))
    }
    if let view = step.view { entries.append(.init("watch", .text(view))) }
    if let settings = step.settings { entries.append(.init("set", self.settings(settings))) }
    if let advance = step.advance { entries.append(.init("advance", .number(advance))) }
    if let question = step.question { entries.append(.init("ask", self.question(question))) }
    if let goal = step.goal { entries.append(.init("goal", self.goal(goal))) }
    if !step.facts.isEmpty {
      entries.append(.init("facts", .list(step.facts.map { fact($0) })))
    }
    return .map(entries)
  }

  private static func fact(_ fact: LessonFact) -> PresetNode {
    if fact.settings.isEmpty, fact.steps == nil { return .text(fact.condition) }
    var entries: [PresetNode.Entry] = [.init("when", .text(fact.condition))]
    if !fact.settings.isEmpty { entries.append(.init("set", settings(fact.settings))) }
    if let steps = fact.steps { entries.append(.init("steps", .number(steps))) }
    return .map(entries)
  }

  private static func question(_ question: LessonQuestion) -> PresetNode {
    var entries: [PresetNode.Entry] = [.init("text", prose(question.text))]
    switch question.answer {
    case .choice(let texts, let right):
      entries.append(.init("choices", .list(texts.map { .text($0) })))
      entries.append(.init("answer", .number(right + 1)))
    case .number(let value, let tolerance):
      entries.append(.init("number", .number(value)))
      entries.append(.init("tolerance", .number(tolerance)))
    }
    if !question.hint.isEmpty { entries.append(.init("hint", prose(question.hint))) }
    if !question.shown.isEmpty {
      entries.append(.init("shows", .list(question.shown.map { .text($0) })))
    }
    entries.append(.init("because", prose(question.explanation)))
    return .map(entries)
  }

  private static func goal(_ goal: LessonGoal) -> PresetNode {
    var entries: [PresetNode.Entry] = []
    if !goal.text.isEmpty { entries.append(.init("text", prose(goal.text))) }
    entries.append(.init("when", .text(goal.condition)))
    if let solution = goal.solution {
      entries.append(
        .init(
          "solution",
          .map([
            .init("set", settings(solution.settings)), .init("steps", .number(solution.steps)),
          ])))
    }
    return .map(entries)
  }
}
