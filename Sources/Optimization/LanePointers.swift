import Lanes

extension UnsafeMutablePointer where Pointee == Double {
  /// The same memory, eight at a time; aligned as `Vector` is, to 16 bytes.
  @inline(__always) var lanes: UnsafeMutablePointer<Lanes> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Lanes.self)
  }
}

extension UnsafePointer where Pointee == Double {
  /// The same memory, eight at a time; aligned as `Vector` is, to 16 bytes.
  @inline(__always) var lanes: UnsafePointer<Lanes> {
    UnsafeRawPointer(self).assumingMemoryBound(to: Lanes.self)
  }
}

extension Vector {
  /// Calls `body` with the vector's lanes; inlined, unlike a closure that crosses modules.
  @inline(__always) mutating func withLanes(_ body: (UnsafeMutablePointer<Lanes>) -> Void) {
    lanes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      body(base)
    }
  }

  /// Zeros of the same length.
  @inline(__always) mutating func clear() {
    for index in lanes.indices { lanes[index] = .zero }
  }
}

/// `a` where it is greater than `b`, else `b`, lane by lane.
@inline(__always) func larger(_ a: Lanes, _ b: Lanes) -> Lanes {
  b.replacing(with: a, where: a .> b)
}

/// The magnitude of each lane.
@inline(__always) func magnitude(_ a: Lanes) -> Lanes {
  Lanes(
    bitPattern: unsafeBitCast(a, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: ~(1 << 63)))
}

/// −1, 0 or 1, lane by lane; NaN stays NaN.
@inline(__always) func sign(_ a: Lanes) -> Lanes {
  let one = Lanes(repeating: 1)
  var result = a
  result.replace(with: one, where: a .> .zero)
  result.replace(with: -one, where: a .< .zero)
  return result
}

extension SIMD8 where Scalar == Double {
  /// Lanes with these bits.
  @inline(__always) init(bitPattern bits: SIMD8<UInt64>) {
    self = unsafeBitCast(bits, to: SIMD8<Double>.self)
  }
}

/// The sum of products of two padded vectors, in a fixed order.
func dot(_ a: Vector, _ b: Vector) -> Double {
  precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) entries")
  var sum = Lanes.zero
  for index in a.lanes.indices { sum.addProduct(a.lanes[index], b.lanes[index]) }
  return Reduction.sum(sum)
}

/// `a / b`, and 0 wherever `a` is 0 (padding, and parameters without a gradient when ε is 0).
@inline(__always) func quotient(_ a: Lanes, _ b: Lanes) -> Lanes {
  var result = a / b
  result.replace(with: Lanes.zero, where: a .== Lanes.zero)
  return result
}

/// The same of the first lane, which is all that `a` holds; 0 in the others.
@inline(__always) func quotientOfFirst(_ a: Lanes, _ b: Double) -> Lanes {
  var result = Lanes.zero
  if a[0] != 0 { result[0] = a[0] / b }
  return result
}
