/// The one picture that proves a finding, as numbers: what is drawn is decided here, how it is
/// drawn elsewhere.
package struct Proof: Sendable, Equatable {
  /// A curve over steps.
  package struct Curve: Sendable, Equatable {
    /// What it shows.
    package var name: String
    /// Steps done.
    package var steps: [Double]
    /// The values there.
    package var values: [Double]
  }

  /// A number with a name.
  package struct Bar: Sendable, Equatable {
    /// What it is of (`layer 1`).
    package var name: String
    /// The number.
    package var value: Double
  }

  /// What a unit receives, least to greatest over all samples, at two moments.
  package struct Span: Sendable, Equatable {
    /// The unit (`1.4`: the fourth of the first layer).
    package var name: String
    /// At the start.
    package var before: ClosedRange<Double>
    /// When it went wrong.
    package var since: ClosedRange<Double>
  }

  /// What is drawn.
  package enum Picture: Sendable, Equatable {
    /// Curves over steps; the step since when is marked.
    case curves([Curve], isLogarithmic: Bool)
    /// Numbers beside each other.
    case bars([Bar], isLogarithmic: Bool)
    /// Ranges of pre-activations, unit by unit.
    case spans([Span], steps: (before: Int, since: Int))
    /// A function of one variable and the places that the run came to last.
    case places(x: [Double], y: [Double], run: [(x: Double, y: Double)])

    package static func == (a: Picture, b: Picture) -> Bool {
      switch (a, b) {
      case (.curves(let a, let isLog), .curves(let b, let isLogToo)):
        a == b && isLog == isLogToo
      case (.bars(let a, let isLog), .bars(let b, let isLogToo)): a == b && isLog == isLogToo
      case (.spans(let a, let steps), .spans(let b, let others)): a == b && steps == others
      case (.places(let x, let y, let run), .places(let u, let v, let other)):
        x == u && y == v && run.elementsEqual(other) { $0 == $1 }
      default: false
      }
    }
  }

  /// What the picture shows, in a few words.
  package var title: String
  /// The picture.
  package var picture: Picture
}

extension Proof {
  /// Which picture proves a cause; each cause declares its own.
  enum Kind: Sendable {
    /// Training loss and gradient norm over steps.
    case loss
    /// Training and test loss over steps.
    case splits
    /// ‖parameters‖ over steps.
    case size
    /// Pre-activations of hidden units: at the start, and when it went wrong.
    case units
    /// The step along the top eigenvector of the Hessian: what grows.
    case topDirection
    /// The last places: on the function's curve, or along the way of the last step.
    case orbit
    /// The gradient's norm, layer by layer.
    case layers
    /// The rate and the gradient's norm over steps.
    case rate
    /// The extreme curvatures at the last place.
    case curvature
  }
}
