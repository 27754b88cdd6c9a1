import Foundation
import Testing

/// The notes' programs as computed by autograd (the `ad` part of the numeric reference).
enum Reference {
  /// A value inside the reference: an object, a list or a number.
  struct Entry {
    let raw: Any

    subscript(key: String) -> Entry { Entry(raw: (raw as? [String: Any])?[key] as Any) }
    subscript(index: Int) -> Entry { Entry(raw: (raw as? [Any])?[index] as Any) }
    var number: Double { (raw as? NSNumber)?.doubleValue ?? .nan }
    var numbers: [Double] { (raw as? [Any])?.map { Entry(raw: $0).number } ?? [] }
    var rows: [[Double]] { (raw as? [Any])?.map { Entry(raw: $0).numbers } ?? [] }
    var text: String { raw as? String ?? "" }
    var texts: [String] { raw as? [String] ?? [] }
  }

  static func load() throws -> Entry {
    let url = try #require(
      Bundle.module.url(forResource: "ad", withExtension: "json", subdirectory: "Fixtures"))
    return Entry(raw: try JSONSerialization.jsonObject(with: Data(contentsOf: url)))
  }
}

/// |a − b| ≤ tolerance·max(1, |b|), or both NaN.
func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  return a == b || (a - b).magnitude <= tolerance * max(1, b.magnitude)
}
