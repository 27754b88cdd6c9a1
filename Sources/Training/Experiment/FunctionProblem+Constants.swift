import Differentiation

extension FunctionProblem {
  /// Constants, by name, without which the formula says the same: no number of the formula has
  /// their name.
  package var unusedConstants: [String] {
    guard landscape == nil else { return [] }
    return constants.keys.sorted().filter { name in
      var others = constants
      others[name] = nil
      // A name that is no constant is a variable, or nothing that the formula can be read with.
      guard let formula = try? Formula(self.formula, constants: others) else { return false }
      return !formula.variables.contains(name) && !formula.parameters.contains { $0.name == name }
    }
  }
}

extension Experiment {
  /// The function that it moves downhill; nil: it fits a model.
  package var function: FunctionProblem? {
    guard case .function(let function) = problem else { return nil }
    return function
  }
}
