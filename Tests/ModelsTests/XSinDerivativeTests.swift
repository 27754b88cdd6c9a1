import Foundation
import Lanes
import Testing

@testable import Models

/// Derivatives of x sin(x² + 1) against values known to about 106 bits (`Fixtures/make_xsin.py`,
/// mpmath).
@Suite("Derivatives of x sin(x² + 1)")
struct XSinDerivativeTests {
  /// One line of the fixture: the derivative in two parts, and |sin u| + 2(u − 1)|cos u|.
  struct Point {
    let x: Double
    let high: Double
    let low: Double
    let size: Double
  }

  static let points: [Point] = {
    guard
      let url = Bundle.module.url(
        forResource: "xsin", withExtension: "csv", subdirectory: "Fixtures"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let numbers = line.split(separator: ",").compactMap {
        UInt64($0, radix: 16).map(Double.init(bitPattern:))
      }
      guard numbers.count == 4 else { return nil }
      return Point(x: numbers[0], high: numbers[1], low: numbers[2], size: numbers[3])
    }
  }()

  /// Derivatives at lanes of points; angles of all sizes in any order.
  static func derivatives(_ x: [Lanes]) -> [Lanes] {
    var dx = [Lanes](repeating: .zero, count: x.count)
    x.withUnsafeBufferPointer { x in
      dx.withUnsafeMutableBufferPointer { dx in
        let (from, to) = (x.baseAddress!, dx.baseAddress!)
        Landscape.xsin.evaluate(from, from, nil, to, to, x.count, .zero)
      }
    }
    return dx
  }

  @Test("no derivative is more than four units in the last place of its size from the truth")
  func accuracy() {
    #expect(Self.points.count > 400)
    var worst = (error: 0.0, x: 0.0)
    for point in Self.points {
      let derivative = Self.derivatives([Lanes(repeating: point.x)])[0][0]
      let error = abs((derivative - point.high) - point.low) / point.size.ulp
      if !(error <= worst.error) { worst = (error, point.x) }
    }
    #expect(worst.error <= 4, "f'(\(worst.x)) is \(worst.error) ulp from the truth")
    #expect(worst.error > 0, "a table that every result meets exactly measures nothing")
  }

  @Test(
    "a lane's derivative has the same bits whatever its neighbours are, far angles and NaN included"
  )
  func neighbours() {
    let wild = [1e3, -5e3, 7e20, -1e200, .infinity, .nan, 4096, 4095.9]
    let points = Self.points.map(\.x) + wild
    let count = (points.count + 7) / 8
    // In the file's order, and with steps that mix what is near and what is far.
    for step in [1, 37] {
      let rows = (0..<count).map { row in
        var lanes = Lanes()
        for lane in 0..<8 { lanes[lane] = points[(row * 8 + lane) * step % points.count] }
        return lanes
      }
      let derivatives = Self.derivatives(rows)
      for (x, dx) in zip(rows, derivatives) {
        for lane in 0..<8 {
          let alone = Self.derivatives([Lanes(repeating: x[lane])])[0][0]
          #expect(dx[lane].bitPattern == alone.bitPattern || dx[lane].isNaN && alone.isNaN)
          #expect(dx[lane].isNaN == !(x[lane] * x[lane]).isFinite)
        }
      }
    }
  }

  @Test(
    "derivatives at the table's points have the digest that was recorded, whatever the processor")
  func digest() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for point in Self.points {
      let derivative = Self.derivatives([Lanes(repeating: point.x)])[0][0]
      hash = (hash ^ derivative.bitPattern) &* 0x100_0000_01B3
    }
    #expect(hash == 0xF856_BE9E_5664_BA35)
  }
}
