import Lanes
import Testing

@testable import Models

@Suite struct AlignedLanesTests {
  @Test("vectors begin at a cache line and keep their order", arguments: [1, 2, 9, 1000])
  func alignment(count: Int) {
    let lanes = (0..<count).map { Lanes(repeating: Double($0)) }
    let aligned = AlignedLanes(lanes)
    aligned.withUnsafeBufferPointer { rows in
      #expect(UInt(bitPattern: rows.baseAddress) % 64 == 0)
      #expect(Array(rows) == lanes)
    }
    #expect(aligned[count - 1] == lanes[count - 1] && !aligned.isEmpty)
  }

  @Test("there may be none")
  func none() {
    #expect(AlignedLanes([]).isEmpty)
    #expect(AlignedLanes([]).withUnsafeBufferPointer { $0.count } == 0)
  }
}
