import Lanes

extension NetworkKind {
  static let convolutional = NetworkKind(
    "convolutional", "Kernels that slide over an image, pooling, then a dense classifier",
    hyperparameters: [
      whole("kernels", "K", "How many kernels", 4, 1...32),
      whole("kernel", "k", "Rows and columns of a kernel", 3, 1...15),
      whole("stride", "s", "Pixels between two places of a kernel", 1, 1...8),
      whole("padding", "p", "Zeros around the image", 0, 0...8),
      whole("pool", "q", "Rows and columns of a pooling window; 1 is none", 2, 1...8),
    ]
  ) { settings, given, givenTest, _, issues in
    var (train, test) = (given, givenTest)
    let side = Int(Double(train.inputCount).squareRoot())
    guard side * side == train.inputCount,
      let classes = classCount(&train, &test), classes > 1
    else {
      issues.append(
        misfit(
          "\(train.inputCount) inputs, \(train.classCount ?? 0) classes",
          allowed: "square images in classes, such as glyphs"))
      return nil
    }
    let kernel = settings.integer("kernel")
    guard kernel <= side + 2 * settings.integer("padding") else {
      issues.append(
        ProblemIssue(
          key: "network.kernel", value: "\(kernel)",
          allowed: "at most the image's \(side) pixels and its padding"))
      return nil
    }
    let convolution = Convolution(
      height: side, width: side, kernel: kernel, stride: settings.integer("stride"),
      padding: settings.integer("padding"))
    let pool = min(
      settings.integer("pool"), convolution.outputHeight, convolution.outputWidth)
    return ConvolutionalNetwork(
      convolution: convolution, kernels: settings.integer("kernels"), pool: pool, classes: classes,
      train: train, test: test)
  }

  static let recurrent = NetworkKind(
    "recurrent", "Elman's network: a hidden state that remembers what it has read",
    hyperparameters: [
      whole("units", "h", "Hidden units", 4, 1...64),
      whole("element", "d", "Numbers per element of the sequence", 1, 1...16),
    ]
  ) { settings, given, givenTest, _, issues in
    var (train, test) = (given, givenTest)
    let element = settings.integer("element")
    guard train.inputCount % element == 0 else {
      issues.append(misfit("\(train.inputCount) inputs", allowed: "a multiple of \(element)"))
      return nil
    }
    let length = train.inputCount / element
    let answer: RecurrentNetwork.Answer
    if train.targetCount == 1, length > 1 || train.classCount == 2 {
      answer = .lastBit
      guard classCount(&train, &test) == 2 else {
        issues.append(misfit("targets of other than two classes", allowed: "one bit a sequence"))
        return nil
      }
    } else if train.targetCount == length {
      answer = .everyValue
    } else {
      issues.append(
        misfit(
          "\(train.targetCount) targets for \(length) elements",
          allowed: "one bit a sequence, or one value an element"))
      return nil
    }
    return RecurrentNetwork(
      elementCount: element, length: length, units: settings.integer("units"), answer: answer,
      train: train, test: test)
  }

  static let radialBasis = NetworkKind(
    "rbf", "Radial bumps and their weighted sum through the data",
    hyperparameters: [
      whole("bumps", "N", "How many bumps", 7, 1...200),
      Hyperparameter(
        "gamma", symbol: "γ", "Width: exp(−γ d²)", default: 20, in: 1e-6...1e6,
        scale: .logarithmic),
      Hyperparameter(
        "bias", symbol: "w₀", "Whether there is a constant term", default: 0, in: 0...1,
        scale: .flag),
      Hyperparameter(
        "learn_bumps", symbol: "c,γ", "Whether centres and widths are learned too", default: 0,
        in: 0...1, scale: .flag),
    ]
  ) { settings, train, test, _, issues in
    guard train.targetCount == 1 else {
      issues.append(misfit("\(train.targetCount) targets", allowed: "one target a sample"))
      return nil
    }
    return RadialBasisNetwork(
      centers: spreadCenters(settings.integer("bumps"), over: train), gamma: settings["gamma"],
      hasBias: settings["bias"] == 1, learnsBumps: settings["learn_bumps"] == 1, train: train,
      test: test)
  }

