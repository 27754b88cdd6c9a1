import Lanes
import Models
import Training

extension PresetKey {
  /// `function` and its parts.
  static let function = section(
    "function", "a formula to be minimised, or a mapping", .written("x sin(x^2 + 1)"),
    heading: .function, owner: .function, effect: .restarts, chooses: true,
    parts: [landscape, formula, constants, xRange, yRange],
    exclusive: [["formula", "landscape"]], begin: { $0.become(.function) },
    short: { reader, node, draft in
      draft.places[formula.name] = (node.origin, node.origin)
      formula.read(reader, node, &draft)
    }, clear: { $0.function = FunctionDraft() })

  private static let formula = PresetKey(
    "function.formula", short: "formula", "a formula; its variables are the parameters",
    .written("x sin(x^2 + 1)"), heading: .function, owner: .function, effect: .restarts,
    chooses: true,
    read: { reader, node, draft in
      guard let text = reader.reader.text(node, "formula", limit: 4_000) else { return }
      guard !text.allSatisfy(\.isWhitespace) else {
        reader.problems.add(node.origin, "formula is empty")
        return
      }
      draft.become(.function)
      if draft.function.landscape != nil || draft.function.formula.map({ $0 != text }) ?? false {
        // What was drawn belonged to the function before.
        (draft.function.xRange, draft.function.yRange) = (nil, nil)
      }
      draft.function.formula = text
      draft.function.landscape = nil
      draft.formulaNode = node
    },
    write: { $0.function.formula.map { .text($0) } }, clear: { $0.function.formula = nil })

  private static let landscape = PresetKey.choice(
    "function.landscape", short: "landscape", "a built-in function", .landscapes,
    heading: .function, owner: .function, effect: .restarts, always: true,
    get: { $0.function.landscape },
    set: { draft, choice in
      draft.become(.function)
      if choice?.name != draft.function.landscape?.name {
        // What was drawn belonged to the function before.
        (draft.function.xRange, draft.function.yRange) = (nil, nil)
      }
      if choice != nil { draft.function.formula = nil }
      draft.function.landscape = choice
    }, standard: { _ in nil })

  private static let constants = PresetKey(
    "function.constants", "numbers for names in the formula", .written("{a: 0.5}"),
    heading: .function, owner: .function, effect: .restarts, standard: "none",
    read: { reader, node, draft in
      guard case .mapping(let entries) = node.content else {
        reader.reader.expected("a mapping of names to numbers", node, for: "constants")
        return
      }
      draft.function.constants = [:]
      for entry in entries {
        if draft.function.constants[entry.key] != nil {
          reader.problems.add(
            entry.keyOrigin, "\(EscapedText.quoted(entry.key)) is given more than once")
        }
        if let value = reader.reader.number(entry.value, entry.key) {
          draft.function.constants[entry.key] = value
        }
      }
    },
    write: { draft in
      let constants = draft.function.constants.sorted { $0.key < $1.key }
      return constants.isEmpty ? nil : .map(constants.map { .init($0.key, .number($0.value)) })
    },
    clear: { $0.function.constants = [:] })

  /// The row of one constant of the formula.
  static func constant(_ name: String) -> PresetKey {
    PresetKey(
      "function.constants.\(name)", short: name, "a constant of the formula",
      .written(aNumber), heading: .function, owner: .function, effect: .restarts,
      read: { reader, node, draft in
        if let value = reader.reader.number(node, name) { draft.function.constants[name] = value }
      },
      write: { $0.function.constants[name].map { .number($0) } },
      clear: { $0.function.constants[name] = nil })
  }

  private static let xRange = range(
    "x_range", "the part of the first variable's axis that is drawn", at: \.function.xRange)
  private static let yRange = range(
    "y_range", "the part of the second variable's axis that is drawn", at: \.function.yRange)

  private static func range(
    _ name: String, _ summary: String,
    at path: any WritableKeyPath<PresetDraft, ClosedRange<Double>?> & Sendable
  ) -> PresetKey {
    value(
      "function.\(name)", short: name, summary, .written("-5, 5"), heading: .function,
      owner: .function, effect: .keepsAll, words: "-5, 5, or the landscape's own", at: path,
      standard: { _ in nil },
      read: { reader, node in
        guard let ends = reader.reader.numbers(node, name, in: -1e100...1e100) else { return nil }
        guard ends.count == 2, ends[0] < ends[1] else {
          reader.problems.add(
            node.origin, "\(name) must be two numbers, the lesser first: [-3, 3]")
          return nil
        }
        return ends[0]...ends[1]
      },
      write: { $0.map { .numbers([$0.lowerBound, $0.upperBound]) } })
  }
}
