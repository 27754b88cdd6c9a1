package import Differentiation
import Lanes
import Models

/// A condition on a run, written in the language of formulas: `loss < 1e-3 and step <= 200`, `optimizer == "adam"`.
///
/// Names are those of `ConditionName.catalogue`, settings of optimizers, the parameters' own names where they are plain (`x`,
/// `θ0`), and `p[0]`, `p[1]`, … for all parameters in flat order. A number that a run does not have is NaN.
package struct Condition: Sendable, Equatable {
  /// The text.
  package let text: String
  /// The names that it uses, in the order of the text.
  package let names: [String]
  private let formula: Formula
  /// Names of the parameters that it was made for.
  private let parameterNames: [String]

  /// Reads a condition on runs with these parameters.
  ///
  /// - Throws: what is wrong, with the place in `text`.
  package init(_ text: String, parameterNames: [String]) throws(FormulaError) {
    let spelling = try ConditionSpelling(text)
    let plain = Condition.plainNames(parameterNames)
    let vector =
      parameterNames.count <= Condition.longestVector
      ? parameterNames.indices.map { "p[\($0)]" } : []
    let single = ConditionName.catalogue.names + ConditionName.settings.map(\.name) + plain
    do {
      formula = try Formula(
        spelling.formula, variables: single.map(ConditionSpelling.inside) + vector)
    } catch {
      throw ConditionSpelling.outside(error)
    }
    self.text = text
    self.parameterNames = parameterNames
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
  package func fits(_ names: [String]) -> Bool { parameterNames == names }

  /// Whether it holds; nil when the run's parameters are not those it was made for.
  package func holds(in snapshot: Snapshot) -> Bool? {
    guard let point = point(snapshot) else { return nil }
    let value = formula.value(at: point)
    return value != 0 && !value.isNaN
  }

  /// The values of the names that it uses, as people read them; vectors are left out.
  package func values(in snapshot: Snapshot) -> [(name: String, value: Value)] {
    guard fits(snapshot.objective.parameterNames) else { return [] }
    let plain = Condition.plainNames(parameterNames)
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
      guard plain.contains(name), let index = parameterNames.firstIndex(of: name),
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
    guard fits(snapshot.objective.parameterNames),
      snapshot.parameters.count == parameterNames.count
    else { return nil }
    let used = Set(names)
    // What is not asked for is not computed: eigenvalues are dear.
    var point = (ConditionName.catalogue.entries + ConditionName.settings).map { entry in
      used.contains(entry.name) ? entry.value(snapshot) : 0
    }
    for name in Condition.plainNames(parameterNames) {
      point.append(parameterNames.firstIndex(of: name).map { snapshot.parameters[$0] } ?? .nan)
    }
    if parameterNames.count <= Condition.longestVector { point += snapshot.parameters }
    return point
  }

  /// Names of parameters that can stand in a formula as they are.
  private static func plainNames(_ names: [String]) -> [String] {
    guard names.count <= longestVector else { return [] }
    let taken = Set(
      ConditionName.catalogue.names + ConditionName.settings.map(\.name)
        + Function.reservedNames + ["p"])
    return names.filter { name in
      !taken.contains(name) && !name.isEmpty
        && name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.isDigit || $0 == "_" }
        && !(name.unicodeScalars.first?.isDigit ?? true)
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is one of 0 to 9.
  var isDigit: Bool { ("0"..."9").contains(self) }
}
