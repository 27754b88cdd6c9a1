/// A hidden layer, or a unit of one, at which a network is made larger or smaller; counted from 0.
package struct HiddenPlace: Equatable, Sendable {
  /// The hidden layer.
  package var layer: Int
  /// The unit in it; nil: the whole layer.
  package var unit: Int?

  /// A place.
  package init(layer: Int, unit: Int? = nil) {
    self.layer = layer
    self.unit = unit
  }

  /// As presets write it, counted from 1: `layer 2`, `layer 2 unit 10`.
  package var text: String {
    "layer \(layer + 1)" + (unit.map { " unit \($0 + 1)" } ?? "")
  }

  /// Reads what `text` writes; nil for anything else.
  package init?(text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2 || words.count == 4, words[0] == "layer",
      let layer = Int(words[1]), layer >= 1
    else { return nil }
    self.init(layer: layer - 1)
    guard words.count == 4 else { return }
    guard words[2] == "unit", let unit = Int(words[3]), unit >= 1 else { return nil }
    self.unit = unit - 1
  }
}

/// Where hidden layers and units of a network stood in another from which it was made by putting in
/// or taking away.
struct HiddenOrigins {
  /// Units of each hidden layer.
  let units: [Int]
  /// The same before.
  let before: [Int]
  /// Where something was put in or taken away; nil: at the end.
  let place: HiddenPlace?

  init(of units: [Int], in before: [Int], at place: HiddenPlace?) {
    self.units = units
    self.before = before
    self.place = place
  }

  /// The number that a hidden layer had; nil: it is new.
  func layer(_ number: Int) -> Int? {
    guard let place, place.unit == nil else { return number < before.count ? number : nil }
    return HiddenOrigins.origin(number, units.count, before.count, at: place.layer)
  }

  /// The number that a unit had in the layer from which its layer comes; nil: it is new.
  func unit(_ number: Int, of layer: Int) -> Int? {
    guard let origin = self.layer(layer) else { return nil }
    guard let place, place.layer == layer, let unit = place.unit, units.count == before.count
    else { return number < before[origin] ? number : nil }
    return HiddenOrigins.origin(number, units[layer], before[origin], at: unit)
  }

  /// The number before of one of `count`, where there were `before`, and the difference was put in
  /// or taken away at `place`.
  private static func origin(_ number: Int, _ count: Int, _ before: Int, at place: Int) -> Int? {
    guard number >= place else { return number < before ? number : nil }
    let origin = number + before - count
    return origin >= place ? origin : nil
  }
}
