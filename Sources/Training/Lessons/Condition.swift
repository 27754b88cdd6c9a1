package import Differentiation
import Lanes
package import Models

/// A condition on a run, written in the language of formulas: `loss < 1e-3 and step <= 200`,
/// `optimizer == "adam"`.
///
/// Names are those of `ConditionName.catalogue`, settings of optimizers, the parameters' own names
/// where they are plain (`x`, `θ0`), and `p[0]`, `p[1]`, … for all parameters in flat order. A
/// number that a run does not have is NaN.
package struct Condition: Sendable, Equatable {
  /// The text.
  package let text: String
  /// The names that it uses, in the order of the text.
  package let names: [String]
  private let formula: Formula
  /// The parameters that it was made for.
  private let layout: ParameterLayout
  /// Names of parameters that can stand in a formula as they are, and where they stand.
  private let plain: [Plain]

  private struct Plain: Sendable, Equatable {
    var name: String
    var index: Int
  }

  /// Reads a condition on runs with these parameters.
  ///
  /// - Throws: what is wrong, with the place in `text`.
  package init(_ text: String, layout: ParameterLayout) throws(FormulaError) {
    let spelling = try ConditionSpelling(text)
    let plain = Condition.plainNames(layout)
    let vector =
      layout.count <= Condition.longestVector ? (0..<layout.count).map { "p[\($0)]" } : []
    let single =
      ConditionName.catalogue.names + ConditionName.settings.map(\.name) + plain.map(\.name)
    do {
      formula = try Formula(
        spelling.formula, variables: single.map(ConditionSpelling.inside) + vector)
    } catch {
      throw ConditionSpelling.outside(error)
    }
    self.text = text
    self.layout = layout
    self.plain = plain
    let known = Set(single + (vector.isEmpty ? [] : ["p"]))
    var used: [String] = []
    for word in spelling.words where known.contains(word) && !used.contains(word) {
      used.append(word)
    }
    names = used
  }

  /// The longest list of parameters that `p` stands for.
  package static let longestVector = 1024

  /// Whether it can be asked of a run with these parameters.
  package func fits(_ layout: ParameterLayout) -> Bool { self.layout == layout }

  /// Whether it holds; nil when the run's parameters are not those it was made for.
  package func holds(in snapshot: Snapshot) -> Bool? {
    guard let point = point(snapshot) else { return nil }
    let value = formula.value(at: point)
    return value != 0 && !value.isNaN
  }

  /// The names that it uses as the panes call them, in their order; vectors are left out.
  package func labels(
    in snapshot: Snapshot
  ) -> [(label: String, value: Value, isShare: Bool)] {
    values(in: snapshot).map { name, value in
      let entry = ConditionName.entry(name)
      return (entry?.label ?? name, value, entry?.isShare ?? false)
    }
  }

  /// The values of the names that it uses, as people read them; vectors are left out.
  package func values(in snapshot: Snapshot) -> [(name: String, value: Value)] {
    guard fits(snapshot.objective.layout) else { return [] }
    return names.compactMap { name in
      if let entry = ConditionName.catalogue[name] {
        let value = entry.value(snapshot)
        if !entry.words.isEmpty {
          let index = value.isFinite ? Int(value) - 1 : -1
          return (name, .word(entry.words.indices.contains(index) ? entry.words[index] : "none"))
        }
        return (name, .number(value))
      }
      if let entry = ConditionName.settings.first(where: { $0.name == name }) {
        return (name, .number(entry.value(snapshot)))
      }
      guard let index = plain.first(where: { $0.name == name })?.index,
        snapshot.parameters.indices.contains(index)
      else { return nil }
      return (name, .number(snapshot.parameters[index]))
    }
  }

  /// What a name stands for just now.
  package enum Value: Equatable, Sendable {
    /// A number; NaN where there is none.
    case number(Double)
    /// A name of a catalogue.
    case word(String)
  }

  /// The names that have no value in `snapshot`: a test loss where there are no test samples.
  package func missing(in snapshot: Snapshot) -> [String] {
    let never = ["test_loss", "test_accuracy", "accuracy", "units", "activation", "lambda_max"]
    return values(in: snapshot).compactMap { name, value in
      switch value {
      case .number(let number) where number.isNaN && never.contains(name): name
      case .word("none"): name
      default: nil
      }
    }
  }

  private func point(_ snapshot: Snapshot) -> [Double]? {
    guard fits(snapshot.objective.layout), snapshot.parameters.count == layout.count else {
      return nil
    }
    let used = Set(names)
    // What is not asked for is not computed: eigenvalues are dear.
    var point = (ConditionName.catalogue.entries + ConditionName.settings).map { entry in
      used.contains(entry.name) ? entry.value(snapshot) : 0
    }
    point += plain.map { snapshot.parameters[$0.index] }
    if layout.count <= Condition.longestVector { point += snapshot.parameters }
    return point
  }

  /// Names of parameters that can stand in a formula as they are; none where there are too many.
  private static func plainNames(_ layout: ParameterLayout) -> [Plain] {
    guard layout.count <= longestVector else { return [] }
    let taken = Set(
      ConditionName.catalogue.names + ConditionName.settings.map(\.name)
        + Function.reservedNames + ["p"])
    return layout.names.enumerated().filter { _, name in
      !taken.contains(name) && !name.isEmpty
        && name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.isDigit || $0 == "_" }
        && !(name.unicodeScalars.first?.isDigit ?? true)
    }.map { Plain(name: $1, index: $0) }
  }
}

extension Unicode.Scalar {
  /// Whether it is one of 0 to 9.
  var isDigit: Bool { ("0"..."9").contains(self) }
}
