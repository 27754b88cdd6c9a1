import Lanes
import Models
import Optimization

extension ChoiceKind {
  static let optimizers = ChoiceKind(Optimizer.catalogue) { $0.hyperparameters }
  static let schedules = ChoiceKind(Schedule.catalogue) { $0.hyperparameters }
  static let activations = ChoiceKind(Activation.all) { $0.hyperparameters }
  static let losses = ChoiceKind(Loss.all) { $0.hyperparameters }
  static let datasets = ChoiceKind(DataSet.all) { $0.hyperparameters }
  static let landscapes = ChoiceKind(Landscape.all) { $0.hyperparameters }
  static let networks = ChoiceKind(NetworkKind.all) { $0.hyperparameters }
  static let initializers = ChoiceKind(Initializer.all) { $0.hyperparameters }
}