  static let boltzmann = NetworkKind(
    "boltzmann", "A (restricted or deep) Boltzmann machine that learns patterns without a teacher",
    hyperparameters: [
      whole("hidden", "h", "Hidden units", 6, 1...BoltzmannMachine.mostHidden),
      whole("top", "g", "Units of a second hidden layer; 0 is a restricted machine", 0, 0...12),
      whole(
        "cd", "k", "Gibbs steps of contrastive divergence; 0 is the exact gradient", 1, 0...100),
    ]
  ) { settings, train, _, seed, issues in
    guard train.inputs.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      issues.append(misfit("inputs beside 0 and 1", allowed: "patterns of 0 and 1"))
      return nil
    }
    let top = settings.integer("top")
    let steps = settings.integer("cd")
    guard top == 0 || steps == 0 else {
      issues.append(
        ProblemIssue(
          key: "network.cd", value: "\(steps)",
          allowed: "0 (the exact gradient) for a deep machine"))
      return nil
    }
    return BoltzmannMachine(
      hidden: settings.integer("hidden"), top: top,
      rule: steps == 0 ? .exact : .contrastiveDivergence(steps: steps, seed: seed), train: train)
  }

  /// The number of classes of samples: what their source says, or the different targets that occur.
  private static func classCount(_ train: inout Samples, _ test: inout Samples) -> Int? {
    guard train.targetCount == 1 else { return nil }
    return train.classCount
      ?? Samples.numberClasses(&train, &test, limit: ModelLimits.classes)
  }

  private static func whole(
    _ name: String, _ symbol: String, _ summary: String, _ value: Int, _ range: ClosedRange<Int>
  ) -> Hyperparameter {
    Hyperparameter(
      name, symbol: symbol, summary, default: Double(value),
      in: Double(range.lowerBound)...Double(range.upperBound), scale: .integer)
  }

  /// Centres: evenly over the range of one input; for more inputs, samples evenly taken from the
  /// data.
  private static func spreadCenters(_ count: Int, over train: Samples) -> [[Double]] {
    guard train.inputCount == 1, let low = train.inputs.min(), let high = train.inputs.max() else {
      return (0..<count).map { Array(train.input($0 * train.count / count)) }
    }
    let steps = Double(max(1, count - 1))
    return (0..<count).map { [low + (high - low) * Double($0) / steps] }
  }
}

extension ConvolutionalNetwork {
  package func usualStart(seed: UInt64) -> [Double] {
    let size = convolution.sharedWeights
    return glorot(kernels * size, inputs: size, outputs: kernels, seed: seed, from: 0)
      + [Double](repeating: 0, count: kernels)
      + glorot(
        classes * featureCount, inputs: featureCount, outputs: classes, seed: seed,
        from: kernels * size)
      + [Double](repeating: 0, count: classes)
  }
}

extension RecurrentNetwork {
  package func usualStart(seed: UInt64) -> [Double] {
    let read = units * elementCount
    let memory = units * units
    return glorot(read, inputs: elementCount, outputs: units, seed: seed, from: 0)
      + glorot(memory, inputs: units, outputs: units, seed: seed, from: read)
      + [Double](repeating: 0, count: units)
      + glorot(units, inputs: units, outputs: 1, seed: seed, from: read + memory) + [0]
  }
}

extension RadialBasisNetwork {
  package func usualStart(seed: UInt64) -> [Double] { startingParameters }
}

extension BoltzmannMachine {
  package func usualStart(seed: UInt64) -> [Double] {
    let stream = RandomStream(seed: seed, stream: Streams.parameters)
    return (0..<parameterCount).map { index in
      let isBias =
        index >= visible * hidden && index < visible * hidden + visible + hidden
        || index >= parameterCount - top
      return isBias ? 0 : 0.1 * stream.normal(at: UInt64(index))
    }
  }
}
