import Terminal
import Training

/// Two rows of colours for the border of trainability: runs that converged, the faster the
/// brighter, and runs that did not, the sooner they left the brighter.
///
/// Colours tell ranks within each kind, so that none is lost however far values spread.
struct ConvergenceShades {
  /// How many colours each kind has.
  private static let levels = 24

  private let converged: [Double]
  private let lost: [Double]

  init(_ picture: MapPicture) {
    let values = picture.shown.compactMap { $0.flatMap { MapMeasure.convergence.value(of: $0) } }
    converged = values.filter { $0 < 0 }.map { -$0 }.sorted()
    lost = values.filter { $0 >= 0 }.sorted()
  }

  /// The colours, those of runs that converged first.
  static func palette(_ theme: Theme) -> [Color] {
    let near = theme.landscape.colors[0]
    let far = theme.pane.mixed(with: theme.bad, 0.25)
    return Ramp([near, theme.landscape.colors[theme.landscape.colors.count - 1]], levels: levels)
      .colors
      + Ramp([far, theme.pane.mixed(with: theme.bad, 0.85)], levels: levels).colors
  }

  /// The place of a number's colour in the palette.
  func level(_ value: Double) -> Int {
    let (sorted, size, first) = value < 0 ? (converged, -value, 0) : (lost, value, Self.levels)
    guard sorted.count > 1 else { return first + Self.levels - 1 }
    let share = Double(Self.rank(size, in: sorted)) / Double(sorted.count - 1)
    return first + PlotMath.int((1 - share) * Double(Self.levels - 1), in: 0...(Self.levels - 1))
  }

  /// How many numbers are less.
  private static func rank(_ value: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return min(low, sorted.count - 1)
  }

  /// A run in words.
  static func words(_ value: Double) -> String {
    value < 0
      ? "converged: Σ L/L₀ = \(Scene.number(-value))" : "left: Σ L₀/L = \(Scene.number(value))"
  }
}
