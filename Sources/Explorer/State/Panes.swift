package import Lanes
import Terminal
package import Training
package import Views

/// Which pane has the focus, whether it stands alone, and how each picture is set.
struct Panes: Sendable {
  /// The view with the focus; nil: the first.
  var focused: String?
  /// The focused pane stands alone.
  var isZoomed = false
  /// How each picture is set, by view.
  var states: [String: ViewState] = [:]
  /// Crosshairs, in cells of the picture, by view.
  var crosshairs: [String: Point] = [:]
  /// Where the mouse reads, without a click: a view and a cell of its picture; nil once a key is
  /// pressed, until the mouse moves again.
  var hover: Hover?
  /// The order the person made by exchanging pictures; nil: the preset's.
  var order: [String]?

  /// The cell of a picture that is read: the crosshair's, else the mouse's.
  func reading(_ view: String) -> Point? {
    crosshairs[view] ?? (hover?.view == view ? hover?.cell : nil)
  }
}

/// A cell of a picture under the mouse.
struct Hover: Equatable, Sendable {
  /// The view.
  var view: String
  /// The cell, from the picture's corner.
  var cell: Point
}

/// Views in the order of their panes: those the preset lists, then the others that suit it.
package struct PaneOrder: Equatable, Sendable {
  /// The views; the first is the main picture.
  package var names: [String] = []
  /// How many of them are shown where there is no room for more.
  package var listed = 0

  /// No panes.
  init() {}

  /// The panes of a run; `listed` are the views that its preset names.
  package init(_ snapshot: Snapshot, listed wanted: [String], of views: Catalogue<View>) {
    let suiting = views.entries.filter { $0.suits(snapshot) }.map(\.name)
    var names: [String] = []
    for name in wanted where suiting.contains(name) && !names.contains(name) {
      names.append(name)
    }
    // Where nothing is listed, the picture of the problem itself comes first, and extras come last.
    let roles: [View.Role] = names.isEmpty ? [.main, .side] : []
    for role in roles {
      names += suiting.filter { views[$0]?.role == role }
    }
    listed = roles.isEmpty ? names.count : min(names.count, 5)
    let others = suiting.filter { !names.contains($0) }
    names +=
      others.filter { views[$0]?.role != .asked } + others.filter { views[$0]?.role == .asked }
    self.names = names
  }

  /// The views that have a pane without being asked for.
  package var shown: [String] { Array(names.prefix(listed)) }
}

extension Explorer {
  /// Views in the order of their panes, found anew.
  mutating func orderPanes() {
    var found = PaneOrder(
      snapshot, listed: snapshot.race == nil ? preset.views : racePanes, of: vocabulary.views)
    if let order = panes.order, order.sorted() == found.names.sorted() { found.names = order }
    paneOrder = found
    showWrittenMap()
  }

  /// Where everything stands.
  var layout: Layout { layout(panel: wantedPanel) }

  /// Where everything stands beside a panel.
  func layout(panel: Layout.Panel) -> Layout {
    Layout(
      size: size, names: paneOrder.names, listed: paneOrder.listed, focused: panes.focused,
      isZoomed: panes.isZoomed, panel: panel
    ) { name, width in
      // What is covered has no size of its own.
      cover?.hides(name) == true ? nil : vocabulary.views[name]?.rows(snapshot, width)
    }
  }

  /// The room beside the pictures: for the experiment's form where the window is wide, else for the
  /// lesson.
  private var wantedPanel: Layout.Panel {
    if form != nil, FormPanel.isBeside(size) { return .beside(width: FormPanel.width(in: size)) }
    return LessonPanel(self)?.wantedPanel ?? .none
  }

  /// The view with the focus.
  var focusedView: View? {
    let name = panes.focused.flatMap { paneOrder.names.contains($0) ? $0 : nil }
    return (name ?? paneOrder.names.first).flatMap { vocabulary.views[$0] }
  }

  /// What stands in a pane's border; where that would answer a question that is open, its name.
  func paneTitle(_ name: String) -> String {
    let title = cover?.hides(name) == true ? nil : vocabulary.views[name]?.title(scene(of: name))
    return title ?? name.replacing("_", with: " ")
  }

  /// Panes that Tab goes through.
  var paneCount: Int { paneOrder.listed }

  /// The focus on to the next (1) or previous (−1) pane that is shown or listed.
  mutating func moveFocus(by places: Int) -> [Effect] {
    let names = paneOrder.names
    let shown = layout.slots.map(\.name)
    let ring = names.enumerated().filter {
      $0.offset < paneOrder.listed || shown.contains($0.element)
    }
    .map(\.element)
    guard !ring.isEmpty else { return [] }
    let index = ring.firstIndex { $0 == panes.focused } ?? 0
    panes.focused = ring[((index + places) % ring.count + ring.count) % ring.count]
    return []
  }

  /// The focus to a pane by its number from 1.
  mutating func focusPane(number: Int) -> [Effect] {
    let names = paneOrder.names
    guard names.indices.contains(number - 1) else {
      say("there \(names.count == 1 ? "is one pane" : "are \(names.count) panes")", .warning)
      return []
    }
    panes.focused = names[number - 1]
    return []
  }

  /// The focus to the pane of a view.
  mutating func focusPane(_ name: String) -> [Effect] {
    if paneOrder.names.contains(name) {
      panes.focused = name
    } else {
      say("\(name) has nothing to show here", .warning)
    }
    return []
  }

  /// The focused pane alone, or all again.
  mutating func toggleZoom() -> [Effect] {
    panes.isZoomed.toggle()
    return []
  }

  /// Another picture in the focused pane: the next in the catalogue that is not on the screen.
  mutating func showOtherView() -> [Effect] {
    var names = paneOrder.names
    let shown = layout.slots.map(\.name)
    guard let current = focusedView?.name, let place = names.firstIndex(of: current) else {
      return []
    }
    let catalogue = vocabulary.views.names
    let start = catalogue.firstIndex(of: current) ?? 0
    let turned = catalogue[start...] + catalogue[..<start]
    guard let other = turned.first(where: { names.contains($0) && !shown.contains($0) }),
      let otherPlace = names.firstIndex(of: other)
    else {
      say("every picture of this run is on the screen", .warning)
      return []
    }
    names.swapAt(place, otherPlace)
    panes.order = names
    panes.focused = other
    orderPanes()
    return []
  }

  /// Escape: hides the crosshair, then leaves zoom.
  mutating func backOut() -> [Effect] {
    if let name = focusedView?.name, panes.crosshairs[name] != nil {
      panes.crosshairs[name] = nil
    } else if panes.isZoomed {
      panes.isZoomed = false
    } else {
      toast = nil
    }
    return []
  }
}
