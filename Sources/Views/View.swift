import Lanes
package import Terminal
package import Training

/// One picture of a snapshot. A view only draws: what has to be computed comes from the scene's
/// probes.
package struct View: Named {
  /// The name in presets (`loss`, `function`, `contour`, `boundary`, `activations`, `network`,
  /// `parameters`).
  package let name: String
  /// What it shows, in one sentence.
  package let summary: String
  /// Whether it has something to say about this snapshot.
  package let suits: @Sendable (Snapshot) -> Bool
  /// The title in the pane's border.
  package let title: @Sendable (Scene) -> String
  /// The read-out at the right of the border, most telling part first; the pane cuts what does not
  /// fit.
  package let readout: @Sendable (Scene) -> [String]
  /// Draws into `area` (inside the border); never outside.
  package let draw: @Sendable (Scene, Rect, inout Canvas) -> Void
  /// What a click at a cell of `area` would mean.
  package let pick: @Sendable (Scene, Rect, Point) -> Pick
  /// How many handles (sliders) it has that the arrows move: Up and Down choose one by the pane's
  /// selection.
  package let handles: @Sendable (Scene) -> Int
  /// What moving the chosen handle by a number of strides would mean.
  package let turn: @Sendable (Scene, Int) -> Pick
  /// What arrows by so many columns and rows would mean; `nothing` leaves them to the crosshair.
  package let walk: @Sendable (Scene, Int, Int) -> Pick
  /// The part of a network that it singles out, for views in which one is edited; nil for others.
  package let part: @Sendable (Scene) -> Part?
  /// The axes that `l` and the wheel can change.
  package let axes: Axes
  /// Where it stands when a preset lists no views.
  package let role: Role
  /// Whether its axis is logarithmic now.
  package let isLogarithmic: @Sendable (Scene) -> Bool
  /// Whether all moments of the run are in sight at once: steps lie across it, or it is about other
  /// runs.
  package let holdsAllMoments: @Sendable (Snapshot) -> Bool
  /// The rows that it fills at a width, where more would stay empty; nil: as many as there are.
  package let rows: @Sendable (Snapshot, Int) -> Int?

  /// A view.
  package init(
    name: String, summary: String, axes: Axes = Axes(), role: Role = .side,
    holdsAllMoments: @escaping @Sendable (Snapshot) -> Bool = { _ in false },
    isLogarithmic: @escaping @Sendable (Scene) -> Bool = { $0.state.logarithmic ?? false },
    rows: @escaping @Sendable (Snapshot, Int) -> Int? = { _, _ in nil },
    suits: @escaping @Sendable (Snapshot) -> Bool,
    title: @escaping @Sendable (Scene) -> String,
    readout: @escaping @Sendable (Scene) -> [String] = { _ in [] },
    pick: @escaping @Sendable (Scene, Rect, Point) -> Pick = { _, _, _ in .nothing },
    handles: @escaping @Sendable (Scene) -> Int = { _ in 0 },
    turn: @escaping @Sendable (Scene, Int) -> Pick = { _, _ in .nothing },
    walk: @escaping @Sendable (Scene, Int, Int) -> Pick = { _, _, _ in .nothing },
    part: @escaping @Sendable (Scene) -> Part? = { _ in nil },
    draw: @escaping @Sendable (Scene, Rect, inout Canvas) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.axes = axes
    self.role = role
    self.isLogarithmic = isLogarithmic
    self.holdsAllMoments = holdsAllMoments
    self.rows = rows
    self.suits = suits
    self.title = title
    // Whatever draws such an axis says so, in one place.
    self.readout = { scene in
      let parts = readout(scene)
      return !parts.isEmpty && isLogarithmic(scene) ? parts + ["log scale"] : parts
    }
    self.pick = pick
    self.handles = handles
    self.turn = turn
    self.walk = walk
    self.part = part
    self.draw = draw
  }

  /// Where a view stands when a preset lists none.
  package enum Role: Sendable {
    /// It shows the problem itself: the largest pane is its.
    case main
    /// Beside the main picture.
    case side
    /// Only where there is plenty of room, or somebody asks for it.
    case extra
    /// Behind all others, for those who ask for it: it explains a means, not this problem.
    case asked
  }

  /// What a view's axes allow.
  package struct Axes: Sendable, Equatable {
    /// `l` switches between linear and logarithmic.
    package var canBeLogarithmic: Bool
    /// The wheel and keys zoom; Shift and arrows move what is shown of a picture whose places are
    /// runs.
    package var canZoom: Bool
    /// Axes.
    package init(canBeLogarithmic: Bool = false, canZoom: Bool = false) {
      self.canBeLogarithmic = canBeLogarithmic
      self.canZoom = canZoom
    }
  }

  /// What a place in a picture means.
  package enum Pick: Equatable, Sendable {
    /// Nothing.
    case nothing
    /// Parameters to start from.
    case start([Double])
    /// Parameters to start from, and the base rate to go on with.
    case startAtRate([Double], rate: Double)
    /// Inputs of a new training point.
    case point([Double])
    /// A moment of the run, by its step.
    case moment(Int)
    /// A base rate to go on with.
    case rate(Double)
    /// A run of the map, by the places of both its settings.
    case run([Double])
    /// Another run of the race, by its number, to lead it.
    case leader(Int)
    /// Single parameters, by their places, that have other values from then on, set by a handle of
    /// that number.
    case tune([Int: Double], handle: Int)
    /// A part of the picture to single out: the pane's selection and detail from then on.
    case select(Int, detail: Int)
    /// More units in a hidden layer (from 0), or less.
    case resize(layer: Int, by: Int)
    /// A layer after that hidden layer; −1: before all.
    case addLayer(after: Int)
  }

  /// A part of a network that a picture singles out.
  package enum Part: Equatable, Sendable {
    /// Nothing yet.
    case none
    /// A unit; layers are counted from 0, the output layer is the last.
    case unit(layer: Int, unit: Int)
    /// A weight or bias into a unit, by its place among the parameters.
    case weight(layer: Int, unit: Int, parameter: Int)
  }
}

