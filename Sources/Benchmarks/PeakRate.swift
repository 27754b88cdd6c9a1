import Lanes

/// The core's peak rate of fused multiply-adds on lanes, in floating-point operations per second:
/// the yardstick of the matrix kernels. Sixteen independent chains hide the latency; nothing is
/// loaded or stored.
let peakBenchmark = Benchmark(
  "peak", "fused multiply-add on lanes, sixteen independent chains", unit: "flop", flopsPerUnit: 1
) { options in
  var sink = Lanes.zero
  let rounds = 20_000
  let rate = Stopwatch(seconds: options.seconds).rate(units: Double(rounds * 16 * 8 * 2)) {
    sink += multiplyAddChains(rounds: rounds, factor: 1 - 1e-9, addend: 1e-9)
  }
  // Reading the result keeps the compiler from leaving the work out.
  precondition(sink[0] == sink[0], "the chains must stay finite")
  return rate
}

/// Sixteen chains of `a = a·factor + addend`.
@inline(never)
func multiplyAddChains(rounds: Int, factor: Double, addend: Double) -> Lanes {
  let m = Lanes(repeating: factor)
  let c = Lanes(repeating: addend)
  var a0 = Lanes(repeating: 1)
  var a1 = Lanes(repeating: 2)
  var a2 = Lanes(repeating: 3)
  var a3 = Lanes(repeating: 4)
  var a4 = Lanes(repeating: 5)
  var a5 = Lanes(repeating: 6)
  var a6 = Lanes(repeating: 7)
  var a7 = Lanes(repeating: 8)
  var a8 = Lanes(repeating: 9)
  var a9 = Lanes(repeating: 10)
  var b0 = Lanes(repeating: 11)
  var b1 = Lanes(repeating: 12)
  var b2 = Lanes(repeating: 13)
  var b3 = Lanes(repeating: 14)
  var b4 = Lanes(repeating: 15)
  var b5 = Lanes(repeating: 16)
  for _ in 0..<rounds {
    a0 = c.addingProduct(a0, m)
    a1 = c.addingProduct(a1, m)
    a2 = c.addingProduct(a2, m)
    a3 = c.addingProduct(a3, m)
    a4 = c.addingProduct(a4, m)
    a5 = c.addingProduct(a5, m)
    a6 = c.addingProduct(a6, m)
    a7 = c.addingProduct(a7, m)
    a8 = c.addingProduct(a8, m)
    a9 = c.addingProduct(a9, m)
    b0 = c.addingProduct(b0, m)
    b1 = c.addingProduct(b1, m)
    b2 = c.addingProduct(b2, m)
    b3 = c.addingProduct(b3, m)
    b4 = c.addingProduct(b4, m)
    b5 = c.addingProduct(b5, m)
  }
  var sum = a0 + a1
  sum += a2 + a3
  sum += a4 + a5
  sum += a6 + a7
  sum += a8 + a9
  sum += b0 + b1
  sum += b2 + b3
  sum += b4 + b5
  return sum
}
