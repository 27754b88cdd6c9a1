import Lanes

/// Vectors that begin at a cache line: arrays promise no more than 16 bytes, and a vector that
/// crosses lines takes two accesses.
struct AlignedLanes: Sendable {
  /// The number of vectors.
  let count: Int
  /// One more, because the first may lie before a line begins; never written to after the
  /// beginning, so that it stays there.
  private let storage: [Lanes]
  /// Bytes before the first.
  private let offset: Int

  /// A copy of an array.
  init(_ lanes: [Lanes]) {
    count = lanes.count
    var storage = [Lanes](repeating: .zero, count: lanes.isEmpty ? 0 : lanes.count + 1)
    offset = storage.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      let first = base.alignedUp(toMultipleOf: 64)
      lanes.withUnsafeBytes { lanes in
        if let from = lanes.baseAddress { first.copyMemory(from: from, byteCount: lanes.count) }
      }
      return first - base
    }
    self.storage = storage
  }

  /// Whether there are none.
  var isEmpty: Bool { count == 0 }

  /// Calls `body` with the vectors in memory.
  @inline(__always)
  func withUnsafeBufferPointer<R>(_ body: (UnsafeBufferPointer<Lanes>) -> R) -> R {
    storage.withUnsafeBytes { bytes in
      let first = bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: Lanes.self) }
      return body(UnsafeBufferPointer(start: first, count: count))
    }
  }

  /// One of them.
  subscript(index: Int) -> Lanes { withUnsafeBufferPointer { $0[index] } }
}
