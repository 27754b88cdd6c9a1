/// A number that is compared and written as its 64 bits: reading gives the same bits back, NaN and
/// −0 included.
package struct ExactDouble: Hashable, Sendable, Codable {
  /// The number.
  package var value: Double

  /// An exact number.
  package init(_ value: Double) { self.value = value }

  package init(from decoder: any Decoder) throws {
    value = Double(bitPattern: try decoder.singleValueContainer().decode(UInt64.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value.bitPattern)
  }

  package static func == (a: ExactDouble, b: ExactDouble) -> Bool {
    a.value.bitPattern == b.value.bitPattern
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(value.bitPattern) }
}

/// A vector that is compared and written bit by bit.
package struct ExactVector: Equatable, Sendable, Codable {
  /// The vector.
  package var vector: Vector

  /// An exact vector.
  package init(_ vector: Vector) { self.vector = vector }

  package init(from decoder: any Decoder) throws {
    let bits = try decoder.singleValueContainer().decode([UInt64].self)
    vector = Vector(bits.map(Double.init(bitPattern:)))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(vector.values.map(\.bitPattern))
  }

  package static func == (a: ExactVector, b: ExactVector) -> Bool {
    guard a.vector.count == b.vector.count else { return false }
    return (0..<a.vector.count).allSatisfy {
      a.vector[$0].bitPattern == b.vector[$0].bitPattern
    }
  }

  /// Bytes of its numbers.
  package var byteCount: Int { vector.paddedCount * MemoryLayout<Double>.size }
}
