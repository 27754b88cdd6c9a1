import CLanes
import Lanes

/// Activations of batches that end in a half-empty vector: two units share one, which spares the
/// elementary functions work.
///
/// It pays for batches of one or two lane blocks: gates have four samples, mini-batches often ten.
enum Halves {
  /// Whether a batch is of this kind.
  @inline(__always)
  static func suit(samples: Int, lanes: Int) -> Bool {
    lanes <= 2 && samples & 7 >= 1 && samples & 7 <= 4
  }

  /// a = φ(z) for rows of one or two lane blocks that follow each other without gaps, where of a
  /// row's last block the lower half matters; its upper half becomes a copy.
  ///
  /// `spare` holds as many lanes as the layer's rows.
  @inline(__always)
  static func values(
    _ layer: UnsafePointer<LayerKernel>, lanes: Int, _ z: UnsafePointer<Lanes>,
    _ a: UnsafeMutablePointer<Lanes>, spare: UnsafeMutablePointer<Lanes>
  ) {
    let units = layer.pointee.units
    let full = lanes == 2 ? units : 0
    // Packed z lie where a will be, packed results in `spare`.
    for u in 0..<full { a[u] = z[2 &* u] }
    let ends = z + (lanes &- 1)
    var u = 0
    var k = full
    while u &+ 2 <= units {
      a[k] = glissade_low_halves(ends[u &* lanes], ends[(u &+ 1) &* lanes])
      u &+= 2
      k &+= 1
    }
    if u < units {
      a[k] = ends[u &* lanes]
      k &+= 1
    }
    layer.pointee.values(a, spare, k, layer.pointee.setting)
    for u in 0..<full { a[2 &* u] = spare[u] }
    let last = a + (lanes &- 1)
    u = 0
    k = full
    while u &+ 2 <= units {
      let both = spare[k]
      last[u &* lanes] = glissade_low_halves(both, both)
      last[(u &+ 1) &* lanes] = glissade_high_halves(both, both)
      u &+= 2
      k &+= 1
    }
    if u < units { last[u &* lanes] = spare[k] }
  }
}
