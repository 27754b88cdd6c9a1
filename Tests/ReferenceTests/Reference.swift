import Foundation

/// The oracle: numbers made by running the lecture notes' own programs (see `meta` in the file).
struct Reference: @unchecked Sendable {
  // The value is made once and only read: JSON objects of Foundation are immutable.
  private let value: Any

  /// The whole file.
  static let all: Reference = {
    guard
      let url = Bundle.module.url(forResource: "Fixtures/reference", withExtension: "json"),
      let data = try? Data(contentsOf: url),
      let value = try? JSONSerialization.jsonObject(with: data)
    else { preconditionFailure("Fixtures/reference.json is missing or no JSON") }
    return Reference(value: value)
  }()

  /// The part at a path of keys, `optimisation.ols_gd`.
  subscript(path: String) -> Reference {
    if let object = value as? [String: Any], let part = object[path] {
      return Reference(value: part)
    }
    return path.split(separator: ".").reduce(self) { part, key in
      guard let object = part.value as? [String: Any], let next = object[String(key)] else {
        preconditionFailure("the reference has no \(path)")
      }
      return Reference(value: next)
    }
  }

  /// The entries of a list.
  var items: [Reference] {
    guard let list = value as? [Any] else { preconditionFailure("not a list: \(value)") }
    return list.map { Reference(value: $0) }
  }
  /// The keys of an object, sorted.
  var keys: [String] { ((value as? [String: Any]) ?? [:]).keys.sorted() }
  /// A number.
  var number: Double {
    guard let number = value as? NSNumber else { preconditionFailure("not a number: \(value)") }
    // `doubleValue` goes by way of a decimal and loses the last bit of every other number; its text
    // does not.
    return Double(number.description) ?? number.doubleValue
  }
  /// A whole number.
  var integer: Int { Int(number) }
  /// A text.
  var text: String { (value as? String) ?? "" }
  /// A list of numbers.
  var numbers: [Double] { items.map(\.number) }
  /// A list of rows of numbers.
  var rows: [[Double]] { items.map(\.numbers) }
}
