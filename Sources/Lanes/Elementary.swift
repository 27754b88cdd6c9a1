/// Elementary functions on eight numbers, on one, and on rows.
///
/// Each function has three forms that give the same bits:
///
/// - **rows** (`exp(x, y, count: n)`): `n` is a multiple of eight and `y` may be `x`. This is the form for hot loops: the
///   body is inlined into one loop, whose iterations overlap;
/// - **lanes** (`exp(v)`): for a single vector. Between modules a vector travels in pieces (the calling convention knows
///   only 128-bit registers), which costs about as much as half an exponential: where the vector is in memory
///   anyway, a row of eight is faster;
/// - **one number** (`exp(x)`): computes eight and returns one, so it is no faster than eight.
///
/// Nothing here calls the C library. Every operation is a correctly rounded addition, multiplication, division, square
/// root or fused multiply-add, or works on bit patterns, so that the bits are the same on every processor; a lane's
/// result depends on nothing but its own argument. Results at NaN, ±∞, ±0, denormal and huge arguments are those of the
/// C standard (Annex F), except that floating-point flags and NaN payloads mean nothing.
///
/// Errors are given in units in the last place (ulp) against high-precision values, as measured by the suite
/// `ElementaryAccuracyTests` and stated there for every function; none exceeds 2.
///
/// The polynomials were made by `Tests/LanesTests/Fixtures/make_polynomials.py`.
package enum Elementary {
  /// Applies a function to a row, eight numbers at a time.
  @inline(__always)
  static func row(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int,
    _ function: (Lanes) -> Lanes
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    var start = 0
    while start < count {
      store(function(load(x + start)), y + start)
      start &+= 8
    }
  }

  /// Applies a function with a rare case to a row: `near` where `ordinary` holds of all eight, else `far`.
  ///
  /// The inner loop makes no call, so that its constants stay in registers.
  @inline(__always)
  static func row(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int,
    ordinary: (Lanes) -> Bool, near: (Lanes) -> Lanes, far: (inout Lanes) -> Void
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    var start = 0
    while start < count {
      while start < count {
        let v = load(x + start)
        if !ordinary(v) { break }
        store(near(v), y + start)
        start &+= 8
      }
      if start < count {
        var v = load(x + start)
        far(&v)
        store(v, y + start)
        start &+= 8
      }
    }
  }

  /// One vector of a function with a rare case.
  @inline(__always)
  static func one(
    _ x: Lanes, ordinary: (Lanes) -> Bool, near: (Lanes) -> Lanes, far: (inout Lanes) -> Void
  ) -> Lanes {
    if ordinary(x) { return near(x) }
    var y = x
    far(&y)
    return y
  }

  /// Applies a function of two numbers to two rows, eight numbers at a time.
  @inline(__always)
  static func row(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    _ count: Int, _ function: (Lanes, Lanes) -> Lanes
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    var start = 0
    while start < count {
      store(function(load(x + start), load(y + start)), z + start)
      start &+= 8
    }
  }

  /// Eight numbers from memory of any alignment.
  @inline(__always)
  static func load(_ x: UnsafePointer<Double>) -> Lanes {
    UnsafeRawPointer(x).loadUnaligned(as: Lanes.self)
  }

  /// Eight numbers into memory of any alignment.
  @inline(__always)
  static func store(_ lanes: Lanes, _ y: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(y).storeBytes(of: lanes, as: Lanes.self)
  }
}
