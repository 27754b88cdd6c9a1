/// Doubles stored in whole lanes, padded with zeros to a multiple of eight; a value.
///
/// Aligned as `Lanes` in an array are, which is to 16 bytes: vectors are loaded with unaligned
/// instructions. Parameters, gradients and optimizer states are of this type. Hot loops take its
/// pointer once and run below it. Targets that are not numeric use only the `Double` view of it.
///
/// Throughout the numeric targets the same memory is read as doubles and as `Lanes`, each of which
/// is eight doubles in order, through pointers made by `assumingMemoryBound`. Swift's rules of
/// memory binding do not name this case; the compilers used so far make nothing of it.
package struct Vector: Equatable, Sendable {
  /// The storage; entries at and beyond `count` are padding.
  package var lanes: [Lanes]
  /// The number of meaningful entries.
  package let count: Int

  /// `count` zeros.
  package init(zeros count: Int) {
    precondition(count >= 0, "a vector cannot hold \(count) entries")
    self.count = count
    lanes = [Lanes](repeating: .zero, count: (count + 7) / 8)
  }

  /// The given entries.
  package init(_ values: some Collection<Double>) {
    self.init(zeros: values.count)
    withUnsafeMutablePointer { pointer in
      for (index, value) in values.enumerated() { pointer[index] = value }
    }
  }

  /// The same of an array, which other modules need no copy of this code for.
  package init(_ values: [Double]) {
    self.init(zeros: values.count)
    withUnsafeMutablePointer { pointer in
      values.withUnsafeBufferPointer { values in
        if let first = values.baseAddress { pointer.update(from: first, count: values.count) }
      }
    }
  }

  /// The number of stored doubles: `count` rounded up to a multiple of eight.
  package var paddedCount: Int { lanes.count * 8 }

  /// The entries as an array.
  package var values: [Double] {
    withUnsafePointer { Array(UnsafeBufferPointer(start: $0, count: count)) }
  }

  package subscript(index: Int) -> Double {
    get {
      precondition(index >= 0 && index < count, "entry \(index) of \(count)")
      return lanes[index >> 3][index & 7]
    }
    set {
      precondition(index >= 0 && index < count, "entry \(index) of \(count)")
      lanes[index >> 3][index & 7] = newValue
    }
  }

  /// Calls `body` with the first of `paddedCount` doubles.
  package func withUnsafePointer<R>(_ body: (UnsafePointer<Double>) throws -> R) rethrows -> R {
    try lanes.withUnsafeBytes { bytes in
      try body(bytes.baseAddress.map { $0.assumingMemoryBound(to: Double.self) } ?? Vector.nowhere)
    }
  }

  /// Calls `body` with the first of `paddedCount` doubles; padding must stay zero.
  package mutating func withUnsafeMutablePointer<R>(
    _ body: (UnsafeMutablePointer<Double>) throws -> R
  ) rethrows -> R {
    try lanes.withUnsafeMutableBytes { bytes in
      try body(
        bytes.baseAddress.map { $0.assumingMemoryBound(to: Double.self) }
          ?? UnsafeMutablePointer(mutating: Vector.nowhere))
    }
  }

  /// A pointer for empty vectors; never read.
  private static var nowhere: UnsafePointer<Double> { UnsafePointer(bitPattern: 64)! }
}
