import Lanes
import Models
import Testing

@testable import Training

@Suite("Mini-batches")
struct BatcherTests {
  func draw(
    _ batching: Batching, samples: Int = 23, seed: UInt64 = 1, steps: Int
  ) throws -> (batches: [[Int]], stepsPerEpoch: Int) {
    var batcher = try Batcher(batching, sampleCount: samples, seed: seed)
    var rows = [Int32](repeating: -1, count: max(1, batcher.greatestSize))
    let perEpoch = batcher.stepsPerEpoch
    let batches = (0..<steps).map { step in
      let count = rows.withUnsafeMutableBufferPointer {
        batcher.draw(
          step: step, epoch: step / perEpoch, position: step % perEpoch, into: $0.baseAddress!)
      }
      return rows[0..<count].map { Int($0) }
    }
    return (batches, perEpoch)
  }

  @Test(
    "An epoch in order or shuffled takes each sample once",
    arguments: [
      Batching.sequential(size: 5), .shuffled(size: 5), .shuffled(size: 23), .shuffled(size: 1),
      .sequential(size: 22), .shuffled(size: 400),
    ])
  func covers(_ batching: Batching) throws {
    let perEpoch = try Batcher(batching, sampleCount: 23, seed: 1).stepsPerEpoch
    let batches = try draw(batching, steps: 3 * perEpoch).batches
    for epoch in 0..<3 {
      let rows = batches[epoch * perEpoch..<(epoch + 1) * perEpoch].flatMap { $0 }
      #expect(rows.sorted() == Array(0..<23))
    }
  }

  @Test("In order means in order")
  func sequential() throws {
    let batches = try draw(.sequential(size: 10), steps: 3).batches
    #expect(batches == [Array(0..<10), Array(10..<20), Array(20..<23)])
  }

  @Test("Shuffled epochs differ from each other and from other seeds'")
  func shuffles() throws {
    let one = try draw(.shuffled(size: 23), steps: 2).batches
    let other = try draw(.shuffled(size: 23), seed: 2, steps: 2).batches
    #expect(one[0] != one[1])
    #expect(one[0] != other[0])
    #expect(one == (try draw(.shuffled(size: 23), steps: 2).batches))
  }

  @Test("The notes' blocks are whole, drawn with replacement, and leave the rest of the rows alone")
  func blocks() throws {
    let (batches, perEpoch) = try draw(.blocks(size: 5), steps: 400)
    #expect(perEpoch == 4)
    var seen: Set<Int> = []
    for batch in batches {
      #expect(batch.count == 5 && batch[0] % 5 == 0 && batch == Array(batch[0]..<batch[0] + 5))
      seen.insert(batch[0] / 5)
    }
    #expect(seen == [0, 1, 2, 3])
    // With replacement: some epoch draws a block twice.
    let repeats = (0..<100).contains { epoch in
      Set(batches[4 * epoch..<4 * epoch + 4].map { $0[0] }).count < 4
    }
    #expect(repeats)
  }

  @Test("Given blocks and given rows are taken as they are given, over and over")
  func given() throws {
    let blocks = try draw(
      .blockSequence(size: 4, numbers: [4, 0, 2], stepsPerEpoch: 2), steps: 4)
    #expect(blocks.batches.map(\.first) == [16, 0, 8, 16])
    #expect(blocks.stepsPerEpoch == 2)
    let rows = try draw(.explicit(rows: [[3], [22, 1]], stepsPerEpoch: 5), steps: 3)
    #expect(rows.batches == [[3], [22, 1], [3]])
    #expect(rows.stepsPerEpoch == 5)
  }

  @Test("Draws with replacement are of the size asked for, and reach every sample")
  func replacement() throws {
    let (batches, perEpoch) = try draw(.withReplacement(size: 6), steps: 200)
    #expect(perEpoch == 4)
    #expect(batches.allSatisfy { $0.count == 6 })
    #expect(Set(batches.flatMap { $0 }) == Set(0..<23))
  }

  @Test(
    "Step k's batch does not depend on the steps before",
    arguments: [
      Batching.sequential(size: 4), .shuffled(size: 4), .withReplacement(size: 4), .blocks(size: 4),
    ])
  func historyless(_ batching: Batching) throws {
    let (batches, perEpoch) = try draw(batching, steps: 40)
    for step in [39, 7, 20, 0] {
      var fresh = try Batcher(batching, sampleCount: 23, seed: 1)
      var rows = [Int32](repeating: -1, count: 8)
      let count = rows.withUnsafeMutableBufferPointer {
        fresh.draw(
          step: step, epoch: step / perEpoch, position: step % perEpoch, into: $0.baseAddress!)
      }
      #expect(rows[0..<count].map { Int($0) } == batches[step])
    }
  }

  @Test("A function without samples has full batches, whatever was asked for")
  func functions() throws {
    let batcher = try Batcher(.shuffled(size: 5), sampleCount: 0, seed: 1)
    #expect(batcher.isFull && batcher.stepsPerEpoch == 1)
  }
}
