import Lanes
import Testing

@Suite("Vectors")
struct VectorTests {
  @Test("values survive storage, and padding is zero", arguments: Array(0...17))
  func storage(count: Int) {
    let values = (0..<count).map { Double($0) + 0.5 }
    let vector = Vector(values)
    #expect(vector.values == values)
    #expect(vector.count == count)
    #expect(vector.paddedCount == (count + 7) / 8 * 8)
    vector.withUnsafePointer { pointer in
      for index in 0..<vector.paddedCount {
        #expect(pointer[index] == (index < count ? values[index] : 0))
      }
    }
    for (index, value) in values.enumerated() { #expect(vector[index] == value) }
  }

  @Test("a copy is a value: writing to it leaves the original alone")
  func value() {
    let original = Vector([1, 2, 3])
    var copy = original
    copy[1] = 9
    copy.withUnsafeMutablePointer { $0[2] = 10 }
    #expect(original.values == [1, 2, 3])
    #expect(copy.values == [1, 9, 10])
    #expect(copy != original)
  }

  @Test("storage is aligned to whole lanes", arguments: [1, 8, 100, 1000])
  func alignment(count: Int) {
    Vector(zeros: count).withUnsafePointer { pointer in
      #expect(UInt(bitPattern: pointer) % UInt(MemoryLayout<Lanes>.alignment) == 0)
    }
  }

  @Test("equality tells lengths and zeros apart from nothing else")
  func equality() {
    #expect(Vector([1, 0]) != Vector([1]))
    #expect(Vector([0.0]) == Vector([-0.0]))
    #expect(Vector([.nan]) != Vector([.nan]))
    #expect(Vector(zeros: 0) == Vector([]))
  }
}
