import Lanes
import Models
import Terminal
import Training
import Views

extension Explorer {
  /// The part of the network that the focused picture singles out; nil where it is no picture in
  /// which a network is edited, or is covered.
  var networkPart: View.Part? {
    guard !isFormFocused, let view = focusedView, cover?.hides(view.name) != true else {
      return nil
    }
    return view.part(scene(of: view.name))
  }

  /// What a key does in the picture of a network; nil: it is not its own.
  mutating func pressInNetwork(_ key: Key) -> [Effect]? {
    guard !key.control, !key.alt, let part = networkPart, let name = focusedView?.name else {
      return nil
    }
    let layer: Int? =
      switch part {
      case .none: nil
      case .unit(let layer, _), .weight(let layer, _, _): layer
      }
    switch (key.code, part) {
    case (.character("i"), _): return growLayer(layer)
    case (.character("I"), _): return addLayer(after: min(layer ?? .max, hiddenCount - 1))
    case (.character("Z"), _):
      toggleSilence()
      return []
    case (.character("x"), .unit), (.character("x"), .weight):
      return removeUnit(part)
    case (.character("X"), .unit), (.character("X"), .weight):
      guard let layer, layer < hiddenCount else { return refuseOutput() }
      panes.states[name, default: ViewState()].selection = 0
      return removeLayer(layer)
    case (.enter, .unit):
      panes.states[name, default: ViewState()].detail = 1
      return []
    case (.enter, .weight(_, _, let parameter)),
      (.character("="), .weight(_, _, let parameter)):
      return typeWeight(parameter)
    case (.escape, .weight):
      panes.states[name, default: ViewState()].detail = 0
      return []
    case (.escape, .unit):
      panes.states[name, default: ViewState()].selection = 0
      return []
    default: return nil
    }
  }

  /// Hidden layers that can be changed.
  private var hiddenCount: Int {
    guard case .model(let model) = expected.problem, model.kind == .mlp else { return 0 }
    return model.hidden.count
  }

  /// Takes the chosen unit away, with the weights into it and out of it; the next one is chosen.
  private mutating func removeUnit(_ part: View.Part) -> [Effect] {
    let place: HiddenPlace
    switch part {
    case .none: return []
    case .unit(let layer, let unit), .weight(let layer, let unit, _):
      place = HiddenPlace(layer: layer, unit: unit)
    }
    guard place.layer < hiddenCount, case .model(let model) = expected.problem else {
      return refuseOutput()
    }
    let units = model.hidden[place.layer].units
    if let name = focusedView?.name, place.unit ?? 0 >= units - 1 {
      // The one before; the layer goes with its only unit.
      panes.states[name, default: ViewState()].selection -= units > 1 ? 1 : 0
      panes.states[name, default: ViewState()].detail = 0
      if units == 1 { panes.states[name, default: ViewState()].selection = 0 }
    }
    return resize(place.layer, by: -1, at: place.unit)
  }

  private mutating func refuseOutput() -> [Effect] {
    say("the output layer has the units that the targets need", .warning)
    return []
  }

  /// Another unit in a layer, or in the last hidden one.
  private mutating func growLayer(_ layer: Int?) -> [Effect] {
    guard hiddenCount > 0 else { return addLayer(after: -1) }
    return resize(min(layer ?? .max, hiddenCount - 1), by: 1)
  }

  /// Asks for one weight's value.
  private mutating func typeWeight(_ parameter: Int) -> [Effect] {
    let names = snapshot.objective.parameterNames
    guard names.indices.contains(parameter), snapshot.parameters.indices.contains(parameter) else {
      return []
    }
    return open(
      Prompt(
        setting: Tunable(
          name: names[parameter], summary: "a weight, from now on",
          current: "\(snapshot.parameters[parameter])", place: .weight(parameter))))
  }

  /// Whether units that are added begin with outgoing weights of 0.
  mutating func toggleSilence() {
    addsSilently.toggle()
    say(
      addsSilently
        ? "new units begin with outgoing weights 0: no break in the loss"
        : "new units begin as the initialiser says")
  }

  /// What the hint bar offers while a network is edited.
  var networkHints: [(keys: String, label: String, priority: Int)] {
    switch networkPart {
    case nil, .some(.none): []
    case .unit:
      [
        ("arrows", "unit", 72), ("enter", "weights", 73), ("i I", "add unit, layer", 71),
        ("x X", "away", 70),
      ]
    case .weight:
      [
        ("up down", "weight", 72), ("left right", "change", 74), ("enter", "type", 73),
        ("esc", "unit", 71),
      ]
    }
  }
}
