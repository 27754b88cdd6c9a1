/// What an objective is, for those who show it, begin it, or run many of it at once.
package enum ObjectiveKind: Sendable {
  /// A function of its parameters, without samples.
  case function(any FunctionObjective)
  /// Dense layers; linear, logistic, softmax and perceptron models among them.
  case dense(DenseNetwork)
  /// Kernels, pooling, a dense layer.
  case convolutional(ConvolutionalNetwork)
  /// A hidden state that reads a sequence.
  case recurrent(RecurrentNetwork)
  /// Bumps and their weighted sum.
  case radialBasis(RadialBasisNetwork)
  /// Patterns without a teacher.
  case boltzmann(BoltzmannMachine)
  /// None of these.
  case other
}

extension ObjectiveKind {
  /// The function, where it is one.
  package var function: (any FunctionObjective)? {
    if case .function(let function) = self { function } else { nil }
  }

  /// The dense network, where it is one whose layers act as they stand: linearised ones do not.
  package var dense: DenseNetwork? { mapping.flatMap { $0.isLinearized ? nil : $0 } }

  /// The dense network, linearised or not, for those who ask for its samples and answers only.
  package var mapping: DenseNetwork? {
    if case .dense(let network) = self { network } else { nil }
  }

  /// The convolutional network, where it is one.
  package var convolutional: ConvolutionalNetwork? {
    if case .convolutional(let network) = self { network } else { nil }
  }

  /// The recurrent network, where it is one.
  package var recurrent: RecurrentNetwork? {
    if case .recurrent(let network) = self { network } else { nil }
  }

  /// The radial basis network, where it is one.
  package var radialBasis: RadialBasisNetwork? {
    if case .radialBasis(let network) = self { network } else { nil }
  }

  /// The Boltzmann machine, where it is one.
  package var boltzmann: BoltzmannMachine? {
    if case .boltzmann(let machine) = self { machine } else { nil }
  }
}
