import Lanes

/// x·sin(x² + 1) and its derivative, written by hand: what the formula engine's speed is measured
/// against.
package enum HandWrittenKernel {
  /// Writes f(x) = x·sin(x² + 1) and f′(x) = sin(x² + 1) + 2x²·cos(x² + 1) for `count` numbers, a
  /// multiple of eight.
  package static func valueAndDerivative(
    _ x: UnsafePointer<Double>, value: UnsafeMutablePointer<Double>,
    derivative: UnsafeMutablePointer<Double>, count: Int
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    let block = 512
    withUnsafeTemporaryAllocation(byteCount: 3 * block * 8, alignment: 64) { memory in
      let angle = memory.bindMemory(to: Double.self).baseAddress!  // Not empty: an address exists.
      let (sine, cosine) = (angle + block, angle + 2 * block)
      var start = 0
      while start < count {
        let length = min(block, count - start)
        for index in stride(from: 0, to: length, by: 8) {
          let u = KernelProgram.load(x + start + index)
          KernelProgram.store((u * u) + Lanes(repeating: 1), angle + index)
        }
        Elementary.sincos(angle, sin: sine, cos: cosine, count: length)
        for index in stride(from: 0, to: length, by: 8) {
          let u = KernelProgram.load(x + start + index)
          let s = KernelProgram.load(sine + index)
          let c = KernelProgram.load(cosine + index)
          let doubled = u + u
          KernelProgram.store(u * s, value + start + index)
          KernelProgram.store(s + u * (c * doubled), derivative + start + index)
        }
        start += length
      }
    }
  }
}
