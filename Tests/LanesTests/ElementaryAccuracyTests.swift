import Foundation
import Lanes
import Testing

/// Errors against results known to about 106 bits (`Fixtures/make_elementary.py`, mpmath).
@Suite("Accuracy of elementary functions")
struct ElementaryAccuracyTests {
  /// One line of the fixture.
  struct Point {
    let arguments: [Double]
    let high: Double
    let low: Double

    /// Whether the result is so small that its second part is below all doubles, and errors are
    /// whole units.
    var isCoarse: Bool { high.magnitude < 0x1p-960 }

    /// The distance of `result` from the true value in units in the last place of the rounded one.
    func error(of result: Double) -> Double {
      if high.isInfinite || high.isNaN { return sameBits(result, high) ? 0 : .infinity }
      if high == 0 { return result.bitPattern == high.bitPattern ? 0 : .infinity }
      let error = abs((result - high) - low) / high.ulp
      return error.isNaN ? .infinity : error
    }
  }

  static let points: [String: [Point]] = {
    guard
      let url = Bundle.module.url(
        forResource: "elementary", withExtension: "csv", subdirectory: "Fixtures"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { return [:] }
    var found: [String: [Point]] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ",")
      let numbers = fields.dropFirst().compactMap {
        UInt64($0, radix: 16).map(Double.init(bitPattern:))
      }
      guard numbers.count == fields.count - 1, numbers.count >= 3 else { continue }
      let point = Point(
        arguments: Array(numbers.dropLast(2)), high: numbers[numbers.count - 2],
        low: numbers[numbers.count - 1])
      found[String(fields[0]), default: []].append(point)
    }
    return found
  }()

  @Test("no result is further from the truth than its bound", arguments: testedFunctions)
  func accuracy(_ function: TestedFunction) throws {
    let points = try #require(Self.points[function.name])
    #expect(points.count >= 90)
    var worst = (error: -1.0, argument: 0.0)
    for point in points {
      let error = point.error(of: function.scalar(point.arguments[0]))
      if point.isCoarse {
        #expect(error <= 1, "\(function.name)(\(point.arguments[0]))")
        continue
      }
      if error > worst.error { worst = (error, point.arguments[0]) }
    }
    #expect(
      worst.error <= function.bound,
      "\(function.name)(\(worst.argument)) is \(worst.error) ulp from the truth")
    #expect(worst.error > 0, "a table that every result meets exactly measures nothing")
  }

  @Test(
    "powers and angles of points are within little more than a unit in the last place",
    arguments: ["pow", "atan2"])
  func pairs(_ name: String) throws {
    let points = try #require(Self.points[name])
    #expect(points.count > 150)
    for point in points {
      let (a, b) = (point.arguments[0], point.arguments[1])
      let result = name == "pow" ? Elementary.pow(a, b) : Elementary.atan2(a, b)
      let error = point.error(of: result)
      #expect(
        error <= (point.isCoarse ? 1 : 1.05),
        "\(name)(\(a), \(b)) = \(result) is \(error) ulp from the truth")
    }
  }
}
