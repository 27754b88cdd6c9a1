import Models
import Terminal
import Training

/// What a place in a picture means as a training sample: its inputs, and targets as the data spell
/// them.
struct PointClasses {
  /// More distinct targets than this are values and no classes.
  private static let limit = 12

  /// Targets of each class; empty where targets are values.
  private let spellings: [[Double]]
  /// The inputs of a sample; nil: all of a place.
  private let inputCount: Int?
  /// The data, which may have names for their classes.
  private let samples: Samples?

  /// The classes of a run's data: those its samples number, or the distinct targets they have.
  init(_ snapshot: Snapshot) {
    guard let network = snapshot.objective.kind.mapping else {
      spellings = [[0], [1]]
      inputCount = nil
      samples = nil
      return
    }
    inputCount = network.inputCount
    samples = network.trainSamples
    if let count = network.classCount, count > 1 {
      let labels = network.trainSamples.classLabels
      spellings = (0..<count).map { [labels.isEmpty ? Double($0) : labels[$0].value] }
      return
    }
    var seen: [[Double]] = []
    let samples = network.trainSamples
    for index in 0..<samples.count {
      let targets = Array(samples.target(index))
      if !seen.contains(targets) { seen.append(targets) }
      if seen.count > PointClasses.limit { break }
    }
    let areClasses = (2...PointClasses.limit).contains(seen.count) && network.inputCount != 1
    spellings = areClasses ? seen.sorted { $0.lexicographicallyPrecedes($1) } : []
  }

  /// How many classes there are; 0 where targets are values.
  var count: Int { spellings.count }

  /// A point of a class, in a word or two: `cat`, `class 1`; `a point` where targets are values.
  func phrase(_ index: Int) -> String {
    if spellings.isEmpty { return "a point" }
    return GlyphSet.braille.cut(
      samples?.classPhrase(index) ?? "class \(index)", to: PointClasses.room)
  }

  /// The columns that the name of a class takes at most.
  private static let room = 14

  /// The sample at a place: of a class by its number, or with the place's last coordinates as its
  /// target.
  func point(at place: [Double], class index: Int) -> AddedPoint? {
    let inputs = Array(place.prefix(inputCount ?? place.count))
    if spellings.isEmpty {
      let targets = Array(place.dropFirst(inputs.count))
      return targets.isEmpty ? nil : AddedPoint(inputs: inputs, targets: targets)
    }
    return AddedPoint(
      inputs: inputs, targets: spellings[max(0, min(index, spellings.count - 1))])
  }
}
