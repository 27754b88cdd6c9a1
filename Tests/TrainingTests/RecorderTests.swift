import Lanes
import Testing

@testable import Training

@Suite("What a run remembers")
struct RecorderTests {
  /// A jagged curve with a few values that are not finite.
  func value(_ step: Int) -> Double {
    let noise = RandomStream(seed: 5, stream: 1).uniform(at: UInt64(step))
    return step % 4099 == 77 ? .nan : step % 8209 == 5000 ? .infinity : noise + 1 / Double(step + 1)
  }

  @Test(
    "Buckets hold least, greatest and last of their steps, up to a million steps",
    arguments: [
      1, 5, 1023, 1024, 1025, 4096, 100_003, 1_000_000,
    ])
  func buckets(_ steps: Int) {
    var recorder = LossRecorder(.train)
    for step in 0..<steps { recorder.append(value(step), step: step) }
    let series = recorder.series
    #expect(series.buckets.count <= 1024)
    #expect(series.width.nonzeroBitCount == 1)
    // Every step is in exactly one bucket.
    #expect((series.buckets.count - 1) * series.width < steps)
    #expect(series.buckets.count * series.width >= steps)
    var mismatches = 0
    for (index, bucket) in series.buckets.enumerated() {
      let from = index * series.width
      let covered = (from..<min(steps, from + series.width)).map(value)
      let finite = covered.filter(\.isFinite)
      let last = covered[covered.count - 1]
      if bucket.low != finite.min() ?? .infinity || bucket.high != finite.max() ?? -.infinity
        || (bucket.last != last && !(bucket.last.isNaN && last.isNaN))
        || (last.isFinite && !(bucket.low <= last && last <= bucket.high))
      {
        mismatches += 1
      }
    }
    #expect(mismatches == 0)
  }

  @Test("A curve may begin late")
  func late() {
    var recorder = LossRecorder(.batch)
    for step in 1_000_000..<1_000_010 { recorder.append(1, step: step) }
    #expect(recorder.series.firstStep == 1_000_000)
    #expect(recorder.series.buckets.count == 10)
  }

  @Test("A trajectory keeps the first point, the last ones one by one, and thins what lies between")
  func trajectory() {
    var recorder = TrajectoryRecorder(dimension: 2)
    var point = [0.0, 0.0]
    for step in 0..<100_000 {
      point = [Double(step), -Double(step)]
      recorder.append(point, step: step)
    }
    let trajectory = recorder.trajectory
    #expect(trajectory.steps.count <= 2048 && trajectory.steps.count >= 1024)
    #expect(trajectory.points.count == 2 * trajectory.steps.count)
    #expect(trajectory.steps.first == 0 && trajectory.steps.last == 99_999)
    #expect(zip(trajectory.steps, trajectory.steps.dropFirst()).allSatisfy { $0 < $1 })
    #expect(trajectory.steps.suffix(500) == (99_500..<100_000)[...].map { $0 }[...])
    for (index, step) in trajectory.steps.enumerated() {
      #expect(trajectory.points[2 * index] == Double(step))
    }
  }

  @Test("Losses over all samples are measured after each step at first, then ever more rarely")
  func cadence() {
    let due = (1...10_000).filter(MeasuringCadence.isOnGrid)
    #expect(due.prefix(128) == (1...128).map { $0 }[...])
    #expect(due.contains(130) && !due.contains(131) && due.contains(8192))
    #expect(due.count < 128 + 64 * 8)
  }

  @Test(
    "Where samples are many, measuring costs no more than the steps have earned, beyond a grant")
  func cadenceOfLargeProblems() {
    var cadence = MeasuringCadence()
    var measured: [Int] = []
    for step in 1...10_000 {
      cadence.earn(10_000)
      if cadence.isDue(step, cost: 30_000_000) { measured.append(step) }
    }
    // The grant pays for one; the steps earn the next after 1,000, and so on.
    #expect(measured.first == 1)
    #expect(measured.count >= 3 && measured.count <= 5, "\(measured)")
  }

  @Test("Steps without a measurement are gaps, and merging keeps what was measured")
  func gaps() {
    var recorder = LossRecorder(.train, capacity: 8)
    recorder.append(4, step: 0)
    recorder.append(2, step: 5)
    let early = recorder.series.buckets
    #expect(early.map(\.isGap) == [false, true, true, true, true, false])
    #expect(early[0].last == 4 && early[5].last == 2)
    recorder.append(1, step: 15)
    let late = recorder.series
    #expect(late.width == 2)
    #expect(late.buckets.map(\.isGap) == [false, true, false, true, true, true, true, false])
    #expect(late.buckets[0].last == 4 && late.buckets[2].last == 2 && late.buckets[7].last == 1)
    #expect(late.buckets[2].low == 2 && late.buckets[2].high == 2)
  }
}
