import CLanes
import Lanes
import Testing

@Suite("Square roots without the divider")
struct RootTests {
  /// Whether a root has the bits of the processor's.
  func isRight(_ x: Double) -> Bool {
    let root = glissade_root(Lanes(repeating: x))[3]
    let right = x.squareRoot()
    return root.bitPattern == right.bitPattern || root.isNaN && right.isNaN
  }

  @Test("numbers of all sizes, and what is no number")
  func sizes() {
    let stream = RandomStream(seed: 3, stream: 1)
    let wrong = (0..<50_000).count { number in
      let bits = UInt64(stream.uniform(at: UInt64(2 * number)) * 0x1p52)
      let exponent = UInt64(stream.uniform(at: UInt64(2 * number + 1)) * 2047)
      return !isRight(Double(bitPattern: exponent << 52 | bits))
    }
    #expect(wrong == 0)
    for exponent in -1074...1023 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(isRight(power) && isRight(power.nextUp) && isRight(power.nextDown))
    }
    for special in [0, -0.0, -1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude] {
      #expect(isRight(special))
    }
  }

  @Test("lanes of which some are no ordinary numbers")
  func mixed() {
    let x = Lanes(2, 0, 3, .infinity, 5, 1e-310, 7, 8)
    let root = glissade_root(x)
    for lane in 0..<8 { #expect(root[lane] == x[lane].squareRoot()) }
  }

  /// √x lies near the middle of two numbers where x 2ᵏ = m² + m + c for a whole m of 53 bits and a
  /// small c. All such m are found bit by bit: m² + m + c is 0 modulo 2ᵏ.
  @Test("roots nearest to the middle of two numbers", arguments: [52, 53])
  func middles(k: Int) {
    var (count, wrong) = (0, 0)
    for c in stride(from: -512, through: 512, by: 2) {
      var solutions: [UInt128] = [0, 1]
      func rest(_ m: UInt128) -> UInt128 {
        m &* m &+ m &+ UInt128(truncatingIfNeeded: c)
      }
      for bit in 1..<k {
        solutions = solutions.flatMap { [$0, $0 | UInt128(1) << UInt128(bit)] }
          .filter { rest($0) & (UInt128(1) << UInt128(bit + 1) - 1) == 0 }
      }
      for solution in solutions {
        for high in 0..<UInt128(4) {
          let m = solution + high << UInt128(k)
          let x = rest(m) >> UInt128(k)
          guard m >> 52 == 1, x >> 52 == 1 else { continue }
          for scale in [k, k + 100, k - 200] {
            let near = Double(sign: .plus, exponent: scale, significand: Double(UInt64(x)))
            wrong += isRight(near) ? 0 : 1
            count += 1
          }
        }
      }
    }
    #expect(count > 100 && wrong == 0)
  }
}
