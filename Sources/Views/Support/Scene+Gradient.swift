import Models
import Training

extension Scene {
  /// A gradient as panes tell it beside the parameters.
  struct ShownGradient {
    /// An entry a parameter; empty where none is known.
    var values: [Double]
    /// Whether it was taken at the parameters that are shown; otherwise before the last step.
    var isPresent: Bool
  }

  private struct GradientKey: Hashable {
    var problem: ObjectiveID
    var parameters: [Double]
  }

  /// The gradient where the run is, if each step sees all samples and a frame can afford it;
  /// otherwise that of the last step.
  var gradient: ShownGradient {
    if snapshot.hasPresentGradient {
      let key = GradientKey(problem: snapshot.objectiveID, parameters: snapshot.parameters)
      let values = probes.value("gradient", for: key) { snapshot.presentGradient ?? [] }
      if !values.isEmpty { return ShownGradient(values: values, isPresent: true) }
    }
    return ShownGradient(values: snapshot.gradient, isPresent: false)
  }
}
