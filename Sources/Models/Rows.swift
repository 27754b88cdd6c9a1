import Lanes

/// Elementary functions on rows of lanes; the result may be written over the argument.
enum Rows {
  @inline(__always)
  static func doubles(_ x: UnsafePointer<Lanes>) -> UnsafePointer<Double> {
    UnsafeRawPointer(x).assumingMemoryBound(to: Double.self)
  }
  @inline(__always)
  static func doubles(_ x: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(x).assumingMemoryBound(to: Double.self)
  }
  @inline(__always)
  static func lanes(_ x: UnsafePointer<Double>) -> UnsafePointer<Lanes> {
    UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
  }
  @inline(__always)
  static func lanes(_ x: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<Lanes> {
    UnsafeMutableRawPointer(x).assumingMemoryBound(to: Lanes.self)
  }

  static func exp(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.exp(doubles(x), doubles(y), count: count &* 8)
  }
  static func expm1(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.expm1(doubles(x), doubles(y), count: count &* 8)
  }
  static func log(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.log(doubles(x), doubles(y), count: count &* 8)
  }
  static func erf(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.erf(doubles(x), doubles(y), count: count &* 8)
  }
  static func atan(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.atan(doubles(x), doubles(y), count: count &* 8)
  }
  static func tanh(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.tanh(doubles(x), doubles(y), count: count &* 8)
  }
  static func sigmoid(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.sigmoid(doubles(x), doubles(y), count: count &* 8)
  }
  static func softplus(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.softplus(doubles(x), doubles(y), count: count &* 8)
  }
  static func logistic(
    _ x: UnsafePointer<Lanes>, tail: UnsafeMutablePointer<Lanes>,
    sigmoid: UnsafeMutablePointer<Lanes>, count: Int
  ) {
    Elementary.logistic(
      doubles(x), tail: doubles(tail), sigmoid: doubles(sigmoid), count: count &* 8)
  }
  static func sin(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.sin(doubles(x), doubles(y), count: count &* 8)
  }
  static func cos(_ x: UnsafePointer<Lanes>, _ y: UnsafeMutablePointer<Lanes>, count: Int) {
    Elementary.cos(doubles(x), doubles(y), count: count &* 8)
  }
  static func sincos(
    _ x: UnsafePointer<Lanes>, sin s: UnsafeMutablePointer<Lanes>,
    cos c: UnsafeMutablePointer<Lanes>, count: Int
  ) {
    Elementary.sincos(doubles(x), sin: doubles(s), cos: doubles(c), count: count &* 8)
  }

  /// Runs `body` over `count` lanes in blocks, with `rows` rows of eight lanes of stack space.
  ///
  /// The space is at most 1 KB, which is what certainly stays on the stack.
  @inline(__always)
  static func inBlocks(
    of count: Int, rows: Int = 1,
    _ body: (_ space: UnsafeMutablePointer<Lanes>, _ start: Int, _ block: Int) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 16) { space in
      guard let base = space.baseAddress else { return }
      let most = 16 / rows
      var start = 0
      while start < count {
        let block = min(most, count - start)
        body(base, start, block)
        start += block
      }
    }
  }
}
