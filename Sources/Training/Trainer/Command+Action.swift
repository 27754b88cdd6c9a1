import Lanes

extension Command {
  /// What undo and lists say of it.
  package var label: String {
    switch self {
    case .learningRate(let rate): "η = \(rate)"
    case .optimizer(let choice, _): choice.name
    case .hyperparameter(let name, let value): "\(name) = \(value)"
    case .schedule(let choice): "schedule \(choice.name)"
    case .batching: "batches"
    case .activation(let choice): choice.name
    case .parameters: "moved"
    case .entries(let values):
      values.map { "parameter \($0.key + 1) = \($0.value)" }.sorted().joined(separator: ", ")
    case .addPoint: "point"
    case .set(let change): "\(change.setting.key) \(change.setting.value)"
    case .ignoreStopRule: "going on"
    }
  }

  /// Whether it puts parameters elsewhere, and nothing else.
  var isMove: Bool {
    switch self {
    case .parameters, .entries: true
    default: false
    }
  }

  /// Changes of one kind at one moment are one action; nil: each is one of its own.
  package var kind: String? {
    switch self {
    case .learningRate: "learning_rate"
    case .optimizer: "optimizer"
    case .hyperparameter(let name, _): "hyperparameter \(name)"
    case .schedule: "schedule"
    case .batching: "batching"
    case .activation: "activation"
    case .parameters: "parameters"
    case .entries(let values): "parameters \(values.keys.sorted())"
    case .set(let change): change.isPartOfOne ? change.setting.key : nil
    case .addPoint, .ignoreStopRule: nil
    }
  }
}
