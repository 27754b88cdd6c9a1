package import Models

/// Parameters in a file, by name and shape: what `glissade export` writes as `npz` or `json`.
package struct WeightsFile {
  private let path: String
  private let arrays: [(name: String, array: NumPyArray)]
  /// The same numbers in flat order, where the file has them besides.
  private let flat: [Double]?

  /// Reads the file at a path: a NumPy archive, or JSON of arrays by name.
  package init(_ path: String) throws(FileFailure) {
    self.path = path
    if path.lowercased().hasSuffix(".npz") {
      arrays = try NumPyFile(path).arrays
      flat = nil
    } else if path.lowercased().hasSuffix(".json") {
      let bytes = try RegularFile(path, limit: PresetLimits.csvBytes).bytes()
      do throws(FileFailure) {
        let content = try JSONArrays(bytes)
        (arrays, flat) = (content.arrays, content.flat)
      } catch {
        throw error.inContent
      }
    } else {
      throw FileFailure("is neither a .npz nor a .json file").inContent
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
    if problems.isEmpty, let flat, flat != values {
      let pairs = flat.count == values.count ? zip(flat, values) : zip([], [])
      let place = pairs.enumerated().first { $1.0 != $1.1 }
      problems.append(
        place.map { index, pair in
          "number \(index + 1) of its `parameters` is \(ExactDecimal.shortest(pair.0)), and "
            + "\(layout.names[index]) of its `arrays` is \(ExactDecimal.shortest(pair.1)): take "
            + "one of the two out"
        }
          ?? "its `parameters` are \(flat.count) numbers, and its `arrays` \(values.count): "
          + "take one of the two out")
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
}

/// Parameters that do not fit a model.
package struct WeightsMisfit: Error, CustomStringConvertible {
  /// Which names and shapes do not.
  package let description: String
}
