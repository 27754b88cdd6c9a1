import Lanes
import Testing

/// The three forms of a function agree, and lanes do not see each other.
@Suite("Forms of elementary functions")
struct ElementaryFormTests {
  @Test("a row, a vector and a number give the same bits", arguments: testedFunctions)
  func forms(_ function: TestedFunction) {
    let x = assortedArguments
    let row = function.row(x)
    for start in stride(from: 0, to: x.count, by: 8) {
      var v = Lanes()
      for lane in 0..<8 { v[lane] = x[start + lane] }
      let y = function.lanes(v)
      for lane in 0..<8 {
        #expect(sameBits(y[lane], row[start + lane]), "\(function.name)(\(v[lane])): lanes and row")
        #expect(
          sameBits(y[lane], function.scalar(v[lane])), "\(function.name)(\(v[lane])): lanes and one"
        )
      }
    }
  }

  @Test("a result may be written over its argument", arguments: testedFunctions)
  func inPlace(_ function: TestedFunction) {
    let expected = function.row(assortedArguments)
    var x = assortedArguments
    x.withUnsafeMutableBufferPointer { x in
      if let base = x.baseAddress { function.row(UnsafePointer(base), base, x.count) }
    }
    for (index, (a, b)) in zip(x, expected).enumerated() {
      #expect(sameBits(a, b), "\(function.name)(\(assortedArguments[index]))")
    }
  }

  @Test("a lane's result depends on its own argument only", arguments: testedFunctions)
  func neighbours(_ function: TestedFunction) {
    let strange: [Double] = [
      .nan, .infinity, -.infinity, 1e300, -1e300, 0, -0.0, .leastNonzeroMagnitude,
    ]
    for (index, x) in assortedArguments.enumerated() {
      let alone = function.lanes(Lanes(repeating: x))[0]
      let place = index % 8
      var v = Lanes()
      for lane in 0..<8 { v[lane] = strange[lane] }
      v[place] = x
      let beside = function.lanes(v)[place]
      #expect(sameBits(alone, beside), "\(function.name)(\(x)) beside strange lanes")
    }
  }

  @Test("sine and cosine together are sine and cosine apart")
  func sincos() {
    let x = assortedArguments
    var s = [Double](repeating: 0, count: x.count)
    var c = s
    Elementary.sincos(x, sin: &s, cos: &c, count: x.count)
    for (index, angle) in x.enumerated() {
      #expect(sameBits(s[index], Elementary.sin(angle)))
      #expect(sameBits(c[index], Elementary.cos(angle)))
      let both = Elementary.sincos(angle)
      #expect(sameBits(both.sin, s[index]) && sameBits(both.cos, c[index]))
    }
  }

  @Test("the three forms of powers and angles agree, strange neighbours or not")
  func pairs() {
    let x = assortedArguments
    let y = Array(assortedArguments.reversed())
    var powers = [Double](repeating: 0, count: x.count)
    var angles = powers
    Elementary.pow(x, y, &powers, count: x.count)
    Elementary.atan2(x, y, &angles, count: x.count)
    for (index, (a, b)) in zip(x, y).enumerated() {
      #expect(sameBits(powers[index], Elementary.pow(a, b)), "pow(\(a), \(b))")
      #expect(sameBits(angles[index], Elementary.atan2(a, b)), "atan2(\(a), \(b))")
      let splat = (Lanes(repeating: a), Lanes(repeating: b))
      #expect(sameBits(powers[index], Elementary.pow(splat.0, splat.1)[index % 8]))
      #expect(sameBits(angles[index], Elementary.atan2(splat.0, splat.1)[index % 8]))
    }
  }

  @Test("odd functions are odd and even functions even, to the bit")
  func symmetry() {
    let odd = Set([
      "expm1", "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "cbrt", "erf",
    ]).subtracting(["expm1"])
    for function in testedFunctions {
      for x in assortedArguments where !x.isNaN {
        if odd.contains(function.name) {
          #expect(sameBits(function.scalar(-x), -function.scalar(x)), "\(function.name)(\(x))")
        } else if function.name == "cos" || function.name == "cosh" {
          #expect(sameBits(function.scalar(-x), function.scalar(x)), "\(function.name)(\(x))")
        }
      }
    }
  }
}
