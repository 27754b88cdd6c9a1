/// How the flat parameters of an objective are divided: blocks that follow each other without gaps,
/// each with a name and a shape.
///
/// Names of single parameters are made on demand: a layout of four million parameters holds a few
/// blocks. Exports, statistics per layer, and the names that people read and write follow from it.
package struct ParameterLayout: Sendable, Equatable {
  /// The blocks, in flat order.
  package let blocks: [Block]
  /// The number of parameters.
  package let count: Int

  /// One matrix, vector or number, row by row.
  package struct Block: Sendable, Equatable {
    /// What the block is called, different from all others (`w1`, `b1`, `θ`).
    package let name: String
    /// Its sizes, outermost first; empty for a single number.
    package let shape: [Int]
    /// What its numbers do.
    package let role: Role
    /// The layer that it belongs to, from 0 at the inputs; nil where there are no layers.
    package let layer: Int?
    /// Where it stands in the flat parameters.
    package internal(set) var range: Range<Int>
    /// How its parameters are called.
    let naming: Naming
  }

  /// What the numbers of a block do.
  package enum Role: String, Sendable {
    /// They multiply inputs of a layer: units × inputs, or a kernel each.
    case weights
    /// They are added in a layer, one a unit.
    case biases
    /// They are the variables of a function, or numbers of another kind (centres, widths).
    case variables
  }

  /// How the parameters of a block are called.
  enum Naming: Sendable, Equatable {
    /// The block's name and the indices from 1: `w1[2,1]`; the name alone for a single number.
    case brackets
    /// The first index stands behind the name, the others in brackets: `k2[1,3]`, `b4`.
    case numbered
    /// The last index chooses a name; where there is more than one row, its number follows: `θ0`,
    /// `θ0[2]`.
    case columns([String])
  }

  /// Blocks one after another, as `block` makes them.
  package init(_ blocks: [Block]) {
    var start = 0
    self.blocks = blocks.map { block in
      var placed = block
      placed.range = start..<start + block.range.count
      start = placed.range.upperBound
      return placed
    }
    count = start
  }

  /// Variables of a function, one block of one number each.
  package init(variables names: [String]) {
    self.init(names.map { .block($0, []) })
  }

  /// The names of all parameters in flat order, made one by one as they are read.
  package var names: ParameterNames { ParameterNames(self) }

  /// The block that a parameter stands in.
  package func block(of parameter: Int) -> Block {
    precondition((0..<count).contains(parameter), "parameter \(parameter) of \(count)")
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].range.upperBound <= parameter { low = middle + 1 } else { high = middle }
    }
    return blocks[low]
  }

  /// The name of a parameter.
  package func name(of parameter: Int) -> String {
    let block = block(of: parameter)
    return block.name(at: parameter - block.range.lowerBound)
  }

  /// The parameter of that name; nil where there is none.
  package func index(of name: String) -> Int? {
    for block in blocks {
      if let place = block.place(of: name) { return block.range.lowerBound + place }
    }
    return nil
  }

  /// The blocks of each layer, first layer first; empty where there are no layers.
  package var layers: [[Block]] {
    let last = blocks.compactMap(\.layer).max() ?? -1
    guard last >= 0 else { return [] }
    return (0...last).map { layer in blocks.filter { $0.layer == layer } }
  }
}

extension ParameterLayout.Block {
  /// A block that is yet to be placed.
  static func block(
    _ name: String, _ shape: [Int], role: ParameterLayout.Role = .variables, layer: Int? = nil,
    naming: ParameterLayout.Naming = .brackets
  ) -> Self {
    Self(
      name: name, shape: shape, role: role, layer: layer, range: 0..<shape.reduce(1, *),
      naming: naming)
  }

  /// The name of the parameter at a place of the block.
  func name(at place: Int) -> String {
    var indices: [Int] = []
    var rest = place
    for size in shape.reversed() {
      indices.append(rest % size)
      rest /= size
    }
    indices.reverse()
    func bracketed(_ indices: some Collection<Int>) -> String {
      indices.isEmpty ? "" : "[" + indices.map { "\($0 + 1)" }.joined(separator: ",") + "]"
    }
    switch naming {
    case .brackets: return name + bracketed(indices)
    case .numbered: return name + "\((indices.first ?? 0) + 1)" + bracketed(indices.dropFirst())
    case .columns(let names):
      let rows = indices.dropLast()
      return names[indices.last ?? 0] + (shape.first == 1 ? "" : bracketed(rows))
    }
  }

  /// The place in the block of a parameter's name; nil where it is none of the block's.
  func place(of text: String) -> Int? {
    // A single number may be called anything, `x[0]` too.
    if shape.isEmpty, naming == .brackets { return text == name ? 0 : nil }
    let head = text.prefix { $0 != "[" }
    let tail = text[head.endIndex...]
    var indices: [Int] = []
    if !tail.isEmpty {
      guard tail.last == "]" else { return nil }
      let inside = tail.dropFirst().dropLast()
      let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
      for part in parts {
        guard let index = Int(part) else { return nil }
        indices.append(index - 1)
      }
    }
    switch naming {
    case .brackets: guard head == name else { return nil }
    case .numbered:
      guard head.hasPrefix(name), let first = Int(head.dropFirst(name.count)) else { return nil }
      indices.insert(first - 1, at: 0)
    case .columns(let names):
      guard let column = names.firstIndex(where: { $0 == head }) else { return nil }
      if shape.first == 1, indices.isEmpty { indices = [0] }
      indices.append(column)
    }
    guard indices.count == shape.count else { return nil }
    var place = 0
    for (index, size) in zip(indices, shape) {
      guard (0..<size).contains(index) else { return nil }
      place = place * size + index
    }
    // Only the spelling that `name(at:)` gives counts: not `w1[02,1]`.
    return name(at: place) == text ? place : nil
  }
}

/// The names of a layout's parameters in flat order; each is made when it is read.
package struct ParameterNames: RandomAccessCollection, Sendable, Equatable {
  private let layout: ParameterLayout

  /// The names of a layout.
  init(_ layout: ParameterLayout) { self.layout = layout }

  package var startIndex: Int { 0 }
  package var endIndex: Int { layout.count }
  package subscript(position: Int) -> String { layout.name(of: position) }

  /// The parameter of that name, found without making the others' names; nil where there is none.
  package func firstIndex(of name: String) -> Int? { layout.index(of: name) }
}
