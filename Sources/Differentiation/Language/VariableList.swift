/// A formula's variables: plain numbers and vectors, with the order in which they are counted.
///
/// Unless a list is given, the order is by name, letters first and then numbers by size: `b`, `x`,
/// `x1`, `x2`, `x10`, `y`. A vector's components stand together in the order of their indices.
struct VariableList: Equatable, Sendable {
  /// The names of single numbers, in order: `x`, `v[0]`, `v[1]`.
  var flat: [String] = []
  /// The vectors among them.
  var vectors: [Code.VectorVariable] = []

  /// The variables of a list that was given; `v[0]` and its like make a vector.
  init(given names: [String]) {
    flat = names
    for (number, name) in names.enumerated() {
      guard let (base, index) = VariableList.component(name) else { continue }
      let known = vectors.firstIndex { $0.name == base }
      if let known, vectors[known].components.count == index {
        vectors[known].components.append(number)
      } else if known == nil, index == 0 {
        vectors.append(Code.VectorVariable(name: base, components: [number], isFixed: true))
      }
    }
  }

  /// The free names of a script; lengths of vectors are `lengths` where known from an earlier
  /// trial.
  init(free script: Script, given: [String: Double], lengths: [String: Int]) {
    var finder = Finder(given: given)
    finder.visit(script)
    var declared: [String: Int] = [:]
    for definition in script.definitions {
      if case .vector(let length) = definition.kind { declared[definition.name] = length }
    }
    let vectorNames = finder.lengths.keys.filter { declared[$0] == nil }
    let names = finder.names.subtracting(vectorNames).subtracting(declared.keys)
    let everyone = (Array(names) + Array(vectorNames) + Array(declared.keys))
      .sorted(by: VariableList.isBefore)
    for name in everyone {
      guard let length = declared[name] ?? finder.lengths[name] else {
        flat.append(name)
        continue
      }
      let isFixed = declared[name] != nil || lengths[name] != nil || length > 0
      let count = declared[name] ?? max(length, lengths[name] ?? 0)
      let components = Array(flat.count..<flat.count + count)
      flat += (0..<count).map { "\(name)[\($0)]" }
      vectors.append(
        Code.VectorVariable(name: name, components: components, isFixed: isFixed))
    }
  }

  /// `x[3]` as `x` and 3.
  static func component(_ name: String) -> (base: String, index: Int)? {
    guard name.hasSuffix("]"), let open = name.firstIndex(of: "["),
      let index = Int(name[name.index(after: open)...].dropLast()), index >= 0
    else { return nil }
    return (String(name[..<open]), index)
  }

  /// Letters by their code, runs of digits by their size.
  static func isBefore(_ a: String, _ b: String) -> Bool {
    func split(_ name: String) -> (letters: String, digits: String) {
      let tail = name.unicodeScalars.reversed().prefix { ("0"..."9").contains($0) }
      let letters = String(String.UnicodeScalarView(name.unicodeScalars.dropLast(tail.count)))
      return (letters, String(String.UnicodeScalarView(tail.reversed())))
    }
    let (first, second) = (split(a), split(b))
    if first.letters != second.letters {
      return first.letters.unicodeScalars.lexicographicallyPrecedes(second.letters.unicodeScalars)
    }
    let sizes = (Double(first.digits) ?? -1, Double(second.digits) ?? -1)
    if sizes.0 != sizes.1 { return sizes.0 < sizes.1 }
    return first.digits.unicodeScalars.count < second.digits.unicodeScalars.count
  }
}

/// Walks a script and collects the names that nothing defines.
private struct Finder {
  let given: [String: Double]
  var names: Set<String> = []
  /// Indexed names with 1 + their greatest literal index, 0 when there is none.
  var lengths: [String: Int] = [:]
  private var defined: Set<String> = []
  private var locals: [String] = []

  init(given: [String: Double]) { self.given = given }

  mutating func visit(_ script: Script) {
    for definition in script.definitions {
      switch definition.kind {
      case .value:
        if let body = definition.body { visit(body) }
        defined.insert(definition.name)
      case .function(let parameters):
        locals = parameters
        if let body = definition.body { visit(body) }
        locals = []
      case .vector: break
      }
    }
    visit(script.body)
  }

  private func isFree(_ name: String) -> Bool {
    !locals.contains(name) && !defined.contains(name) && given[name] == nil
      && !Function.constants.contains { $0.name == name }
  }

  private mutating func visit(_ expression: Expression) {
    let parts = expression.children
    switch expression.kind {
    case .name(let name):
      if isFree(name), Formula.isPlainName(name) { names.insert(name) }
    case .component:
      if case .name(let name) = parts[0].kind, isFree(name) {
        var length = 0
        if case .number(let index) = parts[1].kind, index >= 0,
          index < Double(Compiler.longestVector)
        {
          length = Int(index) + 1
        }
        lengths[name] = max(lengths[name] ?? 0, length)
      } else {
        visit(parts[0])
      }
      visit(parts[1])
    case .repeated(_, let index):
      visit(parts[0])
      visit(parts[1])
      locals.append(index)
      visit(parts[2])
      locals.removeLast()
    case .loop(let variables, _):
      for (name, initial) in zip(variables, parts) {
        visit(initial)
        locals.append(name)
      }
      for part in parts.dropFirst(variables.count) { visit(part) }
      locals.removeLast(variables.count)
    default:
      for part in parts { visit(part) }
    }
  }
}
