internal import CLanes

/// Elementary functions on eight numbers, on one, and on rows.
///
/// Each function has three forms that give the same bits:
///
/// - **rows** (`exp(x, y, count: n)`): `n` is a multiple of eight and `y` may be `x`. This is the
///   form for hot loops: the body is inlined into one loop, whose iterations overlap;
/// - **lanes** (`exp(v)`): for a single vector. Bodies are written for two, but the compiler sees
///   where both are the same. Between modules a vector travels in pieces of 128 bits, which is all
///   the calling convention knows: where the numbers are in memory anyway, call the row form;
/// - **one number** (`exp(x)`): computes eight and returns one, so it is no faster than eight.
///
/// Nothing here calls the C library. Every operation is a correctly rounded addition,
/// multiplication, division, square root or fused multiply-add, or works on bit patterns, so that
/// the bits are the same on every processor; a lane's result depends on nothing but its own
/// argument. Results at NaN, ±∞, ±0, denormal and huge arguments are those of the C standard (Annex
/// F), except that floating-point flags and NaN payloads mean nothing.
///
/// The largest errors seen over some ten thousand points a function, in units in the last place
/// (results below 2⁻⁹⁶⁰, which may be denormal: at most 1; that of tanh over 48 million points):
///
///     exp 0.77   exp2 0.85  expm1 1.1   log 0.75   log2 0.51  log10 0.51  log1p 0.81
///     sin 0.76   cos 0.76   tan 1.8     asin 0.68  acos 0.57  atan 0.78   atan2 1.05
///     sinh 1.75  cosh 1.25  tanh 2.1    asinh 1.46 acosh 1.7  atanh 1.4   erf 0.95
///     pow 0.9    sqrt 0.5   cbrt 0.51   sigmoid 1.8           softplus 1.35
///
/// The polynomials were made by `Tests/LanesTests/Fixtures/make_polynomials.py`.
package enum Elementary {
  /// Applies a function with a rare case to a row: `near` while `ordinary` holds, `far` from the
  /// first exception on.
  ///
  /// The first loop makes no call, so that its constants stay in registers; `far` takes any number
  /// and gives ordinary ones the bits of `near`. A function's body works on two vectors at once;
  /// the last one of an odd number of them is computed twice.
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