/// What a view draws from.
package struct Scene: Sendable {
  /// The run, at one step.
  @Boxed package var snapshot: Snapshot
  /// How the person has set this pane.
  package var state: ViewState
  /// Colours.
  package var theme: Theme
  /// With which characters lines and maps are drawn.
  package var glyphs: GlyphSet
  /// What has been computed of snapshots.
  package var probes: ProbeCache
  /// What other branches differ by, or are called, by their numbers; empty where nobody says.
  package var branchNames: [Branch.ID: String] = [:]

  /// A scene.
  package init(
    snapshot: Snapshot, state: ViewState, theme: Theme, glyphs: GlyphSet, probes: ProbeCache
  ) {
    self.snapshot = snapshot
    self.state = state
    self.theme = theme
    self.glyphs = glyphs
    self.probes = probes
  }
}

/// How a person has set one pane. A value, kept by the explorer per view name.
package struct ViewState: Equatable, Sendable {
  /// Logarithmic axis wanted; nil: the view's own choice.
  package var logarithmic: Bool?
  /// Zoom: how much larger than the whole picture, 1 is all of it.
  package var zoom: Double = 1
  /// Where the zoomed picture is centred, in data units; nil: the view's own choice.
  package var center: [Double]?
  /// Rows scrolled, for views with lists.
  package var scroll: Int = 0
  /// A counter that Left and Right change: the unit, sample or stage that a view singles out.
  package var selection: Int = 0
  /// The part of what is singled out: a weight of the unit, from 1; 0: none.
  package var detail: Int = 0
  /// The keyboard's crosshair, in data units; nil: none shown.
  package var cursor: [Double]?
  /// What lies under the crosshair or the mouse.
  package var under: View.Pick = .nothing
  /// The place that a cursor reads in another picture, by the names of axes (`step`, `x1`); empty:
  /// none.
  package var mark: [String: Double] = [:]

  /// Units are drawn without pictures of what they make of the inputs: a question is open that
  /// these would answer.
  package var hidesUnits = false

  /// As a view opens.
  package init() {}
}
