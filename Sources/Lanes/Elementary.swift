internal import CLanes

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
  /// Applies a function with a rare case to a row: `near` while `ordinary` holds, `far` from the first exception on.
  ///
  /// The first loop makes no call, so that its constants stay in registers; `far` takes any number and
  /// gives ordinary ones the bits of `near`. A function's body works on two vectors at once; the last one of
  /// an odd number of them is computed twice.
  @inline(__always)
  static func row(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int,
    ordinary: (Wide) -> Bool, near: (Wide) -> Wide, far: (inout Wide) -> Void
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    let paired = count & ~15
    var start = 0
    while start < paired {
      let v = loadWide(x + start)
      if !ordinary(v) { break }
      store(near(v), y + start)
      start &+= 16
    }
    while start < paired {
      var v = loadWide(x + start)
      far(&v)
      store(v, y + start)
      start &+= 16
    }
    if start < count {
      store(one(load(x + start), ordinary: ordinary, near: near, far: far), y + start)
    }
  }

  /// Applies a function without a rare case to a row.
  @inline(__always)
  static func row(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int,
    _ function: (Wide) -> Wide
  ) {
    row(x, y, count, ordinary: { _ in true }, near: function, far: { _ in })
  }

  /// Applies a function of two numbers, with a rare case, to two rows.
  @inline(__always)
  static func row(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    _ count: Int, ordinary: (Wide, Wide) -> Bool, near: (Wide, Wide) -> Wide,
    far: (inout Wide, inout Wide) -> Void
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    let paired = count & ~15
    var start = 0
    while start < paired {
      let (v, w) = (loadWide(x + start), loadWide(y + start))
      if !ordinary(v, w) { break }
      store(near(v, w), z + start)
      start &+= 16
    }
    while start < paired {
      var (v, w) = (loadWide(x + start), loadWide(y + start))
      far(&v, &w)
      store(v, z + start)
      start &+= 16
    }
    if start < count {
      let last = one(
        load(x + start), load(y + start), ordinary: ordinary, near: near, far: far)
      store(last, z + start)
    }
  }

  /// One vector of a function with a rare case.
  @inline(__always)
  static func one(
    _ x: Lanes, ordinary: (Wide) -> Bool, near: (Wide) -> Wide, far: (inout Wide) -> Void
  ) -> Lanes {
    var v = glissade_join(x, x)
    if ordinary(v) { return glissade_first(near(v)) }
    far(&v)
    return glissade_first(v)
  }

  /// One vector of a function without a rare case.
  @inline(__always)
  static func one(_ x: Lanes, _ function: (Wide) -> Wide) -> Lanes {
    glissade_first(function(glissade_join(x, x)))
  }

  /// One vector of a function of two numbers with a rare case.
  @inline(__always)
  static func one(
    _ x: Lanes, _ y: Lanes, ordinary: (Wide, Wide) -> Bool, near: (Wide, Wide) -> Wide,
    far: (inout Wide, inout Wide) -> Void
  ) -> Lanes {
    var (v, w) = (glissade_join(x, x), glissade_join(y, y))
    if ordinary(v, w) { return glissade_first(near(v, w)) }
    far(&v, &w)
    return glissade_first(v)
  }

  /// Eight numbers from memory of any alignment.
  @inline(__always)
  static func load(_ x: UnsafePointer<Double>) -> Lanes {
    UnsafeRawPointer(x).loadUnaligned(as: Lanes.self)
  }

  /// Sixteen numbers from memory of any alignment.
  @inline(__always)
  static func loadWide(_ x: UnsafePointer<Double>) -> Wide {
    UnsafeRawPointer(x).loadUnaligned(as: Wide.self)
  }

  /// Eight numbers into memory of any alignment.
  @inline(__always)
  static func store(_ lanes: Lanes, _ y: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(y).storeBytes(of: lanes, as: Lanes.self)
  }

  /// Sixteen numbers into memory of any alignment.
  @inline(__always)
  static func store(_ wide: Wide, _ y: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(y).storeBytes(of: wide, as: Wide.self)
  }
}
