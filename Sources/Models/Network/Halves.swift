import CLanes
import Lanes

/// Activations of at most four samples: two units share a vector, which halves the work of the elementary functions.
///
/// Gates have four samples, and are trained all the time.
enum Halves {
  /// a = φ(z) for rows of one lane block each, of which the lower halves matter; upper halves are copies.
  ///
  /// `spare` holds as many rows as the layer has units.
  @inline(__always)
  static func values(
    _ layer: UnsafePointer<LayerKernel>, _ z: UnsafePointer<Lanes>,
    _ a: UnsafeMutablePointer<Lanes>, spare: UnsafeMutablePointer<Lanes>
  ) {
    let units = layer.pointee.units
    let packed = (units &+ 1) >> 1
    // Packed z lie in the upper part of a, packed results in `spare`.
    let from = a + (units &- packed)
    var u = 0
    var k = 0
    while u &+ 2 <= units {
      from[k] = glissade_low_halves(z[u], z[u &+ 1])
      u &+= 2
      k &+= 1
    }
    if u < units { from[k] = z[u] }
    layer.pointee.values(from, spare, packed, layer.pointee.setting)
    u = 0
    k = 0
    while u &+ 2 <= units {
      let both = spare[k]
      a[u] = glissade_low_halves(both, both)
      a[u &+ 1] = glissade_high_halves(both, both)
      u &+= 2
      k &+= 1
    }
    if u < units { a[u] = spare[k] }
  }
}
