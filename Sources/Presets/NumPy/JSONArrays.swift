import Foundation
import Models

/// Arrays of numbers by name in JSON: `{"arrays": {"w1": {"shape": [2, 2], "values": […]}}}` as
/// `glissade export` writes it, or `{"w1": [[…], […]]}`.
struct JSONArrays {
  /// The arrays, in the order of their names.
  let arrays: [(name: String, array: NumPyArray)]
  /// The same numbers once more in one list, where the file has them.
  let flat: [Double]?

  /// Reads the bytes of a file.
  ///
  /// - Throws: `FileFailure` for what is no JSON, with the line and column, and for what is no
  ///   array of numbers, with its name and place in the array.
  init(_ bytes: [UInt8]) throws(FileFailure) {
    let top: [String: Value]
    do {
      guard case .object(let object) = try JSONDecoder().decode(Value.self, from: Data(bytes))
      else { throw FileFailure("is no JSON object of arrays by name") }
      top = object
    } catch let failure as FileFailure {
      throw failure
    } catch {
      throw Self.notJSON(bytes)
    }
    if let name = Self.repeatedName(in: bytes) {
      throw FileFailure("holds \(EscapedText.quoted(EscapedText.cut(name, to: 80))) twice")
    }
    var named = top
    var flat: [Double]?
    if case .object(let arrays)? = top["arrays"] {
      named = arrays
      if let list = top["parameters"],
        case .numbers(let numbers) = try Self.array(list, "parameters").content
      {
        flat = numbers
      }
    } else if case .list? = top["parameters"], top["parameter_names"] != nil || top["step"] != nil {
      throw FileFailure(
        "holds its parameters in one list, without shapes; `glissade export --format json` writes "
          + "them by name and shape")
    }
    self.flat = flat
    var result: [(name: String, array: NumPyArray)] = []
    for (name, value) in named.sorted(by: { $0.key < $1.key }) {
      result.append((name, try Self.array(value, name)))
    }
    arrays = result
  }

  /// An array in one of the two forms.
  private static func array(_ value: Value, _ name: String) throws(FileFailure) -> NumPyArray {
    guard case .object(let parts) = value else { return try array(value, at: name) }
    guard let shape = parts["shape"], let values = parts["values"] else {
      throw FileFailure("holds an object under \(EscapedText.quoted(name)), not numbers in lists")
    }
    let numbers = try array(values, at: "\(name).values")
    let sizes = try array(shape, at: "\(name).shape")
    guard case .numbers(let sizes) = sizes.content, case .numbers(let numbers) = numbers.content
    else { throw FileFailure("holds words under \(EscapedText.quoted(name))") }
    let whole = sizes.compactMap { Int(exactly: $0) }
    guard whole.count == sizes.count,
      whole.allSatisfy({ $0 >= 0 && $0 <= ModelLimits.numbers }),
      whole.reduce(1.0, { $0 * Double($1) }) == Double(numbers.count)
    else {
      let text = sizes.map { ExactDecimal.shortest($0) }.joined(separator: " × ")
      throw FileFailure(
        "says that \(EscapedText.quoted(name)) is \(text.isEmpty ? "one number" : text), and gives "
          + "\(numbers.count) numbers")
    }
    return NumPyArray(shape: whole, values: numbers)
  }

  /// A list of lists of numbers; `place` is what it is called in messages, such as `w1[3]`.
  private static func array(_ value: Value, at place: String) throws(FileFailure) -> NumPyArray {
    func wrong(_ what: String) -> FileFailure {
      FileFailure("\(EscapedText.visible(EscapedText.cut(place, to: 80))) \(what)")
    }
    switch value {
    case .number(let number): return NumPyArray(shape: [], values: [number])
    case .object: throw wrong("is an object; numbers in lists are needed")
    case .other: throw wrong("is no number that a double can hold")
    case .list(let items):
      var values: [Double] = []
      var shape: [Int] = []
      for (index, item) in items.enumerated() {
        let part = try array(item, at: "\(place)[\(index + 1)]")
        if index == 0 { shape = part.shape }
        guard part.shape == shape, case .numbers(let own) = part.content else {
          throw wrong(
            "has rows of unequal length: \(Self.size(shape)) in [1], \(Self.size(part.shape)) in "
              + "[\(index + 1)]")
        }
        values += own
      }
      return NumPyArray(shape: items.isEmpty ? [0] : [items.count] + shape, values: values)
    }
  }

  private static func size(_ shape: [Int]) -> String {
    shape.isEmpty ? "a number" : shape.map(String.init).joined(separator: " × ")
  }

  /// A name that stands twice in one object, if any; of its two values the decoder keeps one.
  private static func repeatedName(in bytes: [UInt8]) -> String? {
    // The names of the objects that are open; nil for lists.
    var open: [Set<ArraySlice<UInt8>>?] = []
    var isNameNext = false
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "{"):
        open.append([])
        isNameNext = true
      case UInt8(ascii: "["):
        open.append(nil)
        isNameNext = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      case UInt8(ascii: ","):
        if let last = open.last { isNameNext = last != nil }
      case UInt8(ascii: "\""):
        let start = at + 1
        at = start
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
          at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        let name = bytes[start..<min(at, bytes.count)]
        if isNameNext, open[open.count - 1]?.insert(name).inserted == false {
          return String(decoding: name, as: UTF8.self)
        }
        isNameNext = false
      default: break
      }
      at += 1
    }
    return nil
  }

  /// What keeps bytes from being JSON, with its place where it is known.
  private static func notJSON(_ bytes: [UInt8]) -> FileFailure {
    if bytes.isEmpty { return FileFailure("is empty") }
    guard depth(bytes) <= deepest else {
      return FileFailure("is nested deeper than \(deepest) levels, which is the limit")
    }
    var words = ""
    do { _ = try JSONSerialization.jsonObject(with: Data(bytes)) } catch { words = "\(error)" }
    if words.contains("end of file") { return FileFailure("is cut off: it is no whole JSON") }
    guard let match = words.firstMatch(of: /around character (\d+)/), let offset = Int(match.1)
    else { return FileFailure("is not valid JSON") }
    let before = bytes.prefix(offset)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let column = offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
    return FileFailure("is not valid JSON at line \(line), column \(column)")
  }

  /// Levels that the decoder goes down.
  private static let deepest = 512

  /// How deep lists and objects are nested, texts aside.
  private static func depth(_ bytes: [UInt8]) -> Int {
    var (now, most) = (0, 0)
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if isText {
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
        now += 1
        most = max(most, now)
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        now -= 1
      }
    }
    return most
  }

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
  }
}
