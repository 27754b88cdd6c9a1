/// What people look at beside the run: other runs of the same preset.
package struct ManyRuns: Sendable {
  /// Tells what is asked for from what was asked for before.
  package private(set) var id = RunID()
  /// The search for a learning rate.
  package var rates: RateFinder? { didSet { id = RunID() } }
  /// The map.
  package var map: RunMap? { didSet { id = RunID() } }
  /// How the race is looked at.
  package var race = RaceLook() { didSet { id = RunID() } }
  /// Nothing.
  package init() {}
}

/// How a race is looked at.
package struct RaceLook: Sendable, Equatable {
  /// Runs that are not drawn.
  package var hidden: Set<Int> = []
  /// What the horizontal axis counts.
  package var axis = RaceAxis.steps
  /// Whether the spread of the runs is drawn, or each of them; nil: the spread for more than eight
  /// seeds.
  package var isBand: Bool?
  /// As races are looked at first.
  package init() {}
}
