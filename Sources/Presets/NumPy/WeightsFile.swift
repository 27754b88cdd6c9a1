import Foundation
package import Models

/// Parameters in a file, by name and shape: what `glissade export` writes as `npz` or `json`.
package struct WeightsFile {
  private let path: String
  private let arrays: [(name: String, array: NumPyArray)]

  /// Reads the file at a path: a NumPy archive, or JSON of arrays by name.
  package init(_ path: String) throws(FileFailure) {
    self.path = path
    if path.lowercased().hasSuffix(".npz") {
      arrays = try NumPyFile(path).arrays
    } else if path.lowercased().hasSuffix(".json") {
      arrays = try Self.arrays(
        json: Data(RegularFile(path, limit: PresetLimits.csvBytes).bytes()))
    } else {
      throw FileFailure("is neither a .npz nor a .json file")
    }
  }

  /// The parameters in flat order, or everything that does not fit.
  package func parameters(_ layout: ParameterLayout) throws(WeightsMisfit) -> [Double] {
    var values = [Double](repeating: 0, count: layout.count)
    var problems: [String] = []
    let known = Dictionary(arrays.map { ($0.name, $0.array) }, uniquingKeysWith: { $1 })
    var missing: [String] = []
    for block in layout.blocks {
      guard let array = known[block.name] else {
        missing.append(Self.title(block.name, block.shape))
        continue
      }
      guard case .numbers(let numbers) = array.content else {
        problems.append("\(block.name) holds words")
        continue
      }
      // A single number may be an array of one.
      guard array.shape == block.shape || block.range.count == 1 && numbers.count == 1 else {
        let turned = array.shape == block.shape.reversed() ? " (turn it: \(block.name).T)" : ""
        problems.append(
          "\(block.name) is \(Self.text(array.shape)) there and \(Self.text(block.shape)) here"
            + turned)
        continue
      }
      if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
        problems.append("number \(bad + 1) of \(block.name) is \(numbers[bad])")
        continue
      }
      values.replaceSubrange(block.range, with: numbers)
    }
    if !missing.isEmpty { problems.append("it lacks \(Self.list(missing))") }
    let names = Set(layout.blocks.map(\.name))
    let others = arrays.filter { !names.contains($0.name) }.map {
      Self.title($0.name, $0.array.shape)
    }
    if !others.isEmpty { problems.append("it holds \(Self.list(others)), which is not wanted") }
    guard problems.isEmpty else {
      throw WeightsMisfit(
        description: "\(EscapedText.quoted(path)) does not fit: " + problems.joined(separator: "; ")
      )
    }
    return values
  }

  private static func list(_ items: [String]) -> String {
    items.prefix(8).joined(separator: ", ")
      + (items.count > 8 ? " and \(items.count - 8) more" : "")
  }

  private static func title(_ name: String, _ shape: [Int]) -> String {
    "\(EscapedText.visible(EscapedText.cut(name, to: 40))) (\(text(shape)))"
  }

  private static func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "one number" : shape.map(String.init).joined(separator: " × ")
  }

  // MARK: JSON

  /// JSON of numbers in lists, by name.
  private indirect enum Value: Decodable {
    case number(Double)
    case list([Value])
    case object([String: Value])
    case other

    init(from decoder: any Decoder) throws {
      let single = try decoder.singleValueContainer()
      if let number = try? single.decode(Double.self) {
        self = .number(number)
      } else if let list = try? single.decode([Value].self) {
        self = .list(list)
      } else if let object = try? single.decode([String: Value].self) {
        self = .object(object)
      } else {
        self = .other
      }
    }

    /// A list of lists of numbers as an array; nil: it is ragged, or holds something else.
    var array: NumPyArray? {
      switch self {
      case .number(let value): return NumPyArray(shape: [], values: [value])
      case .list(let items):
        if items.isEmpty { return NumPyArray(shape: [0], values: []) }
        let parts = items.map(\.array)
        guard let first = parts[0] else { return nil }
        var values: [Double] = []
        for part in parts {
          guard let part, part.shape == first.shape, case .numbers(let own) = part.content else {
            return nil
          }
          values += own
        }
        return NumPyArray(shape: [items.count] + first.shape, values: values)
      case .object, .other: return nil
      }
    }
  }

  /// `{"arrays": {"w1": {"shape": [2, 2], "values": […]}}}` as `export` writes it, or
  /// `{"w1": [[…], […]]}`.
  private static func arrays(
    json: Data
  ) throws(FileFailure) -> [(name: String, array: NumPyArray)] {
    guard let value = try? JSONDecoder().decode(Value.self, from: json),
      case .object(let top) = value
    else { throw FileFailure("is no JSON object of arrays by name") }
    var named = top
    if case .object(let arrays)? = top["arrays"] { named = arrays }
    var result: [(name: String, array: NumPyArray)] = []
    for (name, value) in named.sorted(by: { $0.key < $1.key }) {
      var array = value.array
      if case .object(let parts) = value, let shape = parts["shape"]?.array,
        let values = parts["values"]?.array, case .numbers(let sizes) = shape.content,
        case .numbers(let numbers) = values.content
      {
        let sizes = sizes.compactMap { Int(exactly: $0) }
        guard sizes.allSatisfy({ $0 >= 0 && $0 <= ModelLimits.numbers }),
          sizes.reduce(1.0, { $0 * Double($1) }) == Double(numbers.count)
        else {
          throw FileFailure(
            "says that \(EscapedText.quoted(name)) is \(text(sizes)), and gives \(numbers.count) "
              + "numbers")
        }
        array = NumPyArray(shape: sizes, values: numbers)
      }
      guard let array else {
        throw FileFailure(
          "holds no numbers in rows of equal length under \(EscapedText.quoted(name))")
      }
      result.append((name, array))
    }
    return result
  }
}

/// Parameters that do not fit a model.
package struct WeightsMisfit: Error, CustomStringConvertible {
  /// Which names and shapes do not.
  package let description: String
}
