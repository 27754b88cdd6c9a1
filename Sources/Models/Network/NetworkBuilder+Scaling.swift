import Differentiation
import Lanes

extension NetworkBuilder {
  /// What multiplies the numbers that come into each layer, one factor a layer; 1 where the plan
  /// says nothing.
  ///
  /// With `1/sqrt(n)` everywhere that is the parametrisation of the neural tangent kernel (Jacot,
  /// Gabriel, Hongler 2018, arXiv 1806.07572); with `1/n` before the output the mean-field one.
  mutating func factors(inputs: [Int]) -> [Double] {
    let ones = [Double](repeating: 1, count: inputs.count)
    let texts = plan.scaling
    if texts.isEmpty { return ones }
    guard texts.count == 1 || texts.count == inputs.count else {
      add(
        "model.scaling", "\(texts.count) formulas",
        "one, or one a layer: \(inputs.count), the output layer's last")
      return ones
    }
    return inputs.indices.map { layer in
      let place = texts.count == 1 ? 0 : layer
      let key = texts.count == 1 ? "model.scaling" : "model.scaling[\(layer + 1)]"
      do throws(FormulaError) {
        let formula = try Formula(texts[place], variables: ["n"])
        let value = formula.value(at: [Double(inputs[layer])])
        if value.isFinite, value != 0 { return value }
        add(key, texts[place], "is \(value) for n = \(inputs[layer]); a factor is finite and not 0")
      } catch {
        add(key, texts[place], "is no formula of n, the numbers that come in: \(error.explanation)")
      }
      return 1
    }
  }

  /// Tells what is wrong once, however often it is asked.
  private mutating func add(_ key: String, _ value: String, _ allowed: String) {
    guard !issues.contains(where: { $0.key == key && $0.value == value }) else { return }
    issues.append(ProblemIssue(key: key, value: value, allowed: allowed))
  }
}
