/// Sums whose order is fixed, so that they give the same bits on every processor.
package enum Reduction {
  /// The sum of eight lanes: ((0+4)+(2+6)) + ((1+5)+(3+7)).
  @inlinable @inline(__always)
  package static func sum(_ x: Lanes) -> Double {
    let four = x.lowHalf + x.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// The sum of a row; `count` is a multiple of eight.
  ///
  /// Four partial sums of lanes take every fourth vector in turn, then are added as (0+1)+(2+3),
  /// then across lanes.
  package static func sum(_ x: UnsafePointer<Double>, count: Int) -> Double {
    reduce(count) { sum, start in sum + load(x + start) }
  }

  /// The scalar product of two rows; `count` is a multiple of eight. The order is that of `sum`,
  /// with fused products.
  package static func dot(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int
  ) -> Double {
    reduce(count) { sum, start in sum.addingProduct(load(x + start), load(y + start)) }
  }

  @inline(__always)
  private static func load(_ x: UnsafePointer<Double>) -> Lanes {
    UnsafeRawPointer(x).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private static func reduce(_ count: Int, _ add: (Lanes, Int) -> Lanes) -> Double {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    var a = Lanes.zero
    var b = Lanes.zero
    var c = Lanes.zero
    var d = Lanes.zero
    var start = 0
    while start + 32 <= count {
      a = add(a, start)
      b = add(b, start + 8)
      c = add(c, start + 16)
      d = add(d, start + 24)
      start += 32
    }
    if start < count { a = add(a, start) }
    if start + 8 < count { b = add(b, start + 8) }
    if start + 16 < count { c = add(c, start + 16) }
    return sum((a + b) + (c + d))
  }
}
