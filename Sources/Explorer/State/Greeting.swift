package import Training

/// What is said on the very first start: what is seen, and which key opens the first lesson.
///
/// It stands in the bar at the bottom until a key is pressed.
package struct Greeting: Equatable, Sendable {
  /// The preset of the first lesson.
  let lesson: String
  /// What is seen.
  let sight: String

  /// The key that opens the first lesson.
  static let key = "L"

  /// A greeting over a run; nil: there is no lesson to offer.
  package init?(over snapshot: Snapshot, firstLesson: String?) {
    guard let firstLesson else { return nil }
    lesson = firstLesson
    sight =
      switch snapshot.experiment.problem {
      case .function where snapshot.parameters.count == 1:
        "A ball rolls down a curve: that is gradient descent."
      case .function: "A descent in a landscape, seen from above."
      default: "A model learns from data, step by step."
      }
  }

  /// The line, as long as `width` columns bear.
  func text(width: Int) -> String {
    let offer = "\(Self.key) opens the first lesson"
    return ["\(sight) \(offer)", offer].first { $0.count <= width } ?? offer
  }
}
