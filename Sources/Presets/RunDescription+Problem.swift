import Lanes
import Models
import Training

extension RunDescription {
  /// Where the samples come from, in a sentence.
  func source(_ data: DataSource) -> String {
    switch data.origin {
    case .generated(let choice): "the data set \(choice.name)"
    case .inline: "given samples"
    case .csv: "the samples of a table"
    }
  }

  /// The data's samples, if they have classes with names.
  var labelled: Samples? {
    let samples: Samples? =
      switch snapshot.objective.kind {
      case .dense(let network): network.trainSamples
      case .convolutional(let network): network.train
      case .recurrent(let network): network.train
      default: nil
      }
    guard let samples, samples.classLabels.contains(where: { Double($0.name) == nil }) else {
      return nil
    }
    return samples
  }

  /// The names of the classes, where they have some.
  var classes: String {
    guard let labels = labelled?.classLabels else { return "" }
    let names = labels.prefix(12).map(\.name).joined(separator: ", ")
    return " of the classes \(names)\(labels.count > 12 ? " and more" : "")"
  }
}

extension ObjectiveKind {
  /// What learns, in a sentence.
  var article: String {
    switch self {
    case .convolutional: "A convolutional network"
    case .recurrent: "A recurrent network"
    case .radialBasis: "A radial basis network"
    case .boltzmann: "A Boltzmann machine"
    case .dense: "A network"
    case .function, .other: "A function"
    }
  }
}

extension Command {
  /// Whether the loss after it is that of another problem, or begins at another place.
  func breaksCurve(_ isOtherProblem: Bool) -> Bool {
    switch self {
    case .activation, .parameters, .addPoint, .entries: true
    case .set: isOtherProblem
    default: false
    }
  }
}
